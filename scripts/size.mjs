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
  const sizes = new Map();
  const pending = [];
  // By the clock of the page: a message to this program would come after requests that began later.
  await page.addInitScript(() => {
    const editable = () => document.querySelector("statuslab-workbench .cm-content[contenteditable=true], :is(statuslab-simulate, statuslab-snippets)[data-ready]") !== null;
    const observer = new MutationObserver(() => {
      if (!editable()) return;
      observer.disconnect();
      window.usableAt = performance.now();
    });
    observer.observe(document, { childList: true, subtree: true, attributeFilter: ["data-ready", "contenteditable"] });
  });
  context.on("response", (response) => {
    const type = response.headers()["content-type"] ?? "";
    if (!code.test(type) || !kinds.has(response.request().resourceType())) return;
    pending.push(response.body().then((body) => sizes.set(response.url(), compressed(body))));
  });
  const answer = await page.goto(url, { waitUntil: "networkidle" });
  if (!answer?.ok()) throw new Error(`${url}: ${answer?.status()}`);
  await page.waitForSelector(".cm-content[contenteditable=true], [data-ready]");
  await page.waitForLoadState("networkidle");
  await Promise.all(pending);
  // What workers ask for is not in the page's list; they start when the page is there.
  const early = new Set(await page.evaluate(() => [location.href, ...performance.getEntriesByType("resource").filter(({ startTime }) => startTime < window.usableAt).map(({ name }) => name)]));
  await context.close();
  const sum = (some) => [...sizes].reduce((total, [file, size]) => total + (some(file) ? size : 0), 0);
  return { first: sum((file) => early.has(file)), later: sum((file) => !early.has(file)) };
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
