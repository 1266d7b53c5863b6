/** What `Engine.simulate` answers: what every party said, decided and kept, in the order of a virtual clock. */
import type { Framing } from "./types.js";

/**
 * Who takes part, from the one who asks to the one who answers. `network` is whoever sits on the wire unasked. Parties that a
 * scenario leaves out do not appear.
 */
export type Actor = "client" | "private-cache" | "cdn" | "proxy" | "origin" | "network";

/** How far an outcome is fixed by the cited sentence; `open`: no document decides, implementations differ. */
export type Requirement = "must" | "should" | "may" | "open";

export interface TraceEventBase {
  /** Its place in `Trace.events`. */
  seq: number;
  /** Milliseconds since the start of the scenario. */
  at: number;
  /** Which of the scenario's steps it belongs to, from 0. */
  step: number;
  /** For which of the scenario's clients: each has cookies, connections and a private cache of its own. */
  client: number;
  /** Who sends, decides, or keeps. */
  actor: Actor;
}

export interface TraceMessageBase extends TraceEventBase {
  kind: "message";
  to: Actor;
  /** When it gets there, on the clock of `at`. */
  arrives: number;
  /** A request and what answers it on this hop have the same number. */
  exchange: number;
  /** On which connection of this hop; 0 inside one process (a client and its own cache). */
  connection: number;
  /** The bytes of the wire as text in the form of HTTP/1.1; what is not UTF-8 reads U+FFFD. */
  wire: string;
  /** All bytes, where `wire` could not hold them; else null. */
  base64: string | null;
  framing: Framing;
}

export interface TraceRequest extends TraceMessageBase {
  side: "request";
  method: string;
  /** The target URI, whatever its form on the wire. */
  target: string;
  /** `head` and `content` where the content waited for 100 (Continue): two events of one exchange. */
  piece: "whole" | "head" | "content";
}

export interface TraceResponse extends TraceMessageBase {
  side: "response";
  /** As received: 299 and 999 too; 0 where there is no status code in it. */
  status: number;
  /** 1xx: the final one is still to come. */
  interim: boolean;
  /** The `seq` of the decision that made it, by this actor; null for one that was passed on. */
  decision: number | null;
}

export type TraceMessage = TraceRequest | TraceResponse;

export interface TraceInput {
  name: string;
  /** Null: absent. */
  value: string | null;
}

export interface TraceAlternative {
  policy: string;
  /** The status it leads to; null: none. */
  gives: number | null;
}

/** A question that the actor asked itself. Its words are in `DecisionCatalog`, by `id`. */
export interface TraceDecision extends TraceEventBase {
  kind: "decision";
  id: string;
  requirement: Requirement;
  /** `RFC 9110 section 13.2.2` ... */
  cite: string[];
  /** The exchange it was about: that on which the actor was asked. */
  exchange: number;
  answer: boolean;
  /** The status this leads to; null: none. */
  gives: number | null;
  /** It made the response of this actor, which has exactly one such decision. */
  terminal: boolean;
  inputs: TraceInput[];
  /** What is allowed as well, where nothing or a MAY decides. */
  alternatives: TraceAlternative[];
}

/** The actor's memory changed. Keyed by `what` and `key`: the last change of a key says what is there now. */
export type TraceState = StoredChange | CookieChange | ConnectionChange | OtherChange;

export interface StateBase extends TraceEventBase {
  kind: "state";
  op: "add" | "update" | "remove";
  key: string;
}

/** Of a cache. The key is method, target URI and the fields that Vary names. Invalidated: an update after which it is not fresh. */
export interface StoredChange extends StateBase {
  what: "stored";
  /** In milliseconds, at the time of the event. */
  freshnessLifetime: number;
  currentAge: number;
  invalidated: boolean;
}

/** Of a client. The key is the cookie's name. */
export interface CookieChange extends StateBase {
  what: "cookie";
  value: string;
}

/** The actor's connection to the next party. The key is its number. */
export interface ConnectionChange extends StateBase {
  what: "connection";
  to: Actor;
  /** What became of it, of a client's: `opened`, `reused`, `kept`, `closed`, `poisoned` (bytes wait in front of the next response). */
  value: string;
}

export interface OtherChange extends StateBase {
  what: "preflight" | "credentials" | "resource";
  value: string;
}

/** Something happened that is neither: time passed, a connection broke. */
export interface TraceNote extends TraceEventBase {
  kind: "note";
  id: TraceNoteId;
  /** Milliseconds of `wait` and `timeout`, bytes of `truncated` and `excess-bytes`, responses of `script-ended`, events of `too-many-events`. */
  amount: number;
  /** The path of `resource-changed`. */
  subject: string;
}

export type TraceNoteId =
  | "wait" | "timeout" | "truncated" | "excess-bytes" | "script-ended" | "resource-changed" | "origin-changed" | "network-changed" | "too-many-events";

export type TraceEvent = TraceMessage | TraceDecision | TraceState | TraceNote;

/** `network`: no connection, or no response on it. `bad-message`: no HTTP. `prompt`: waits for a person to enter a password. Empty: none. */
export type TraceErrorId =
  | "" | "network" | "bad-message" | "bad-redirect" | "redirect-limit" | "cors" | "content" | "timeout" | "prompt" | "too-many-retries" | "resume";

/** How a step ended for whoever asked the client. */
export interface TraceOutcome {
  step: number;
  client: number;
  /** Milliseconds since the start. */
  at: number;
  /** The `seq` of the last response that the client received; null: none. */
  message: number | null;
  /** As the caller sees it; 0: sees none. */
  status: number;
  error: TraceErrorId;
  /** The caller gets the status as an error: an exception, an exit code. */
  raised: boolean;
  /** Where the last response came from, with the fragment that is in force. */
  url: string;
  redirected: boolean;
  /** As in the Fetch Standard; `basic` for all plain programs. */
  type: "basic" | "cors" | "opaque" | "opaque-redirect";
  /** Where a navigation ends; `none`: it is none. */
  page: "none" | "shown" | "blank" | "stays" | "error";
  /** Those that the caller may read. */
  fields: [name: string, value: string][];
  /** Of content that the caller reads. */
  bytes: number;
}

export interface Trace {
  version: 1;
  /** When the clock started, in milliseconds since 1970. */
  start: number;
  /** Those that take part, from left to right. */
  actors: Actor[];
  /** In the order of the clock, then of cause and effect. */
  events: TraceEvent[];
  /** One a step that asks. */
  outcomes: TraceOutcome[];
}

/** What is wrong with a scenario. */
export interface ScenarioMistake {
  /** RFC 6901: `/client/request/method`. Empty: the whole. */
  pointer: string;
  /** What stands there, as JSON; empty where something is missing. */
  value: string;
  /** What would be valid, in English. */
  expected: string;
}

export type SimulateResult = { ok: true; trace: Trace } | { ok: false; mistakes: ScenarioMistake[] };

/** The words of one decision. */
export interface DecisionWords {
  question: string;
  /** What follows, one clause. */
  yes: string;
  no: string;
  requirement: Requirement;
  cite: { cite: string; url: string }[];
}

/** `statuslab/catalog/decisions.<language>.json`: by the id of the decision. */
export type DecisionCatalog = Record<string, DecisionWords>;
