/*
 * The site without a network: the server is really gone.
 */
import { expect, test, type Page } from "@playwright/test";
import type { Server } from "node:http";
import { fileURLToPath } from "node:url";
import { paste, settled } from "./site.js";

test.use({ serviceWorkers: "allow" });
// Several visits each, and everything is stored.
test.describe.configure({ timeout: 90_000 });

interface Host {
  readonly origin: string;
  /** Paths, in the order they were asked for. */
  readonly asked: string[];
  stop(): Promise<void>;
  start(): Promise<void>;
}

type Serve = (folder: string, port: number) => Promise<Server>;

async function host(): Promise<Host> {
  const script: string = new URL("../../scripts/serve.mjs", import.meta.url).href;
  const { serve } = (await import(script)) as { serve: Serve };
  const folder = fileURLToPath(new URL("../../build/site", import.meta.url));
  const asked: string[] = [];
  const listen = async (port: number): Promise<Server> => {
    const server = await serve(folder, port);
    return server.on("request", (request) => asked.push(request.url ?? ""));
  };
  let server = await listen(0);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const { port } = address;
  return {
    origin: `http://localhost:${port}`,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    start: async () => {
      server = await listen(port);
    },
  };
}

const visited = test.extend<{ site: Host }>({
  site: async ({}, use) => {
    const site = await host();
    await use(site);
    await site.stop();
  },
});

/** The first visit, until everything is stored. */
async function visit(page: Page, site: Host, path = "/"): Promise<void> {
  await page.goto(site.origin + path);
  await settled(page);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  // The pages of the first visit were loaded before there was a worker to keep them.
  await page.reload({ waitUntil: "networkidle" });
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
}

visited("the workbench works without a network, engine and all", async ({ page, site }) => {
  await visit(page, site);
  await site.stop();
  await page.goto(`${site.origin}/`);
  await settled(page);
  await paste(page, "response", "HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n");
  await expect(page.locator(".badge")).toContainText("405");
  await expect(page.locator(".findings .f").first()).toContainText("Allow");
  // What is loaded on demand is there as well.
  for (const keys of ["Control+k", "?"]) {
    await page.locator(".panes, h1").first().click({ force: true, position: { x: 1, y: 1 } });
    await page.keyboard.press(keys);
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  await page.locator(".xbar .btn[aria-haspopup=dialog]").click();
  await expect(page.getByRole("dialog").getByRole("link").first()).toBeVisible();
  await site.start();
});

visited("the other language and the indexes are stored too", async ({ page, site }) => {
  await visit(page, site);
  await site.stop();
  await page.goto(`${site.origin}/zh-cn/`);
  await settled(page);
  await expect(page.locator(".verdict")).toContainText("个错误");
  for (const path of ["/status/", "/rules/", "/zh-cn/status/", "/zh-cn/rules/"]) {
    await page.goto(site.origin + path);
    await expect(page.locator("h1")).toBeVisible();
    expect(await page.locator("main a").count(), path).toBeGreaterThan(50);
  }
  await site.start();
});

visited("a page that was read is read again; one that was not says so", async ({ page, site }) => {
  await visit(page, site);
  await page.goto(`${site.origin}/status/418/`);
  await page.waitForLoadState("networkidle");
  await site.stop();
  await page.goto(`${site.origin}/status/418/`);
  await expect(page.locator("h1")).toContainText("418");
  await page.goto(`${site.origin}/status/451/`);
  await expect(page.locator("h1")).not.toContainText("451");
  await expect(page.locator("main")).toContainText(/offline|network|connection/i);
  await page.goto(`${site.origin}/zh-cn/status/451/`);
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await expect(page.locator("main")).toContainText(/离线|网络/);

  await site.start();
  await page.goto(`${site.origin}/status/451/`);
  await expect(page.locator("h1")).toContainText("451");
});

visited("text that was typed is there after a restart without a network", async ({ page, site }) => {
  await visit(page, site);
  await paste(page, "response", "HTTP/1.1 418 \r\n\r\n");
  await page.waitForURL(/#1/);
  await site.stop();
  await page.goto("about:blank");
  await page.goto(`${site.origin}/`);
  await settled(page);
  await expect(page.locator(".cm-content[data-side=response]")).toContainText("HTTP/1.1 418");
  await expect(page.locator(".badge")).toContainText("418");
  await site.start();
});

visited("with a network, pages come from it: nobody is held on old content", async ({ page, site }) => {
  await visit(page, site, "/status/404/");
  site.asked.length = 0;
  await page.reload();
  expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  expect(site.asked).toContain("/status/404/");
});
