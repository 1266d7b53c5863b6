/*
 * Levels of rules, what is right, secrets before copying, and the ways out.
 */
import AxeBuilder from "@axe-core/playwright";
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, RAW_204, test } from "./desk.js";
import { withoutServiceWorker } from "./site.js";

test.beforeEach(({ context }) => withoutServiceWorker(context));

const finding = (page: Page, rule: string) => page.locator(`.wb .findings > [data-rule="${rule}"]:not(.gone)`);
const choose = async (page: Page, rule: string, level: string): Promise<void> => {
  await finding(page, rule).locator(".level").click();
  await page.getByRole("menuitemradio", { name: level, exact: true }).click();
};

test("a rule is turned off from its finding, told, kept, and turned on again", async ({ desk, page }) => {
  await desk.open();
  await choose(page, "content-length-in-204", "off");
  await expect(finding(page, "content-length-in-204")).toHaveCount(0);
  await expect(page.locator(".wb .levels")).toContainText("1 rule off");
  await page.reload();
  await desk.ready();
  await expect(page.locator(".wb .levels")).toContainText("1 rule off");
  await expect(finding(page, "content-length-in-204")).toHaveCount(0);
  await page.locator(".wb .levels").getByRole("button", { name: "Reset" }).click();
  await expect(finding(page, "content-length-in-204")).toHaveCount(1);
  await expect(page.locator(".wb .levels")).toHaveCount(0);
  expect(desk.complaints).toEqual([]);
});

test("by keys: the menu opens, moves, chooses and gives the focus back", async ({ desk, page }) => {
  await desk.open();
  await finding(page, "content-length-in-204").locator(".level").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitemradio", { name: "as it is (error)" })).toBeFocused();
  await expect(page.getByRole("menuitemradio", { name: "as it is (error)" })).toHaveAttribute("aria-checked", "true");
  await page.keyboard.press("End");
  await expect(page.getByRole("menuitemradio", { name: "as hint" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(finding(page, "content-length-in-204").locator(".level")).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(finding(page, "content-length-in-204").locator(".sev-warning")).toHaveCount(1);
  await expect(page.locator(".wb .levels")).toContainText("1 rule at another level");
});

test("levels travel in a link, and a link without any shows rules as they are", async ({ desk, page, context }) => {
  await desk.open();
  await desk.paste(RAW_204);
  const plain = new URL(page.url()).pathname;
  await choose(page, "content-in-204", "off");
  await expect(page.locator(".wb .levels")).toContainText("1 rule off");
  await page.keyboard.press("Control+s");
  await expect(desk.notice).toContainText("Link copied");
  const link = await desk.clipboard();
  const other = await context.browser()?.newContext();
  const there = await other?.newPage();
  if (there === undefined) throw new Error("no page");
  await there.goto(link);
  await there.locator("statuslab-workbench[data-ready=editor]").waitFor();
  await expect(there.locator(".wb .levels")).toContainText("1 rule off");
  await expect(finding(there, "content-in-204")).toHaveCount(0);
  await there.goto(plain === "/" ? new URL("/", link).href : link);
  await other?.close();
});

test("a rule that is off is not repaired either", async ({ desk, page }) => {
  await desk.open();
  await choose(page, "content-in-204", "off");
  await desk.fixAll.click();
  await page.getByRole("button", { name: /^Apply/ }).click();
  await expect.poll(() => desk.text()).toContain('{"deleted":true}');
  expect(await desk.text()).not.toContain("Content-Length");
});

test("what is right is shown on request, and is no complaint", async ({ desk, page }) => {
  await desk.open();
  const toggle = page.getByRole("button", { name: "what is right" });
  await expect(toggle).toHaveAttribute("aria-pressed", "false");
  await toggle.click();
  await expect(toggle).toHaveAttribute("aria-pressed", "true");
  await desk.paste("HTTP/1.1 200 OK\r\nDate: Sun, 22 Nov 2026 09:30:00 GMT\r\nContent-Type: text/plain\r\nContent-Length: 2\r\nCache-Control: max-age=60\r\n\r\nhi");
  await expect(desk.verdict).not.toContainText("error");
  await page.reload();
  await desk.ready();
  await expect(toggle).toHaveAttribute("aria-pressed", "true");
});

test("secrets: asked before a link is copied, redacted when wanted, in one step that can be undone", async ({ desk, page }) => {
  await desk.open();
  const secret = "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a";
  await desk.paste(`GET / HTTP/1.1\r\nHost: api.example\r\nAuthorization: Bearer ${secret}\r\n\r\n`, "request");
  const found = await page.locator(".wb .findings > .f:not(.gone)").filter({ hasText: /secret|token|credential/i }).count();
  test.skip(found === 0, "no rule of secrets in this build");
  await page.keyboard.press("Control+s");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("secret");
  const { violations } = await new AxeBuilder({ page }).include("dialog").analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(desk.notice).toHaveCount(0);
  await page.keyboard.press("Control+s");
  await dialog.getByRole("button", { name: "Redact, then copy" }).click();
  await expect(desk.notice).toContainText("Link copied");
  expect(await desk.text("request")).not.toContain(secret);
  await page.keyboard.press("Control+s");
  await expect(dialog).toHaveCount(0);
});

test("ways out: text, JSON, SARIF, GitHub, Markdown, the fixed message", async ({ desk, page }) => {
  await desk.open();
  await page.locator("#wb-share-button").click();
  await page.getByRole("button", { name: "Export …" }).click();
  const dialog = page.locator("dialog.dlg-export");
  const text = dialog.locator(".export-text");
  await expect(text).toContainText("response.http:3:1");
  const { violations } = await new AxeBuilder({ page }).include("dialog").analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  await dialog.getByLabel("JSON").check();
  await expect(text).toContainText('"rule": "content-in-204"');
  await dialog.getByLabel("SARIF").check();
  await expect(text).toContainText('"version": "2.1.0"');
  await dialog.getByLabel("GitHub").check();
  await expect(text).toContainText("::error file=response.http,line=3");
  await dialog.getByLabel("Markdown").check();
  await expect(text).toContainText("**Response**");
  await dialog.getByRole("button", { name: "Copy" }).click();
  await expect(dialog).toContainText("Copied.");
  expect(await desk.clipboard()).toContain("**Response**");
  await dialog.getByLabel("Fixed message").check();
  await expect(text).not.toContainText("deleted");
  const download = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Save fixed.http" }).click();
  const file = await (await download).path();
  const saved = await readFile(file, "latin1");
  expect(saved).toContain("HTTP/1.1 204 No Content\r\n");
  expect(saved).not.toContain("deleted");
  expect(desk.complaints).toEqual([]);
});

test("the index of rules narrows by family, severity and words, and counts", async ({ page }) => {
  await page.goto("/rules/");
  const count = page.locator("[data-filter] [role=status]");
  await page.getByLabel("Family", { exact: true }).selectOption("framing");
  await expect(count).toHaveText(/^\d+ of \d+$/);
  await expect(page.locator("[data-group]:visible")).toHaveCount(1);
  await page.getByRole("searchbox").fill("content-length");
  const shown = await page.locator("[data-group=framing] [data-row]:not([hidden])").count();
  await expect(page.locator("[data-group=framing] [data-count]")).toHaveText(String(shown));
  await page.getByRole("searchbox").fill("no such rule anywhere");
  await expect(count).not.toHaveText(/of/);
});
