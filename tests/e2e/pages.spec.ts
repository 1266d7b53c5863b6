/*
 * Pages that are read: codes, rules, search, filter, languages, themes, small screens, paper.
 */
import { expect, test } from "@playwright/test";
import { inLanguage, KINDS, LANGUAGES, PAGES, settled, withoutServiceWorker } from "./site.js";

test.beforeEach(({ context }) => withoutServiceWorker(context));

test.describe("status codes", () => {
  test("the index leads to every registered code", async ({ page }) => {
    await page.goto("/status/");
    for (const code of ["100", "204", "308", "429", "511"]) await expect(page.locator(`main a[href="/status/${code}/"]`).first()).toBeVisible();
    await page.locator('main a[href="/status/204/"]').first().click();
    await expect(page.locator("h1")).toHaveText(/204\s+No Content/);
  });

  test("the filter narrows by number, word and vendor, and is in the address", async ({ page }) => {
    await page.goto("/status/");
    const rows = page.locator("[data-row]:visible");
    const all = await rows.count();
    await page.locator("[data-filter] input[type=search]").fill("nginx");
    await expect.poll(() => rows.count()).toBeLessThan(all / 3);
    await expect(rows.first()).toContainText(/nginx/i);
    await expect(page).toHaveURL(/\?q=nginx$/);
    await page.reload();
    await expect(page.locator("[data-filter] input[type=search]")).toHaveValue("nginx");
    await page.locator("[data-filter] input[type=search]").fill("zzz");
    await expect(rows).toHaveCount(0);
    await expect(page.locator("[data-none]")).toHaveText("No code matches.");
  });

  test("a code tells its facts, its rules and its neighbours", async ({ page }) => {
    await page.goto("/status/405/");
    const facts = page.locator("dl").first();
    await expect(facts).toContainText("Allow");
    await expect(facts).toContainText("RFC 9110");
    await expect(page.locator("main a[href^='/rules/']").first()).toBeVisible();
    await page.locator("a[rel=next]").click();
    await expect(page).toHaveURL(/\/status\/406\/$/);
    await page.locator("a[rel=prev]").click();
    await expect(page).toHaveURL(/\/status\/405\/$/);
  });

  test("the data of a page are there as JSON", async ({ page, request }) => {
    await page.goto("/status/404/");
    const address = await page.getByRole("link", { name: "JSON for this page" }).getAttribute("href");
    const answer = await request.get(address ?? "");
    expect(answer.headers()["content-type"]).toContain("application/json");
    expect(JSON.stringify(await answer.json())).toContain("Not Found");
  });

  test("a code that several vendors use says who means what", async ({ page }) => {
    await page.goto("/status/499/");
    expect(await page.locator(".meaning").count()).toBeGreaterThanOrEqual(3);
    for (const vendor of ["nginx", "Google", "Esri"]) await expect(page.locator(".meaning").filter({ hasText: vendor }).first()).toBeVisible();
  });

  for (const language of LANGUAGES) {
    test(`204 in ${language}: complete without scripts`, async ({ browser, baseURL }) => {
      const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL === undefined ? {} : { baseURL }) });
      const page = await context.newPage();
      await page.goto(inLanguage("/status/204/", language));
      await expect(page.locator("h1")).toContainText("204");
      expect(await page.locator("main h2").count()).toBeGreaterThan(10);
      // Examples are judged when the site is built.
      await expect(page.locator("statuslab-try-it").first()).toBeVisible();
      await expect(page.locator("statuslab-try-it .findings .f").first()).toContainText("204");
      await expect(page.locator("statuslab-try-it .wire").first()).toContainText("HTTP/1.1 204");
      expect(await page.locator("main").innerText()).toContain("RFC 9110");
      await context.close();
    });
  }

  test("the small frame comes to life, is judged as one types, and opens in the workbench", async ({ page }) => {
    await page.goto("/status/204/");
    const frame = page.locator("statuslab-try-it").first();
    await frame.scrollIntoViewIfNeeded();
    const editor = frame.locator(".cm-content");
    await expect(editor).toBeVisible();
    const before = await frame.locator(".findings .f").count();
    await editor.focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText("HTTP/1.1 503 Service Unavailable\nContent-Length: 5\n\nabc");
    await expect(frame.locator(".findings .f").first()).not.toContainText("204");
    expect(before).toBeGreaterThan(0);
    await frame.getByRole("link", { name: "open in workbench" }).click();
    await settled(page);
    await expect(page.locator(".badge")).toContainText("503");
  });
});

test.describe("rules", () => {
  test("the index by family, filtered by severity and word", async ({ page }) => {
    await page.goto("/rules/");
    const rows = page.locator("[data-row]:visible");
    const all = await rows.count();
    expect(all).toBeGreaterThanOrEqual(90);
    await page.locator("[data-filter] input[type=checkbox]").first().uncheck();
    await expect.poll(() => rows.count()).toBeLessThan(all);
    await page.locator("[data-filter] input[type=checkbox]").first().check();
    await page.locator("[data-filter] input[type=search]").fill("content-length 204");
    await expect(rows.first()).toContainText("204");
    await rows.first().getByRole("link").first().click();
    await expect(page).toHaveURL(/\/rules\/[\w-]+\/$/);
  });

  test("a rule says what, why, by which sentence, and shows it", async ({ page }) => {
    await page.goto("/rules/content-length-in-204/");
    await expect(page.locator("h1")).toContainText("204");
    const quote = page.locator("main blockquote").first();
    await expect(quote).toContainText("MUST NOT send a Content-Length");
    await expect(quote.getByRole("link")).toHaveAttribute("href", /rfc-editor\.org\/rfc\/rfc9110#section-8\.6$/);
    await expect(page.locator("#bad")).toBeVisible();
    await expect(page.locator(".wire [class*=sq-]").first()).toBeVisible();
  });

  test("an example opens in the workbench, byte for byte, and the rule speaks there", async ({ page }) => {
    await page.goto("/rules/content-length-in-204/");
    const link = page.locator("section[aria-labelledby=bad] a[href*='#1']").first();
    await link.click();
    await settled(page);
    await expect(page.locator(".f[data-rule=content-length-in-204]")).toBeVisible();
    await expect(page.locator(".banner")).toContainText("came from a link");
  });
});

test.describe("search", () => {
  test("by the field in the header and by Ctrl+K, opened with Enter", async ({ page }) => {
    await page.goto("/about/");
    await page.keyboard.press("Control+k");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("searchbox").fill("429");
    await expect(dialog.getByRole("link").first()).toContainText("429");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/status/429/");
  });

  test("in Chinese", async ({ page }) => {
    await page.goto("/zh-cn/status/");
    await page.locator("[data-search]").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("searchbox").fill("缓存");
    await expect(dialog.getByRole("link").first()).toHaveAttribute("href", /^\/zh-cn\//);
  });

  test("nothing found is said", async ({ page }) => {
    await page.goto("/status/");
    await page.locator("[data-search]").click();
    await page.getByRole("dialog").getByRole("searchbox").fill("ŋŋŋŋ");
    await expect(page.getByRole("dialog").getByRole("status")).toContainText("ŋŋŋŋ");
    // The first Escape empties the field, as in every search field.
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
  });
});

test.describe("languages and themes", () => {
  for (const kind of KINDS.filter((name) => name !== "missing")) {
    test(`${kind}: to the other language and back`, async ({ page }) => {
      await page.goto(PAGES[kind]);
      await page.locator("header a[hreflang=zh-CN]").click();
      await expect(page).toHaveURL((url) => url.pathname === `/zh-cn${PAGES[kind]}`);
      await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
      await expect(page.locator("h1")).toContainText(kind === "about" || kind === "workbench" || kind === "offline" ? /[\u4e00-\u9fff]/ : /[\u4e00-\u9fff]|\d{3}/);
      await page.locator("header a[hreflang=en]").click();
      await expect(page).toHaveURL((url) => url.pathname === PAGES[kind]);
    });
  }

  test("the theme follows the system until somebody chooses", async ({ page }) => {
    await page.emulateMedia({ colorScheme: "dark" });
    await page.goto("/status/204/");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await page.emulateMedia({ colorScheme: "light" });
    await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
    await page.locator("[data-theme-switch]").click();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await page.goto("/zh-cn/");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  });

  test("what is missing is answered by 404, in both languages", async ({ page }) => {
    const answer = await page.goto("/no/such/page/");
    expect(answer?.status()).toBe(404);
    await expect(page.locator("section[lang=en]")).toBeVisible();
    await expect(page.locator("section[lang=zh-CN]")).toBeVisible();
    await page.getByRole("link", { name: "all status codes" }).click();
    await expect(page).toHaveURL(/\/status\/$/);
  });
});

test.describe("every size", () => {
  for (const [name, width, height] of [["a phone", 390, 844], ["400 % zoom", 320, 256]] as const) {
    for (const kind of KINDS) {
      test(`${kind} on ${name}: nothing sticks out`, async ({ page }) => {
        await page.setViewportSize({ width, height });
        await page.goto(PAGES[kind]);
        await settled(page);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
      });
    }
  }

  test.describe("with a finger", () => {
    test.use({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });

    test("sheets open and close, and lead on", async ({ page }) => {
      await page.goto("/status/204/");
      await page.locator("[popovertarget=menu]").tap();
      await expect(page.locator("#menu a[href='/rules/']")).toBeVisible();
      await page.keyboard.press("Escape");
      await page.locator("[popovertarget=toc]").tap();
      await page.locator("#toc a[href='#related']").tap();
      await expect(page.locator("#toc")).toBeHidden();
      await expect(page.locator("#related")).toBeInViewport();
    });

    test("controls are as large as a finger", async ({ page }) => {
      await page.goto("/");
      await settled(page);
      const small = await page.locator(".wb button:visible, .wb select:visible, header button:visible, header a:visible").evaluateAll((elements) =>
        elements.filter((element) => element.getBoundingClientRect().height < 43.5).map((element) => `${element.className} ${element.textContent?.trim()} ${element.getBoundingClientRect().height}`));
      expect(small).toEqual([]);
    });
  });
});

test.describe("other ways to look", () => {
  test("on paper there is the text, and nothing to be clicked", async ({ page }) => {
    await page.goto("/status/204/");
    await page.emulateMedia({ media: "print" });
    await expect(page.locator("h1")).toBeVisible();
    for (const hidden of ["header.top", "#side", "#toc"]) await expect(page.locator(hidden)).toBeHidden();
  });

  test("in forced colours severity is still a shape and a word", async ({ page }) => {
    await page.emulateMedia({ forcedColors: "active" });
    await page.goto("/");
    await settled(page);
    await expect(page.locator(".findings .ic").first()).toHaveText("●");
    await expect(page.locator(".verdict")).toContainText("error");
    // A wavy line has to be there without its colour.
    const line = await page.locator(".cm-content .sq-error").first().evaluate((mark) => getComputedStyle(mark).textDecorationLine + getComputedStyle(mark).backgroundImage + getComputedStyle(mark).borderBottomStyle);
    expect(line).toMatch(/underline|url|gradient|solid|dashed/);
  });

  test("with reduced motion nothing moves", async ({ page }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.goto("/");
    await settled(page);
    await page.locator(".fix-all").click();
    await expect(page.getByRole("dialog")).toBeVisible();
    const moving = await page.evaluate(() => document.getAnimations().filter((animation) => Number(animation.effect?.getComputedTiming().duration ?? 0) > 50).length);
    expect(moving).toBe(0);
  });

  test("the way by keyboard begins with a link to the content", async ({ page }) => {
    await page.goto("/status/204/");
    await page.keyboard.press("Tab");
    const skip = page.locator("a.skip");
    await expect(skip).toBeFocused();
    await expect(skip).toBeInViewport();
    const target = await skip.getAttribute("href");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL((url) => url.hash === target);
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.querySelector("main")?.contains(document.activeElement))).toBe(true);
  });
});
