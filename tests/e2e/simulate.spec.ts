/*
 * The second lens: an exchange played through everybody who has to do with it.
 */
import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { complaintsOf, inLanguage, LANGUAGES, withoutServiceWorker, type Language } from "./site.js";

test.beforeEach(({ context }) => withoutServiceWorker(context));

async function open(page: Page, path = "/simulate/"): Promise<void> {
  await page.goto(path);
  await page.locator("statuslab-simulate[data-ready]").waitFor();
}

const current = (page: Page) => page.locator(".steps [aria-current=step]");
const verdict = (page: Page) => page.locator(".sim .verdict");

async function position(page: Page): Promise<[number, number]> {
  const [at = 0, of = 0] = ((await page.locator(".transport .nth").textContent()) ?? "").match(/\d+/g)?.map(Number) ?? [];
  return [at, of];
}

test.describe("before any script", () => {
  test.use({ javaScriptEnabled: false });
  for (const language of LANGUAGES) {
    test(`there is a scenario, played, with its reasons, in ${language}`, async ({ page }) => {
      await page.goto(inLanguage("/simulate/", language));
      await expect(page.locator("svg.seq")).toBeVisible();
      await expect(page.locator(".why .terminal")).toContainText("304");
      await expect(page.locator(".on-wire .wire")).toContainText("HTTP/1.1 304");
      expect(await page.locator(".steps li").count()).toBeGreaterThan(6);
    });
  }
});

test("the page is silent in the console and keeps its policy", async ({ page }) => {
  const complaints = complaintsOf(page);
  await open(page);
  await page.keyboard.press("ArrowLeft");
  await page.getByRole("button", { name: "edit as JSON" }).click();
  await page.locator(".json-mount .cm-content").waitFor();
  expect(complaints).toEqual([]);
});

test.describe("a scenario of the gallery", () => {
  for (const [language, title] of [["en", "Retries without a date: they keep coming"], ["zh-CN", "没有期限的重试：一波又一波"]] as const) {
    test(`opens with its story, at the response that decides it, in sight, in ${language}`, async ({ page }) => {
      await open(page, `${inLanguage("/simulate/", language)}#scenario=retry-storm`);
      await expect(page.locator(".story")).toContainText(title);
      await expect(page.locator(".why h3")).toContainText("503");
      await expect(page.locator(".why .terminal")).toContainText("503");
      await expect(current(page)).toBeInViewport();
      await expect(page).toHaveURL(/#scenario=retry-storm$/);
      // Whoever changes it has a story of their own.
      await page.getByRole("button", { name: "CDN" }).click();
      await expect(page.locator(".story")).toHaveCount(0);
    });
  }

  test("what the network does stands between the parties, and is judged by the scheme of its request", async ({ page }) => {
    await open(page, "/simulate/#scenario=captive-portal");
    await expect(page.locator(".why h3")).toHaveText("Why 511");
    await expect(page.locator("svg.seq")).toContainText("Network: ");
    await expect(page.locator(".on-wire")).toContainText("nothing to complain about");
    const [client = 0, origin = 0] = await page.locator(".seq .party").evaluateAll((boxes) => boxes.map((box) => box.getBoundingClientRect()).map(({ x, width }) => x + width / 2));
    const arrow = await page.locator(".seq .on .a").boundingBox();
    expect(arrow?.x ?? 0).toBeGreaterThanOrEqual(client);
    expect((arrow?.x ?? 0) + (arrow?.width ?? 0)).toBeLessThan((client + origin) / 2 + 10);
  });

  test("nothing the engine calls its own is left untranslated", async ({ page }) => {
    test.setTimeout(90_000);
    let seen = 0;
    for (const id of ["post-through-301", "preflight-refused", "retry-after", "502-garbled", "507-no-space", "413-too-large"]) {
      await open(page, `/zh-cn/simulate/#scenario=${id}`);
      await expect(verdict(page)).toContainText("虚拟时间");
      for (const step of await page.locator(".steps button").all()) {
        await step.click();
        // Names of fields begin with a capital; directives keep theirs.
        const names = await page.locator(".why .inputs dt").allTextContents();
        seen += names.length;
        expect(names.filter((name) => /^[a-z][a-z_ -]+$/.test(name) && !/^(?:max|min|stale)-/.test(name)), id).toEqual([]);
      }
      await page.goto("about:blank");
    }
    expect(seen).toBeGreaterThan(20);
  });
});

test("a trace that is full says so, in the line above and where it ends", async ({ page }) => {
  test.setTimeout(90_000);
  await open(page);
  await page.getByRole("button", { name: "edit as JSON" }).click();
  await page.locator(".json-mount .cm-content").focus();
  await page.keyboard.press("Control+a");
  const resources = [{ path: "/x", representations: [{ media: "text/plain", bytes: 1_000_000 }] }];
  await page.keyboard.insertText(JSON.stringify({ client: { request: { target: "https://a.example/x" } }, origin: { resources }, steps: Array.from({ length: 40 }, (_, at) => ({ at_s: at })) }));
  await expect(verdict(page)).toContainText("the trace is full and ends here", { timeout: 60_000 });
  await page.getByRole("button", { name: "back to the picture" }).click();
  await expect(page.locator(".steps li").last()).toContainText("the trace is full and ends here");
});

test.describe("steps", () => {
  test("forward and back by keyboard, first and last", async ({ page }) => {
    await open(page);
    await page.keyboard.press("Home");
    await expect(current(page)).toHaveAttribute("data-step", "0");
    await page.keyboard.press("ArrowRight");
    await expect(current(page)).toHaveAttribute("data-step", "1");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await expect(current(page)).toHaveAttribute("data-step", "0");
    await page.keyboard.press("End");
    const [at, of] = await position(page);
    expect(at).toBe(of);
    await expect(page.getByRole("button", { name: "Step forward" })).toBeDisabled();
  });

  test("space plays and pauses, also where a step has the focus; arrows take the focus along", async ({ page }) => {
    await open(page);
    await current(page).focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowDown");
    await expect(current(page)).toBeFocused();
    await page.keyboard.press("Space");
    await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
    await expect.poll(async () => (await position(page))[0]).toBeGreaterThan(2);
    await page.keyboard.press("Space");
    await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  });

  test("from a step by keyboard to its message in Validate", async ({ page }) => {
    await open(page);
    await page.keyboard.press("F6");
    await page.getByRole("link", { name: "edit this response" }).focus();
    await page.keyboard.press("Enter");
    await page.locator("statuslab-workbench[data-ready=editor]").waitFor();
    await expect(page.locator(".wb .cm-content[data-side=response]")).toContainText("304 Not Modified");
  });

  test("a click on an arrow shows its wire and why", async ({ page }) => {
    await open(page);
    await page.locator(".steps .r-message button").first().click();
    await expect(page.locator(".on-wire .wire")).toContainText("GET /feed HTTP/1.1");
    await expect(page.locator(".why h3")).toHaveText("Why Client sends this");
  });

  test("scrubbing along virtual time", async ({ page }) => {
    await open(page);
    const scrub = page.getByRole("slider");
    await scrub.fill("0");
    expect((await position(page))[0]).toBe(1);
    await scrub.fill("1000");
    expect((await position(page))[0]).toBe((await position(page))[1]);
    await scrub.press("ArrowLeft");
    expect((await position(page))[0]).toBe((await position(page))[1] - 1);
    await expect(scrub).toHaveAttribute("aria-valuetext", / s, /);
  });

  test("playing goes on by itself, and stops when somebody steps", async ({ page }) => {
    await open(page);
    await page.keyboard.press("Home");
    await page.getByLabel("Speed").selectOption("4");
    await page.keyboard.press("k");
    await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
    await expect.poll(async () => (await position(page))[0]).toBeGreaterThan(2);
    await page.locator("body").click({ position: { x: 2, y: 2 } });
    await page.keyboard.press("ArrowLeft");
    await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  });

  test("the address follows, and brings back scenario and step", async ({ page }) => {
    await open(page);
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    await expect(page).toHaveURL(/\/simulate\/#1[\w-]+$/);
    await page.reload();
    await page.locator("statuslab-simulate[data-ready]").waitFor();
    await expect(current(page)).toHaveAttribute("data-step", "1");
  });

  test("? shows the keys", async ({ page }) => {
    await open(page);
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog")).toContainText("Step forward or back");
  });
});

test.describe("one exchange on all lenses", () => {
  test("from Validate and back nothing is lost", async ({ page }) => {
    await page.goto("/#example=204-with-content");
    await page.locator("statuslab-workbench[data-ready=editor]").waitFor();
    await page.getByRole("navigation", { name: "Lenses" }).getByRole("link", { name: "Simulate" }).click();
    await page.locator("statuslab-simulate[data-ready]").waitFor();
    await expect(page).toHaveURL(/\/simulate\/#example=204-with-content$/);
    await expect(page.locator(".sim .badge")).toHaveText(/204/);
    await page.getByRole("navigation", { name: "Lenses" }).getByRole("link", { name: "Validate" }).click();
    await page.locator("statuslab-workbench[data-ready=editor]").waitFor();
    await expect(page.locator(".wb .cm-content[data-side=response]")).toContainText('{"deleted":true}');
    await expect(page.locator(".wb .cm-content[data-side=request]")).toContainText("DELETE /items/7");
  });

  test("a response of a step is edited in Validate, and the scenario is still there afterwards", async ({ page }) => {
    await open(page);
    await page.getByRole("link", { name: "edit this response" }).click();
    await page.locator("statuslab-workbench[data-ready=editor]").waitFor();
    await expect(page.locator(".wb .cm-content[data-side=response]")).toContainText("304 Not Modified");
    await page.getByRole("navigation", { name: "Lenses" }).getByRole("link", { name: "Simulate" }).click();
    await page.locator("statuslab-simulate[data-ready]").waitFor();
    await expect(page.locator("svg.seq")).toContainText("304");
  });

  test("a response is sent to a client as it is", async ({ page }) => {
    await page.goto("/#example=204-with-content");
    await page.locator("statuslab-workbench[data-ready=editor]").waitFor();
    await page.getByRole("link", { name: "send this to a client" }).click();
    await page.locator("statuslab-simulate[data-ready]").waitFor();
    await expect(page.locator(".sim .badge")).toHaveText(/204/);
    await expect(page.locator("svg.seq")).toContainText("DELETE /items/7");
  });
});

test.describe("the scenario", () => {
  test("a party more is one click, and the exchange is played again", async ({ page }) => {
    await open(page);
    const before = await page.locator(".seq .party").count();
    await page.getByRole("button", { name: "CDN" }).click();
    await expect(page.locator(".seq .party")).toHaveCount(before + 1);
    await expect(verdict(page)).toContainText("messages");
  });

  test("as JSON: what is not understood is told at its place, with what would be valid", async ({ page }) => {
    await open(page);
    await page.getByRole("button", { name: "edit as JSON" }).click();
    const editor = page.locator(".json-mount .cm-content");
    await editor.focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText('{"client":{"request":{"method":3}}}');
    await expect(page.locator(".mistakes")).toContainText("/client/request/method");
    await expect(page.locator(".mistakes")).toContainText("3");
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText('{"client":{"request":{"method":"DELETE","target":"https://a.example/gone"}},"origin":{"resources":[{"exists":false}]}}');
    await expect(page.locator(".mistakes")).toHaveCount(0);
    await page.getByRole("button", { name: "back to the picture" }).click();
    await expect(page.locator(".sim .badge")).toHaveText(/404/);
  });

  test("what would change it was tried, and can be taken", async ({ page }) => {
    await open(page);
    await page.getByText("What would change it").click();
    const row = page.locator("details[open] tr", { hasText: "does not exist" });
    await expect(row).toContainText("404");
    await row.getByRole("button").click();
    await expect(page.locator(".sim .badge").last()).toHaveText(/404/);
  });

  test("what is kept follows the step", async ({ page }) => {
    await open(page);
    await page.getByText("What is kept at this step").click();
    await page.keyboard.press("Home");
    await expect(page.locator(".kept")).not.toContainText("stored response");
    await page.locator(".steps button").last().click();
    await expect(page.locator(".kept")).toContainText("stored response");
  });

  test("every client, side by side", async ({ page }) => {
    await open(page);
    await page.getByText("What each client does with it").click();
    await expect(page.locator("details[open] tbody tr")).not.toHaveCount(0);
    await expect(page.locator("details[open]")).toContainText("curl");
  });

  for (const [language, { mark, counted }] of Object.entries({ en: { mark: "not measured", counted: /(\d+) of (\d+) behaviours in this table were not measured/ }, "zh-CN": { mark: "未测", counted: /(?<of>\d+) 项行为中有 (?<n>\d+) 项未经实测/ } }) as [Language, { mark: string; counted: RegExp }][]) {
    test(`what no measurement stands behind is marked by a shape and a word, and counted, in ${language}`, async ({ page }) => {
      await open(page, `${inLanguage("/simulate/", language)}#scenario=post-through-301`);
      await page.locator("details.sec > summary").last().click();
      const rows = page.locator(".contract tbody > tr");
      await expect(rows).toHaveCount(13);
      const marked = rows.filter({ has: page.locator(".not-measured") });
      expect(await marked.count()).toBeGreaterThan(0);
      for (const text of await marked.locator("summary").allTextContents()) {
        expect(text).toContain("◇");
        expect(text).toContain(mark);
      }
      await expect(page.locator(".signs")).toContainText("✓");
      await expect(page.locator(".signs")).toContainText("◇");
      // The sum over the rows is what is said of all.
      const said = counted.exec((await page.locator(".signs").textContent()) ?? "");
      const n = Number(said?.groups?.["n"] ?? said?.[1]);
      await expect(marked.locator("li")).toHaveCount(n);
    });
  }

  test("the gallery leads to a scenario with an address of its own", async ({ page }) => {
    await open(page);
    await page.getByRole("button", { name: "Scenarios" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("searchbox").fill("404");
    await dialog.locator(".card").first().click();
    await expect(page).toHaveURL(/#scenario=/);
    await expect(page.locator(".sim .badge").last()).toHaveText(/404/);
    await page.goBack();
    await expect(page.locator("svg.seq")).toContainText("304");
  });
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });

  test("steps are a list, and why is the other pane", async ({ page }) => {
    await open(page);
    await expect(page.locator("svg.seq")).toBeHidden();
    await page.locator(".steps .r-message button").first().tap();
    await page.getByRole("button", { name: "Why" }).tap();
    await expect(page.locator(".on-wire .wire")).toContainText("GET /feed");
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
  });
});

for (const language of LANGUAGES) {
  for (const [screen, settings] of Object.entries({ desk: { viewport: { width: 1280, height: 800 } }, phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } })) {
    test.describe(`axe, ${language}, ${screen}`, () => {
      test.use(settings);
      test("finds nothing, in either theme", async ({ page }) => {
        test.setTimeout(90_000);
        await open(page, inLanguage("/simulate/", language));
        for (const theme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme: theme });
          const found = async (): Promise<string[]> => (await new AxeBuilder({ page }).analyze()).violations.flatMap(({ id, nodes }) => nodes.map((node) => `${theme} ${id} ${node.target.join(" ")} ${node.failureSummary?.split("\n").at(-1)?.trim() ?? ""}`));
          expect(await found()).toEqual([]);
          if (screen === "phone") {
            await page.locator(".panes button").last().tap();
            expect(await found()).toEqual([]);
            await page.locator(".panes button").first().tap();
          }
        }
      });
    });
  }
}
