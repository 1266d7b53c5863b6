// The static host that scripts/serve and the browser tests use.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { brotliDecompressSync } from "node:zlib";
import { headersFor, parseHeaders, serve } from "../../scripts/serve.mjs";

let folder;
let server;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "statuslab-serve-"));
  await mkdir(path.join(folder, "site", "status"), { recursive: true });
  const write = (name, text) => writeFile(path.join(folder, name), text);
  await write("secret.txt", "secret");
  await write("site/index.html", "<!doctype html>front ".repeat(50));
  await write("site/status/index.html", "<!doctype html>status");
  await write("site/404.html", "<!doctype html>nothing here");
  await write("site/engine.wasm", "\0asm");
  await write("site/_headers", "/*\n  X-Frame-Options: DENY\n  Cache-Control: no-cache\n/engine.wasm\n  Cache-Control: max-age=5\n");
  server = await serve(path.join(folder, "site"), 0);
});

after(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

/** As it is on the wire: fetch() would tidy the path up and decompress. */
function get(target, { method = "GET", headers = {} } = {}) {
  return new Promise((resolve, reject) => {
    const options = { port: server.address().port, host: "127.0.0.1", path: target, method, headers };
    request(options, async (response) => {
      const chunks = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) });
    })
      .on("error", reject)
      .end();
  });
}

test("a folder is its index.html, with a slash", async () => {
  assert.equal(String((await get("/status/")).body), "<!doctype html>status");
  const { status, headers } = await get("/status");
  assert.deepEqual([status, headers.location], [308, "/status/"]);
});

test("what is not there is 404 with the page for it", async () => {
  const { status, body } = await get("/nothing");
  assert.deepEqual([status, String(body)], [404, "<!doctype html>nothing here"]);
});

test("nothing outside the folder, nor the rules themselves", async () => {
  for (const target of ["/../secret.txt", "/..%2fsecret.txt", "/%2e%2e/secret.txt", "/_headers", "/%00"]) {
    const { status, body } = await get(target);
    assert.equal(status, 404, target);
    assert.doesNotMatch(String(body), /secret|DENY/);
  }
  assert.equal((await get("/%zz")).status, 400);
});

test("_headers: all blocks that match, later ones win", async () => {
  const { headers } = await get("/engine.wasm");
  assert.equal(headers["x-frame-options"], "DENY");
  assert.equal(headers["cache-control"], "max-age=5");
  assert.equal(headers["content-type"], "application/wasm");
  const blocks = parseHeaders("# note\n/a/*\n  A: 1\n/a/b.c\n  A: x:y\n");
  assert.equal(headersFor(blocks, "/a/b.c").get("a"), "x:y");
  assert.equal(headersFor(blocks, "/a/bxc").get("a"), "1");
  assert.equal(headersFor(blocks, "/b").size, 0);
});

test("compression is what the client can read", async () => {
  const plain = await get("/");
  assert.equal(plain.headers["content-encoding"], undefined);
  const packed = await get("/", { headers: { "Accept-Encoding": "gzip, br" } });
  assert.equal(packed.headers["content-encoding"], "br");
  assert.equal(packed.headers.vary, "Accept-Encoding");
  assert.deepEqual(brotliDecompressSync(packed.body), plain.body);
  assert.notEqual(packed.headers.etag, plain.headers.etag);
});

test("a current copy is not sent again", async () => {
  const { headers } = await get("/");
  const again = await get("/", { headers: { "If-None-Match": `"x", ${headers.etag}` } });
  assert.deepEqual([again.status, again.body.length], [304, 0]);
});

test("HEAD is GET without content, other methods are refused", async () => {
  const head = await get("/", { method: "HEAD" });
  assert.deepEqual([head.status, head.headers["content-length"], head.body.length], [200, "1050", 0]);
  const post = await get("/", { method: "POST" });
  assert.deepEqual([post.status, post.headers.allow], [405, "GET, HEAD"]);
});
