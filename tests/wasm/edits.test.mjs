import assert from "node:assert/strict";
import { test } from "node:test";

import { built, bytes, latin1 } from "./support.mjs";

const { applyEdits } = await built("index");
const edited = (text, edits) => Buffer.from(applyEdits(latin1(text), edits)).toString("latin1");

test("edits are made at the places they name, in whatever order they come", () => {
  assert.equal(edited("abcdef", [{ begin: 4, end: 5, text: "E!" }, { begin: 0, end: 1, text: "" }]), "bcdE!f");
  assert.equal(edited("abc", []), "abc");
  assert.equal(edited("", [{ begin: 0, end: 0, text: "x" }]), "x");
});

test("bytes outside of the edits stay what they are, UTF-8 or not", () => {
  assert.equal(edited("\xff\xfe\x00a\x80", [{ begin: 3, end: 4, text: "b" }]), "\xff\xfe\x00b\x80");
});

test("what is put in is UTF-8", () => {
  assert.deepEqual(applyEdits(bytes("a"), [{ begin: 0, end: 1, text: "é😀" }]), bytes("é😀"));
});

test("insertions at one place keep their order and go before what is replaced there", () => {
  const edits = [{ begin: 1, end: 2, text: "B" }, { begin: 1, end: 1, text: "1" }, { begin: 1, end: 1, text: "2" }];
  assert.equal(edited("abc", edits), "a12Bc");
});

test("edits that touch do not overlap", () => {
  assert.equal(edited("abcd", [{ begin: 0, end: 2, text: "x" }, { begin: 2, end: 4, text: "y" }]), "xy");
});

for (const [what, edits, pattern] of [
  ["two replacements that share a byte", [{ begin: 0, end: 2, text: "" }, { begin: 1, end: 3, text: "" }], /\[1, 3\) overlaps the one that ends at 2/],
  ["an insertion into what is replaced", [{ begin: 0, end: 3, text: "" }, { begin: 1, end: 1, text: "x" }], /overlaps/],
  ["the same replacement twice", [{ begin: 0, end: 1, text: "" }, { begin: 0, end: 1, text: "" }], /overlaps/],
  ["an edit beyond the end", [{ begin: 3, end: 5, text: "" }], /\[3, 5\) is outside of the 4 bytes/],
  ["an edit that ends before it begins", [{ begin: 3, end: 2, text: "" }], /outside/],
  ["an edit without a place", [{ begin: Number.NaN, end: 2, text: "" }], /outside/],
]) {
  test(`refused: ${what}`, () => {
    const text = latin1("abcd");
    assert.throws(() => applyEdits(text, edits), (error) => error instanceof RangeError && pattern.test(error.message));
    assert.deepEqual(text, latin1("abcd"));
  });
}
