/*
 * The policy holds in the browser, nothing is asked of anybody else, and text from the wire or from a link is text.
 */
import { expect, test, type Page } from "@playwright/test";
import { complaintsOf, inLanguage, KINDS, LANGUAGES, PAGES, paste, settled } from "./site.js";

test.use({ serviceWorkers: "allow" });

/** What the policy refused; asked before the page's own scripts run. */
async function watchPolicy(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const refused: string[] = [];
    Object.assign(window, { refused });
    addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sourceFile, lineNumber }) => {
      refused.push(`${effectiveDirective}: ${blockedURI} ${sourceFile}:${lineNumber}`);
    });
  });
  return () => page.evaluate(() => (window as unknown as { refused: string[] }).refused);
}

for (const language of LANGUAGES) {
  for (const kind of KINDS) {
    test(`${kind} in ${language}: silent console, own host only, strict policy`, async ({ page, context, baseURL }) => {
      const complaints = complaintsOf(page);
      const refused = await watchPolicy(page);
      const elsewhere: string[] = [];
      context.on("request", (request) => {
        if (!/^(?:data|blob):/.test(request.url()) && new URL(request.url()).origin !== baseURL) elsewhere.push(request.url());
      });
      await page.goto(inLanguage(PAGES[kind], language), { waitUntil: "networkidle" });
      await settled(page);
      if (kind === "workbench") {
        for (const keys of ["Control+k", "?"]) {
          await page.keyboard.press(keys);
          await expect(page.getByRole("dialog")).toBeVisible();
          await page.keyboard.press("Escape");
          // Keys belong to it until it is gone.
          await expect(page.getByRole("dialog")).toHaveCount(0);
        }
        await page.locator(".fix-all").click();
        await expect(page.locator(".diff").first()).toBeVisible();
        await page.keyboard.press("Escape");
        await page.locator(".cm-content[data-side=response] .sq-error").first().hover();
        await expect(page.locator(".wire-hover")).toBeVisible();
      } else {
        await page.locator("[data-search]").click();
        await page.getByRole("dialog").getByRole("searchbox").fill("204");
        await expect(page.getByRole("dialog").getByRole("link").first()).toBeVisible();
      }
      expect(complaints).toEqual([]);
      expect(await refused()).toEqual([]);
      expect(elsewhere).toEqual([]);
    });
  }
}

test("the host says what a page cannot say about itself", async ({ request }) => {
  for (const path of ["/", "/status/204/", "/no/such/page/", "/sw.js"]) {
    const headers = (await request.get(path)).headers();
    expect(headers["content-security-policy"], path).toContain("frame-ancestors 'none'");
    expect(headers["x-content-type-options"], path).toBe("nosniff");
    expect(headers["referrer-policy"], path).toBe("no-referrer");
    expect(headers["cross-origin-opener-policy"], path).toBe("same-origin");
  }
  expect((await request.get("/sw.js")).headers()["cache-control"]).toBe("no-cache");
});

test("the policy is in force: inline script, inline handler and eval are refused", async ({ page }) => {
  const refused = await watchPolicy(page);
  await page.goto("/status/204/");
  const outcome = await page.evaluate(async () => {
    const script = document.createElement("script");
    script.textContent = "window.ran = 'inline'";
    document.head.append(script);
    const image = document.createElement("img");
    image.setAttribute("onerror", "window.ran = 'handler'");
    image.src = "/no-such-picture.png";
    document.body.append(image);
    await new Promise((resolve) => setTimeout(resolve, 300));
    let evaluated = "no";
    try {
      evaluated = String(new Function("return 'yes'")());
    } catch {
      // As it ought to be.
    }
    return { ran: (window as unknown as { ran?: string }).ran ?? "nothing", evaluated };
  });
  expect(outcome).toEqual({ ran: "nothing", evaluated: "no" });
  await expect.poll(async () => (await refused()).filter((what) => what.startsWith("script-src")).length).toBeGreaterThanOrEqual(2);
});

/** Markup in every place that the page shows: start line, names, values, content. */
const HOSTILE = {
  request: 'GET /<img/src=x/onerror=alert(1)> HTTP/1.1\r\nHost: "><script>alert(2)</script>\r\n<b>bold</b>: <svg onload=alert(3)>\r\n\r\n',
  response:
    "HTTP/1.1 204 <img src=x onerror=alert(4)>\r\nContent-Length: <iframe src=javascript:alert(5)>\r\nTransfer-Encoding: </script><script>alert(6)</script>\r\n" +
    "Retry-After: <a href=javascript:alert(7)>x</a>\r\nX: ${alert(8)} {{alert(9)}}\r\n\r\n<!--<img src=x onerror=alert(10)>-->",
};

/** Nothing of the hostile text has become an element, and nothing of it ran. */
async function expectOnlyText(page: Page, dialogs: string[]): Promise<void> {
  const strange = page.locator("statuslab-workbench, dialog, .wire-hover, .cm-tooltip").locator("img:not(.cm-widgetBuffer), iframe, b:text-is('bold'), svg[onload], script:not([type='application/json']), a[href^='javascript:']");
  await expect(strange).toHaveCount(0);
  expect(dialogs).toEqual([]);
}

test("hostile bytes stay text in the editors, the findings, the cards, the fixes and what is copied", async ({ page }) => {
  test.slow(); // one card after the other
  const opened: string[] = [];
  page.on("dialog", (dialog) => {
    opened.push(dialog.message());
    void dialog.dismiss();
  });
  const complaints = complaintsOf(page);
  await page.goto("/");
  await settled(page);
  await paste(page, "request", HOSTILE.request);
  await paste(page, "response", HOSTILE.response);
  await expect(page.locator(".badge")).toContainText("<img src=x onerror=alert(4)>");
  await expect(page.locator(".request-line")).toContainText("<img/src=x/onerror=alert(1)>");
  await expect(page.locator(".cm-content[data-side=response]")).toContainText("<!--<img src=x onerror=alert(10)>-->");
  await expect(page.locator(".findings")).toContainText("<iframe src=javascript:alert(5)>");
  await expectOnlyText(page, opened);

  for (const mark of await page.locator(".cm-content [class*=sq-]").all()) {
    if (!(await mark.isVisible())) continue;
    // A card stays while the pointer is on it, and may lie over the next mark.
    await page.mouse.move(2, 2);
    await expect(page.locator(".cm-tooltip-hover")).toHaveCount(0);
    await mark.hover();
    await page.waitForTimeout(60);
  }
  await expectOnlyText(page, opened);

  if (await page.locator(".fix-all").isVisible()) {
    await page.locator(".fix-all").click();
    await expect(page.locator(".diff").first()).toBeVisible();
    await expectOnlyText(page, opened);
    await page.keyboard.press("Escape");
  }

  await page.locator("#wb-share-button").click();
  await page.locator("#wb-share button").nth(1).click();
  await expect(page.locator(".notice")).toBeVisible();
  await expectOnlyText(page, opened);
  const markdown = await page.evaluate(() => navigator.clipboard.readText());
  // Outside of its fence and of code, markup would be markup where the text is pasted.
  const outside = markdown.replaceAll(/^(`{3,})[^\n]*\n[\s\S]*?\n\1$/gm, "").replaceAll(/(`+)[^`][\s\S]*?\1(?!`)/g, "");
  expect(outside.replaceAll(/\\</g, "")).not.toMatch(/<(?:img|script|iframe|svg|a|b)\b/);
  expect(complaints).toEqual([]);
});

test("a hostile link is shown with a warning, as text", async ({ page, browser, baseURL }) => {
  const opened: string[] = [];
  await page.goto("/");
  await settled(page);
  await paste(page, "response", HOSTILE.response);
  await page.waitForURL(/#1[\w-]+$/);
  // Somebody else: one's own text needs no warning.
  const context = await browser.newContext(baseURL === undefined ? {} : { baseURL });
  const visitor = await context.newPage();
  visitor.on("dialog", (dialog) => {
    opened.push(dialog.message());
    void dialog.dismiss();
  });
  // Cut off: what is left of it is shown beside the warning.
  for (const [fragment, place] of [[new URL(page.url()).hash, ".banner"], [new URL(page.url()).hash.slice(0, -40), ".notice"]] as const) {
    await visitor.goto("about:blank");
    await visitor.goto(`/${fragment}`);
    await settled(visitor);
    await expect(visitor.locator(place)).toBeVisible();
    await expectOnlyText(visitor, opened);
  }
  // Names of examples come from the address as well.
  await visitor.goto("about:blank");
  await visitor.goto("/#example=<img src=x onerror=alert(11)>");
  await settled(visitor);
  await expect(visitor.locator(".notice")).toBeVisible();
  await expectOnlyText(visitor, opened);
  await context.close();
});

test("what is searched for stays text", async ({ page }) => {
  const hostile = "<img src=x onerror=alert(1)>";
  const opened: string[] = [];
  page.on("dialog", (dialog) => {
    opened.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto(`/status/?q=${encodeURIComponent(hostile)}`);
  await expect(page.locator("[data-filter] input[type=search]")).toHaveValue(hostile);
  await page.locator("[data-search]").click();
  await page.getByRole("dialog").getByRole("searchbox").fill(hostile);
  await expect(page.getByRole("dialog").getByRole("status")).toHaveText(/\d+ hits?|Nothing found/);
  await expect(page.locator("img")).toHaveCount(0);
  expect(opened).toEqual([]);
});
