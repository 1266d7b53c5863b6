import { count, type Verdict } from "../../engine/model";
import type { Words } from "../../state/words";

/** "204 No Content: 1 error, 2 warnings." */
export function spokenVerdict(verdict: Verdict, words: Words): string {
  const status = verdict.statuses.at(-1);
  return words.say("verdict.spoken", {
    status: status === undefined ? words.say("verdict") : `${status.code} ${status.reason}`.trim(),
    counts: words.counts(count(verdict.findings)),
  });
}
