// See scripts/size.
import { readFile } from "node:fs/promises";
import { brotliCompressSync, constants } from "node:zlib";
import { launchChromium } from "../tests/support/chromium.mjs";
import { serve } from "./serve.mjs";

const kinds = new Set(["document", "stylesheet", "script", "other", "fetch", "xhr"]);
const code = /^(?:text\/(?:html|css|javascript)|application\/javascript)/;

function compressed(bytes) {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

async function budgets() {
  const [, ...lines] = (await readFile("scripts/size-budget.tsv", "utf8")).trimEnd().split("\n");
  return lines.map((line) => {
    const [what, bytes, path] = line.split("\t");
    return { what, bytes: Number(bytes), path };
  });
}

/** What the page asks for until its editor can be used, and what it asks for after that; each file once. */
async function pageSize(browser, url) {
  // A service worker loads the whole site for later; here it is the first visit that counts.
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  const first = new Map();
  const later = new Map();
  const early = new Set();
  const pending = [];
  let usable = false;
  context.on("request", (request) => {
    if (!usable) early.add(request);
  });
  await page.exposeFunction("editorIsUsable", () => {
    usable = true;
  });
  // Told by the page itself, in the order of its requests.
  await page.addInitScript(() => {
    const editable = () => document.querySelector("statuslab-workbench .cm-content[contenteditable=true], :is(statuslab-simulate, statuslab-snippets)[data-ready]") !== null;
    const observer = new MutationObserver(() => {
      if (!editable()) return;
      observer.disconnect();
      void window.editorIsUsable();
    });
    observer.observe(document, { childList: true, subtree: true });
  });
  context.on("response", (response) => {
    const type = response.headers()["content-type"] ?? "";
    if (!code.test(type) || !kinds.has(response.request().resourceType())) return;
    const files = early.has(response.request()) ? first : later;
    pending.push(response.body().then((body) => files.set(response.url(), compressed(body))));
  });
  const answer = await page.goto(url, { waitUntil: "networkidle" });
  if (!answer?.ok()) throw new Error(`${url}: ${answer?.status()}`);
  await page.waitForSelector(".cm-content[contenteditable=true], [data-ready]");
  await page.waitForLoadState("networkidle");
  await Promise.all(pending);
  await context.close();
  const sum = (files) => [...files.values()].reduce((total, size) => total + size, 0);
  return { first: sum(first), later: sum(later) };
}

const rows = await budgets();
const server = await serve("build/site", 0);
const browser = await launchChromium();
let failed = 0;
try {
  for (const { what, bytes, path } of rows) {
    const { first: size, later = 0 } = path.startsWith("/")
      ? await pageSize(browser, `http://localhost:${server.address().port}${path}`)
      : { first: compressed(await readFile(path)) };
    if (size > bytes) failed += 1;
    const verdict = size > bytes ? `over by ${size - bytes}` : `${Math.round((100 * size) / bytes)} %`;
    console.log(`${what.padEnd(20)} ${String(size).padStart(7)} of ${String(bytes).padStart(7)} bytes  ${verdict}${later === 0 ? "" : `, ${later} more once it is in use`}`);
  }
} finally {
  await browser.close();
  server.close();
}
console.log(`tally: ${rows.length - failed} passed, ${failed} failed, 0 skipped`);
process.exitCode = failed === 0 ? 0 : 1;
