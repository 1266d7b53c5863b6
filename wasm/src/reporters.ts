/** The forms in which the command line tells what it found, one exchange after the other. */
import { isAbsolute, sep } from "node:path";
import { pathToFileURL } from "node:url";

import { githubReport } from "./github-report.js";
import { jsonFinding } from "./jsonl.js";
import { markdownReport } from "./markdown-report.js";
import { Sarif } from "./sarif.js";
import { add, conclusion, painter, tally, textBlocks, textReport, type Source, type TextOptions } from "./text-report.js";
import { visible } from "./visible.js";
import type { Unit } from "./inputs.js";
import type { LintResult } from "./types.js";

export type Format = "text" | "json" | "sarif" | "github" | "markdown";

export interface Judged {
  unit: Unit;
  result: LintResult;
}

export interface Reporter {
  /** The whole report of one exchange. */
  alone(judged: Judged): string;
  /** The report of many: begin, each, end. */
  begin(): string;
  one(judged: Judged): string;
  end(): string;
}

export interface ReporterOptions {
  text: TextOptions;
  version: string;
}

export function reporterOf(format: Format, options: ReporterOptions): Reporter {
  return { text: textReporter, json: jsonReporter, sarif: sarifReporter, github: githubReporter, markdown: markdownReporter }[format](options);
}

function textReporter({ text }: ReporterOptions): Reporter {
  const sum = tally([]);
  const paint = painter(text.colour);
  return {
    alone: ({ unit, result }) => textReport(result, unit.sources, text),
    begin: () => "",
    one({ unit, result }) {
      add(sum, result);
      const title = unit.title === undefined ? [] : [paint("1", `${visible(unit.name)}  ${visible(unit.title)}`)];
      return result.findings.length === 0 ? "" : `${[...title, ...textBlocks(result, unit.sources, text)].join("\n\n")}\n\n`;
    },
    end: () => `${conclusion(sum, text)}\n`,
  };
}

function jsonReporter({ text: { catalog } }: ReporterOptions): Reporter {
  const value = ({ findings, checks }: LintResult): object => ({ findings: findings.map((finding) => jsonFinding(finding, catalog)), checks });
  let separator = "";
  return {
    alone: ({ result }) => `${JSON.stringify(value(result), null, 2)}\n`,
    begin: () => '{"exchanges":[\n',
    one({ unit, result }) {
      const text = `${separator}${JSON.stringify({ name: unit.name, ...(unit.title !== undefined && { title: unit.title }), ...value(result) })}`;
      separator = ",\n";
      return text;
    },
    end: () => "\n]}\n",
  };
}

function sarifReporter({ text: { catalog }, version }: ReporterOptions): Reporter {
  const sarif = new Sarif({ catalog, version });
  const take = ({ unit, result }: Judged): string => {
    sarif.add({ sources: uris(unit.sources), findings: result.findings, ...(unit.title !== undefined && { title: unit.title }) });
    return "";
  };
  const end = (): string => `${JSON.stringify(sarif.log(), null, 2)}\n`;
  return { alone: (judged) => take(judged) + end(), begin: () => "", one: take, end };
}

function githubReporter({ text: { catalog } }: ReporterOptions): Reporter {
  const one = ({ unit, result }: Judged): string => githubReport(unit, result, catalog);
  return { alone: one, begin: () => "", one, end: () => "" };
}

function markdownReporter({ text }: ReporterOptions): Reporter {
  const sum = tally([]);
  const one = ({ unit, result }: Judged): string => {
    add(sum, result);
    return markdownReport(unit, result, text.catalog);
  };
  const end = (): string => `${conclusion(sum, text)}\n`;
  return { alone: (judged) => one(judged) + end(), begin: () => "", one, end };
}

function uris(sources: Unit["sources"]): Unit["sources"] {
  const renamed: Unit["sources"] = {};
  for (const side of ["request", "response"] as const) {
    const given = sources[side];
    if (given) renamed[side] = withUri(given);
  }
  return renamed;
}

function withUri(source: Source): Source {
  if (source.within) return { ...source, within: { ...source.within, name: uri(source.within.name) } };
  return { ...source, name: uri(source.name) };
}

function uri(name: string): string {
  return isAbsolute(name) ? pathToFileURL(name).href : name.split(sep).map(encodeURIComponent).join("/");
}
