/*
 * A trace as the engine writes it, for tests: the same page twice, validated the second time.
 */
import type { Actor, Trace, TraceDecision, TraceEvent } from "statuslab";

type Without<T> = T extends TraceEvent ? Omit<T, "seq" | "client"> : never;

const wire = (...lines: readonly string[]): string => `${lines.join("\r\n")}\r\n\r\n`;

function request(at: number, step: number, actor: Actor, to: Actor, exchange: number, ...fields: readonly string[]): Without<TraceEvent> {
  return {
    kind: "message", side: "request", at, step, actor, to, arrives: at + 5, exchange, connection: actor === "client" ? 0 : 1, base64: null, framing: "none",
    method: "GET", target: "https://a.example/feed", piece: "whole", wire: wire("GET /feed HTTP/1.1", "Host: a.example", ...fields),
  };
}

function response(at: number, step: number, actor: Actor, to: Actor, exchange: number, status: number, line: string, ...fields: readonly string[]): Without<TraceEvent> {
  return {
    kind: "message", side: "response", at, step, actor, to, arrives: at + 5, exchange, connection: to === "client" ? 0 : 1, base64: null, framing: "none",
    status, interim: false, decision: null, wire: wire(line, ...fields),
  };
}

function decision(at: number, step: number, actor: Actor, exchange: number, id: string, answer: boolean, more: Partial<TraceDecision> = {}): Without<TraceEvent> {
  return { kind: "decision", at, step, actor, exchange, id, answer, requirement: "must", cite: ["RFC 9110 section 13.2.2"], gives: null, terminal: false, inputs: [], alternatives: [], ...more };
}

const EVENTS: readonly Without<TraceEvent>[] = [
  request(0, 0, "client", "private-cache", 1),
  decision(5, 0, "private-cache", 1, "cache-request-no-cache", false, { cite: ["RFC 9111 section 5.2.1.4"], inputs: [{ name: "Cache-Control", value: null }] }),
  { kind: "state", what: "connection", at: 5, step: 0, actor: "private-cache", op: "add", key: "1", to: "origin", value: "opened" },
  request(5, 0, "private-cache", "origin", 2),
  decision(10, 0, "origin", 2, "if-none-match", false, { terminal: true, gives: 200, inputs: [{ name: "If-None-Match", value: null }, { name: "ETag", value: '"v7"' }] }),
  response(110, 0, "origin", "private-cache", 2, 200, "HTTP/1.1 200 OK", "Date: Sun, 22 Nov 2026 09:30:00 GMT", 'ETag: "v7"', "Cache-Control: max-age=2", "Content-Length: 0"),
  { kind: "state", what: "stored", at: 115, step: 0, actor: "private-cache", op: "add", key: "GET https://a.example/feed", freshnessLifetime: 2000, currentAge: 0, invalidated: false },
  response(115, 0, "private-cache", "client", 1, 200, "HTTP/1.1 200 OK", "Date: Sun, 22 Nov 2026 09:30:00 GMT", 'ETag: "v7"', "Cache-Control: max-age=2", "Content-Length: 0", "Age: 0"),
  { kind: "note", id: "wait", at: 120, step: 1, actor: "client", amount: 2190, subject: "" },
  request(2310, 1, "client", "private-cache", 3),
  request(2315, 1, "private-cache", "origin", 4, 'If-None-Match: "v7"'),
  decision(2320, 1, "origin", 4, "if-none-match", true, {
    terminal: true, gives: 304, inputs: [{ name: "If-None-Match", value: '"v7"' }, { name: "ETag", value: '"v7"' }], alternatives: [{ policy: "answers with the whole content", gives: 200 }],
  }),
  response(2420, 1, "origin", "private-cache", 4, 304, "HTTP/1.1 304 Not Modified", "Date: Sun, 22 Nov 2026 09:30:02 GMT", 'ETag: "v7"', "Cache-Control: max-age=2"),
  { kind: "state", what: "stored", at: 2425, step: 1, actor: "private-cache", op: "update", key: "GET https://a.example/feed", freshnessLifetime: 2000, currentAge: 0, invalidated: false },
  response(2425, 1, "private-cache", "client", 3, 200, "HTTP/1.1 200 OK", "Date: Sun, 22 Nov 2026 09:30:02 GMT", 'ETag: "v7"', "Cache-Control: max-age=2", "Content-Length: 0", "Age: 0"),
];

export const FEED_TWICE: Trace = {
  version: 1,
  start: Date.UTC(2026, 10, 22, 9, 30),
  actors: ["client", "private-cache", "origin"],
  events: EVENTS.map((event, seq) => ({ ...event, seq, client: 0 })),
  outcomes: [[0, 120, 7], [1, 2430, 14]].map(([step = 0, at = 0, message = 0]) => ({
    step, client: 0, at, message, status: 200, error: "", raised: false, url: "https://a.example/feed", redirected: false, type: "basic", page: "none", fields: [], bytes: 0,
  })),
};
