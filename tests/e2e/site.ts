/*
 * The site's kinds of pages, and what a browser has to say about them.
 */
import type { BrowserContext, Page } from "@playwright/test";

/** One page of each kind. English; `inLanguage` gives the other. */
export const PAGES = {
  workbench: "/",
  simulate: "/simulate/",
  snippets: "/snippets/",
  "status index": "/status/",
  "registered code": "/status/404/",
  "code of several vendors": "/status/499/",
  "code in depth": "/status/204/",
  "rule index": "/rules/",
  rule: "/rules/content-length-in-204/",
  "framework index": "/frameworks/",
  framework: "/frameworks/drf/",
  "constants of frameworks": "/frameworks/constants/",
  "proof of snippets": "/frameworks/proof/",
  about: "/about/",
  offline: "/offline/",
  missing: "/no/such/page/",
} as const;
export type PageKind = keyof typeof PAGES;
export const KINDS = Object.keys(PAGES) as PageKind[];

export const LANGUAGES = ["en", "zh-CN"] as const;
export type Language = (typeof LANGUAGES)[number];

export function inLanguage(path: string, language: Language): string {
  return language === "en" ? path : `/zh-cn${path}`;
}

/** Playwright's own way to keep service workers out makes registering fail in a way no browser does. */
export async function withoutServiceWorker(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, "serviceWorker"));
}

/** What the console complained about, from now on. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    // That a page is not there is what the page for missing ones is for.
    const missing = /status of 404/.test(message.text()) && message.location().url === page.url();
    if ((message.type() === "error" || message.type() === "warning") && !missing) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return complaints;
}

/** The lens is live; other pages have nothing to wait for. */
export async function settled(page: Page): Promise<void> {
  if ((await page.locator("statuslab-workbench").count()) > 0) await page.locator("statuslab-workbench[data-ready=editor]").waitFor();
  if ((await page.locator("statuslab-simulate, statuslab-snippets").count()) > 0) await page.locator("[data-ready]").first().waitFor();
}

/** Replaces the whole text of an editor, as somebody who pastes. */
export async function paste(page: Page, side: "request" | "response", text: string): Promise<void> {
  const editor = page.locator(`.cm-content[data-side=${side}]`);
  await editor.focus();
  await page.keyboard.press("Control+a");
  await editor.evaluate((content, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    content.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}
