/*
 * The third lens: the response as code of a framework.
 */
import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { complaintsOf, inLanguage, LANGUAGES, paste, withoutServiceWorker } from "./site.js";

test.beforeEach(({ context }) => withoutServiceWorker(context));

async function open(page: Page, path = "/snippets/"): Promise<void> {
  await page.goto(path);
  await page.locator("statuslab-snippets[data-ready]").waitFor();
}

const code = (page: Page) => page.locator(".snip .code");
const tab = (page: Page, name: string) => page.getByRole("tab", { name, exact: true });

test.describe("before any script", () => {
  test.use({ javaScriptEnabled: false });
  for (const language of LANGUAGES) {
    test(`there is a response and its code, in ${language}`, async ({ page }) => {
      await page.goto(inLanguage("/snippets/", language));
      await expect(code(page)).toContainText("422");
      expect(await page.getByRole("tab").count()).toBeGreaterThan(4);
    });
  }
});

test("the page is silent in the console and keeps its policy", async ({ page }) => {
  const complaints = complaintsOf(page);
  await open(page);
  for (const name of ["Django", "FastAPI", "Spring"]) await page.getByRole("tab", { name }).first().click();
  await expect(code(page).locator(".tok-string").first()).toBeVisible();
  expect(complaints).toEqual([]);
});

test("the code follows the response while one types", async ({ page }) => {
  await open(page);
  await paste(page, "response", "HTTP/1.1 204 No Content\r\n\r\n");
  await expect(code(page)).toContainText("204");
  await paste(page, "response", "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 30\r\n\r\n");
  await expect(code(page)).toContainText("429");
  await expect(code(page)).toContainText("30");
});

test("frameworks are tabs: by click and by arrows", async ({ page }) => {
  await open(page);
  await tab(page, "FastAPI").click();
  await expect(tab(page, "FastAPI")).toHaveAttribute("aria-selected", "true");
  await expect(code(page)).toContainText("def ");
  await page.keyboard.press("Home");
  await expect(page.getByRole("tab").first()).toHaveAttribute("aria-selected", "true");
});

test("the version is remembered, and the form", async ({ page }) => {
  await open(page);
  await tab(page, "Express").click();
  await page.getByLabel("Version").selectOption({ index: 1 });
  const version = await page.getByLabel("Version").inputValue();
  await page.getByLabel("Form").selectOption("complete");
  await tab(page, "FastAPI").click();
  await tab(page, "Express").click();
  await expect(page.getByLabel("Version")).toHaveValue(version);
  await page.goto("/snippets/#example=401-without-challenge");
  await page.locator("statuslab-snippets[data-ready]").waitFor();
  await expect(page.getByLabel("Version")).toHaveValue(version);
  await expect(page.getByLabel("Form")).toHaveValue("complete");
});

test("a link brings framework, version and form", async ({ page, browser }) => {
  await open(page);
  await tab(page, "Express").click();
  await page.getByLabel("Form").selectOption("complete");
  await expect(page).toHaveURL(/#1[\w-]+$/);
  const other = await browser.newPage();
  await other.goto(page.url());
  await other.locator("statuslab-snippets[data-ready]").waitFor();
  await expect(tab(other, "Express")).toHaveAttribute("aria-selected", "true");
  await expect(other.getByLabel("Form")).toHaveValue("complete");
  await other.close();
});

test("copied as it is", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Copy", exact: true }).click();
  await expect(page.locator(".done")).toHaveText("Copied.");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.trimEnd()).toBe((await code(page).locator(".l > span").allTextContents()).join("").trimEnd());
});

test("downloaded as a project", async ({ page }) => {
  await open(page);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download runnable project" }).click();
  const saved = await (await download).path();
  expect((await readFile(saved)).subarray(0, 2).toString()).toBe("PK");
});

test("to the other lenses and back nothing is lost", async ({ page }) => {
  await open(page, "/snippets/#example=204-with-content");
  await page.getByRole("navigation", { name: "Lenses" }).getByRole("link", { name: "Validate" }).click();
  await page.locator("statuslab-workbench[data-ready=editor]").waitFor();
  await expect(page.locator(".wb .cm-content[data-side=response]")).toContainText('{"deleted":true}');
  await page.getByRole("navigation", { name: "Lenses" }).getByRole("link", { name: "Snippets" }).click();
  await page.locator("statuslab-snippets[data-ready]").waitFor();
  await expect(page.locator(".snip .cm-content")).toContainText("204 No Content");
});

test("beside the code stand the bytes of the last proof, with versions and day", async ({ page }) => {
  await open(page);
  await paste(page, "response", "HTTP/1.1 204 No Content\r\n\r\n");
  const wire = page.locator(".on-wire");
  await expect(wire.locator(".wire").first()).toContainText("HTTP/1.1 204 No Content");
  await expect(wire.locator(".proof")).toContainText(/204 with no content: run with Express \d.* on node:http \d.*, \d{4}-\d\d-\d\d/);
  await tab(page, "Django").click();
  await expect(wire.locator("summary")).toHaveCount(2);
  await wire.locator("summary", { hasText: "runserver" }).press("Enter");
  await expect(wire.locator("details[open] .wire")).toContainText("WSGIServer");
});

test("two frameworks stand beside each other, with what differs on the wire", async ({ page }) => {
  await open(page);
  await paste(page, "response", "HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\n\r\n{}");
  await page.getByLabel("Compare with").selectOption({ label: "beside Django 5.2.19" });
  await expect(page.locator(".versus .code")).toHaveCount(2);
  await expect(page.locator(".versus .code").last()).toContainText("django");
  await expect(page.locator(".differs tr", { hasText: "Server" })).toContainText("gunicorn");
  await expect(page).toHaveURL(/#1[\w-]+$/);
  await page.reload();
  await expect(page.locator(".versus-name").last()).toHaveText("Django 5.2.19");
  await page.getByLabel("Compare with").selectOption("");
  await expect(page.locator(".versus")).toHaveCount(0);
});

test("versions of one framework: the lines that changed are marked, equal bytes are said to be equal", async ({ page }) => {
  await open(page);
  await paste(page, "response", "HTTP/1.1 413 Content Too Large\r\n\r\n");
  await tab(page, "Spring Boot").click();
  await page.getByLabel("Compare with").selectOption({ label: "beside Spring Boot 3.5.7" });
  await expect(page.locator(".versus .code .l.on")).toHaveCount(2);
  await tab(page, "Express").click();
  await page.getByLabel("Compare with").selectOption({ label: "beside Express 4.22.3" });
  await expect(page.locator(".differs")).toContainText("both sent the same");
});

for (const language of LANGUAGES) {
  for (const [screen, settings] of Object.entries({ desk: { viewport: { width: 1280, height: 800 } }, phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } })) {
    test.describe(`axe, ${language}, ${screen}`, () => {
      test.use(settings);
      test("finds nothing, in either theme", async ({ page }) => {
        test.setTimeout(90_000);
        await open(page, inLanguage("/snippets/", language));
        // Both frameworks, so that everything is in the page.
        await page.locator(".options select").last().selectOption("django");
        await expect(page.locator(".differs")).toBeVisible();
        for (const theme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme: theme });
          const { violations } = await new AxeBuilder({ page }).analyze();
          expect(violations.flatMap(({ id, nodes }) => nodes.map((node) => `${theme} ${id} ${node.target.join(" ")}`))).toEqual([]);
        }
        expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
      });
    });
  }
}
