import assert from "node:assert/strict";
import { test } from "node:test";

import { built, latin1 } from "./support.mjs";

const { textReport } = await built("text-report");
const { words } = await built("words");

const catalog = {
  language: "en",
  severities: { error: "error", warning: "warning", info: "note", hint: "hint", fine: "fine" },
  status: {},
  rules: {
    "a-rule": {
      family: "framing", severity: "error", message: "title ({value})", summary: "Somebody waits.", quote: "A server MUST NOT.",
      cite: "RFC 9110 section 8.6", citeUrl: "", fixes: ["Remove it"],
    },
  },
};

function report(text, begin, end, { width = 60, colour = false, value = "v", severity = "error", fixes = [] } = {}) {
  const finding = { rule: "a-rule", severity, on: "response", index: 0, begin, end, args: { value }, fixes };
  const result = { findings: [finding], request: [], response: [{}], checks: 5 };
  return textReport(result, { response: { name: "r.http", bytes: latin1(text) } }, { catalog, words: words.en, colour, width });
}
const excerpt = (...args) => report(...args).split("\n").filter((line) => /[│⋮]/u.test(line)).map((line) => line.slice(4));

const wire = "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n";

test("a finding: place, title, carets, consequence, source, fix", () => {
  assert.equal(
    report(wire, 41, 42, { fixes: [{ label: 0, safe: true, edits: [] }, { label: 0, safe: false, edits: [] }] }),
    `r.http:2:17  ● error  title (v)  a-rule
    2 │ Content-Length: 0
      │                 ^
    Somebody waits.
    RFC 9110 section 8.6: "A server MUST NOT."
    fix: Remove it
    fix, have a look: Remove it

1 error in 5 checks
`,
  );
});

test("a line ending is drawn where it is marked, and only there", () => {
  assert.deepEqual(excerpt("a: b\r\nc: d\r\n", 4, 6), ["1 │ a: b␍␊", "  │     ^^"]);
  assert.deepEqual(excerpt("a: b\nc: d\n", 4, 5), ["1 │ a: b␊", "  │     ^"]);
  assert.deepEqual(excerpt("a: b\r\nc: d\r\n", 0, 4), ["1 │ a: b", "  │ ^^^^"]);
});

test("an empty span is a place", () => {
  assert.deepEqual(excerpt("abc\r\n", 0, 0), ["1 │ abc", "  │ ^"]);
  assert.deepEqual(excerpt("abc\r\n", 2, 2), ["1 │ abc", "  │   ^"]);
  assert.deepEqual(excerpt("abc", 3, 3), ["1 │ abc", "  │    ^"]);
  assert.deepEqual(excerpt("abc\r\n", 5, 5), ["2 │ ", "  │ ^"]);
});

test("carets stand below wide and below escaped characters", () => {
  assert.deepEqual(excerpt("\xe4\xb8\xad\xff\x00!", 3, 5), ["1 │ 中\\xFF␀!", "  │   ^^^^^"]);
  assert.deepEqual(excerpt("\xe4\xb8\xad!", 0, 3), ["1 │ 中!", "  │ ^^"]);
});

test("a span over several lines shows the first of them", () => {
  assert.deepEqual(excerpt("x\na\nb\nc\nd\ne\n", 2, 12), [
    "2 │ a␊", "  │ ^^", "3 │ b␊", "  │ ^^", "4 │ c␊", "  │ ^^", "  ⋮ 2 more lines",
  ]);
});

test("a long line is cut around the span", () => {
  const long = `${"a".repeat(300)}HERE${"b".repeat(300)}`;
  const [text, marks] = excerpt(long, 300, 304, { width: 50 });
  assert.match(text, /^1 │ …a+HEREb+…$/u);
  assert.ok(text.length <= 46, text);
  assert.equal(marks.indexOf("^"), text.indexOf("HERE"));
  assert.equal(marks.trimEnd().length, text.indexOf("HERE") + 4);
  const [whole] = excerpt("a".repeat(30), 3, 4, { width: 50 });
  assert.equal(whole, `1 │ ${"a".repeat(30)}`);
});

test("a line of megabytes is drawn at once", () => {
  const long = "é".repeat(2_000_000);
  const started = performance.now();
  const [text, marks] = excerpt(Buffer.from(long).toString("latin1"), 2_000_001, 2_000_002);
  assert.ok(performance.now() - started < 2000);
  assert.match(text, /^1 │ ….*…$/u);
  assert.match(marks, /\^/);
});

test("values from the wire cannot steer the terminal", () => {
  const text = report("a\x1b]0;x\x07\r\n", 0, 1, { value: "\u001b[2J\n\u202e" });
  assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u202e]/u);
  assert.match(text, /title \(␛\[2J␊\\u\{202E\}\)/u);
});

test("colours only when told", () => {
  assert.doesNotMatch(report(wire, 0, 4), /\u001b/);
  assert.match(report(wire, 0, 4, { colour: true }), /\u001b\[31m● error\u001b\[0m/);
  assert.equal(report(wire, 0, 4, { colour: true }).replace(/\u001b\[\d*m/g, ""), report(wire, 0, 4));
});

test("severity is shape and word", () => {
  for (const [severity, words] of Object.entries({ error: "● error", warning: "▲ warning", info: "◆ note", hint: "○ hint", fine: "✓ fine" })) {
    assert.ok(report(wire, 0, 4, { severity }).includes(words));
  }
});

test("nothing found", () => {
  const options = { catalog, words: words.en, colour: false, width: 80 };
  const nothing = { findings: [], request: [], response: [{}], checks: 5 };
  assert.equal(textReport(nothing, { response: { name: "r", bytes: latin1("x") } }, options), "nothing found in 5 checks\n");
});
