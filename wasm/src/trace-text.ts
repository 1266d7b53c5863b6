/** A trace as a sequence for the terminal. */
import { isResponse, lanes, startLine } from "./trace-parts.js";
import type { DecisionCatalog, Trace, TraceDecision, TraceEvent, TraceMessage, TraceOutcome, TraceState } from "./trace-types.js";
import { duration, type TraceWords } from "./trace-words.js";
import { painter } from "./text-report.js";
import { displayWidth, visible, wrap } from "./visible.js";

export interface TraceTextOptions {
  decisions: DecisionCatalog;
  words: TraceWords;
  colour: boolean;
  /** In columns. */
  width: number;
  /** Every question; else those that made a response, and what the client decided. */
  explain: boolean;
}

export function traceText(trace: Trace, options: TraceTextOptions): string {
  const { words } = options;
  const paint = painter(options.colour);
  const names = lanes(trace).map((actor) => words.actors[actor]);
  const party = Math.max(...names.map(displayWidth));
  const stamp = Math.max(4, ...trace.events.map(({ at }) => displayWidth(duration(at, words.language))));
  const steps = new Set(trace.events.map(({ step }) => step));
  const rows: string[] = [];
  let step = -1;

  const row = (at: number, text: string): void => {
    const time = duration(at, words.language);
    const [first = "", ...more] = text.split("\n");
    rows.push(`${paint("2", pad(time, stamp, "left"))}  ${first}`, ...more.map((line) => `${" ".repeat(stamp)}  ${line}`));
  };
  const outcomes = [...trace.outcomes];
  const outcomesUntil = (at: number): void => {
    for (let next = outcomes[0]; next !== undefined && next.at < at; next = outcomes[0]) {
      outcomes.shift();
      row(next.at, paint("1", outcomeText(next, trace, words)));
    }
  };

  for (const event of trace.events) {
    const text = eventText(event, { ...options, party, room: options.width - stamp - 2 });
    if (text === null) continue;
    outcomesUntil(event.at);
    if (event.step !== step && steps.size > 1) rows.push(...(rows.length > 0 ? [""] : []), paint("1;4", words.step(event.step + 1)));
    step = event.step;
    row(event.at, text);
  }
  outcomesUntil(Infinity);
  return `${rows.join("\n")}\n`;
}

interface Layout extends TraceTextOptions {
  party: number;
  room: number;
}

function eventText(event: TraceEvent, layout: Layout): string | null {
  const { words, party } = layout;
  const paint = painter(layout.colour);
  const left = " ".repeat(party + 3);
  switch (event.kind) {
    case "message": return messageText(event, layout);
    case "decision": return shown(event, layout) ? indented(decisionText(event, layout), left) : null;
    case "state": {
      const text = stateText(event, words);
      return text === null ? null : indented(wrap(visible(text), layout.room - left.length).map((line) => paint("36", line)).join("\n"), left);
    }
    case "note": return indented(paint("33", visible(words.notes[event.id](event))), left);
  }
}

function messageText(message: TraceMessage, { words, party, colour, room }: Layout): string {
  const paint = painter(colour);
  const request = message.side === "request";
  const [from, to] = [words.actors[message.actor], words.actors[message.to]];
  const [left, right] = request ? [from, to] : [to, from];
  const ends = `${pad(left, party)} ${request ? "──▶" : "◀──"} ${pad(right, party)}`;
  const line = visible(message.side === "request" && message.piece === "content" ? message.wire.slice(0, 60) : startLine(message));
  const space = Math.max(20, room - displayWidth(ends) - 2);
  const cut = displayWidth(line) > space ? `${[...line].slice(0, space - 1).join("")}…` : line;
  return `${ends}  ${paint(request ? "1" : statusColour(message), cut)}`;
}

function statusColour(message: TraceMessage): string {
  if (!isResponse(message)) return "1";
  if (message.interim) return "36";
  return ["31", "36", "32", "36", "33", "31"][Math.floor(message.status / 100)] ?? "31";
}

function shown(decision: TraceDecision, { explain }: TraceTextOptions): boolean {
  return explain || decision.terminal || (decision.actor === "client" && decision.answer);
}

function decisionText(decision: TraceDecision, { decisions, words, colour, room, party }: Layout): string {
  const paint = painter(colour);
  const said = decisions[decision.id];
  const answer = decision.answer ? words.yes + words.colon + (said?.yes ?? "") : words.no + words.colon + (said?.no ?? "");
  const cite = `${decision.cite.join(", ")} · ${words.requirements[decision.requirement]}`;
  const others = decision.alternatives.map(({ policy, gives }) => (gives === null ? policy : `${policy} (${gives})`));
  const width = room - party - 5;
  return [
    ...wrap(visible(words.actors[decision.actor] + words.colon + (said?.question ?? decision.id)), width),
    ...wrap(visible(answer), width).map((line) => (decision.terminal ? paint("1", line) : line)),
    ...wrap(others.length === 0 ? cite : `${cite}; ${words.alternatives}${words.colon}${others.join(", ")}`, width).map((line) => paint("2", line)),
  ].map((line, at) => (at === 0 ? `? ${line}` : `  ${line}`)).join("\n");
}

/** Null for what goes without saying. */
function stateText(state: TraceState, words: TraceWords): string | null {
  const actor = words.actors[state.actor] + words.colon;
  if (state.what === "stored") {
    const [lifetime, age] = [duration(state.freshnessLifetime, words.language), duration(state.currentAge, words.language)];
    if (state.invalidated) return `${actor}${words.invalidated(state.key)}`;
    if (state.op === "remove") return `${actor}${words.removed(state.key)}`;
    return `${actor}${(state.op === "add" ? words.stored : words.updated)(state.key, lifetime, age)}`;
  }
  if (state.what === "connection") return state.value === "poisoned" || (state.op === "remove" && state.actor === "client") ? `${actor}${words.kept.connection} ${state.key}${words.colon}${state.value}` : null;
  return `${actor}${words.kept[state.what]} ${state.key}${state.value === "" ? "" : ` = ${state.value}`}`;
}

export function outcomeText(outcome: TraceOutcome, trace: Trace, words: TraceWords): string {
  if (outcome.error !== "") return words.fails(words.errors[outcome.error] + (outcome.status === 0 ? "" : ` (${outcome.status})`));
  const last = outcome.message === null ? undefined : trace.events[outcome.message];
  const line = last?.kind === "message" ? visible(startLine(last).replace(/^\S+ /, "")) : String(outcome.status);
  return words.ends(line.startsWith(String(outcome.status)) ? line : String(outcome.status));
}

function indented(text: string, left: string): string {
  return text.split("\n").map((line) => left + line).join("\n");
}

function pad(text: string, width: number, side: "left" | "right" = "right"): string {
  const space = " ".repeat(Math.max(0, width - displayWidth(text)));
  return side === "left" ? space + text : text + space;
}
