import type { LintResult, Message } from "statuslab";
import { describe, expect, test } from "vitest";
import { check, type Linter } from "./check";
import { planFixes, type Repairer } from "./fix-all";
import { toBytes } from "./bytes";
import type { Exchange } from "./model";

const clock = (): number => 0;
const nothing: LintResult = { findings: [], request: [], response: [], checks: 3 };
const exchange = (response: string, request = ""): Exchange => ({ request, response, scheme: "https" });

const response: Message = {
  kind: "response", format: "http1", begin: 0, end: 30, version: "1.1", status: 204, statusSpan: [9, 12], reason: "No Content",
  reasonSpan: [13, 23], fields: [{ name: [25, 26], value: [28, 30] }], trailers: [], content: [30, 30], excess: [30, 30], framing: "none",
};

describe("an exchange through the engine", () => {
  test("an empty side is an absent side", () => {
    const seen: unknown[] = [];
    const engine: Linter = { lint: (given) => (seen.push(given), nothing) };
    check(engine, exchange("x"), clock);
    expect(seen).toEqual([{ request: null, response: toBytes("x"), scheme: "https" }]);
  });

  test("levels, explain mode, the time and how content is given reach the engine", () => {
    const seen: unknown[] = [];
    const engine: Linter = { lint: (given, options) => (seen.push(given.content, options), nothing) };
    check(engine, { ...exchange("x"), content: "shown", now: 1000 }, clock, { levels: { r: "off" }, explain: true });
    check(engine, exchange("x"), clock);
    expect(seen).toEqual(["shown", { explain: true, now: new Date(1000), config: { rules: { r: "off" } } }, undefined, { explain: false, now: null }]);
  });

  test("byte offsets become UTF-16 offsets and lines", () => {
    const text = "é💀\nX: \udcff";
    const engine: Linter = {
      lint: () => ({
        ...nothing,
        findings: [{
          rule: "r", severity: "error", on: "response", index: 0, begin: 10, end: 11, args: {},
          fixes: [{ label: 0, safe: true, edits: [{ begin: 7, end: 11, text: "" }] }],
        }],
      }),
    };
    const [finding] = check(engine, exchange(text), clock).findings;
    expect(text.slice(finding?.from, finding?.to)).toBe("\udcff");
    expect(finding?.line).toBe(2);
    expect(finding?.fixes[0]?.changes).toEqual([{ from: 4, to: 8, insert: "" }]);
  });

  test("errors come first, then by place; keys tell repetitions apart", () => {
    const at = (severity: "error" | "hint", begin: number) =>
      ({ rule: "r", severity, on: "response", index: 0, begin, end: begin, args: {}, fixes: [] }) as const;
    const engine: Linter = { lint: () => ({ ...nothing, findings: [at("hint", 0), at("error", 9), at("error", 4)].map((f) => ({ ...f, fixes: [] })) }) };
    const { findings } = check(engine, exchange("0123456789"), clock);
    expect(findings.map(({ severity, from }) => `${severity} ${from}`)).toEqual(["error 4", "error 9", "hint 0"]);
    expect(new Set(findings.map(({ key }) => key)).size).toBe(3);
  });

  test("tokens, statuses and request line come from the messages", () => {
    const text = "HTTP/1.1 204 No Content\r\nA: b\r\n";
    const engine: Linter = { lint: () => ({ ...nothing, response: [response] }) };
    const verdict = check(engine, exchange(text), clock);
    expect(verdict.statuses).toEqual([{ code: 204, reason: "No Content" }]);
    expect(verdict.request).toBeNull();
    expect(verdict.tokens.response.map(({ kind, from, to }) => `${kind} ${text.slice(from, to)}`))
      .toEqual(["status-2 204", "reason No Content", "name A"]);
  });
});

describe("every safe fix", () => {
  const edit = (begin: number, end: number, text: string) => ({ begin, end, text });
  const fix = (rule: string) => ({ rule, on: "response" as const, label: 1, args: { value: "x" } });

  test("the engine's rounds in the offsets of the page, each in the text that the one before left", () => {
    const engine: Repairer = {
      lint: () => nothing,
      fixAll: () => ({
        request: null,
        response: null,
        rounds: [
          { request: [], response: [edit(0, 2, "ü"), edit(3, 3, "é")], applied: [fix("one"), fix("two")] },
          { request: [edit(0, 1, "")], response: [edit(5, 6, "!")], applied: [fix("three")] },
        ],
      }),
    };
    const plan = planFixes(engine, exchange("é-?", "ab"), clock);
    expect(plan.rounds).toEqual([
      { request: [], response: [{ from: 0, to: 1, insert: "ü" }, { from: 2, to: 2, insert: "é" }] },
      { request: [{ from: 0, to: 1, insert: "" }], response: [{ from: 3, to: 4, insert: "!" }] },
    ]);
    expect(plan.after).toEqual(exchange("ü-é!", "b"));
    expect(plan.applied).toEqual(["one", "two", "three"].map((rule) => ({ rule, label: 1, args: { value: "x" } })));
  });
});
