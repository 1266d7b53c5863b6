/** Findings as Markdown, for issues, pull requests and job summaries. */
import { describe } from "./describe.js";
import { Places } from "./places.js";
import { shapes } from "./text-report.js";
import { visible } from "./visible.js";
import type { Unit } from "./inputs.js";
import type { Catalog, Finding, LintResult } from "./types.js";

/** Empty where nothing was found. */
export function markdownReport(unit: Unit, result: LintResult, catalog: Catalog): string {
  if (result.findings.length === 0) return "";
  const places = new Places(unit.sources);
  const title = unit.title === undefined ? "" : ` ${escaped(unit.title)}`;
  const bullets = result.findings.map((finding) => bullet(finding, places, catalog));
  return `## \`${unit.name.replaceAll("`", "'")}\`${title}\n\n${bullets.join("\n")}\n\n`;
}

function bullet(finding: Finding, places: Places, catalog: Catalog): string {
  const { message, summary, cite, citeUrl } = describe(finding, catalog);
  const { line, column } = places.position(finding.on, finding.begin);
  const severity = `${shapes[finding.severity]} ${catalog.severities[finding.severity]}`;
  const source = citeUrl === "" ? "" : ` ([${cite}](${citeUrl}))`;
  return `- ${severity} ${finding.on}:${line}:${column} **${escaped(message)}** ${escaped(summary)}${source} \`${finding.rule}\``;
}

function escaped(text: string): string {
  return visible(text.replace(/[\r\n]+/g, " ")).replace(/[\\`*_[\]<>]/g, "\\$&");
}
