/*
 * The pages of build/site, as they are before any script runs.
 */
import { load } from "cheerio/slim";
import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(process.env.SITE ?? fileURLToPath(new URL("../../build/site", import.meta.url)));

/** "/status/204/"; files that are no index keep their name. */
function pathOf(file) {
  return `/${file.replace(/(^|\/)index\.html$/, "$1")}`;
}

export const files = (await Array.fromAsync(glob("**/*.html", { cwd: root }))).sort();

export function* pages() {
  for (const file of files) {
    const html = readFileSync(path.join(root, file), "utf8");
    yield { file, path: pathOf(file), language: file.startsWith("zh-cn/") ? "zh-CN" : "en", html, $: load(html, { xml: { xmlMode: false, decodeEntities: true } }) };
  }
}

/** The same page in the other language. */
export function counterpart({ path: own, language }) {
  return language === "en" ? `/zh-cn${own}` : own.replace(/^\/zh-cn/, "");
}
