import { describe, expect, test } from "vitest";
import type { Rows } from "../engine/har/protocol";
import { Archive, byCount, isFiltered, NO_FILTER, toggled, type Filter, type Sorting } from "./archive";

const ERROR = 0;
const WARNING = 1;
const FINE = 4;
interface Line {
  readonly method?: string;
  readonly url?: string;
  readonly status?: number;
  readonly size?: number;
  readonly findings?: readonly (readonly [rule: number, severity: number])[];
}

function rows(...lines: readonly Line[]): Rows {
  return {
    begin: Float64Array.from(lines, (_, i) => i * 10),
    end: Float64Array.from(lines, (_, i) => i * 10 + 9),
    status: Int16Array.from(lines, ({ status = 200 }) => status),
    size: Uint32Array.from(lines, ({ size = 1 }) => size),
    method: lines.map(({ method = "GET" }) => method),
    url: lines.map(({ url = "https://a.example/" }) => url),
    type: lines.map(() => "text/html"),
    findings: Uint32Array.from(lines.flatMap(({ findings = [] }) => [findings.length, ...findings.map(([rule, severity]) => rule | (severity << 16))])),
  };
}

function archive(...parts: readonly Rows[]): Archive {
  const made = new Archive();
  made.rules = ["r0", "r1", "r2"];
  made.level({});
  for (const part of parts) made.append(part);
  return made;
}

const inOrder: Sorting = { column: "order", descending: false };
const shown = (from: Archive, filter: Partial<Filter> = {}, sorting: Sorting = inOrder): number[] => [...from.view({ ...NO_FILTER, ...filter }, sorting).rows];

const some = archive(
  rows({ status: 404, size: 5, findings: [[1, WARNING], [1, WARNING]] }, { method: "POST", url: "http://b.example:81/x?y", findings: [[0, ERROR], [1, WARNING]] }),
  rows({ url: "https://user@A.example/Path", size: 9 }, { status: 404, findings: [[2, FINE]] }),
);

describe("rows of an archive", () => {
  test("in the order of the file, from all parts", () => {
    expect(shown(some)).toEqual([0, 1, 2, 3]);
    expect(some.host).toEqual(["a.example", "b.example:81", "A.example", "a.example"]);
    expect([some.begin[3], some.end[3]]).toEqual([10, 19]);
  });

  test("grown: rows that came since are there, counted with the next view", () => {
    const table = archive(rows({ url: "https://a.example/1" }));
    const before = table.view(NO_FILTER, inOrder);
    table.append(rows({ url: "https://b.example/2" }));
    const grown = table.grown(before);
    expect([...grown.rows]).toEqual([0, 1]);
    expect(grown.facets).toBe(before.facets);
    expect(table.view(NO_FILTER, inOrder).facets.hosts.get("b.example")).toBe(1);
  });

  test("filtered: within a choice any, between choices all; words in any case", () => {
    expect(shown(some, { statuses: new Set([404]) })).toEqual([0, 3]);
    expect(shown(some, { statuses: new Set([404]), rules: new Set([1]) })).toEqual([0]);
    expect(shown(some, { rules: new Set([0, 1]) })).toEqual([0, 1]);
    expect(shown(some, { methods: new Set(["POST"]) })).toEqual([1]);
    expect(shown(some, { hosts: new Set(["a.example"]) })).toEqual([0, 3]);
    expect(shown(some, { text: "path GET" })).toEqual([2]);
    expect(shown(some, { text: "404 html" })).toEqual([0, 3]);
    expect(shown(some, { severities: new Set(["error"]) })).toEqual([1]);
    expect(shown(some, { severities: new Set(["error", "none"]) })).toEqual([1, 2, 3]);
  });

  test("sorted, equals in the order of the file", () => {
    expect(shown(some, {}, { column: "findings", descending: true })).toEqual([1, 0, 2, 3]);
    expect(shown(some, {}, { column: "size", descending: true })).toEqual([2, 0, 1, 3]);
    expect(shown(some, {}, { column: "status", descending: false })).toEqual([1, 2, 0, 3]);
    expect(shown(some, {}, { column: "url", descending: false })).toEqual([1, 0, 3, 2]);
    expect(shown(some, {}, { column: "order", descending: true })).toEqual([3, 2, 1, 0]);
  });

  test("a choice is counted as if it were the only one of its kind", () => {
    const { facets } = some.view({ ...NO_FILTER, statuses: new Set([404]), rules: new Set([1]) }, inOrder);
    expect([...facets.statuses].sort()).toEqual([[200, 1], [404, 1]]);
    expect(byCount(facets.rules)).toEqual([[1, 1]]);
    expect([...facets.methods]).toEqual([["GET", 1]]);
    expect([...some.view(NO_FILTER, inOrder).facets.severities].sort()).toEqual([["error", 1], ["none", 2], ["warning", 2]]);
  });

  test("a rule at another level counts there, one that is off not at all; a positive note is no finding", () => {
    const levelled = archive(rows({ findings: [[0, ERROR], [1, WARNING], [2, FINE]] }));
    expect(levelled.findings(0)).toEqual({ rules: [0, 1], counts: { error: 1, warning: 1, info: 0, hint: 0 } });
    levelled.level({ r0: "hint", r1: "off", r2: "error" });
    expect(levelled.findings(0)).toEqual({ rules: [0], counts: { error: 0, warning: 0, info: 0, hint: 1 } });
    levelled.level({});
    expect(levelled.findings(0).counts.error).toBe(1);
  });
});

test("choices are put in and taken out", () => {
  expect([...toggled(toggled(new Set([1]), 2), 1)]).toEqual([2]);
  expect(isFiltered(NO_FILTER)).toBe(false);
  expect(isFiltered({ ...NO_FILTER, text: " " })).toBe(false);
  expect(isFiltered({ ...NO_FILTER, rules: new Set([0]) })).toBe(true);
});
