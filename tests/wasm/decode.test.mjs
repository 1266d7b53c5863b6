import assert from "node:assert/strict";
import { test } from "node:test";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { decodeContent, load } from "../../wasm/dist/index.js";

const engine = await load({ parts: ["validate"] });
const twice = '{"a":1,"a":2}';
const bytesOf = (text) => new TextEncoder().encode(text);

function response(coding, content) {
  const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: ${coding}\r\nVary: Accept-Encoding\r\nContent-Length: ${content.length}\r\n\r\n`;
  return { response: Buffer.concat([bytesOf(head), content]) };
}

async function rulesOn(exchange) {
  return engine.lint(await decodeContent(engine, exchange)).findings.map(({ rule }) => rule);
}

for (const [coding, content] of [["gzip", gzipSync(twice)], ["X-GZIP", gzipSync(twice)], ["deflate", deflateSync(twice)], ["deflate, gzip", gzipSync(deflateSync(twice))]]) {
  test(`what is in content coded as ${coding} is judged`, async () => {
    assert.ok((await rulesOn(response(coding, content))).includes("json-duplicate-name"));
  });
}

test("a coding that the host has no decompressor for leaves the content closed", async (t) => {
  const exchange = response("br", brotliCompressSync(twice));
  const found = await rulesOn(exchange);
  let known = true;
  try {
    new DecompressionStream("brotli");
  } catch {
    known = false;
  }
  t.diagnostic(`this host ${known ? "decodes" : "does not decode"} Brotli`);
  assert.equal(found.includes("json-duplicate-name"), known);
  assert.ok(!found.includes("content-coding-mismatch"));
});

test("damaged data is not what Content-Encoding says", async () => {
  const damaged = gzipSync(twice);
  damaged[damaged.length - 6] ^= 0xff;
  assert.ok((await rulesOn(response("gzip", damaged))).includes("content-coding-mismatch"));
  const cut = gzipSync(twice).subarray(0, 20);
  assert.ok((await rulesOn(response("gzip", cut))).includes("content-coding-mismatch"));
  assert.ok(!(await rulesOn(response("gzip", gzipSync(twice)))).includes("content-coding-mismatch"));
});

test("several members in a row are no damage", async () => {
  const members = Buffer.concat([gzipSync('{"a":1,'), gzipSync('"b":2}')]);
  assert.ok(!(await rulesOn(response("gzip", members))).includes("content-coding-mismatch"));
});

test("content that becomes very long stays closed", async () => {
  const exchange = response("gzip", gzipSync(Buffer.alloc(20 * 1024 * 1024, " ")));
  assert.equal((await decodeContent(engine, exchange)).decoded, undefined);
});

test("chunks are joined, and messages counted, on the side that has them", async () => {
  const coded = gzipSync(twice);
  const chunk = (data) => Buffer.concat([bytesOf(`${data.length.toString(16)}\r\n`), data, bytesOf("\r\n")]);
  const head = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: application/json\r\ncontent-encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n";
  const exchange = { response: Buffer.concat([bytesOf(head), chunk(coded.subarray(0, 7)), chunk(coded.subarray(7)), bytesOf("0\r\n\r\n")]) };
  const { decoded } = await decodeContent(engine, exchange);
  assert.deepEqual(decoded, [{ on: "response", index: 1, bytes: bytesOf(twice) }]);
  const post = Buffer.concat([bytesOf(`POST /x HTTP/1.1\r\nHost: a.example\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: ${coded.length}\r\n\r\n`), coded]);
  assert.ok((await rulesOn({ request: post })).includes("json-duplicate-name"));
});

test("fixes leave coded content as it is", async () => {
  const exchange = await decodeContent(engine, response("gzip", gzipSync("{'a':1}")));
  const { response: fixed } = engine.fixAll(exchange, { unsafe: true });
  assert.ok(Buffer.from(fixed).includes(gzipSync("{'a':1}")));
});

test("nothing is asked where no field names a coding, and nothing of content that is shown", async () => {
  const never = { codedContents: () => assert.fail("asked") };
  const plain = { response: bytesOf("HTTP/1.1 204 No Content\r\n\r\n") };
  assert.equal(await decodeContent(never, plain), plain);
  const shown = { ...response("gzip", gzipSync(twice)), content: "shown" };
  assert.equal(await decodeContent(never, shown), shown);
});
