import type { Catalog, StatusFacts, StatusRow } from "./types.js";
import { displayWidth, visible, wrap } from "./visible.js";
import { painter, type TextOptions } from "./text-report.js";

const indent = "  ";

/** All that is known about a code, every meaning of it. `standIn`: the facts of the code that an unknown one is treated as. */
export function statusReport(facts: StatusFacts, standIn: StatusFacts | null, options: TextOptions): string {
  const { words, catalog } = options;
  const code = String(facts.code).padStart(3, "0");
  const blocks: string[] = [];
  if (facts.rows.length === 0) blocks.push(words.status.unused(code));
  if (facts.rows.length > 1) blocks.push(words.status.meanings(code, facts.rows.length));
  blocks.push(...facts.rows.map((row) => meaning(row, options)));
  if (facts.treatedAs !== facts.code) {
    const row = standIn?.rows[0];
    const as = row === undefined ? String(facts.treatedAs) : `${facts.treatedAs} ${row.phrase}`;
    blocks.push([words.status.treatedAs(code, as), ...(facts.rows.length === 0 && row ? summary(row, catalog, options.width) : [])].join("\n"));
  }
  return `${blocks.join("\n\n")}\n`;
}

function meaning(row: StatusRow, options: TextOptions): string {
  const { catalog, width } = options;
  const words = options.words.status;
  const paint = painter(options.colour);
  const kind = [words.kind[row.kind], words.class[String(row.code).padStart(3, "0").charAt(0)], row.logOnly ? words.logOnly : undefined];
  const table: [label: string, value: string][] = [
    [words.labels.kind, kind.filter((part) => part !== undefined).join(" · ")],
    ...(row.vendor === "" ? [] : [[words.labels.vendor, row.vendor] satisfies [string, string]]),
    ...(row.reference === "" ? [] : [[words.labels.reference, row.reference] satisfies [string, string]]),
    [words.labels.content, words.content[row.content]],
    [words.labels.heuristic, row.heuristicallyCacheable ? words.heuristic.yes : words.heuristic.no],
    [words.labels.required, row.required.join(", ") || words.noFields],
    [words.labels.customary, row.customary.join(", ") || words.noFields],
  ];
  const left = Math.max(...table.map(([label]) => displayWidth(label))) + 2;
  const title = catalog.status[row.key]?.title ?? row.phrase;
  const heading = title === row.phrase || title.includes(row.phrase) ? title : `${row.phrase} ${title}`;
  return [
    paint("1", visible(heading.startsWith(String(row.code)) ? heading : `${row.code} ${heading}`.trimEnd())),
    ...summary(row, catalog, width),
    "",
    ...table.map(([label, value]) => `${indent}${paint("2", label)}${" ".repeat(left - displayWidth(label))}${visible(value)}`),
  ].join("\n");
}

function summary(row: StatusRow, catalog: Catalog, width: number): string[] {
  return wrap(visible(catalog.status[row.key]?.summary ?? ""), width - indent.length).map((line) => indent + line);
}
