/*
 * The last hand on every page, when all of them are written: a Content-Security-Policy that names the very scripts
 * and styles the page has, and the build it belongs to. A policy made earlier would miss what integrations add.
 */
import type { AstroIntegration } from "astro";
import { createHash } from "node:crypto";
import { glob, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** Where most people arrive: painted as soon as the page itself is there, without waiting for style sheets. */
const ARRIVALS = ["index.html", "zh-cn/index.html"];

export function finishPages(): AstroIntegration {
  return {
    name: "finish-pages",
    hooks: {
      "astro:build:done": async ({ dir, logger }) => {
        const root = fileURLToPath(dir);
        const paths = (await Array.fromAsync(glob("**/*.html", { cwd: root }))).sort();
        const build = await buildId(root);
        for (const path of paths) {
          const html = await readFile(root + path, "utf8");
          const styled = ARRIVALS.includes(path) ? await withStylesInside(html, (href) => readFile(root + href, "utf8")) : html;
          await writeFile(root + path, finishPage(styled, build));
        }
        logger.info(`${paths.length} pages, build ${build}`);
      },
    },
  };
}

export function finishPage(html: string, build: string): string {
  const policy = `<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(html)}">`;
  return (
    html
      // The theme is the system's until a script knows better; without scripts it stays so.
      .replace(/(<html[^>]*?) data-theme="dark"/, "$1")
      .replace(/<meta charset="utf-8"\s*\/?>/i, (charset) => `${charset}${policy}<meta name="build" content="${build}">`)
  );
}

export function contentSecurityPolicy(html: string): string {
  const scripts = inlineContents(html, "script").filter(({ attributes }) => !/type="application\/(ld\+)?json"/.test(attributes));
  const styles = inlineContents(html, "style");
  return [
    "default-src 'self'",
    `script-src ${["'self'", "'wasm-unsafe-eval'", ...hashes(scripts)].join(" ")}`,
    `style-src ${["'self'", ...hashes(styles)].join(" ")}`,
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

export async function withStylesInside(html: string, read: (href: string) => Promise<string>): Promise<string> {
  const links = [...html.matchAll(/<link rel="stylesheet" href="\/([^"]+\.css)">/g)];
  let styled = html;
  for (const [link, href = ""] of links) {
    const css = (await read(href)).trim();
    // A relative address would mean another file inside the page.
    if (/url\(|<\//.test(css)) throw new Error(`${href} cannot stand inside a page`);
    styled = styled.replace(link, () => `<style>${css}</style>`);
  }
  return styled;
}

interface Inline {
  readonly attributes: string;
  readonly text: string;
}

/** Our own well-formed pages: no element of these two holds another of its kind. */
function inlineContents(html: string, element: "script" | "style"): Inline[] {
  const all = html.matchAll(new RegExp(`<${element}\\b([^>]*)>([\\s\\S]*?)</${element}>`, "g"));
  return Array.from(all, ([, attributes = "", text = ""]) => ({ attributes, text })).filter(
    ({ attributes, text }) => !/\ssrc=/.test(attributes) && text !== "",
  );
}

function hashes(contents: readonly Inline[]): string[] {
  return [...new Set(contents.map(({ text }) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`))];
}

/** The same files have the same build, wherever they are built. */
async function buildId(root: string): Promise<string> {
  const hash = createHash("sha256");
  for (const path of (await Array.fromAsync(glob("{*.html,_astro/*,{simulate,snippets,status,rules,frameworks,zh-cn}/**/*.html}", { cwd: root }))).sort()) {
    hash.update(path).update(await readFile(root + path));
  }
  return hash.digest("hex").slice(0, 12);
}
