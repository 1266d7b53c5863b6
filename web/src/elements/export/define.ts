import { jsonFinding, sarif, textReport, words as reportWords, type Source } from "statuslab/report";
import { describe, type LintResult, type Side } from "statuslab";
import { given } from "../../engine/check";
import { fromBytes, toBytes } from "../../engine/bytes";
import type { Catalog } from "../../engine/catalog";
import type { Report } from "../../engine/client";
import type { FixPlan } from "../../engine/fix-all";
import { SIDES, type Exchange } from "../../engine/model";
import { loadToolWords, type Words } from "../../state/words";
import "../dialog/dialog.css";
import "./export.css";
import { StatuslabExport, type Format, type Written } from "./export";

if (customElements.get("statuslab-export") === undefined) customElements.define("statuslab-export", StatuslabExport);

export interface ExportSource {
  readonly exchange: Exchange;
  readonly catalog: Catalog;
  report(): Promise<Report>;
  fixed(): Promise<FixPlan>;
  markdown(): Promise<string>;
}

const WIDTH = 100;
const NAMES: Readonly<Record<Side, string>> = { request: "request.http", response: "response.http" };

export async function openExport(words: Words, source: ExportSource): Promise<void> {
  const dialog = new StatuslabExport();
  dialog.words = words;
  dialog.toolWords = await loadToolWords(words.language);
  let report: Promise<Report> | null = null;
  dialog.write = (format) => write(format, words, source, () => (report ??= source.report()));
  await dialog.ask();
}

async function write(format: Format, words: Words, source: ExportSource, report: () => Promise<Report>): Promise<Written> {
  const { exchange, catalog } = source;
  switch (format) {
    case "text": {
      const { result } = await report();
      return { text: textReport(result, sources(exchange), { catalog, words: reportWords[words.language], colour: false, width: WIDTH }), name: "findings.txt", type: "text/plain" };
    }
    case "json": {
      const { result } = await report();
      return { text: json({ findings: result.findings.map((finding) => jsonFinding(finding, catalog)), checks: result.checks }), name: "findings.json", type: "application/json" };
    }
    case "sarif": {
      const { result, version } = await report();
      return { text: json(sarif(result, sources(exchange), { catalog, version })), name: "findings.sarif", type: "application/sarif+json" };
    }
    case "github": {
      const { result } = await report();
      return { text: githubReport(result, exchange, catalog), name: "annotations.txt", type: "text/plain" };
    }
    case "markdown":
      return { text: await source.markdown(), name: "findings.md", type: "text/markdown" };
    case "fixed": {
      const { after } = await source.fixed();
      const bytes = toBytes(after.request + after.response);
      return { text: fromBytes(bytes), name: "fixed.http", type: "application/octet-stream", bytes };
    }
  }
}

const COMMANDS = { error: "error", warning: "warning", info: "notice", hint: "notice", fine: "notice" } as const;

/** Workflow commands: `::error file=…,line=…::…`. */
function githubReport({ findings }: LintResult, exchange: Exchange, catalog: Catalog): string {
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
