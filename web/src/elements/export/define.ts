import type { Catalog } from "../../engine/catalog";
import { fromBytes, toBytes } from "../../engine/bytes";
import type { Report } from "../../engine/client";
import type { FixPlan } from "../../engine/fix-all";
import type { Exchange } from "../../engine/model";
import { reportAs } from "../../engine/report";
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

const FILES = {
  text: { name: "findings.txt", type: "text/plain" },
  json: { name: "findings.json", type: "application/json" },
  sarif: { name: "findings.sarif", type: "application/sarif+json" },
  github: { name: "annotations.txt", type: "text/plain" },
  markdown: { name: "findings.md", type: "text/markdown" },
  fixed: { name: "fixed.http", type: "application/octet-stream" },
} as const;

export async function openExport(words: Words, source: ExportSource): Promise<void> {
  const dialog = new StatuslabExport();
  dialog.words = words;
  dialog.toolWords = await loadToolWords(words.language);
  let report: Promise<Report> | null = null;
  dialog.write = (format) => write(format, words, source, () => (report ??= source.report()));
  await dialog.ask();
}

async function write(format: Format, words: Words, source: ExportSource, report: () => Promise<Report>): Promise<Written> {
  const file = FILES[format];
  if (format === "markdown") return { ...file, text: await source.markdown() };
  if (format !== "fixed") return { ...file, text: reportAs(format, await report(), source.exchange, source.catalog, words.language) };
  const { after } = await source.fixed();
  const bytes = toBytes(after.request + after.response);
  return { ...file, text: fromBytes(bytes), bytes };
}
