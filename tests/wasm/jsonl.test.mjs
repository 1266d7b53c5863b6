import assert from "node:assert/strict";
import { test } from "node:test";

import { built, bytes, catalog, latin1, broken } from "./support.mjs";

const { answerLines, completeLines, readLine } = await built("jsonl");
const { load } = await built("index");
const { EngineError } = await built("errors");

const read = (value) => readLine(bytes(typeof value === "string" ? value : JSON.stringify(value)), 3);
const text = (given) => Buffer.from(given).toString("latin1");

test("a side is base64 or text", () => {
  const { id, exchange } = read({ id: "a", scheme: "https", request: { text: "GET / HTTP/1.1\r\n\r\n" }, response: { base64: "SFRUUP+A" } });
  assert.equal(id, '"a"');
  assert.equal(exchange.scheme, "https");
  assert.equal(text(exchange.request), "GET / HTTP/1.1\r\n\r\n");
  assert.equal(text(exchange.response), "HTTP\xff\x80");
});

test("text is UTF-8, lone surrogates of surrogateescape are bytes", () => {
  assert.equal(text(read({ response: { text: "é" } }).exchange.response), "\xc3\xa9");
  assert.equal(text(read({ response: { text: "😀" } }).exchange.response), "\xf0\x9f\x98\x80");
  assert.equal(text(read('{"response":{"text":"a\\udcff\\udc80é"}}').exchange.response), "a\xff\x80\xc3\xa9");
  assert.match(read('{"response":{"text":"ab\\ud800"}}').error, /response\.text has a lone surrogate at 2/);
});

test("what is absent is null, what is empty is empty", () => {
  const { exchange } = read({ response: { text: "" } });
  assert.deepEqual([exchange.scheme, exchange.request, exchange.response.length], [null, null, 0]);
  assert.equal(read({ request: { base64: "" } }).exchange.response, null);
});

test("members that are not known are left alone", () => {
  assert.equal(read({ id: 1, note: "x", response: { text: "a", charset: "utf-8" } }).error, undefined);
});

test("the id comes back as it is, whatever it is", () => {
  for (const id of ["x", 0, -1.5, "", false, true, null, [1, { a: [] }], { b: null }]) {
    assert.deepEqual(JSON.parse(read({ id, response: { text: "a" } }).id), id);
    assert.deepEqual(JSON.parse(read({ id, response: 1 }).id), id);
  }
  assert.equal(read({ response: { text: "a" } }).id, "null");
});

test("numbers in an id keep their digits, however deep they are", () => {
  for (const id of ["12345678901234567890", "1e400", "0.10000000000000000001", '{"id":[12345678901234567890,"},\\\""]}', `${"[".repeat(100_000)}${"]".repeat(100_000)}`]) {
    assert.equal(read(`{"note":{"id":1,"x":["\\"",2]}, "id" : ${id} ,"response":{"text":"a"}}`).id, id);
    assert.equal(read(`{"id":3.5,"response":{},"\\u0069d":${id}}`).id, id);
  }
});

for (const [line, pattern] of [
  ["{", /^line 3: not JSON: /],
  ["", /^line 3: an empty line$/],
  [" \r", /an empty line/],
  ["null", /^line 3: null where an object/],
  ["[1]", /an array where an object/],
  ['"x"', /a string where an object/],
  ["{}", /neither request nor response/],
  ['{"request":null,"response":null}', /neither request nor response/],
  ['{"response":"HTTP/1.1 200 OK"}', /response is a string; {"base64"/],
  ['{"response":[]}', /response is an array/],
  ['{"response":{}}', /response has neither base64 nor text/],
  ['{"response":{"text":"","base64":""}}', /response has both base64 and text/],
  ['{"response":{"text":5}}', /response\.text is a number, not a string/],
  ['{"request":{"base64":null}}', /request\.base64 is null, not a string/],
  ['{"request":{"base64":"YWJ"}}', /request\.base64 has 3 characters, not a multiple of four/],
  ['{"request":{"base64":"YW-_"}}', /request\.base64 has "-" at 2, which is not in the base64 alphabet/],
  ['{"request":{"base64":"Y==="}}', /has "=" at 1/],
  ['{"scheme":"ftp","response":{"text":""}}', /scheme is "ftp"; "http", "https" or null/],
  ['{"scheme":1,"response":{"text":""}}', /scheme is 1/],
]) {
  test(`not understood: ${line}`, () => assert.match(read(line).error, pattern));
}

test("bytes that are not UTF-8 are no JSON line", () => {
  assert.match(readLine(latin1('{"id":"\xff"}'), 9).error, /^line 9: bytes that are not UTF-8/);
});

const collect = async (chunks) => {
  const lines = [];
  for await (const batch of completeLines((async function* () { yield* chunks.map(latin1); })())) lines.push(...batch.map(text));
  return lines;
};

test("lines are found whatever the chunks", async () => {
  const whole = "one\n\ntwo\xc3\xa9\nthree";
  const expected = ["one", "", "two\xc3\xa9", "three"];
  assert.deepEqual(await collect([whole]), expected);
  assert.deepEqual(await collect([...whole]), expected);
  assert.deepEqual(await collect([`${whole}\n`]), expected);
  assert.deepEqual(await collect([]), []);
  assert.deepEqual(await collect(["\n"]), [""]);
});

test("an exchange that stops the engine fails alone", async () => {
  let loaded = 0;
  const options = {
    catalog: catalog("en"),
    async load() {
      ++loaded;
      const engine = await load();
      return { ...engine, lint(exchange) {
        if (text(exchange.response) === "boom") throw new EngineError("stopped", "the engine stopped: unreachable");
        return engine.lint(exchange);
      } };
    },
  };
  const input = (async function* () {
    for (const [id, response] of [[1, broken], [2, "boom"], [3, broken]]) yield bytes(`${JSON.stringify({ id, response: { text: response } })}\n`);
  })();
  const answers = [];
  for await (const answer of answerLines(input, options)) answers.push(JSON.parse(answer));
  assert.equal(loaded, 2);
  assert.deepEqual(answers[1], { id: 2, error: "line 2: the engine stopped: unreachable" });
  assert.ok(answers[0].findings.length > 0);
  assert.deepEqual(answers[2].findings, answers[0].findings);
});
