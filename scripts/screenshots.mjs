// See scripts/screenshots.
import { mkdir } from "node:fs/promises";
import { launchChromium } from "../tests/support/chromium.mjs";
import { archive } from "../tests/support/har.mjs";
import { serve } from "./serve.mjs";

const PAGES = {
  workbench: "/",
  simulate: "/simulate/",
  snippets: "/snippets/",
  204: "/status/204/",
  rule: "/rules/content-length-in-204/",
  status: "/status/",
  rules: "/rules/",
  framework: "/frameworks/django/",
  constants: "/frameworks/constants/",
  proof: "/frameworks/proof/",
};
const SCREENS = {
  desk: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
};
const THEMES = ["light", "dark"];
const LANGUAGES = { en: "", "zh-cn": "/zh-cn" };
const folder = "build/screenshots";

const readmeOnly = process.argv.includes("--readme");
const server = await serve("build/site", 0);
const origin = `http://localhost:${server.address().port}`;
const browser = await launchChromium();

/** Opens a page as it comes to rest, hands it over, closes it. */
async function picture(path, settings, take) {
  const context = await browser.newContext({ ...settings, reducedMotion: "reduce", serviceWorkers: "block" });
  try {
    const page = await context.newPage();
    await page.goto(origin + path, { waitUntil: "networkidle" });
    if ((await page.locator("statuslab-workbench").count()) > 0) await page.locator("statuslab-workbench[data-ready=editor]").waitFor();
    if ((await page.locator("statuslab-simulate, statuslab-snippets").count()) > 0) await page.locator("[data-ready]").first().waitFor();
    await take(page);
  } finally {
    await context.close();
  }
}

async function openArchive(page) {
  const chooser = page.waitForEvent("filechooser");
  await page.locator(".xbar button", { hasText: /^(Open|打开)$/ }).click();
  const buffer = Buffer.from([...archive(1200, 400)].join(""));
  await (await chooser).setFiles({ name: "shop.example.har", mimeType: "application/json", buffer });
  await page.locator(".ar-state .private").waitFor({ state: "attached" });
}

try {
  // More pixels than points: it is read on dense screens, and shrunk on others.
  await picture("/", { viewport: { width: 1120, height: 640 }, deviceScaleFactor: 1.5, colorScheme: "light" }, async (page) => {
    await page.screenshot({ path: "web/screenshot.png" });
    console.log("web/screenshot.png");
  });
  if (!readmeOnly) {
    await mkdir(folder, { recursive: true });
    for (const [screen, settings] of Object.entries(SCREENS)) {
      for (const colorScheme of THEMES) {
        for (const [language, root] of Object.entries(LANGUAGES)) {
          for (const [name, path] of Object.entries(PAGES)) {
            await picture(root + path, { ...settings, colorScheme }, async (page) => {
              const file = (part) => `${folder}/${[name, ...part, screen, colorScheme, language].join("-")}.png`;
              await page.screenshot({ path: file([]) });
              console.log(file([]));
              if (name === "workbench" && screen === "phone") {
                await page.locator(".panes button").last().click();
                await page.screenshot({ path: file(["findings"]) });
                console.log(file(["findings"]));
              }
              if (name === "workbench") {
                await openArchive(page);
                await page.screenshot({ path: file(["archive"]) });
                console.log(file(["archive"]));
              }
            });
          }
        }
      }
    }
  }
} finally {
  await browser.close();
  server.close();
}
