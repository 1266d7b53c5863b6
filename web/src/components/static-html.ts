import { render } from "@lit-labs/ssr";
import { collectResult } from "@lit-labs/ssr/lib/render-result.js";
import type { TemplateResult } from "lit";

/** A template of the elements as plain HTML, without the marks that only hydration needs. */
export async function staticHtml(template: TemplateResult): Promise<string> {
  const html = await collectResult(render(template));
  return html.replace(/<!--\/?lit-(?:part|node)[^>]*-->/g, "").replace(/<\?>/g, "");
}

/** Data for a script of type application/json. */
export function islandJson(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
