/*
 * sw.js, made last: it holds the list of the files that it stores, with their hashes.
 */
import type { AstroIntegration } from "astro";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { getManifest } from "workbox-build";

/** Enough for the workbench and the indexes in both languages; other pages are stored when they are read. */
const STORED = [
  "{,zh-cn/}index.html",
  "{,zh-cn/}{simulate,snippets,offline,status,rules,frameworks}/index.html",
  "_astro/*.{css,js,wasm,json}",
  "favicon.svg",
];

export function serviceWorker(): AstroIntegration {
  return {
    name: "service-worker",
    hooks: {
      "astro:build:done": async ({ dir, logger }) => {
        const root = fileURLToPath(dir);
        const { manifestEntries, size, warnings } = await getManifest({
          globDirectory: root,
          globPatterns: STORED,
          dontCacheBustURLsMatching: /^_astro\//,
          maximumFileSizeToCacheInBytes: 4 * 1024 * 1024,
          // By the address they are asked for: hosts send index.html elsewhere.
          manifestTransforms: [
            (entries) => ({ manifest: entries.map((entry) => ({ ...entry, url: `/${entry.url.replace(/(^|\/)index\.html$/, "$1")}` })), warnings: [] }),
          ],
        });
        for (const warning of warnings) logger.warn(warning);
        const page = await readFile(`${root}index.html`, "utf8");
        await build({
          configFile: false,
          publicDir: false,
          logLevel: "warn",
          define: {
            "self.__WB_MANIFEST": JSON.stringify(manifestEntries),
            STATUSLAB_BUILD: JSON.stringify(/name="build" content="(\w+)"/.exec(page)?.[1]),
            "process.env.NODE_ENV": '"production"',
          },
          build: {
            outDir: root,
            emptyOutDir: false,
            copyPublicDir: false,
            lib: { entry: fileURLToPath(new URL("../src/sw/worker.ts", import.meta.url)), formats: ["iife"], name: "worker", fileName: () => "sw.js" },
          },
        });
        logger.info(`stores ${manifestEntries.length} files, ${Math.round(size / 1024)} KiB`);
      },
    },
  };
}
