/** The machines of the simulator one by one, for programs of one's own: `Engine.cache`, `Engine.origin`, `Engine.client`. */
import type { ScenarioClient, ScenarioOrigin, ScenarioSharedCache } from "./scenario-types.js";
import type { TraceDecision, TraceOutcome } from "./trace-types.js";

export type FieldLines = [name: string, value: string][];

/** Times are dates or milliseconds since 1970. A machine has no clock; what it is told never goes back. */
export type Time = Date | number;

export interface MachineRequest {
  method: string;
  /** An absolute URI. */
  target: string;
  fields: FieldLines;
  body: Uint8Array;
}

export interface MachineResponse {
  status: number;
  reason: string;
  fields: FieldLines;
  /** Without chunks; as it was coded. */
  body: Uint8Array;
  trailers: FieldLines;
  interim: { status: number; fields: FieldLines }[];
}

/** What is left out: GET, no fields, no content. */
export interface RequestGiven {
  method?: string;
  target: string;
  fields?: FieldLines;
  body?: Uint8Array | string;
  now: Time;
}

/** What is left out: 200, no reason phrase, no fields, no content. */
export interface ResponseGiven {
  status?: number;
  reason?: string;
  fields?: FieldLines;
  body?: Uint8Array | string;
  trailers?: FieldLines;
  interim?: { status: number; fields?: FieldLines }[];
  now: Time;
}

export type MachineDecision = Pick<TraceDecision, "id" | "requirement" | "cite" | "answer" | "gives" | "terminal" | "inputs" | "alternatives">;

export interface StoreChange {
  op: "store" | "update" | "invalidate" | "remove";
  key: string;
  /** In milliseconds. */
  freshnessLifetime: number;
  currentAge: number;
}

interface CacheAnswerBase {
  decisions: MachineDecision[];
  changes: StoreChange[];
  /** A request of the cache's own, for stale-while-revalidate; nobody waits for what `response` says to its ticket. */
  background: { ticket: number; request: MachineRequest } | null;
}

/**
 * `respond`: the response for whoever asked. `forward`: the request for the next server; `response(ticket, ...)` follows.
 * `wait`: an equal request is on its way; ask again once that ticket has been answered.
 */
export type CacheAnswer =
  | (CacheAnswerBase & { action: "respond"; source: "stored" | "validated" | "forwarded" | "generated"; response: MachineResponse })
  | (CacheAnswerBase & { action: "forward"; ticket: number; request: MachineRequest })
  | (CacheAnswerBase & { action: "wait"; ticket: number });

export interface StoredResponse {
  key: string;
  status: number;
  fields: FieldLines;
  bytes: number;
  complete: boolean;
  fresh: boolean;
  heuristic: boolean;
  freshnessLifetime: number;
  currentAge: number;
}

/** RFC 9111. */
export interface CacheMachine {
  request(request: RequestGiven): CacheAnswer;
  response(ticket: number, response: ResponseGiven | { error: "network"; now: Time }): CacheAnswer;
  stored(now: Time): StoredResponse[];
  clear(): void;
  /** Gives its memory back; it is of no use any more. */
  close(): void;
}

export interface OriginAnswer {
  response: MachineResponse;
  /** The connection ends behind it. */
  closes: boolean;
  contentRead: boolean;
  /** In milliseconds. */
  takes: number;
  decisions: MachineDecision[];
}

export interface OriginMachine {
  /** The time stands in the request, or behind it. */
  respond(request: RequestGiven): OriginAnswer;
  respond(request: Omit<RequestGiven, "now">, now: Time): OriginAnswer;
  /** As if somebody else had written the resource. False: there is none. */
  change(path: string, now: Time): boolean;
  close(): void;
}

export interface ClientRequest {
  request: MachineRequest;
  purpose: "first" | "preflight" | "redirect" | "retry" | "authentication";
  /** Not before; milliseconds since 1970. */
  at: number;
  connection: number;
  reused: boolean;
  earlyData: boolean;
  /** Milliseconds that the content waits for 100 (Continue); null: it does not. */
  contentWait: number | null;
}

export interface ClientChange {
  kind:
    | "connection-opened" | "connection-reused" | "connection-kept" | "connection-closed" | "connection-poisoned"
    | "cookie-stored" | "cookie-removed" | "preflight-stored" | "credentials-stored";
  connection: number;
  subject: string;
  value: string;
}

/** Either requests to be sent, or the outcome. */
export interface ClientStep {
  requests: ClientRequest[];
  outcome: Omit<TraceOutcome, "step" | "client" | "at" | "message"> | null;
  decisions: MachineDecision[];
  changes: ClientChange[];
}

export interface ClientReceived extends Partial<ResponseGiven> {
  now: Time;
  /** Instead of a response. */
  failure?: "none" | "closed" | "reset" | "unreachable" | "timeout";
  /** How the bytes on the connection end. */
  end?: "whole" | "silent" | "closed";
  /** Bytes behind the end of the message. */
  excess?: Uint8Array | string;
}

export interface ClientMachine {
  start(request: RequestGiven): ClientStep;
  receive(message: ClientReceived): ClientStep;
  close(): void;
}

export type CacheSettings = Omit<ScenarioSharedCache, "kind"> & { kind?: "private" | "shared" | "cdn" };
/** Resources alone: an origin that is otherwise as it comes. */
export type OriginSettings = ScenarioOrigin | NonNullable<ScenarioOrigin["resources"]>;
/** The profile and what its caller chose, or the name of a profile; `request` and what concerns the way are not heeded. */
export type ClientSettings = ScenarioClient | NonNullable<ScenarioClient["profile"]>;

export interface ClientProfile {
  /** For `ScenarioClient.profile`. */
  id: string;
  name: string;
  /** Empty for the one that keeps to the documents. */
  version: string;
  /** The day: `2026-11-22`. */
  measured: string;
}

export interface ContractQuestion {
  request: Omit<RequestGiven, "now">;
  /** As on the wire, well-formed or not. */
  response: Uint8Array | string;
  /** What browsers do it for; left out: `navigate`. */
  mode?: "plain" | "cors" | "no-cors" | "same-origin" | "navigate";
  now?: Time;
}

export interface ClientContract extends ClientStep {
  profile: string;
}
