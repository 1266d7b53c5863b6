/*
 * Steps and decisions in words.
 */
import type { Behaviours, DecisionCatalog } from "../../engine/catalog";
import type { Change, Decision, Input, MessageStep, NoteStep, Party, Step } from "../../engine/play";
import { duration } from "../../state/timeline";
import type { LensWords } from "../../state/words";

export type DecisionWords = DecisionCatalog;

export function partyName(party: Party, words: LensWords): string {
  return words.say(`sim.party.${party}`);
}

/** "Client 2", where there are several. */
export function whoIs(party: Party, step: Pick<Step, "client">, clients: number, words: LensWords): string {
  const own = party === "client" || party === "private-cache";
  return own && clients > 1 ? words.say("sim.party.nth", { party: partyName(party, words), n: step.client + 1 }) : partyName(party, words);
}

export function elapsed(ms: number, words: LensWords): string {
  return duration(ms, { d: words.say("unit.d"), h: words.say("unit.h"), min: words.say("unit.min"), s: words.say("unit.s") });
}

/** What followed from a decision, in one clause. */
export function consequence({ id, answer }: Decision, decisions: DecisionWords): string {
  const text = decisions[id];
  return text === undefined ? id : answer ? text.yes : text.no;
}

/** A no to one of these is the end of the matter, whatever else was answered with yes. */
export const FAILS_WITH_NO: ReadonlySet<string> = new Set(["target-reachable", "status-readable", "final-response-came", "content-whole", "preflight-passed", "cors-check-passed", "location-usable"]);

/** Yes to these is what everybody expects. */
export const USUAL: ReadonlySet<string> = new Set(["target-reachable", "connection-reused", "content-on-wire", "content-whole", "connection-kept-open", "content-given", "fields-exposed"]);

/** The decision that a note is about: the one that made the response or failed, or else the last yes, one that is not usual before others. */
export function mainDecision(decisions: readonly Decision[]): Decision | null {
  return decisions.find(({ id, answer, terminal }) => terminal || (!answer && FAILS_WITH_NO.has(id))) ?? decisions.findLast(({ id, answer }) => answer && !USUAL.has(id)) ?? decisions.find(({ id }) => id === "content-given") ?? decisions.findLast(({ answer }) => answer) ?? decisions.find(({ id }) => id === "cache-stored") ?? decisions.at(-1) ?? null;
}

export function noteText(step: NoteStep, words: LensWords, decisions: DecisionWords): string {
  if (step.event !== null) return eventText(step.event, words);
  const main = mainDecision(step.decisions);
  // A response that replaces another: what is there now counts.
  const change = step.changes.findLast(({ what }) => what === "stored") ?? step.changes.find(({ what }) => what !== "connection") ?? step.changes[0];
  // What is stored says more than the last question before it was.
  if (change !== undefined && (main === null || (change.what === "stored" && !main.terminal))) return changeText(change, words);
  return main === null ? "" : consequence(main, decisions);
}

function eventText({ id, amount, subject }: NonNullable<NoteStep["event"]>, words: LensWords): string {
  const text = words.known(`sim.event.${id}`) ?? id;
  const what = subject !== "" ? subject : id === "timeout" ? elapsed(amount, words) : amount === 0 || id === "script-ended" || id === "too-many-events" ? "" : words.say("sim.event.bytes", { n: amount });
  return what === "" ? text : `${text}: ${what}`;
}

export function changeText({ what, op, key, value, fresh }: Change, words: LensWords): string {
  if (fresh !== null && op !== "remove") {
    if (fresh.invalidated) return words.say("sim.change.invalidated");
    const left = fresh.lifetime - fresh.age;
    return left > 0 ? words.say("sim.change.stored.fresh", { time: elapsed(left, words) }) : words.say("sim.change.stored.stale", { time: elapsed(-left, words) });
  }
  if (what === "connection") return words.say("sim.connection", { n: key, state: words.known(`sim.connection.${value}`) ?? value });
  const name = words.say(`sim.what.${what}`);
  const text = [key, value].filter((part) => part !== "").join(" = ");
  return words.say(`sim.op.${op}`, { what: `${name} ${text}` });
}

/** What a decision looked at, in words: names of fields stay, those of the engine's own things are said. */
export function inputName(name: string, words: LensWords, behaviours: Behaviours): string {
  return behaviours[name]?.label ?? words.known(`sim.input.${name}`) ?? name;
}

/** Words that the engine has for answers; values of fields stay as they are, as names of fields do. */
export function valueText(value: string, words: LensWords): string {
  return words.known(`sim.value.${value}`) ?? value;
}

export function inputValue({ name, value }: Pick<Input, "name" | "value">, words: LensWords): string {
  return /^[a-z]/.test(name) ? valueText(value, words) : value;
}

export function messageLine(step: MessageStep, words: LensWords): string {
  if (step.side === "request") return `${step.method} ${step.target}`.trim();
  return step.code === 0 ? words.say("sim.no-status") : `${step.code} ${step.reason}`.trim();
}

/** A whole sentence, for the list of steps. */
export function stepText(step: Step, clients: number, words: LensWords, decisions: DecisionWords): string {
  const name = (party: Party): string => whoIs(party, step, clients, words);
  if (step.kind === "note") return words.say("sim.step.note", { party: name(step.party), what: noteText(step, words, decisions) });
  return words.say("sim.step.message", { from: name(step.from), to: name(step.to), what: messageLine(step, words) });
}
