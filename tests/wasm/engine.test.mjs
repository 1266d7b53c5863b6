// The boundary: bytes go in as they are, spans come out in bytes, memory is given back.
import assert from "node:assert/strict";
import { test } from "node:test";

import { built, bytes, latin1, broken, sound } from "./support.mjs";

const { load } = await built("index");
const engine = await load();

const slice = (text, [begin, end]) => text.slice(begin, end);

test("every byte value crosses the boundary and is counted as one", () => {
  for (let byte = 0; byte < 256; ++byte) {
    if (byte === 0x0a || byte === 0x0d || byte === 0x20 || byte === 0x09) continue; // They end or trim a value.
    const value = `a${String.fromCharCode(byte)}z`;
    const text = `HTTP/1.1 200 OK\r\nX: ${value}\r\nY: end\r\n\r\nbody`;
    const [message] = engine.parse(latin1(text), "response");
    assert.deepEqual(message.fields.map((field) => slice(text, field.value)), [value, "end"], `byte ${byte}`);
    assert.equal(slice(text, message.content), "body");
  }
});

test("text that is not UTF-8 is judged, and reads U+FFFD in values", () => {
  const text = "HTTP/1.1 204 \xff\xfe\r\nContent-Length: \x80\r\n\r\n";
  const { findings, response } = engine.lint({ response: latin1(text) });
  assert.equal(response[0].reason, "\ufffd\ufffd");
  assert.equal(slice(text, response[0].reasonSpan), "\xff\xfe");
  assert.ok(findings.length > 0);
  for (const { begin, end } of findings) assert.ok(begin <= end && end <= text.length);
});

test("absent is not empty", () => {
  const absent = engine.lint({ response: bytes(sound) });
  assert.deepEqual(absent.request, []);
  assert.deepEqual(absent, engine.lint({ request: null, response: bytes(sound), scheme: null }));
  assert.deepEqual(absent, engine.lint({ request: undefined, response: bytes(sound), scheme: undefined }));
  assert.deepEqual(engine.lint({}), { findings: [], request: [], response: [], checks: 0 });
  const empty = engine.lint({ request: new Uint8Array(), response: new Uint8Array() });
  assert.ok(Array.isArray(empty.findings));
});

test("the scheme reaches the engine", () => {
  const exchange = { request: bytes("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), response: bytes(broken) };
  for (const scheme of ["http", "https", null]) assert.ok(engine.lint({ ...exchange, scheme }).checks > 0);
});

test("same arguments, same result; arguments stay as they are", () => {
  const response = bytes(broken);
  const first = engine.lint({ response });
  assert.deepEqual(engine.lint({ response }), first);
  assert.deepEqual(response, bytes(broken));
});

test("fixes that are safe repair what they are for", async () => {
  const { applyEdits } = await built("index");
  const { findings } = engine.lint({ response: bytes(broken) });
  const finding = findings.find(({ rule }) => rule === "content-length-in-204");
  assert.ok(finding, "content-length-in-204 is reported");
  const fix = finding.fixes.find(({ safe }) => safe);
  assert.equal(Buffer.from(applyEdits(bytes(broken), fix.edits)).toString(), sound);
  assert.ok(!engine.lint({ response: bytes(sound) }).findings.some(({ rule }) => rule === finding.rule));
});

test("texts larger than the first memory", () => {
  const head = "HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n";
  const text = new Uint8Array(head.length + 9_000_000).fill(0x78);
  text.set(bytes(head));
  const { response } = engine.lint({ request: bytes("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), response: text });
  assert.deepEqual(response[0].content, [head.length, text.length]);
});

test("memory is given back", async () => {
  const { rawEngine } = await built("engine");
  let taken = 0;
  const heap = new Uint8Array(1 << 16);
  const raw = rawEngine({
    HEAPU8: heap,
    allocate: (size) => (++taken, 8 + size),
    release: () => void --taken,
    lint: () => (++taken, 1024),  // a block of no words and no text
    parse: () => "[]",
    status: () => "{}",
    version: () => "x",
  });
  raw.lint({ request: bytes("a"), response: bytes("b") });
  raw.lint({ response: bytes("b") });
  raw.parse(bytes("c"), "request");
  assert.equal(taken, 0);
  // Real memory: what the first call needed is enough for a thousand.
  const large = new Uint8Array(1 << 20).fill(0x61);
  for (let i = 0; i < 1000; ++i) engine.parse(large, "response");
});

test("no memory is an error that the engine survives", async () => {
  const { rawEngine } = await built("engine");
  let full = true;
  const raw = rawEngine({ HEAPU8: new Uint8Array(64), allocate: () => (full ? 0 : 8), release() {}, parse: () => "[]", version: () => "x" });
  assert.throws(() => raw.parse(bytes("abc"), "response"), { name: "EngineError", code: "memory", message: "no memory for a text of 3 bytes" });
  full = false;
  assert.equal(raw.parse(bytes("abc"), "response"), "[]");
});

test("an engine that stopped says so, and every time after", async () => {
  const { rawEngine } = await built("engine");
  const raw = rawEngine({
    HEAPU8: new Uint8Array(64), allocate: () => 8, release() {}, version: () => "x", status: () => "{}",
    parse() { throw new WebAssembly.RuntimeError("unreachable"); },
  });
  assert.throws(() => raw.parse(bytes("a"), "response"), { code: "stopped", message: "the engine stopped: unreachable" });
  assert.throws(() => raw.status(200), { code: "stopped", message: /stopped in an earlier call/ });
});

test("answers of an unknown shape are refused", async () => {
  const { typedEngine } = await built("engine");
  let answer;
  const odd = typedEngine({ validate: { version: "x", lint: () => answer, parse: () => "{}", status: () => "[]" } });
  const wordsOf = (...words) => ({ words: Uint32Array.from(words), text: "" });
  answer = wordsOf(7, 0, 0, 0);
  assert.deepEqual(odd.lint({}), { findings: [], request: [], response: [], checks: 7 });
  // Cut off, with something behind it, with a severity that there is not, with text that no word speaks of.
  for (answer of [wordsOf(7, 0, 0), wordsOf(7, 0, 0, 0, 0), wordsOf(7, 1, 0, 9), { ...wordsOf(7, 0, 0, 0), text: "x" }])
    assert.throws(() => odd.lint({}), { code: "protocol" });
  assert.throws(() => odd.parse(bytes(""), "request"), { code: "protocol" });
  assert.throws(() => odd.status(200), { code: "protocol" });
});

test("status codes", () => {
  const noContent = engine.status(204);
  assert.equal(noContent.treatedAs, 204);
  assert.deepEqual(noContent.rows.map(({ key, phrase, content, heuristicallyCacheable }) => ({ key, phrase, content, heuristicallyCacheable })), [
    { key: "204", phrase: "No Content", content: "forbidden", heuristicallyCacheable: true },
  ]);
  assert.deepEqual(engine.status(477), { code: 477, treatedAs: 400, rows: [] });
  assert.equal(engine.status(999).treatedAs, 500);
  assert.ok(engine.status(419).rows.length > 1);
  for (const code of [-1, 1000, 204.5, Number.NaN, Infinity, "204"]) assert.throws(() => engine.status(code), RangeError);
});

test("options: the time, positive notes, and a config", () => {
  const response = bytes(broken);
  const rulesOf = (options) => engine.lint({ response }, options).findings.map(({ rule, severity }) => `${rule} ${severity}`);
  assert.ok(rulesOf({}).includes("content-length-in-204 error"));
  assert.deepEqual(rulesOf({ now: null, explain: false, config: null }), rulesOf());
  assert.ok(rulesOf({ config: { rules: { "content-length-in-204": "hint" } } }).includes("content-length-in-204 hint"));
  assert.ok(rulesOf({ config: { rules: { "successful/*": "info" } } }).includes("content-length-in-204 info"));
  assert.ok(!rulesOf({ config: { rules: { "content-length-in-204": "off", "successful/*": "info" } } }).join().includes("content-length-in-204"));
  assert.ok(rulesOf({ config: { rules: { "*": "off", "content-length-in-204": "on" } } }).includes("content-length-in-204 error"));
  assert.deepEqual(engine.lint({ response }, { config: { rules: { "*": "off" } } }).checks, 0);
  assert.deepEqual(rulesOf({ config: { rules: { "not-a-rule": "off" } } }), rulesOf());
  assert.ok(engine.lint({ response }, { explain: true, now: new Date("2026-11-25T12:00:00Z") }).checks > 0);
});

test("rules: id, family and severity, by id", () => {
  const rules = engine.rules();
  assert.deepEqual(rules.find(({ id }) => id === "content-length-in-204"), { id: "content-length-in-204", family: "successful", severity: "error" });
  assert.deepEqual(rules.map(({ id }) => id), rules.map(({ id }) => id).toSorted());
});

test("what is wrong with a config is told, with the nearest name", async () => {
  const { configProblems } = await built("index");
  const problems = (config) => configProblems(config, engine.rules()).join("\n");
  assert.equal(problems({}), "");
  assert.equal(problems({ rules: { "content-length-in-204": "off", "framing/*": "hint", "*": "on" } }), "");
  assert.match(problems({ rules: { "content-lenght-in-204": "off" } }), /no rule "content-lenght-in-204"; the nearest is "content-length-in-204"/);
  assert.match(problems({ rules: { "frameing/*": "off" } }), /the nearest is "framing\/\*"/);
  assert.match(problems({ rules: { "content-length-in-204": "loud" } }), /set to "loud"; the levels are on, off, error/);
  assert.match(problems({ rule: {} }), /"rule" is not known/);
  for (const value of [null, [], "x", { rules: [] }]) assert.notEqual(problems(value), "");
});
