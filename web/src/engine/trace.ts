/*
 * The engine's trace as the page shows it. What a party decides and keeps before it sends belongs to what it sends;
 * what it decides and keeps without a pause is one step of the picture.
 */
import type * as Wire from "statuslab";
import { fromBytes } from "./bytes";
import type { Change, Decision, MessageStep, NoteStep, Outcome, Played, Party, Play, Step } from "./play";

export function played(result: Wire.SimulateResult): Played {
  return result.ok ? { ok: true, play: toPlay(result.trace) } : { ok: false, errors: result.mistakes };
}

export function toPlay(trace: Wire.Trace): Play {
  const steps: Step[] = [];
  const stepOfEvent = new Map<number, number>();
  /** What each party decided since it last sent, for one request of one client. */
  const decided = new Map<string, Decision[]>();
  const asking = ({ actor, client, step }: Wire.TraceEvent): string => `${actor} ${client} ${step}`;
  /** What makes no step of its own goes with the next message. */
  let carried: Change[] = [];
  let open: { at: number; client: number; party: Party; decisions: Decision[]; changes: Change[]; event: NoteStep["event"] } | null = null;

  const close = (): void => {
    if (open === null) return;
    const { decisions, changes, event } = open;
    if (decisions.length > 0 || event !== null || changes.some(isSeen)) steps.push({ kind: "note", ...open });
    else carried = [...carried, ...changes];
    open = null;
  };
  const group = (event: Wire.TraceEvent): NonNullable<typeof open> => {
    if (open === null || open.party !== event.actor || open.at !== event.at || open.client !== event.client) {
      close();
      open = { at: event.at, client: event.client, party: event.actor, decisions: [], changes: [], event: null };
    }
    return open;
  };

  for (const event of trace.events) {
    switch (event.kind) {
      case "message":
        close();
        stepOfEvent.set(event.seq, steps.length);
        steps.push(messageStep(event, decided.get(asking(event)) ?? [], carried));
        // A cache that answers with what is stale asks upstream first; its reasons are those of both messages.
        if (event.side === "response" || decided.get(asking(event))?.some(({ terminal }) => terminal) !== true) decided.delete(asking(event));
        carried = [];
        break;
      case "decision": {
        const decision = decisionOf(event);
        decided.set(asking(event), [...(decided.get(asking(event)) ?? []), decision]);
        group(event).decisions.push(decision);
        break;
      }
      case "state":
        group(event).changes.push(changeOf(event));
        break;
      case "note":
        // That time passes is seen.
        if (event.id === "wait") break;
        close();
        steps.push({ kind: "note", at: event.at, client: event.client, party: event.actor, decisions: [], changes: [], event: { id: event.id, amount: event.amount, subject: event.subject } });
        break;
    }
  }
  close();
  const outcomes = trace.outcomes.map((outcome): Outcome => {
    const step = outcome.message === null ? null : (stepOfEvent.get(outcome.message) ?? null);
    const response = step === null ? undefined : steps[step];
    return { step, code: outcome.status, reason: response?.kind === "message" ? response.reason : "", error: outcome.error, at: outcome.at };
  });
  const last = trace.events.reduce((latest, event) => Math.max(latest, event.kind === "message" ? event.arrives : event.at), 0);
  return { parties: trace.actors, clients: 1 + Math.max(0, ...steps.map(({ client }) => client)), steps, outcomes, lasts: last };
}

/** Connections come and go with messages; one in which bytes wait before the next response is worth a step. */
function isSeen({ what, value }: Change): boolean {
  return what !== "connection" || value === "poisoned";
}

function messageStep(message: Wire.TraceMessage, decisions: readonly Decision[], changes: readonly Change[]): MessageStep {
  const text = message.base64 === null ? message.wire : fromBytes(bytesOf(message.base64));
  const response = message.side === "response";
  return {
    kind: "message", at: message.at, client: message.client, arrives: message.arrives, from: message.actor, to: message.to, side: message.side, exchange: message.exchange,
    interim: response && message.interim, method: response ? "" : message.method, target: response ? "" : shortTarget(message.target), scheme: response ? null : schemeOf(message.target),
    code: response ? message.status : 0, reason: response ? reasonOf(text) : "", gist: gistOf(text, message.side), text, decisions, changes,
  };
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function decisionOf({ id, answer, requirement, cite, gives, terminal, inputs, alternatives }: Wire.TraceDecision): Decision {
  return {
    id, answer, requirement, cite, gives: gives ?? 0, terminal,
    inputs: inputs.map(({ name, value }) => ({ name, value: value ?? "", present: value !== null })),
    alternatives: alternatives.map(({ policy, gives: leads }) => ({ policy, gives: leads ?? 0 })),
  };
}

function changeOf(state: Wire.TraceState): Change {
  const common = { party: state.actor, what: state.what, op: state.op, key: state.key, fresh: null, to: null };
  switch (state.what) {
    case "stored":
      return { ...common, value: "", fresh: { lifetime: state.freshnessLifetime, age: state.currentAge, invalidated: state.invalidated } };
    case "connection":
      return { ...common, value: state.value, to: state.to };
    default:
      return { ...common, value: state.value };
  }
}

function shortTarget(target: string): string {
  const short = /^https?:\/\/[^/?#]+(\/[^#]*)?$/i.exec(target);
  return short === null ? target : (short[1] ?? "/");
}

function schemeOf(target: string): MessageStep["scheme"] {
  const scheme = /^(https?):/i.exec(target)?.[1]?.toLowerCase();
  return scheme === "http" || scheme === "https" ? scheme : null;
}

function reasonOf(text: string): string {
  return /^HTTP\/\S+ \d{3} ([^\r\n]*)/.exec(text)?.[1] ?? "";
}

/** Fields that a person looks for first; in the order in which they are shown. */
const TELLING = {
  request: ["If-None-Match", "If-Match", "If-Modified-Since", "If-Unmodified-Since", "Range", "Expect", "Upgrade", "Authorization", "Access-Control-Request-Method", "Origin", "Cookie", "Accept", "Max-Forwards", "Cache-Control"],
  response: ["Location", "Retry-After", "WWW-Authenticate", "Proxy-Authenticate", "Allow", "Content-Range", "Age", "ETag", "Cache-Control", "Set-Cookie", "Access-Control-Allow-Origin", "Vary", "Cache-Status", "Link", "Upgrade"],
} as const;
/** Without their names: everybody knows whose these are. */
const NAMELESS: ReadonlySet<string> = new Set(["Cache-Control"]);

export function gistOf(text: string, side: "request" | "response"): string {
  const end = text.search(/\r?\n\r?\n/);
  const head = end === -1 ? text : text.slice(0, end);
  const fields = new Map(head.split(/\r?\n/).slice(1).flatMap((line): [string, string][] => {
    const at = line.indexOf(":");
    return at === -1 ? [] : [[line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()]];
  }));
  const told = TELLING[side].flatMap((name) => {
    const value = fields.get(name.toLowerCase());
    if (value === undefined) return [];
    if (name === "Authorization") return [`Authorization: ${value.split(" ", 1)[0]} …`];
    return [NAMELESS.has(name) ? value : `${name}: ${value}`];
  });
  return told.slice(0, 2).join(", ");
}
