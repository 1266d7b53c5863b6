/*
 * What frameworks put on the wire: pages of frameworks and tables, sections on the pages of codes and rules.
 */
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { complaintsOf, inLanguage, LANGUAGES, withoutServiceWorker } from "./site.js";

test.beforeEach(({ context }) => withoutServiceWorker(context));

test("one view, three servers, three outputs: each unfolds to its bytes by keyboard", async ({ page }) => {
  await page.goto("/frameworks/django/#204-text");
  const outputs = page.locator("section[aria-labelledby='204-text'] details.output");
  await expect(outputs).toHaveCount(3);
  const [runserver, gunicorn] = [outputs.filter({ hasText: "runserver" }), outputs.filter({ hasText: "gunicorn" })];
  await expect(runserver.locator("summary")).toContainText("read as the next response");
  await expect(gunicorn.locator("summary")).toContainText("connection goes on");
  await runserver.locator("summary").press("Enter");
  await expect(runserver.locator(".wire")).toContainText("hello");
  await runserver.getByRole("link", { name: /is followed by/ }).click();
  await expect(page).toHaveURL(/\/rules\/content-in-204\/$/);
});

test("an output opens in the workbench as it was", async ({ page }) => {
  await page.goto("/frameworks/django/#204-text");
  const output = page.locator("section[aria-labelledby='204-text'] details.output").first();
  await output.locator("summary").click();
  await output.getByRole("link", { name: /^open in workbench/ }).click();
  await page.locator("statuslab-workbench[data-ready=editor]").waitFor();
  await expect(page.locator(".cm-content[data-side=response]")).toContainText("WSGIServer");
});

test("a rule leads to the frameworks that send what it finds, to the very case", async ({ page }) => {
  await page.goto("/rules/content-in-204/");
  const link = page.locator(".outputs a[href*='/frameworks/django/#']").first();
  await link.click();
  await expect(page).toHaveURL(/\/frameworks\/django\/#204-/);
  await expect(page.locator("h3:target")).toBeInViewport();
});

test("constants are filtered by name, and lead to the codes", async ({ page }) => {
  await page.goto("/frameworks/constants/");
  await page.locator("[data-filter] input").fill("too_large");
  const rows = page.locator("tr[data-row]:visible");
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText("CONTENT_TOO_LARGE");
  await rows.first().getByRole("link", { name: "413" }).click();
  await expect(page.locator("h1")).toContainText("413");
});

test("the proof tells every cell: proven, or why not", async ({ page }) => {
  await page.goto("/frameworks/proof/");
  await expect(page.locator("tbody tr", { hasText: "gunicorn" }).first()).toContainText(/\d{4}-\d\d-\d\d/);
  await expect(page.locator("section[aria-labelledby=cannot] li").first()).toBeVisible();
  const cells = page.locator(".matrix tbody td");
  expect(await cells.count()).toBeGreaterThan(2000);
  await expect(cells.filter({ hasNotText: /^(?:✓|–|\d+)$/ })).toHaveCount(0);
});

test.describe("snippets on the page of a code", () => {
  test("are there without scripts", async ({ browser, baseURL }) => {
    const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL === undefined ? {} : { baseURL }) });
    const page = await context.newPage();
    await page.goto("/status/429/");
    await expect(page.locator(".csnip .code")).toContainText("Retry-After");
    await expect(page.locator(".csnip select").first()).toBeHidden();
    await expect(page.locator(".csnip a").first()).toHaveAttribute("href", /^\/snippets\/#/);
    await context.close();
  });

  test("load nothing before somebody comes near them", async ({ page }) => {
    const engines: string[] = [];
    page.on("request", (request) => {
      if (/snippets[^/]*\.wasm$/.test(request.url())) engines.push(request.url());
    });
    await page.goto("/status/404/", { waitUntil: "networkidle" });
    expect(engines).toEqual([]);
    await page.mouse.move(200, 200);
    await page.locator("#snippets").scrollIntoViewIfNeeded();
    await expect(page.locator("statuslab-code-snippets")).toHaveAttribute("data-ready", "yes");
    expect(engines.length).toBe(1);
  });

  for (const language of LANGUAGES) {
    test(`every framework and form, in ${language}`, async ({ page }) => {
      const complaints = complaintsOf(page);
      await page.goto(inLanguage("/status/204/", language));
      await page.keyboard.press("Tab");
      await page.locator("#snippets").scrollIntoViewIfNeeded();
      await page.locator("statuslab-code-snippets[data-ready]").waitFor();
      const [framework, form] = [page.locator(".csnip select").first(), page.locator(".csnip select").last()];
      await framework.selectOption("go");
      await expect(page.locator(".csnip .code")).toContainText("http.StatusNoContent");
      await expect(page.locator(".csnip .wire").last()).toContainText("HTTP/1.1 204 No Content");
      await form.selectOption("preflight");
      await expect(page.locator(".csnip .code")).toContainText("Access-Control-Allow-Origin");
      const { violations } = await new AxeBuilder({ page }).include("statuslab-code-snippets").include(".outputs").analyze();
      expect(violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id} ${node.target.join(" ")}`))).toEqual([]);
      expect(complaints).toEqual([]);
    });
  }
});
