// Chromium: a context for each client of a scenario, so that caches, cookies and connections are its own. A step is what a page
// does: navigates, sends a form, or calls fetch(). Its cache cannot be left out: without it, preflights are forgotten too.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

import { chromium as launcher } from "@playwright/test";

import { clientOutcome } from "../scenario.mjs";
import { paced } from "../pace.mjs";

const program = process.env.CHROME_PATH || "/usr/bin/chromium";

// What a browser asks for that no scenario speaks of: the page that a step starts from, and an icon for it.
const BASE = "/a-page-to-start-from";
export function strangers({ target }) {
  if (target === "/favicon.ico") return "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
  const page = "<!doctype html><title>start</title>";
  return target === BASE ? `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nCache-Control: no-store\r\nContent-Length: ${page.length}\r\n\r\n${page}` : null;
}

const originOf = (target) => new URL(target).origin;

/** In the page. */
async function fetchIn({ request, client }) {
  const init = { method: request.method, headers: request.fields ?? [], body: request.content || undefined, mode: client.mode === "plain" ? "cors" : client.mode };
  Object.assign(init, { credentials: client.credentials ?? "same-origin", redirect: client.redirect ?? "follow" });
  let response;
  try {
    response = await fetch(request.target, { ...init, signal: AbortSignal.timeout(10_000) });
  } catch (error) {
    return { error: error.name === "TimeoutError" ? "waits" : "error" };
  }
  const { status, redirected, url, type } = response;
  const seen = { status, redirected, url, type: type === "opaqueredirect" ? "opaque-redirect" : type };
  let bytes = 0;
  try {
    for await (const chunk of response.body ?? []) bytes += chunk.length;
    return { ...seen, bytes };
  } catch {
    return { ...seen, partial: true };  // how much of it the page has seen by then is left to chance
  }
}

async function navigate(page, { target, method, content }) {
  const before = page.url();
  // Either another page is there, or a response has come that may leave the old one where it is.
  const timeout = 15_000;
  const left = page.waitForEvent("framenavigated", { timeout }).catch(() => null);
  const stays = page
    .waitForResponse((response) => [204, 205, 304].includes(response.status()), { timeout })
    .then(() => page.waitForTimeout(500))
    .catch(() => null);
  if (method === "GET") {
    await page.evaluate((target) => void location.assign(target), target);
  } else {
    await page.evaluate(
      ([action, fields]) => {
        const form = Object.assign(document.createElement("form"), { method: "post", action });
        for (const [name, value] of new URLSearchParams(fields)) form.append(Object.assign(document.createElement("input"), { name, value }));
        document.body.append(form);
        form.submit();
      },
      [target, content],
    );
  }
  await Promise.race([left, stays]);
  return before;
}

async function shown(page, before) {
  if (page.url().startsWith("chrome-error:")) return "error";
  if (page.url() === before) return "stays";
  return (await page.evaluate(() => document.body?.textContent ?? "")) === "" ? "blank" : "shown";
}

const navigates = (scenario) => scenario.client.mode === "navigate";

export const chromium = {
  name: "chromium",
  concurrency: 8,
  keeps: true,
  options: { paced: true },
  strangers,
  version: () => execFileSync(program, ["--version"], { encoding: "utf8" }).trim(),
  async start(originPort) {
    const browser = await launcher.launch({
      executablePath: existsSync(program) ? program : undefined,
      args: [`--host-resolver-rules=MAP * 127.0.0.1:${originPort}`, ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
    });
    return { browser, stop: () => browser.close() };
  },
  prepare: (scenario) => ({ ...scenario, client: { mode: "cors", ...scenario.client, profile: "chromium" } }),
  simulatedOutcome({ error, status, bytes, page, type, url, redirected }, _trace, scenario) {
    if (navigates(scenario)) return clientOutcome({ page });
    if (error !== "" && error !== "content") return clientOutcome({ error: error === "timeout" ? "waits" : "error" });
    const partial = error === "content";
    return clientOutcome({ status, partial, bytes: partial ? undefined : bytes, type, redirected, url: url.replace(/#.*/, "") });
  },
  async play({ scenario, server, ...rest }) {
    const { client } = scenario;
    const pages = new Map();
    const pageOf = async (step) => {
      if (!pages.has(step.client)) {
        const context = await server.browser.newContext();
        const page = await context.newPage();
        await page.goto((client.origin ?? originOf(client.request.target)) + BASE);
        pages.set(step.client, page);
      }
      return pages.get(step.client);
    };
    const request = async (step) => {
      const page = await pageOf(step);
      if (!navigates(scenario)) return clientOutcome(await page.evaluate(fetchIn, { request: step.request, client }));
      const before = await navigate(page, step.request);
      return clientOutcome({ page: await shown(page, before) });
    };
    try {
      for (const step of scenario.steps?.filter((each) => each.do === undefined) ?? [{}]) await pageOf({ client: step.client ?? 0 });
      await paced({ scenario, request, ...rest });
    } finally {
      await Promise.all([...pages.values()].map((page) => page.context().close()));
    }
  },
};
