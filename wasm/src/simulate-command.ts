/** `statuslab simulate`: a scenario's trace in one of its forms. */
import { curlCommands } from "./trace-curl.js";
import { traceHar } from "./trace-har.js";
import { traceMarkdown } from "./trace-markdown.js";
import { traceSvg } from "./trace-svg.js";
import { traceText } from "./trace-text.js";
import type { DecisionCatalog, ScenarioMistake, Trace } from "./trace-types.js";
import type { TraceWords } from "./trace-words.js";

export const traceFormats = ["text", "json", "har", "svg", "markdown", "curl"] as const;
export type TraceFormat = (typeof traceFormats)[number];

export interface TraceOptions {
  decisions: DecisionCatalog;
  words: TraceWords;
  colour: boolean;
  width: number;
  explain: boolean;
  /** Of the package. */
  version: string;
}

const writers: Record<TraceFormat, (trace: Trace, options: TraceOptions) => string> = {
  text: traceText,
  json: (trace) => `${JSON.stringify(trace, null, 2)}\n`,
  har: (trace, { version }) => `${JSON.stringify(traceHar(trace, version), null, 2)}\n`,
  svg: traceSvg,
  markdown: (trace, options) => `${traceMarkdown(trace, options)}\n`,
  curl: (trace) => `${curlCommands(trace).join("\n")}\n`,
};

export function traceAs(format: TraceFormat, trace: Trace, options: TraceOptions): string {
  return writers[format](trace, options);
}

export function mistakesText(mistakes: readonly ScenarioMistake[], words: TraceWords): string {
  return [words.mistakes(mistakes.length), ...mistakes.map(({ pointer, value, expected }) => `  ${words.mistake(pointer, value, expected)}`)].join("\n");
}
