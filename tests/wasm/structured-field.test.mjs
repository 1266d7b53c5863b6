// engine.structuredField: the form of the public test vectors, the error and where, and the canonical form.
import assert from "node:assert/strict";
import { test } from "node:test";

import { built, bytes } from "./support.mjs";

const { load } = await built("index");
const engine = await load();

const token = (value) => ({ __type: "token", value });
const parsed = (type, lines, value, serialised = lines.join(", ")) =>
  assert.deepEqual(engine.structuredField({ type, lines }), { ok: true, value, serialised }, lines.join(" | "));
const failed = (type, lines, kind, line, begin, end) =>
  assert.deepEqual(engine.structuredField({ type, lines }), { ok: false, error: { kind, line, begin, end } }, lines.join(" | "));

test("items", () => {
  parsed("item", ["42"], [42, []]);
  parsed("item", ["-0.5;a;b=x"], [-0.5, [["a", true], ["b", token("x")]]]);
  parsed("item", ['"a \\"quoted\\" word"'], ['a "quoted" word', []]);
  parsed("item", ["?0"], [false, []]);
  parsed("item", [":aGVsbG8=:"], [{ __type: "binary", value: "NBSWY3DP" }, []]);
  parsed("item", ["@1659578233"], [{ __type: "date", value: 1659578233 }, []]);
  parsed("item", ['%"f%c3%bc"'], [{ __type: "displaystring", value: "f\u00fc" }, []]);
  parsed("item", ["  1.50 "], [1.5, []], "1.5");
});

test("lists and dictionaries, of several lines too", () => {
  parsed("list", ["a", "(1 2);x"], [[token("a"), []], [[[1, []], [2, []]], [["x", true]]]]);
  parsed("dictionary", ["u=3, i", "u=5"], [["u", [5, []]], ["i", [true, []]]], "u=5, i");
  parsed("list", [], [], null);
  parsed("dictionary", ["", ""].slice(1), [], null);
});

test("errors have a line and bytes in it", () => {
  failed("list", ["a", "b,"], "trailing-comma", 1, 1, 2);
  failed("item", [], "item-expected", 0, 0, 0);
  failed("dictionary", ["a=1, B=2"], "key-expected", 0, 5, 6);
  failed("item", ["\u00fc"], "not-ascii", 0, 0, 1);
  failed("item", ['"a\nb"'], "string-character", 0, 2, 3);
});

test("lines are strings or bytes", () => {
  assert.deepEqual(engine.structuredField({ type: "list", lines: [bytes("a"), "b"] }), engine.structuredField({ type: "list", lines: ["a, b"] }));
  assert.equal(engine.structuredField({ type: "item", lines: [new Uint8Array([0x22, 0xff, 0x22])] }).error.kind, "not-ascii");
});

test("a type that does not exist is refused", () => {
  assert.throws(() => engine.structuredField({ type: "map", lines: [] }), RangeError);
});
