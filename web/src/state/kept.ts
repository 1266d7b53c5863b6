/*
 * What the parties keep at a step: caches, cookies, connections. Nothing is stored twice: it is what the changes up to
 * that step leave behind.
 */
import type { Change, Step } from "../engine/play";

export interface Kept extends Change {
  /** Virtual time since it was last touched. */
  readonly since: number;
  /** It was touched in the selected step itself. */
  readonly now: boolean;
}

export function keptAt(steps: readonly Step[], at: number): Kept[] {
  const kept = new Map<string, Kept>();
  const now = steps[at]?.at ?? 0;
  steps.slice(0, at + 1).forEach((step, index) => {
    for (const change of step.changes) {
      const key = `${change.party} ${change.what} ${change.key}`;
      // What has just gone is still shown, as gone.
      if (change.op === "remove" && index < at) kept.delete(key);
      else kept.set(key, { ...change, since: now - step.at, now: index === at });
    }
  });
  return [...kept.values()];
}

export function isGone({ op }: Kept): boolean {
  return op === "remove";
}

/** How many responses a party has stored. */
export function storedBy(kept: readonly Kept[], party: Change["party"]): number {
  return kept.filter((one) => one.party === party && one.what === "stored" && one.op !== "remove").length;
}
