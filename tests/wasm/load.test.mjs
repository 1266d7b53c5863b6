// Every way to get an engine, and what is said when there is none. No way may leave its promise pending.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { built, bytes, broken, manifest, wasmUrl } from "./support.mjs";

const { compile, EngineError, load } = await built("index");
const wasm = await readFile(wasmUrl);

let server;
let origin;
before(async () => {
  server = createServer((request, response) => {
    if (request.url === "/engine.wasm") response.writeHead(200, { "Content-Type": "application/wasm" }).end(wasm);
    else if (request.url === "/untyped") response.writeHead(200, { "Content-Type": "application/octet-stream" }).end(wasm);
    else if (request.url === "/page") response.writeHead(200, { "Content-Type": "text/html" }).end("<!doctype html>");
    else if (request.url === "/typed-page") response.writeHead(200, { "Content-Type": "application/wasm" }).end("<!doctype html>");
    else response.writeHead(404).end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${server.address().port}`;
});
after(() => server.close());

const ways = {
  "nothing: the file beside the package": () => undefined,
  "a Buffer": () => wasm,
  "an ArrayBuffer": () => wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length),
  "a view in the middle of a buffer": () => {
    const larger = new Uint8Array(wasm.length + 20);
    larger.set(wasm, 10);
    return larger.subarray(10, 10 + wasm.length);
  },
  "a WebAssembly.Module": () => WebAssembly.compile(wasm),
  "a file URL": () => wasmUrl,
  "a file URL as a string": () => wasmUrl.href,
  "a path": () => fileURLToPath(wasmUrl),
  "a URL": () => new URL("/engine.wasm", origin),
  "a URL as a string": () => `${origin}/engine.wasm`,
  "a response": () => fetch(`${origin}/engine.wasm`),
  "a promise of a response": () => ({ then: (...handlers) => fetch(`${origin}/engine.wasm`).then(...handlers) }),
  "a response of another media type": () => fetch(`${origin}/untyped`),
};
for (const [what, wasmOf] of Object.entries(ways)) {
  test(`load from ${what}`, async () => {
    const given = what.startsWith("a promise") ? wasmOf() : await wasmOf();
    const engine = await load(given === undefined ? undefined : { wasm: given });
    assert.equal(engine.version, manifest.version);
    assert.equal(engine.lint({ response: bytes(broken) }).response[0].status, 204);
  });
}

const failures = {
  "a page instead of the module": [() => fetch(`${origin}/page`), "not-wasm", /\/page is not a WebAssembly module: 15 bytes that begin with "<!doctype html>"/],
  "a page that says it is the module": [() => `${origin}/typed-page`, "not-wasm", /could not be compiled/],
  "a missing file on a server": [() => `${origin}/missing.wasm`, "fetch", /missing\.wasm was answered with 404 Not Found/],
  "a server that is not there": [() => "http://127.0.0.1:9/engine.wasm", "fetch", /could not be fetched/],
  "a missing file": [() => "/no/such/engine.wasm", "fetch", /could not be read: ENOENT/],
  "no bytes": [() => new Uint8Array(), "not-wasm", /0 bytes/],
  "half of the module": [() => wasm.subarray(0, wasm.length >> 1), "not-wasm", /could not be compiled/],
  "another module": [() => Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0), "stopped", /did not start/],
  "a module with other imports": [
    // (import "x" "y" (func))
    () => Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 2, 7, 1, 1, 0x78, 1, 0x79, 0, 0),
    null,
    /not the one of this version|did not start/,
  ],
};
for (const [what, [wasmOf, code, pattern]] of Object.entries(failures)) {
  test(`told: ${what}`, { timeout: 10_000 }, async () => {
    await assert.rejects(
      async () => load({ wasm: await wasmOf() }),
      (error) => error instanceof EngineError && (code === null || error.code === code) && pattern.test(error.message) || assert.fail(`${error.code}: ${error.message}`),
    );
  });
}

test("told: something that is no source at all", async () => {
  await assert.rejects(load({ wasm: 5 }), TypeError);
  await assert.rejects(load({ wasm: {} }), TypeError);
});

test("engines share a compiled module but nothing else", async () => {
  const module = await compile(wasmUrl);
  const [one, two] = await Promise.all([load({ wasm: module }), load({ wasm: module })]);
  one.parse(new Uint8Array(8 << 20), "response");
  assert.deepEqual(one.lint({ response: bytes(broken) }), two.lint({ response: bytes(broken) }));
});

test("Node gets all parts; whoever names some, or gives the engine's file, gets these", async () => {
  const all = await load();
  assert.equal(all.simulate("[]").ok, false);
  assert.equal(all.status(204).code, 204);

  const refused = (call, part) => assert.throws(call, (error) => error instanceof EngineError && error.code === "not-loaded" && error.message.includes(`"${part}"`));
  for (const options of [{ wasm }, { parts: ["validate"] }, { parts: { validate: wasm } }]) {
    const engine = await load(options);
    assert.equal(engine.status(204).code, 204);
    refused(() => engine.simulate({}), "simulate");
    refused(() => engine.scenarioSchema(), "simulate");
  }
  const simulatorUrl = new URL("simulator.wasm", wasmUrl);
  for (const options of [{ parts: ["simulate"] }, { parts: { simulate: simulatorUrl } }, { parts: { simulate: await readFile(simulatorUrl) } }]) {
    const engine = await load(options);
    assert.equal(engine.version, manifest.version);
    assert.equal(engine.simulate("[]").ok, false);
    refused(() => engine.status(204), "validate");
    refused(() => engine.lint({}), "validate");
  }
  await assert.rejects(load({ parts: ["nonsense"] }), /validate, simulate, snippet, not "nonsense"/);
  await assert.rejects(load({ parts: { simulate: wasm } }), (error) => error instanceof EngineError && ["mismatch", "stopped"].includes(error.code));
});

test("importing the package does nothing", async () => {
  const before = Object.keys(globalThis).sort();
  await built("index");
  assert.deepEqual(Object.keys(globalThis).sort(), before);
});
