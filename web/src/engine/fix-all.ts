/*
 * Every safe fix, again and again until none is left: the engine's plan, in the offsets of the page.
 */
import type * as Wire from "statuslab";
import { Offsets } from "./bytes";
import { check, given, optionsOf } from "./check";
import { AS_IT_IS, type Change, type Exchange, type Verdict } from "./model";

export interface Round {
  readonly request: readonly Change[];
  readonly response: readonly Change[];
}

export interface AppliedFix {
  readonly rule: string;
  readonly label: number;
  readonly args: Readonly<Record<string, string>>;
}

export interface FixPlan {
  readonly before: Exchange;
  readonly after: Exchange;
  readonly rounds: readonly Round[];
  readonly applied: readonly AppliedFix[];
  /** What is still found afterwards. */
  readonly remaining: Verdict;
}

export type Repairer = Pick<Wire.Engine, "lint" | "fixAll">;

export function planFixes(engine: Repairer, before: Exchange, now: () => number, settings = AS_IT_IS): FixPlan {
  const plan = engine.fixAll(given(before), optionsOf(settings, before));
  let after = before;
  const rounds = plan.rounds.map((round): Round => {
    const changes = { request: changesOf(round.request, after.request), response: changesOf(round.response, after.response) };
    after = { ...after, request: applyChanges(after.request, changes.request), response: applyChanges(after.response, changes.response) };
    return changes;
  });
  const applied = plan.rounds.flatMap((round) => round.applied.map(({ rule, label, args }) => ({ rule, label, args })));
  return { before, after, rounds, applied, remaining: check(engine, after, now, settings) };
}

function changesOf(edits: readonly Wire.Edit[], text: string): Change[] {
  const map = new Offsets(text);
  return edits.map(({ begin, end, text: insert }) => ({ from: map.toUtf16(begin), to: map.toUtf16(end), insert }));
}

export function applyChanges(text: string, changes: readonly Change[]): string {
  let result = "";
  let at = 0;
  for (const change of [...changes].sort((a, b) => a.from - b.from)) {
    result += text.slice(at, change.from) + change.insert;
    at = change.to;
  }
  return result + text.slice(at);
}
