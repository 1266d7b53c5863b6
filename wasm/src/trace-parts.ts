/** What the forms of a trace share: pure functions over its events. */
import type { Actor, StoredChange, Trace, TraceDecision, TraceEvent, TraceMessage, TraceRequest, TraceResponse, TraceState } from "./trace-types.js";

export const isMessage = (event: TraceEvent): event is TraceMessage => event.kind === "message";
export const isRequest = (event: TraceEvent): event is TraceRequest => event.kind === "message" && event.side === "request";
export const isResponse = (event: TraceEvent): event is TraceResponse => event.kind === "message" && event.side === "response";

/** The first line of a message, without what ends it. */
export function startLine(message: TraceMessage): string {
  return message.wire.split(/\r?\n/, 1)[0] ?? "";
}

export interface MessageParts {
  startLine: string;
  fields: [name: string, value: string][];
  content: string;
}

/** The parts of a message as they stand in its text; chunks are left as they are. Lines that are no fields have an empty name. */
export function messageParts({ wire }: Pick<TraceMessage, "wire">): MessageParts {
  const end = /\r?\n\r?\n/.exec(wire);
  const head = end === null ? wire : wire.slice(0, end.index);
  const [first = "", ...lines] = head.split(/\r?\n/);
  const fields = lines.filter((line) => line !== "").map((line): [string, string] => {
    const colon = line.indexOf(":");
    return colon < 0 ? ["", line.trim()] : [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  return { startLine: first, fields, content: end === null ? "" : wire.slice(end.index + end[0].length) };
}

/** Who stands where: those that take part, and the network where it spoke. */
export function lanes(trace: Trace): Actor[] {
  const spoke = trace.events.some(({ actor }) => actor === "network");
  return spoke ? [...trace.actors.slice(0, 1), "network", ...trace.actors.slice(1)] : trace.actors;
}

export interface TracePair {
  request: TraceRequest;
  /** Absent where none came. */
  response: TraceResponse | null;
  interim: TraceResponse[];
  /** The text of the whole request, also where its content came later. */
  requestWire: string;
}

/** Requests with what answered them, in the order in which they were sent. */
export function pairs(trace: Trace): TracePair[] {
  const found = new Map<number, TracePair>();
  for (const event of trace.events) {
    if (isRequest(event)) {
      const pair = found.get(event.exchange);
      if (pair === undefined) found.set(event.exchange, { request: event, response: null, interim: [], requestWire: event.wire });
      else pair.requestWire += event.wire;
    } else if (isResponse(event)) {
      const pair = found.get(event.exchange);
      if (pair === undefined) continue;
      if (event.interim) pair.interim.push(event);
      else pair.response = event;
    }
  }
  return [...found.values()];
}

/** Those of the client itself. */
export function clientPairs(trace: Trace): TracePair[] {
  return pairs(trace).filter(({ request }) => request.actor === "client");
}

/** Why the response has its status: what the party that made it decided, from its first question to the one that ended it. */
export function decisionsBehind(trace: Trace, response: TraceResponse): TraceDecision[] {
  const made = maker(trace, response);
  if (made === null) return [];
  return trace.events.filter(
    (event): event is TraceDecision => event.kind === "decision" && event.exchange === made.exchange && event.actor === made.actor && event.seq <= (made.decision ?? 0),
  );
}

/** The response where it was made, for one that was passed on. */
export function maker(trace: Trace, response: TraceResponse): TraceResponse | null {
  let current = response;
  while (current.decision === null) {
    const upstream: TraceResponse | undefined = trace.events
      .filter(isResponse)
      .filter((event) => event.seq < current.seq && event.to === current.actor && !event.interim && event.step === current.step && event.client === current.client)
      .at(-1);
    if (upstream === undefined) return null;
    current = upstream;
  }
  return current;
}

/** What each party remembers after the event with this number: the last word on each key. */
export function memory(trace: Trace, seq: number): TraceState[] {
  const known = new Map<string, TraceState>();
  for (const event of trace.events) {
    if (event.seq > seq) break;
    if (event.kind !== "state") continue;
    const key = JSON.stringify([event.actor, event.client, event.what, event.key]);
    if (event.op === "remove") known.delete(key);
    else known.set(key, event);
  }
  return [...known.values()];
}

export function isStored(state: TraceState): state is StoredChange {
  return state.what === "stored";
}
