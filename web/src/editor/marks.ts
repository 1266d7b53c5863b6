/*
 * The wire exactly as it is. Bytes that have no glyph (NUL, controls, raw bytes, invisible and direction-changing
 * characters, a CR alone) are always drawn as marks; CR LF, tabs and trailing spaces on demand. CR LF counts as one
 * line end for the cursor and for deletion, as it does for a reader.
 */
import { Compartment, EditorState, Facet, RangeSetBuilder, type Extension, type Line, type Range } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, WidgetType, type DecorationSet, type ViewUpdate } from "@codemirror/view";
import { INVISIBLE, nameOf } from "./invisible";

class Glyph extends WidgetType {
  readonly #text: string;
  readonly #className: string;

  constructor(text: string, className: string) {
    super();
    this.#text = text;
    this.#className = className;
  }

  override eq(other: Glyph): boolean {
    return other.#text === this.#text && other.#className === this.#className;
  }

  override toDOM(): HTMLElement {
    const element = document.createElement("span");
    element.className = this.#className;
    element.textContent = this.#text;
    return element;
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

/** A finding of width zero. */
export class PointMark extends WidgetType {
  readonly #className: string;

  constructor(className: string) {
    super();
    this.#className = className;
  }

  override eq(other: PointMark): boolean {
    return other.#className === this.#className;
  }

  override toDOM(): HTMLElement {
    const element = document.createElement("span");
    element.className = `${this.#className} sq-point`;
    return element;
  }
}

const showEndings = Facet.define<boolean, boolean>({ combine: (values) => values.at(-1) ?? false });

const hiddenCr = Decoration.replace({ widget: new Glyph("", "eol-hidden") });
const shownCr = Decoration.replace({ widget: new Glyph("CR", "eol") });
const shownLf = Decoration.widget({ widget: new Glyph("LF", "eol"), side: 1 });
const space = Decoration.mark({ class: "ws-space" });
const tab = Decoration.mark({ class: "ws-tab" });
const atom = Decoration.mark({});

function glyph(name: string): Decoration {
  return Decoration.replace({ widget: new Glyph(name, "ctl") });
}

interface Drawn {
  readonly decorations: DecorationSet;
  readonly lineEnds: DecorationSet;
}

function draw(view: EditorView): Drawn {
  const shown = view.state.facet(showEndings);
  const ranges: Range<Decoration>[] = [];
  const lineEnds = new RangeSetBuilder<Decoration>();
  const { doc } = view.state;
  let drawnTo = -1;
  for (const { from, to } of view.visibleRanges) {
    for (let line = doc.lineAt(from); ; line = doc.line(line.number + 1)) {
      // A line of a megabyte is in sight in pieces only.
      const begin = Math.max(line.from, from, drawnTo + 1);
      const end = Math.min(line.to, to);
      drawCharacters(doc.sliceString(begin, end), begin, shown, ranges);
      if (to >= line.to && line.to > drawnTo) drawLineEnd(line, line.number < doc.lines, shown, ranges, lineEnds);
      drawnTo = Math.max(drawnTo, end);
      if (line.to >= to || line.number === doc.lines) break;
    }
  }
  return { decorations: Decoration.set(ranges, true), lineEnds: lineEnds.finish() };
}

function drawCharacters(text: string, from: number, shown: boolean, ranges: Range<Decoration>[]): void {
  for (const match of text.matchAll(INVISIBLE)) {
    // The CR of a line end is drawn with the line end.
    if (match[0] === "\r" && match.index === text.length - 1) continue;
    ranges.push(glyph(nameOf(match[0])).range(from + match.index, from + match.index + match[0].length));
  }
  if (!shown) return;
  for (const { index } of text.matchAll(/\t/g)) ranges.push(tab.range(from + index, from + index + 1));
}

function drawLineEnd(
  line: Line, hasLf: boolean, shown: boolean, ranges: Range<Decoration>[], lineEnds: RangeSetBuilder<Decoration>,
): void {
  const tail = line.text.slice(-256);
  const endsWithCr = tail.endsWith("\r");
  if (endsWithCr && hasLf) {
    ranges.push((shown ? shownCr : hiddenCr).range(line.to - 1, line.to));
    lineEnds.add(line.to - 1, line.to + 1, atom);
  } else if (endsWithCr) {
    ranges.push(glyph("CR").range(line.to - 1, line.to));
  }
  if (!shown) return;
  if (hasLf) ranges.push(shownLf.range(line.to));
  const spaces = /[ \t]*(?=\r?$)/.exec(tail);
  const at = line.to - tail.length + (spaces?.index ?? tail.length);
  [...(spaces?.[0] ?? "")].forEach((character, index) => {
    if (character === " ") ranges.push(space.range(at + index, at + index + 1));
  });
}

const drawing = ViewPlugin.fromClass(
  class {
    drawn: Drawn;

    constructor(view: EditorView) {
      this.drawn = draw(view);
    }

    update(update: ViewUpdate): void {
      const toggled = update.startState.facet(showEndings) !== update.state.facet(showEndings);
      if (update.docChanged || update.viewportChanged || toggled) this.drawn = draw(update.view);
    }
  },
  {
    decorations: (plugin) => plugin.drawn.decorations,
    provide: (plugin) => EditorView.atomicRanges.of((view) => view.plugin(plugin)?.drawn.lineEnds ?? Decoration.none),
  },
);

/** No cursor between CR and LF: there is nothing to see there, and typing would split the line end. */
const neverBetweenCrAndLf = EditorState.transactionFilter.of((transaction) => {
  if (transaction.selection === undefined && !transaction.docChanged) return transaction;
  const { newDoc, newSelection } = transaction;
  const between = (at: number): boolean => at > 0 && at < newDoc.length && newDoc.sliceString(at - 1, at + 1) === "\r\n";
  if (!newSelection.ranges.some((range) => between(range.anchor) || between(range.head))) return transaction;
  const main = newSelection.main;
  const outside = (at: number): number => (between(at) ? at - 1 : at);
  return [transaction, { selection: { anchor: outside(main.anchor), head: outside(main.head) }, sequential: true }];
});

const endings = new Compartment();

export function wireMarks(shown: boolean): Extension {
  return [endings.of(showEndings.of(shown)), drawing, neverBetweenCrAndLf];
}

export function setEndingsShown(view: EditorView, shown: boolean): void {
  view.dispatch({ effects: endings.reconfigure(showEndings.of(shown)) });
}
