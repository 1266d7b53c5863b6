import { describe, expect, test } from "vitest";
import { whileTyping, settled } from "./order";
import { AS_IT_IS, type Finding, type Verdict } from "../engine/model";
import { findingsOf, initial, isAsItIs, neighbour, reduce, withLevel, type Action, type State } from "./workbench";

const finding = (key: string): Finding =>
  ({ key, rule: key, severity: "error", on: "response", from: 0, to: 1, line: 1, args: {}, fixes: [] });
const verdict = (...keys: string[]): Verdict =>
  ({ findings: keys.map(finding), tokens: { request: [], response: [] }, request: null, statuses: [], checks: 9, ms: 0.1 });
const exchange = { request: "", response: "a", scheme: "https" } as const;
const start = initial(exchange, "204-with-content", verdict("one", "two"));
const after = (state: State, ...actions: Action[]): State => actions.reduce(reduce, state);
const edit = (text: string): Action => ({ kind: "edited", side: "response", text });

describe("the verdict is always true", () => {
  test("the page's own example is judged before the engine is there", () => {
    expect(findingsOf(start)).toHaveLength(2);
    expect(start.selected).toBe("one");
  });

  test("a text that was changed before the engine is there has no verdict", () => {
    expect(after(start, edit("b")).check.kind).toBe("waiting");
  });

  test("with the engine there the last verdict stays until the next", () => {
    const typed = after(start, { kind: "engine-ready" }, edit("b"));
    expect(typed.check).toMatchObject({ kind: "known", revision: 0 });
    expect(after(typed, { kind: "judged", verdict: verdict("two"), revision: 1 }).check).toMatchObject({ revision: 1 });
  });

  test("an answer about an older text is dropped", () => {
    const typed = after(start, { kind: "engine-ready" }, edit("b"), edit("c"));
    expect(after(typed, { kind: "judged", verdict: verdict(), revision: 1 })).toBe(typed);
  });

  test("without an engine it is said until the engine is there", () => {
    const without = after(start, { kind: "engine-unavailable", reason: "404" }, edit("b"));
    expect(without.check).toEqual({ kind: "unavailable", reason: "404" });
  });
});

describe("where the text comes from", () => {
  test("editing makes it one's own", () => {
    expect(start.origin).toEqual({ kind: "example", id: "204-with-content" });
    expect(after(start, edit("b")).origin).toEqual({ kind: "own" });
    expect(after(start, edit("a")).origin.kind).toBe("example");
  });

  test("a link is strange until accepted", () => {
    const opened = after(start, { kind: "opened", exchange, origin: { kind: "link", accepted: false } });
    expect(opened).toMatchObject({ origin: { accepted: false }, check: { kind: "waiting" }, selected: null });
    expect(after(opened, { kind: "link-accepted" }).origin).toEqual({ kind: "link", accepted: true });
    expect(after(start, { kind: "link-accepted" })).toBe(start);
  });

  test("the link's selection is made when its verdict is there", () => {
    const opened = after(start, { kind: "opened", exchange, origin: { kind: "link", accepted: false } });
    expect(after(opened, { kind: "judged", verdict: verdict("one", "two"), revision: 1, select: 1 }).selected).toBe("two");
  });
});

describe("the list does not jump", () => {
  const keys = (state: State): string[] => state.rows.map((row) => (row.gone ? `(${row.finding.key})` : row.finding.key));
  const typing = after(start, { kind: "engine-ready" }, edit("b"));
  const judged = after(typing, { kind: "judged", verdict: verdict("zero", "two"), revision: 1 });

  test("while typing what is gone keeps its place and what is new goes to the end", () => {
    expect(keys(judged)).toEqual(["(one)", "two", "zero"]);
  });

  test("a finding that comes back takes its old place", () => {
    expect(whileTyping(whileTyping(settled([finding("one")]), []), [finding("one")])).toEqual(settled([finding("one")]));
  });

  test("a pause settles it", () => {
    expect(keys(after(judged, { kind: "paused" }))).toEqual(["zero", "two"]);
  });

  test("the selection survives as long as its finding", () => {
    const two = after(typing, { kind: "selected", key: "two" });
    expect(after(two, { kind: "judged", verdict: verdict("two"), revision: 1 }).selected).toBe("two");
    expect(after(two, { kind: "judged", verdict: verdict("one"), revision: 1 }).selected).toBeNull();
  });

  test("next and previous go around and skip what is gone", () => {
    expect(neighbour(start, 1)?.key).toBe("two");
    expect(neighbour(start, -1)?.key).toBe("two");
    expect(neighbour(after(start, { kind: "selected", key: null }), 1)?.key).toBe("one");
    expect(neighbour(after(judged, { kind: "selected", key: "zero" }), 1)?.key).toBe("two");
  });
});

describe("levels of rules", () => {
  const off = withLevel(AS_IT_IS, "one", "off");

  test("one rule at another level, and back", () => {
    expect(off.levels).toEqual({ one: "off" });
    expect(isAsItIs(off)).toBe(false);
    expect(isAsItIs(withLevel(off, "one", null))).toBe(true);
    expect(AS_IT_IS.levels).toEqual({});
  });

  test("other levels are another verdict about the same text", () => {
    const levelled = after(start, { kind: "engine-ready" }, { kind: "settings", settings: off });
    expect(levelled.exchange).toBe(start.exchange);
    expect(levelled.revision).toBe(1);
    expect(levelled.origin.kind).toBe("example");
    expect(findingsOf(levelled)).toHaveLength(2);
    expect(findingsOf(after(levelled, { kind: "judged", verdict: verdict("two"), revision: 1 }))).toHaveLength(1);
  });

  test("a link brings its own; other texts leave them as they are", () => {
    const levelled = after(start, { kind: "settings", settings: off });
    expect(after(levelled, { kind: "opened", exchange, origin: { kind: "own" } }).settings).toBe(off);
    expect(after(levelled, { kind: "opened", exchange, origin: { kind: "link", accepted: false }, settings: AS_IT_IS }).settings).toBe(AS_IT_IS);
  });
});

describe("an archive", () => {
  const table = after(start, { kind: "archive", archive: { name: "a.har", shown: true } });
  const row = after(table, { kind: "opened", exchange, origin: { kind: "archive", row: 3 } });

  test("gives way to an exchange that is opened, and stays open", () => {
    expect(row.archive).toEqual({ name: "a.har", shown: false });
  });

  test("an exchange of it that is edited is one's own", () => {
    expect(after(row, edit("c"))).toMatchObject({ origin: { kind: "own" }, archive: { name: "a.har" } });
  });
});
