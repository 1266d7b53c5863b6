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

/** Sum over what the page loads, each file once. */
async function pageSize(browser, url) {
  // A service worker loads the whole site for later; here it is the first visit that counts.
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  const files = new Map();
  const pending = [];
  context.on("response", (response) => {
    const type = response.headers()["content-type"] ?? "";
    if (!code.test(type) || !kinds.has(response.request().resourceType())) return;
    pending.push(response.body().then((body) => files.set(response.url(), compressed(body))));
  });
  const answer = await page.goto(url, { waitUntil: "networkidle" });
  if (!answer?.ok()) throw new Error(`${url}: ${answer?.status()}`);
  await page.waitForSelector(".cm-content[contenteditable=true]");
  await page.waitForLoadState("networkidle");
  await Promise.all(pending);
  await context.close();
  return [...files.values()].reduce((sum, size) => sum + size, 0);
}

const rows = await budgets();
const server = await serve("build/site", 0);
const browser = await launchChromium();
let failed = 0;
try {
  for (const { what, bytes, path } of rows) {
    const size = path.startsWith("/")
      ? await pageSize(browser, `http://localhost:${server.address().port}${path}`)
      : compressed(await readFile(path));
    if (size > bytes) failed += 1;
    const verdict = size > bytes ? `over by ${size - bytes}` : `${Math.round((100 * size) / bytes)} %`;
    console.log(`${what.padEnd(20)} ${String(size).padStart(7)} of ${String(bytes).padStart(7)} bytes  ${verdict}`);
  }
} finally {
  await browser.close();
  server.close();
}
console.log(`tally: ${rows.length - failed} passed, ${failed} failed, 0 skipped`);
process.exitCode = failed === 0 ? 0 : 1;
