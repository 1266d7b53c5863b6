/*
 * axe on every kind of page and every state of the workbench, in both languages, on a desk and on a phone, in both themes.
 */
import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { inLanguage, KINDS, LANGUAGES, PAGES, paste, settled, withoutServiceWorker } from "./site.js";

const DESK = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const SCREENS = { desk: DESK, phone: PHONE } as const;

// axe takes its time with long pages.
test.describe.configure({ timeout: 120_000 });

/** Of each family the first rules: the others are rows of the same kind, for which axe needs minutes. */
const shorten = (page: Page): Promise<void> =>
  page.evaluate(() => document.querySelectorAll("[data-group] li:nth-child(n + 4)").forEach((row) => row.remove()));

/** In both themes; in the second only what depends on colours. Leaves the page in the light one. */
async function violations(page: Page): Promise<string[]> {
  const all = await violationsIn(page, "light", new AxeBuilder({ page }));
  const colours = await violationsIn(page, "dark", new AxeBuilder({ page }).withRules(["color-contrast", "link-in-text-block"]));
  await page.emulateMedia({ colorScheme: "light" });
  return [...all, ...colours];
}

async function violationsIn(page: Page, theme: "light" | "dark", axe: AxeBuilder): Promise<string[]> {
  await page.emulateMedia({ colorScheme: theme });
  await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
  // What fades in has its colours only at the end; a cursor blinks for ever.
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    await Promise.all(ending.map(({ finished }) => finished.catch(() => undefined)));
  });
  const { violations: found } = await axe.analyze();
  return found.flatMap(({ id, help, nodes }) => nodes.map((node) => `${theme}: ${id}: ${help}: ${node.target.join(" ")} ${node.failureSummary?.split("\n").at(-1)?.trim() ?? ""}`));
}

for (const language of LANGUAGES) {
  for (const [screen, settings] of Object.entries(SCREENS)) {
    // Two of the four meet every language and screen once.
    const quick = (language === "en") === (screen === "desk");
    test.describe(`${language}, ${screen}${quick ? "" : " @slow"}`, () => {
      test.use(settings);
      test.beforeEach(({ context }) => withoutServiceWorker(context));

      for (const kind of KINDS) {
        test(kind, async ({ page }) => {
          await page.goto(inLanguage(PAGES[kind], language));
          await settled(page);
          if (kind === "rule index") await shorten(page);
          expect(await violations(page)).toEqual([]);
        });
      }

      test("workbench, empty", async ({ page }) => {
        await page.goto(inLanguage("/", language));
        await settled(page);
        for (const side of ["request", "response"] as const) {
          await page.locator(`.cm-content[data-side=${side}]`).focus();
          await page.keyboard.press("Control+a");
          await page.keyboard.press("Delete");
        }
        await expect(page.locator(".badge")).toHaveCount(0);
        expect(await violations(page)).toEqual([]);
        if (screen === "phone") {
          await page.locator(".panes button").last().tap();
          await expect(page.locator(".plain")).toBeVisible();
          expect(await violations(page)).toEqual([]);
        }
      });

      test("workbench, with findings of every severity and invisible characters shown", async ({ page }) => {
        await page.goto(inLanguage("/#example=raw-bytes", language));
        await settled(page);
        await page.locator(".toggle").first().click();
        await paste(page, "request", "get /a b HTTP/1.0\nhost : x\n\n");
        await expect(page.locator(".badge").first()).toBeVisible();
        expect(await violations(page)).toEqual([]);
        if (screen === "phone") {
          await page.locator(".panes button").last().tap();
          await expect(page.locator(".findings .f").first()).toBeVisible();
          expect(await violations(page)).toEqual([]);
        }
      });

      test("workbench, every dialog and menu", async ({ page }) => {
        await page.goto(inLanguage("/", language));
        await settled(page);
        await expect(page.locator(".fix-all")).toBeVisible();
        const dialogs: Record<string, () => Promise<void>> = {
          palette: () => page.keyboard.press("Control+k"),
          help: () => page.keyboard.press("?"),
          "fix all": () => page.locator(".fix-all").click(),
          examples: () => page.locator(".xbar .btn[aria-haspopup=dialog]").click(),
        };
        for (const [name, open] of Object.entries(dialogs)) {
          await test.step(name, async () => {
            await open();
            await expect(page.getByRole("dialog")).toBeVisible();
            if (name === "fix all") await expect(page.locator(".diff").first()).toBeVisible();
            expect(await violations(page)).toEqual([]);
            await page.keyboard.press("Escape");
            await expect(page.getByRole("dialog")).toHaveCount(0);
          });
        }
        await test.step("share", async () => {
          await page.locator("#wb-share-button").click();
          await expect(page.locator("#wb-share")).toBeVisible();
          expect(await violations(page)).toEqual([]);
          await page.keyboard.press("Escape");
        });
        await test.step("fixes at the cursor", async () => {
          await page.locator(".cm-content[data-side=response]").focus();
          await page.keyboard.press("F8");
          await page.keyboard.press("Control+.");
          await expect(page.getByRole("menu")).toBeVisible();
          expect(await violations(page)).toEqual([]);
        });
      });

      test("search", async ({ page }) => {
        await page.goto(inLanguage("/status/404/", language));
        await page.locator("[data-search]").click();
        const dialog = page.getByRole("dialog");
        await dialog.getByRole("searchbox").fill("204");
        await expect(dialog.getByRole("link").first()).toBeVisible();
        expect(await violations(page)).toEqual([]);
      });

      if (screen === "phone") {
        test("sheets", async ({ page }) => {
          await page.goto(inLanguage("/status/404/", language));
          for (const sheet of ["menu", "side", "toc"]) {
            await test.step(sheet, async () => {
              await page.locator(`[popovertarget=${sheet}]`).click();
              await expect(page.locator(`#${sheet}`)).toBeVisible();
              expect(await violations(page)).toEqual([]);
              await page.keyboard.press("Escape");
              await expect(page.locator(`#${sheet}`)).toBeHidden();
            });
          }
        });
      }
    });
  }
}
