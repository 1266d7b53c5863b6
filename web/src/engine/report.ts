/*
 * What was found, in the forms that others read. Loaded when somebody asks for one.
 */
import type { Side } from "statuslab";
import { githubReport, jsonFinding, sarif, textReport, words, type Source } from "statuslab/report";
import type { Catalog, Language } from "./catalog";
import { given } from "./check";
import type { Report } from "./client";
import { SIDES, type Exchange } from "./model";

export type ReportFormat = "text" | "json" | "sarif" | "github";

const WIDTH = 100;
const NAMES: Readonly<Record<Side, string>> = { request: "request.http", response: "response.http" };

export function reportAs(format: ReportFormat, { result, version }: Report, exchange: Exchange, catalog: Catalog, language: Language): string {
  switch (format) {
    case "text":
      return textReport(result, sources(exchange), { catalog, words: words[language], colour: false, width: WIDTH });
    case "json":
      return json({ findings: result.findings.map((finding) => jsonFinding(finding, catalog)), checks: result.checks });
    case "sarif":
      return json(sarif(result, sources(exchange), { catalog, version }));
    case "github":
      return githubReport({ name: NAMES.response, oneOfMany: false, exchange: given(exchange), sources: sources(exchange) }, result, catalog);
  }
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
