/*
 * Every safe fix, again and again until none is left. Each round is checked anew, because one repair may
 * open the next (without its content a 204 needs no Content-Type any more).
 */
import { check, type Linter } from "./check";
import { SIDES, type Change, type Exchange, type Side, type Verdict } from "./model";

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

const MOST_ROUNDS = 24;

export function planFixes(engine: Linter, before: Exchange, now: () => number): FixPlan {
  const rounds: Round[] = [];
  const applied: AppliedFix[] = [];
  const seen = new Set([identity(before)]);
  let after = before;
  let remaining = check(engine, after, now);
  while (rounds.length < MOST_ROUNDS) {
    const round = pick(remaining);
    if (round.fixes.length === 0) break;
    const next: Exchange = {
      ...after,
      request: applyChanges(after.request, round.changes.request),
      response: applyChanges(after.response, round.changes.response),
    };
    // Two fixes that undo each other would go round for ever.
    if (seen.has(identity(next))) break;
    seen.add(identity(next));
    rounds.push(round.changes);
    applied.push(...round.fixes);
    after = next;
    remaining = check(engine, after, now);
  }
  return { before, after, rounds, applied, remaining };
}

/** The safe fixes of one verdict that do not touch each other, the gravest finding first. */
function pick(verdict: Verdict): { changes: Round; fixes: AppliedFix[] } {
  const changes: Record<Side, Change[]> = { request: [], response: [] };
  const fixes: AppliedFix[] = [];
  for (const finding of verdict.findings) {
    const fix = finding.fixes.find((candidate) => candidate.safe);
    if (fix === undefined) continue;
    const taken = changes[finding.on];
    if (fix.changes.some((change) => taken.some((other) => touches(change, other)))) continue;
    taken.push(...fix.changes);
    fixes.push({ rule: finding.rule, label: fix.label, args: finding.args });
  }
  for (const side of SIDES) changes[side].sort((a, b) => a.from - b.from);
  return { changes, fixes };
}

function touches(a: Change, b: Change): boolean {
  return a.from <= b.to && b.from <= a.to;
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

function identity(exchange: Exchange): string {
  return `${exchange.request.length}:${exchange.request}${exchange.response}`;
}
