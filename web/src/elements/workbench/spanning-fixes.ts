/*
 * Fixes that change both messages at once. Each editor has its own history; what was done in one step is undone in one
 * step all the same: undo in one editor takes the other along, unless something was typed there since.
 */
import type { FixPlan } from "../../engine/fix-all";
import { SIDES, type Side } from "../../engine/model";
import type { WireEditor } from "../../editor/wire-editor";

export type Editors = Partial<Record<Side, WireEditor>>;

export class SpanningFixes {
  readonly #editors: Editors;
  /** How deep the history of each changed editor was right after the fixes, by their number. */
  readonly #depths = new Map<number, Partial<Record<Side, number>>>();
  #last = 0;
  #crossing = false;

  constructor(editors: Editors) {
    this.#editors = editors;
  }

  apply(plan: FixPlan): void {
    this.#last += 1;
    const depths: Partial<Record<Side, number>> = {};
    for (const side of SIDES) {
      const editor = this.#editors[side];
      const rounds = plan.rounds.map((round) => round[side]).filter((changes) => changes.length > 0);
      if (editor === undefined || rounds.length === 0) continue;
      editor.apply(rounds, this.#last);
      depths[side] = editor.undoDepth;
    }
    this.#depths.set(this.#last, depths);
  }

  /** Takes the last fixes back, as undo in the editor would. */
  undo(): void {
    const depths = this.#depths.get(this.#last);
    const side: Side = depths?.response === undefined ? "request" : "response";
    const editor = this.#editors[side];
    if (editor !== undefined && editor.undoDepth === depths?.[side]) editor.undo();
    editor?.focus();
  }

  /** Undo or redo in one editor has reached the fixes with this number. */
  crossed(side: Side, fixes: number, direction: "undo" | "redo"): void {
    if (this.#crossing) return;
    const other: Side = side === "request" ? "response" : "request";
    const depth = this.#depths.get(fixes)?.[other];
    const editor = this.#editors[other];
    if (depth === undefined || editor === undefined) return;
    if (editor.undoDepth !== (direction === "undo" ? depth : depth - 1)) return;
    this.#crossing = true;
    // The editor that reports is still at it.
    queueMicrotask(() => {
      if (direction === "undo") editor.undo();
      else editor.redo();
      this.#crossing = false;
    });
  }
}
