import assert from "node:assert/strict";
import { test } from "node:test";

import { built, bytes, latin1 } from "./support.mjs";

const { cells, displayWidth, visible, wrap } = await built("visible");
const { Lines } = await built("positions");
const drawn = (given) => cells(given, 0, given.length).map(({ text }) => text).join("");

test("nothing on the wire can steer the terminal", () => {
  assert.equal(drawn(latin1("a\x1b[31m\x00\r\n\t\x7f")), "a␛[31m␀␍␊␉␡");
  assert.equal(visible("\u202eabc\u2066\u200b\ufeff\u00a0\u0085\u2028"), "\\u{202E}abc\\u{2066}\\u{200B}\\u{FEFF}\\u{A0}\\u{85}\\u{2028}");
});

test("bytes that are no UTF-8 read as what they are", () => {
  assert.equal(drawn(latin1("\xff\xc3(\xe2\x82")), "\\xFF\\xC3(\\xE2\\x82");
  assert.equal(drawn(latin1("\xc0\xaf \xed\xa0\x80 \xf4\x90\x80\x80")), "\\xC0\\xAF \\xED\\xA0\\x80 \\xF4\\x90\\x80\\x80");
  assert.equal(drawn(bytes("é€😀")), "é€😀");
});

test("every byte belongs to one cell", () => {
  const all = Uint8Array.from({ length: 512 }, (_, at) => (at * 7 + (at >> 3)) & 0xff);
  let at = 0;
  for (const cell of cells(all, 0, all.length)) {
    assert.equal(cell.begin, at);
    assert.ok(cell.end > at);
    at = cell.end;
  }
  assert.equal(at, all.length);
});

test("wide characters take two columns, combining ones none", () => {
  assert.equal(displayWidth("a中文！"), 7);
  assert.equal(displayWidth("e\u0301"), 1);
  assert.equal(displayWidth("😀"), 2);
});

test("lines break at spaces, and between wide characters but not before their punctuation", () => {
  assert.deepEqual(wrap("one two three", 7), ["one two", "three"]);
  assert.deepEqual(wrap("一二三四，五六", 8), ["一二三", "四，五六"]);
  assert.deepEqual(wrap("unbreakablelongword x", 5), ["unbreakablelongword", "x"]);
  assert.deepEqual(wrap("使用 Content-Length 字段", 14), ["使用", "Content-Length", "字段"]);
  assert.deepEqual(wrap("", 5), []);
});

test("positions count lines by LF and columns by UTF-16 code units", () => {
  const lines = new Lines(bytes("a\r\n😀é中x\n\nend"));
  const place = (offset) => Object.values(lines.position(offset)).join(":");
  assert.equal(place(0), "1:1");
  assert.equal(place(2), "1:3");
  assert.equal(place(3), "2:1");
  assert.equal(place(7), "2:3");
  assert.equal(place(12), "2:5");
  assert.equal(place(14), "3:1");
  assert.equal(place(15), "4:1");
  assert.equal(place(18), "4:4");
  assert.deepEqual([0, 1, 2, 3].map((line) => lines.contentEnd(line)), [1, 13, 14, 18]);
});
