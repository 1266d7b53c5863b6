/*
 * Findings and tokens inside an editor: kept as values, mapped through every change, drawn as marks.
 */
import { RangeSet, StateEffect, StateField, type Extension, type Range, type Text } from "@codemirror/state";
import { Decoration, EditorView, gutterLineClass, GutterMarker, type DecorationSet } from "@codemirror/view";
import type { Finding, Token } from "../engine/model";
import { PointMark } from "./marks";

export interface Judged {
  readonly findings: readonly Finding[];
  readonly tokens: readonly Token[];
  readonly selected: string | null;
}

/** True when both are drawn alike and say the same. */
export function sameJudged(a: Judged, b: Judged): boolean {
  return a.selected === b.selected
    && a.tokens.length === b.tokens.length
    && a.findings.length === b.findings.length
    && a.tokens.every((token, i) => token.from === b.tokens[i]?.from && token.to === b.tokens[i]?.to && token.kind === b.tokens[i]?.kind)
    && (a.findings === b.findings || a.findings.length === 0);
}

interface Placed {
  readonly judged: Judged;
  readonly findings: DecorationSet;
  readonly tokens: DecorationSet;
  /** The lines of the selected finding. */
  readonly lines: DecorationSet;
  readonly numbers: RangeSet<GutterMarker>;
}

const nothing: Placed = {
  judged: { findings: [], tokens: [], selected: null },
  findings: Decoration.none,
  tokens: Decoration.none,
  lines: Decoration.none,
  numbers: RangeSet.empty,
};

export const setJudged = StateEffect.define<Judged>();

const field = StateField.define<Placed>({
  create: () => nothing,
  update(placed, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setJudged)) return place(effect.value, transaction.state.doc);
    }
    if (!transaction.docChanged) return placed;
    return {
      judged: placed.judged,
      findings: placed.findings.map(transaction.changes),
      tokens: placed.tokens.map(transaction.changes),
      lines: placed.lines.map(transaction.changes),
      numbers: placed.numbers.map(transaction.changes),
    };
  },
  provide: (self) => [
    EditorView.decorations.from(self, (placed) => placed.tokens),
    EditorView.decorations.from(self, (placed) => placed.findings),
    EditorView.decorations.from(self, (placed) => placed.lines),
    gutterLineClass.from(self, (placed) => placed.numbers),
  ],
});

const tokenMarks = new Map<string, Decoration>();

function tokenMark(kind: string): Decoration {
  const known = tokenMarks.get(kind);
  if (known !== undefined) return known;
  const mark = Decoration.mark({ class: `tok-${kind}` });
  tokenMarks.set(kind, mark);
  return mark;
}

interface FindingSpec {
  readonly finding: Finding;
}

const selectedLine = Decoration.line({ class: "on" });

class SelectedNumber extends GutterMarker {
  override readonly elementClass = "on";
}
const selectedNumber = new SelectedNumber();

/** Where the line of the selected finding begins. */
function selectedStart(judged: Judged, doc: Text): number | null {
  const chosen = judged.findings.find((finding) => finding.key === judged.selected);
  return chosen === undefined || chosen.from > doc.length ? null : doc.lineAt(chosen.from).from;
}

function place(judged: Judged, doc: Text): Placed {
  const { length } = doc;
  const findings: Range<Decoration>[] = [];
  for (const finding of judged.findings) {
    const from = Math.min(finding.from, length);
    const to = Math.min(finding.to, length);
    const selected = finding.key === judged.selected;
    const name = `sq sq-${finding.severity}${selected ? " sq-on" : ""}`;
    const spec = { finding };
    // Inclusive, so that a glyph at its start is inside.
    findings.push(to > from
      ? Decoration.mark({ class: name, inclusiveStart: true, ...spec }).range(from, to)
      : Decoration.widget({ widget: new PointMark(name), side: 1, ...spec }).range(from));
  }
  const tokens = judged.tokens
    .filter((token) => token.to <= length)
    .map((token) => tokenMark(token.kind).range(token.from, token.to));
  const line = selectedStart(judged, doc);
  return {
    judged,
    findings: RangeSet.of(findings, true),
    tokens: RangeSet.of(tokens, true),
    lines: line === null ? Decoration.none : Decoration.set(selectedLine.range(line)),
    numbers: line === null ? RangeSet.empty : RangeSet.of(selectedNumber.range(line)),
  };
}

export interface PlacedFinding {
  readonly finding: Finding;
  readonly from: number;
  readonly to: number;
}

/** The findings of an editor where they are now, also if the text has changed since they were found. */
export function placedFindings(view: EditorView): PlacedFinding[] {
  const result: PlacedFinding[] = [];
  const cursor = view.state.field(field).findings.iter();
  for (; cursor.value !== null; cursor.next()) {
    const { finding } = cursor.value.spec as FindingSpec;
    result.push({ finding, from: cursor.from, to: cursor.to });
  }
  return result;
}

/** Findings that touch [from, to], the narrowest first. */
export function findingsAt(view: EditorView, from: number, to: number): PlacedFinding[] {
  return placedFindings(view)
    .filter((placed) => placed.from <= to && placed.to >= from)
    .sort((a, b) => a.to - a.from - (b.to - b.from));
}

export function judgedOf(view: EditorView): Judged {
  return view.state.field(field).judged;
}

export const findingsField: Extension = field;
