/*
 * An archive of exchanges in the workbench: in, through the table, to an exchange and back.
 */
import { gzipSync } from "node:zlib";
import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { archive } from "../support/har.mjs";
import { expect, test } from "./desk.js";
import { withoutServiceWorker } from "./site.js";

test.beforeEach(({ context }) => withoutServiceWorker(context));

const COUNT = 1200;
const har = (count = COUNT): string => [...archive(count, 400)].join("");
const file = (text: string, name = "shop.har") => ({ name, mimeType: "application/json", buffer: Buffer.from(text) });

const table = (page: Page): Locator => page.locator("statuslab-archive .ar-grid");
const rows = (page: Page): Locator => page.locator("statuslab-archive .ar-body .ar-row");
const state = (page: Page): Locator => page.locator("statuslab-archive .ar-state");

const open = (page: Page, text = har(), name = "shop.har"): Promise<void> => openFile(page, file(text, name));

async function openFile(page: Page, chosen: ReturnType<typeof file>): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.locator(".xbar button", { hasText: /^(Open|打开)$/ }).click();
  await (await chooser).setFiles(chosen);
}

async function opened(page: Page): Promise<void> {
  await open(page);
  await expect(state(page)).toContainText("1,200 exchanges");
}

test("a file becomes a table; only the rows in sight are in the page", async ({ desk, page }) => {
  await desk.open();
  await opened(page);
  await expect(page.locator(".xbar")).toBeHidden();
  await expect(rows(page).first()).toContainText("PUT");
  expect(await rows(page).count()).toBeLessThan(80);
  await expect(table(page)).toHaveAttribute("aria-rowcount", "1201");
  expect(desk.complaints).toEqual([]);
});

test("filter by code, rule, severity and words; reset", async ({ desk, page }) => {
  await desk.open();
  await opened(page);
  const shown = page.locator(".ar-shown");
  await page.getByRole("button", { name: /^404/ }).click();
  await expect(shown).toContainText(/of 1,200/);
  for (const status of await page.locator(".ar-body .ar-status").allTextContents()) expect(status).toBe("404");
  await page.getByRole("button", { name: /^404/ }).click();
  await page.locator("#ar-rules + .ar-bars button").first().click();
  await expect(shown).toContainText(/of 1,200/);
  await page.getByRole("button", { name: "Reset filter" }).click();
  await expect(shown).toHaveText("");
  await page.getByRole("button", { name: /\d errors$/ }).click();
  await expect(page.locator(".ar-body .ar-findings").first()).toContainText("●");
  await page.getByRole("button", { name: /\d errors$/ }).click();
  await page.getByPlaceholder("Words in address, method, type").fill("limits api");
  await expect(page.locator(".ar-body .ar-url").first()).toContainText("/api/limits");
  await page.getByPlaceholder("Words in address, method, type").fill("no such thing");
  await expect(page.locator(".ar-nothing")).toBeVisible();
});

test("sorted by findings the gravest come first", async ({ desk, page }) => {
  await desk.open();
  await opened(page);
  await page.getByRole("button", { name: "Findings" }).click();
  await expect(page.getByRole("columnheader", { name: "Findings" })).toHaveAttribute("aria-sort", "descending");
  await expect(page.locator(".ar-body .ar-findings").first()).toContainText("●");
  await page.getByRole("button", { name: "Findings" }).click();
  await expect(page.locator(".ar-body .ar-findings").first()).not.toContainText("●");
});

test("by keys alone: down the table, into an exchange, back to the place", async ({ desk, page }) => {
  await desk.open();
  await opened(page);
  await table(page).focus();
  await page.keyboard.press("End");
  await expect(page.locator(".ar-row.on")).toHaveAttribute("aria-rowindex", "1201");
  await page.keyboard.press("PageUp");
  await page.keyboard.press("ArrowUp");
  const active = await table(page).getAttribute("aria-activedescendant");
  await expect(page.locator(`#${active}`)).toBeVisible();
  const url = await page.locator(`#${active} .ar-url`).getAttribute("title");
  await page.keyboard.press("Enter");
  await expect(page.locator(".from .back")).toBeFocused();
  const target = new URL(url ?? "").pathname;
  await expect.poll(() => desk.text("request")).toContain(target);
  await expect(desk.verdict).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(table(page)).toBeFocused();
  await expect(table(page)).toHaveAttribute("aria-activedescendant", active ?? "");
  await expect(page.locator(`#${active}`)).toBeInViewport();
});

test("the browser's back and forward, and the neighbours of an exchange", async ({ desk, page }) => {
  await desk.open();
  await opened(page);
  await rows(page).nth(2).click();
  await expect(page.locator(".from .nth")).toHaveText("exchange 3");
  await page.getByRole("button", { name: "Next exchange of the list" }).click();
  await expect(page.locator(".from .nth")).toHaveText("exchange 4");
  await page.goBack();
  await expect(table(page)).toBeVisible();
  await page.goForward();
  await expect(page.locator(".from .nth")).toHaveText("exchange 4");
  await page.goBack();
  await page.goBack();
  await expect(table(page)).toBeHidden();
  await expect.poll(() => desk.text()).toContain("204 No Content");
});

test("nothing of an archive is stored or put into the address", async ({ desk, page }) => {
  await desk.open();
  await opened(page);
  await rows(page).nth(1).click();
  await expect(page.locator(".from .nth")).toBeVisible();
  await page.waitForTimeout(1200);
  expect(new URL(page.url()).hash).toBe("");
  expect(await page.evaluate(() => localStorage.getItem("statuslab:exchange:1"))).toBeNull();
  await page.locator(".from .back").click();
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await expect(table(page)).toHaveCount(0);
  await expect.poll(() => desk.text()).toContain("204 No Content");
});

test("an archive that is pasted, a message and an archive that are dropped", async ({ desk, page }) => {
  await desk.open();
  await desk.paste(har(3));
  await expect(state(page)).toContainText("3 exchanges");
  await page.getByRole("button", { name: "Close", exact: true }).click();
  const drop = (text: string, name: string): Promise<void> =>
    page.evaluate(([content, title]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content ?? ""], title ?? ""));
      for (const type of ["dragover", "drop"]) document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    }, [text, name]);
  await drop("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "answer.http");
  await expect.poll(() => desk.text()).toContain("404 Not Found");
  await drop(har(5), "five.json");
  await expect(state(page)).toContainText("5 exchanges");
  await expect(page.locator(".wb-drop")).toHaveCount(0);
});

test("content in a content coding is judged by what it stands for", async ({ desk, page }) => {
  await desk.open();
  const content = gzipSync('{"a":1,"a":2}');
  const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: ${content.length}\r\n\r\n`;
  await openFile(page, { name: "coded.http", mimeType: "text/plain", buffer: Buffer.concat([Buffer.from(head), content]) });
  await expect(desk.findings.filter({ hasText: "comes twice" })).toBeVisible();
  await expect(desk.findings.filter({ hasText: "but the bytes are not" })).toHaveCount(0);
});

test("what is no archive is told; one that is cut off has what is there", async ({ desk, page }) => {
  await desk.open();
  await open(page, '{"a":1}', "other.har");
  await expect(desk.notice).toContainText("other.har is not a HAR file");
  await expect(table(page)).toHaveCount(0);
  const whole = har(20);
  await open(page, whole.slice(0, whole.length - 300), "cut.har");
  await expect(state(page)).toContainText("19 exchanges");
  await expect(state(page)).toContainText("ends in the middle");
});

test("reading can be stopped, and what was read stays", async ({ desk, page }) => {
  await desk.open();
  await open(page, har(4_000), "large.har");
  const stop = page.getByRole("button", { name: "Stop" });
  if (await stop.isVisible().catch(() => false)) {
    await stop.click().catch(() => undefined);
    await expect(state(page)).toContainText(/Stopped|checked in/);
  }
  await expect(rows(page).first()).toBeVisible();
});

test("levels of rules hold in the table", async ({ desk, page }) => {
  await page.addInitScript(() => localStorage.setItem("statuslab:settings:1", JSON.stringify({ levels: { "content-in-204": "off", "content-length-in-204": "off" }, explain: false })));
  await desk.open();
  await opened(page);
  const rules = page.locator("#ar-rules + .ar-bars");
  await expect(rules).toContainText("Retry-After");
  await expect(rules).not.toContainText("204 is followed by");
});

for (const language of ["", "/zh-cn"]) {
  for (const phone of [false, true]) {
    test(`axe: the table ${language || "/en"} ${phone ? "phone" : "desk"}`, async ({ desk, page }) => {
      if (phone) await page.setViewportSize({ width: 390, height: 844 });
      await desk.open(`${language}/`);
      await open(page);
      await expect(state(page)).toContainText("1,200");
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3).join(" ")}`)).toEqual([]);
      await rows(page).nth(1).click();
      await expect(page.locator(".from")).toBeVisible();
      const after = await new AxeBuilder({ page }).analyze();
      expect(after.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3).join(" ")}`)).toEqual([]);
      expect(desk.complaints).toEqual([]);
    });
  }
}
