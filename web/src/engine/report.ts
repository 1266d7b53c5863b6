/*
 * What was found, in the forms that others read. Loaded when somebody asks for one.
 */
import { describe, type LintResult, type Side } from "statuslab";
import { jsonFinding, sarif, textReport, words, type Source } from "statuslab/report";
import { toBytes } from "./bytes";
import type { Catalog, Language } from "./catalog";
import { given } from "./check";
import type { Report } from "./client";
import { SIDES, type Exchange } from "./model";

export type ReportFormat = "text" | "json" | "sarif" | "github";

const WIDTH = 100;
const NAMES: Readonly<Record<Side, string>> = { request: "request.http", response: "response.http" };
const COMMANDS = { error: "error", warning: "warning", info: "notice", hint: "notice", fine: "notice" } as const;

export function reportAs(format: ReportFormat, { result, version }: Report, exchange: Exchange, catalog: Catalog, language: Language): string {
  switch (format) {
    case "text":
      return textReport(result, sources(exchange), { catalog, words: words[language], colour: false, width: WIDTH });
    case "json":
      return json({ findings: result.findings.map((finding) => jsonFinding(finding, catalog)), checks: result.checks });
    case "sarif":
      return json(sarif(result, sources(exchange), { catalog, version }));
    case "github":
      return annotations(result, exchange, catalog);
  }
}

/** Workflow commands: `::error file=…,line=…::…`. */
function annotations({ findings }: LintResult, exchange: Exchange, catalog: Catalog): string {
  return findings.map((finding) => {
    const { message, cite } = describe(finding, catalog);
    const before = toBytes(exchange[finding.on]).subarray(0, finding.begin);
    const line = before.reduce((lines, byte) => lines + (byte === 0x0a ? 1 : 0), 1);
    const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
    return `::${COMMANDS[finding.severity]} file=${property(NAMES[finding.on])},line=${line},title=${property(finding.rule)}::${data(`${message} (${cite})`)}\n`;
  }).join("");
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function sources(exchange: Exchange): Partial<Record<Side, Source>> {
  const bytes = given(exchange);
  const present: Partial<Record<Side, Source>> = {};
  for (const side of SIDES) {
    const own = bytes[side];
    if (own !== null && own !== undefined) present[side] = { name: NAMES[side], bytes: own };
  }
  return present;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
