import { describe } from "./describe.js";
import { linesBefore } from "./places.js";
import { Lines } from "./positions.js";
import type { Catalog, Finding, LintResult, Severity, Side } from "./types.js";
import { cells, displayWidth, visible, wrap, type Cell } from "./visible.js";
import type { Words } from "./words.js";

/** The text of one side and what to call it. */
export interface Source {
  name: string;
  bytes: Uint8Array;
  /** Where the text is the second part of a file: the first part. */
  before?: Uint8Array;
  /** Where the text was made from a part of a file: its bytes there. */
  within?: { name: string; begin: number; end: number };
}

export interface TextOptions {
  catalog: Catalog;
  words: Words;
  colour: boolean;
  /** Columns of the terminal. */
  width: number;
}

export const shapes: Record<Severity, string> = { error: "●", warning: "▲", info: "◆", hint: "○", fine: "✓" };
const colours: Record<Severity, string> = { error: "31", warning: "33", info: "36", hint: "2", fine: "32" };
const indent = "    ";
const linesShown = 3;
// A value of the wire in a title is cut here; the excerpt below it shows the place.
const titleLimit = 240;

/** A text and its lines, which go on counting those of the file before it. */
interface Text {
  name: string;
  lines: Lines;
  linesBefore: number;
}

/** Findings for people: place, title, the bytes with carets below them, consequence, source, fixes. */
export function textReport(result: LintResult, sources: Partial<Record<Side, Source>>, options: TextOptions): string {
  return `${[...textBlocks(result, sources, options), conclusion(tally([result]), options)].join("\n\n")}\n`;
}

/** A block a finding. */
export function textBlocks(result: LintResult, sources: Partial<Record<Side, Source>>, options: TextOptions): string[] {
  const blocks: string[] = [];
  for (const side of ["request", "response"] as const) {
    const source = sources[side];
    if (source === undefined) continue;
    const findings = result.findings.filter((finding) => finding.on === side);
    if (findings.length === 0) continue;
    const text = { name: visible(source.name), lines: new Lines(source.bytes), linesBefore: linesBefore(source) };
    blocks.push(...findings.map((finding) => block(finding, text, options)));
  }
  return blocks;
}

export interface Tally {
  counts: Record<Severity, number>;
  checks: number;
  exchanges: number;
}

export function tally(results: readonly Pick<LintResult, "findings" | "checks">[]): Tally {
  const sum: Tally = { counts: { error: 0, warning: 0, info: 0, hint: 0, fine: 0 }, checks: 0, exchanges: 0 };
  for (const result of results) add(sum, result);
  return sum;
}

export function add(sum: Tally, { findings, checks }: Pick<LintResult, "findings" | "checks">): void {
  for (const { severity } of findings) ++sum.counts[severity];
  sum.checks += checks;
  ++sum.exchanges;
}

/** "2 errors and 1 note in 40 checks". */
export function conclusion({ counts, checks, exchanges }: Tally, { words }: Pick<TextOptions, "words">): string {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return all === 0 ? words.clean(checks, exchanges) : words.summary(counts, checks, exchanges);
}

function block(finding: Finding, text: Text, options: TextOptions): string {
  const { catalog, words } = options;
  const { name, lines } = text;
  const paint = painter(options.colour);
  const said = describe(finding, catalog);
  const { line, column } = lines.position(finding.begin);
  const severity = paint(colours[finding.severity], `${shapes[finding.severity]} ${catalog.severities[finding.severity]}`);
  const title = paint("1", shortened(visible(said.message)));
  const room = options.width - indent.length;
  const source = said.quote === "" ? said.cite : `${said.cite}: "${said.quote}"`;
  return [
    `${name}:${line + text.linesBefore}:${column}  ${severity}  ${title}  ${paint("2", finding.rule)}`,
    ...excerpt(finding, text, options),
    ...wrap(visible(said.summary), room).map((text) => indent + text),
    ...wrap(visible(source), room).map((text) => indent + paint("2", text)),
    ...finding.fixes.flatMap((fix, at) => {
      const label = fix.safe ? words.fix : words.fixToCheck;
      const texts = wrap(visible(said.fixes[at] ?? ""), room - displayWidth(label));
      return texts.map((text, row) => indent + (row === 0 ? paint("32", label) : " ".repeat(displayWidth(label))) + text);
    }),
  ].join("\n");
}

function excerpt({ begin, end, severity }: Finding, { lines, linesBefore: before }: Text, options: TextOptions): string[] {
  const paint = painter(options.colour);
  const first = lines.lineOf(begin);
  const last = lines.lineOf(Math.max(begin, end - 1));
  const shown = Math.min(last, first + linesShown - 1);
  const gutter = String(shown + before + 1).length;
  const rows: string[] = [];
  for (let line = first; line <= shown; ++line) {
    const [text, marks] = markedLine(begin, end, line, lines, options.width - indent.length - gutter - 3);
    rows.push(`${indent}${paint("2", `${String(line + before + 1).padStart(gutter)} │`)} ${text}`);
    if (marks !== "") rows.push(`${indent}${paint("2", `${" ".repeat(gutter)} │`)} ${paint(colours[severity], marks)}`);
  }
  if (shown < last) rows.push(`${indent}${" ".repeat(gutter)} ${paint("2", `⋮ ${options.words.moreLines(last - shown)}`)}`);
  return rows;
}

// The part of the line around the span that fits, and carets below the span. The line ending is shown where it is marked.
function markedLine(begin: number, end: number, line: number, lines: Lines, room: number): [text: string, marks: string] {
  const start = lines.start(line);
  const content = lines.contentEnd(line);
  const next = lines.start(line + 1);
  const stop = end > content && begin < next && next > content && end > begin ? next : content;
  const mark = Math.min(Math.max(begin, start), stop);

  // Long lines are not drawn as a whole: no cell is narrower than a column, and few are made of more than four bytes.
  let from = Math.max(start, mark - room * 4);
  while (from > start && from < mark && ((lines.bytes[from] ?? 0) & 0xc0) === 0x80) ++from;
  const all = cells(lines.bytes, from, Math.min(stop, mark + room * 4));
  const isMarked = (cell: Cell): boolean => cell.begin < end && cell.end > begin;

  let left = all.findIndex((cell) => cell.end > mark || isMarked(cell));
  if (left === -1) left = all.length;
  const cut = from > start || totalWidth(all) > room;
  if (cut) {
    // A third of the room stays for what precedes the span.
    for (let used = 0; left > 0; --left) {
      used += all[left - 1]?.width ?? 0;
      if (used > room / 3) break;
    }
  } else {
    left = 0;
  }

  const cutLeft = left > 0 || from > start;
  let text = cutLeft ? "…" : "";
  let marks = cutLeft ? " " : "";
  let used = cutLeft ? 1 : 0;
  let right = left;
  for (; right < all.length; ++right) {
    const cell = all[right];
    if (cell === undefined || used + cell.width > room - 1) break;
    text += cell.text;
    marks += (isMarked(cell) ? "^" : " ").repeat(cell.width);
    used += cell.width;
  }
  if (right < all.length || (all.at(-1)?.end ?? stop) < stop) text += "…";
  if (end <= begin) {
    const before = all.slice(left, right).filter((cell) => cell.end <= begin);
    marks = `${" ".repeat((cutLeft ? 1 : 0) + totalWidth(before))}^`;
  }
  return [text, marks.trimEnd()];
}

function totalWidth(all: readonly Cell[]): number {
  return all.reduce((sum, cell) => sum + cell.width, 0);
}

function shortened(text: string): string {
  return text.length > titleLimit ? `${text.slice(0, titleLimit)}…` : text;
}

/** SGR sequences (ECMA-48), or none. */
export function painter(colour: boolean): (code: string, text: string) => string {
  return colour ? (code, text) => `\u001b[${code}m${text}\u001b[0m` : (_code, text) => text;
}
