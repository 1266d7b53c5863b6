import sitemap from "@astrojs/sitemap";
import starlight from "@astrojs/starlight";
import { defineConfig } from "astro/config";
import { fileURLToPath } from "node:url";
import { constructedStyles } from "./integrations/constructed-styles.ts";
import { finishPages } from "./integrations/finish-pages.ts";
import { serviceWorker } from "./integrations/service-worker.ts";
import { withoutParser } from "./integrations/without-parser.ts";

const override = (name: string): string => `./src/site/${name}.astro`;

// Without an address the site is complete but names none: no canonical links, no sitemap.
const address = process.env["STATUSLAB_SITE"];

// Where there is none this stands in its place, or Starlight would add one that complains.
const siteMap = address
  ? sitemap({ filter: (page) => !page.endsWith("/offline/"), i18n: { defaultLocale: "en", locales: { en: "en", "zh-cn": "zh-CN" } } })
  : { name: "@astrojs/sitemap", hooks: {} };

export default defineConfig({
  ...(address ? { site: address } : {}),
  outDir: "../build/site",
  output: "static",
  trailingSlash: "always",
  prefetch: false,
  devToolbar: { enabled: false },
  build: { inlineStylesheets: "never" },
  markdown: { syntaxHighlight: "prism" },
  integrations: [
    starlight({
      title: "Statuslab",
      locales: { root: { label: "English", lang: "en" }, "zh-cn": { label: "简体中文", lang: "zh-CN" } },
      favicon: "/favicon.svg",
      customCss: ["./src/styles/tokens.css", "./src/styles/shell.css", "./src/styles/reading.css"],
      components: {
        ContentPanel: override("ContentPanel"),
        Footer: override("Footer"),
        Head: override("Head"),
        Header: override("Header"),
        MarkdownContent: override("MarkdownContent"),
        PageFrame: override("PageFrame"),
        PageSidebar: override("PageSidebar"),
        PageTitle: override("PageTitle"),
        Sidebar: override("Sidebar"),
        SkipLink: override("SkipLink"),
        ThemeProvider: override("ThemeProvider"),
        TwoColumnContent: override("TwoColumnContent"),
      },
      sidebar: [],
      markdown: { headingLinks: false },
      expressiveCode: false,
      credits: false,
      disable404Route: true,
    }),
    siteMap,
    // After Starlight, whose search index and pages they read.
    finishPages(),
    serviceWorker(),
  ],
  vite: {
    plugins: [constructedStyles(), withoutParser()],
    resolve: { alias: { generated: fileURLToPath(new URL("../build/generated/site", import.meta.url)) } },
    build: { assetsInlineLimit: 0 },
    // Named like every other file, so that the engine is not there twice.
    worker: { format: "es", rolldownOptions: { output: { assetFileNames: "_astro/[name].[hash][extname]" } } },
  },
});
