/*
 * One side of the exchange in an editor. Text in, text out; everything else arrives as values.
 */
import { history, invertedEffects, isolateHistory, redo, undo, undoDepth } from "@codemirror/commands";
import { Annotation, ChangeSet, EditorState, StateEffect, Transaction, type ChangeSpec, type Text } from "@codemirror/state";
import {
  EditorView, highlightActiveLine, highlightActiveLineGutter, lineNumbers, ViewPlugin, type ViewUpdate,
} from "@codemirror/view";
import type { Change, Finding, Side } from "../engine/model";
import { findingsAt, findingsField, placedFindings, sameJudged, setJudged, type Judged } from "./findings";
import { findingHover, quickFixes, type FindingActions } from "./hover";
import { pasting, wireKeys } from "./keys";
import { setEndingsShown, wireMarks } from "./marks";
import { wireTheme } from "./theme";

export interface WireEvents extends FindingActions {
  /**
   * A person changed the text; it is not drawn yet, so the editor is not to be touched. `began` is when the key was
   * pressed, in the clock of performance.now().
   */
  edited(text: string, began: number): void;
  /** The cursor is somewhere else. Without a change of the text: the finding it is in, if any. */
  moved(cursor: Cursor, edited: boolean, finding: Finding | null): void;
  /** Escape: the keyboard leaves the editor. */
  left(): void;
  pasteRestored(keep: () => void): void;
  /** Undo or redo reached a change that spans both editors. */
  crossed(group: number, direction: "undo" | "redo"): void;
}

export interface WireOptions {
  /** Where it goes at once; without, `view.dom` waits to be put somewhere. */
  readonly parent?: HTMLElement;
  readonly side: Side;
  readonly text: string;
  readonly label: string;
  /** Said to screen readers: how to get out. */
  readonly description: string;
  readonly endingsShown: boolean;
  readonly judged: Judged;
  readonly events: WireEvents;
}

export interface Cursor {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** A change by the page and not by a person: not reported back. */
const byPage = Annotation.define<true>();
/** Changes of both editors that belong together. */
const spanning = StateEffect.define<number>();

export class WireEditor {
  readonly view: EditorView;
  #eventTime = 0;
  #judged: Judged;
  #judgedDoc: Text;

  constructor(options: WireOptions) {
    this.view = new EditorView({
      ...(options.parent === undefined ? {} : { parent: options.parent }),
      state: EditorState.create({ doc: options.text, extensions: this.#extensions(options) }),
    });
    this.#judged = options.judged;
    this.#judgedDoc = this.view.state.doc;
    this.view.dispatch({ effects: setJudged.of(options.judged) });
  }

  get text(): string {
    return this.view.state.sliceDoc();
  }

  get focused(): boolean {
    return this.view.hasFocus;
  }

  get cursor(): Cursor {
    const offset = this.view.state.selection.main.head;
    const line = this.view.state.doc.lineAt(offset);
    return { offset, line: line.number, column: offset - line.from + 1 };
  }

  focus(): void {
    this.view.focus();
  }

  destroy(): void {
    this.view.destroy();
  }

  judge(judged: Judged): void {
    if (sameJudged(judged, this.#judged) && this.view.state.doc === this.#judgedDoc) return;
    this.#judged = judged;
    this.#judgedDoc = this.view.state.doc;
    this.view.dispatch({ effects: setJudged.of(judged) });
  }

  showEndings(shown: boolean): void {
    setEndingsShown(this.view, shown);
  }

  /** Another exchange: nothing of the old one stays, except that undo brings it back. */
  replace(text: string): void {
    if (text === this.text) return;
    this.view.dispatch({
      changes: { from: 0, to: this.view.state.doc.length, insert: this.view.state.toText(text) },
      selection: { anchor: 0 },
      annotations: [byPage.of(true), isolateHistory.of("full")],
      scrollIntoView: true,
    });
  }

  /** Repairs: one undo step. Rounds follow each other, each in offsets of the text before it. */
  apply(rounds: readonly (readonly Change[])[], group: number | null): void {
    const { doc } = this.view.state;
    let changes = ChangeSet.empty(doc.length);
    for (const round of rounds) changes = changes.compose(ChangeSet.of(specs(round), changes.newLength, "\n"));
    if (changes.empty) return;
    this.view.dispatch({
      changes,
      effects: group === null ? [] : [spanning.of(group)],
      annotations: [isolateHistory.of("full"), Transaction.userEvent.of("fix")],
      scrollIntoView: true,
    });
  }

  select(finding: Finding, focus: boolean): void {
    const now = placedFindings(this.view).find((placed) => placed.finding.key === finding.key);
    const from = Math.min(now?.from ?? finding.from, this.view.state.doc.length);
    const to = Math.min(now?.to ?? finding.to, this.view.state.doc.length);
    this.view.dispatch({
      selection: { anchor: from, head: to },
      effects: EditorView.scrollIntoView(from, { y: "nearest", yMargin: 40 }),
      annotations: byPage.of(true),
    });
    if (focus) this.view.focus();
  }

  undo(): boolean {
    return undo(this.view);
  }

  redo(): boolean {
    return redo(this.view);
  }

  get undoDepth(): number {
    return undoDepth(this.view.state);
  }

  #extensions(options: WireOptions) {
    const { events } = options;
    return [
      // The wire's own line ends: LF ends a line, CR is a character.
      EditorState.lineSeparator.of("\n"),
      EditorState.tabSize.of(8),
      lineNumbers(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      history({ newGroupDelay: 600 }),
      invertedEffects.of((transaction) => transaction.effects.filter((effect) => effect.is(spanning))),
      EditorView.lineWrapping,
      wireMarks(options.endingsShown),
      findingsField,
      findingHover(events),
      quickFixes(events),
      pasting({
        restored: (at, restored, original) => events.pasteRestored(() => {
          if (this.view.state.sliceDoc(at, at + restored.length) !== restored) return;
          this.view.dispatch({ changes: { from: at, to: at + restored.length, insert: this.view.state.toText(original) }, userEvent: "input" });
        }),
      }),
      wireKeys(() => events.left()),
      EditorView.contentAttributes.of({
        "aria-label": options.label,
        "aria-description": options.description,
        "aria-multiline": "true",
        "data-side": options.side,
        spellcheck: "false",
        autocorrect: "off",
        autocapitalize: "off",
        translate: "no",
        dir: "ltr",
      }),
      EditorView.domEventObservers({
        keydown: (event) => {
          this.#eventTime = event.timeStamp;
        },
        beforeinput: (event) => {
          if (performance.now() - this.#eventTime > 100) this.#eventTime = event.timeStamp;
        },
      }),
      wireTheme,
      // Plugins hear of a change before it is drawn: the engine works while the page draws.
      ViewPlugin.define(() => ({ update: (update) => this.#changed(update, events) })),
      EditorView.updateListener.of((update) => this.#updated(update, events)),
    ];
  }

  #changed(update: ViewUpdate, events: WireEvents): void {
    if (!update.docChanged || byThePage(update)) return;
    const now = performance.now();
    events.edited(update.state.sliceDoc(), now - this.#eventTime < 100 ? this.#eventTime : now);
  }

  #updated(update: ViewUpdate, events: WireEvents): void {
    if (byThePage(update) || !(update.docChanged || update.selectionSet)) return;
    if (update.docChanged) this.#reportCrossing(update, events);
    const { head } = update.state.selection.main;
    events.moved(this.cursor, update.docChanged, update.docChanged ? null : (findingsAt(this.view, head, head)[0]?.finding ?? null));
  }

  #reportCrossing(update: ViewUpdate, events: WireEvents): void {
    for (const transaction of update.transactions) {
      const direction = transaction.isUserEvent("undo") ? "undo" : transaction.isUserEvent("redo") ? "redo" : null;
      if (direction === null) continue;
      for (const effect of transaction.effects) if (effect.is(spanning)) events.crossed(effect.value, direction);
    }
  }
}

function byThePage(update: ViewUpdate): boolean {
  return update.transactions.some((transaction) => transaction.annotation(byPage));
}

function specs(changes: readonly Change[]): ChangeSpec[] {
  return changes.map(({ from, to, insert }) => ({ from, to, insert }));
}
