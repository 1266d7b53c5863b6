import type { LintResult, Message } from "statuslab";
import { describe, expect, test } from "vitest";
import { check, type Linter } from "./check";
import { planFixes } from "./fix-all";
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

/** Finds the first of the given words; its fix puts something else there. */
function finds(repairs: Readonly<Record<string, string>>, safe = true): Linter {
  return {
    lint: ({ response: bytes }) => {
      const text = new TextDecoder().decode(bytes ?? new Uint8Array());
      const findings = Object.entries(repairs).flatMap(([word, repair]) => {
        const begin = text.indexOf(word);
        if (begin === -1) return [];
        const edits = [{ begin, end: begin + word.length, text: repair }];
        return [{ rule: `no-${word}`, severity: "error", on: "response", index: 0, begin, end: begin + word.length, args: {}, fixes: [{ label: 0, safe, edits }] } as const];
      });
      return { ...nothing, findings: findings.map((finding) => ({ ...finding, fixes: [...finding.fixes] })) };
    },
  };
}

describe("every safe fix", () => {
  test("until none is left, one repair opening the next", () => {
    const plan = planFixes(finds({ one: "two", two: "three" }), exchange("one"), clock);
    expect(plan.after.response).toBe("three");
    expect(plan.rounds).toHaveLength(2);
    expect(plan.applied.map(({ rule }) => rule)).toEqual(["no-one", "no-two"]);
    expect(plan.remaining.findings).toHaveLength(0);
  });

  test("several in one round where they do not touch", () => {
    expect(planFixes(finds({ a: "", c: "" }), exchange("a-b-c"), clock)).toMatchObject({ after: { response: "-b-" }, rounds: [{}] });
  });

  test("touching ones one after the other", () => {
    expect(planFixes(finds({ ab: "x", cd: "y" }), exchange("abcd"), clock)).toMatchObject({ after: { response: "xy" }, rounds: [{}, {}] });
  });

  test("what needs a look is left alone", () => {
    expect(planFixes(finds({ a: "" }, false), exchange("a"), clock)).toMatchObject({ after: { response: "a" }, rounds: [] });
  });

  test("two fixes that undo each other come to an end", () => {
    const plan = planFixes(finds({ ping: "pong", pong: "ping" }), exchange("ping"), clock);
    expect(plan.rounds.length).toBeLessThan(3);
  });
});
