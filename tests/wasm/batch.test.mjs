// A batch tells of every exchange what linting it alone tells, in numbers.
import assert from "node:assert/strict";
import { test } from "node:test";

import { broken, built, bytes, sound } from "./support.mjs";

const { load } = await built("index");
const engine = await load();
const severities = ["error", "warning", "info", "hint", "fine"];

test("the words of a batch are the findings of its exchanges", () => {
  const request = bytes("GET /  HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
  const exchanges = [{ response: bytes(broken), scheme: "https" }, {}, { request, response: bytes(sound), scheme: "http" }, { request }, { response: new Uint8Array() }];
  const rules = engine.rules().map(({ id }) => id);
  const words = engine.lintBatch(exchanges);
  let at = 0;
  for (const exchange of exchanges) {
    const { findings } = engine.lint(exchange);
    const count = words[at++];
    const told = Array.from(words.subarray(at, at + count), (word) => [rules[word & 0xffff], severities[(word >> 16) & 0xff], ["request", "response"][word >>> 24]]);
    assert.deepEqual(told, findings.map(({ rule, severity, on }) => [rule, severity, on]));
    at += count;
  }
  assert.equal(at, words.length);
});

test("levels hold for a batch, and each exchange has its own time", () => {
  const config = { rules: { "*": "off" } };
  const exchange = { response: bytes(broken), now: new Date("1994-11-06T08:49:37Z") };
  assert.deepEqual([...engine.lintBatch([exchange], { config })], [0]);
  const { findings } = engine.lint(exchange, { now: exchange.now });
  assert.equal(engine.lintBatch([exchange])[0], findings.length);
});

test("a batch of nothing, and memory that grows while one is copied", () => {
  assert.equal(engine.lintBatch([]).length, 0);
  const large = bytes(`HTTP/1.1 204 No Content\r\n\r\n${"x".repeat(100_000)}`);
  const words = engine.lintBatch(Array.from({ length: 200 }, () => ({ response: large })));
  assert.ok(words.length >= 200);
});
