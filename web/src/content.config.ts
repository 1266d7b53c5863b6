import { docsLoader } from "@astrojs/starlight/loaders";
import { docsSchema } from "@astrojs/starlight/schema";
import { defineCollection } from "astro:content";
import { glob, type Loader } from "astro/loaders";
import { z } from "astro/zod";
import { rules } from "./data/rules";
import { LANGUAGES } from "./data/language";

/** The prose of every rule, rendered. Ids: "en/content-length-in-204". */
const ruleProse: Loader = {
  name: "rule-prose",
  async load({ store, generateDigest, renderMarkdown }) {
    store.clear();
    for (const rule of rules) {
      for (const language of LANGUAGES) {
        const text = rule[language];
        if (text === null) continue;
        const id = `${language}/${rule.id}`;
        store.set({ id, data: {}, digest: generateDigest(text.prose), rendered: await renderMarkdown(text.prose) });
      }
    }
  },
};

export const collections = {
  docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }),
  rules: defineCollection({ loader: ruleProse, schema: z.object({}) }),
  /** Sections for the page of a code, beyond what the data say: status/en/204.mdx, status/zh-cn/204.mdx. */
  status: defineCollection({
    loader: glob({ base: "./src/content/status", pattern: "{en,zh-cn}/*.mdx" }),
    schema: z.object({
      /** For search engines, instead of the summary. */
      description: z.string().optional(),
    }),
  }),
};
