// The engine in another thread: worker_threads here; browsers run the same two modules in the site's tests.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { MessageChannel, Worker } from "node:worker_threads";

import { built, bytes, broken, dist, manifest, sound, wasmUrl } from "./support.mjs";

const { compile, connect, EngineError, load, serve } = await built("index");
const script = new URL("worker.js", dist);

test("calls from another thread have the same answers", async (t) => {
  const remote = await connect(new Worker(script));
  t.after(() => remote.close());
  const local = await load();
  assert.equal(remote.version, manifest.version);
  assert.deepEqual(await remote.lint({ response: bytes(broken) }), local.lint({ response: bytes(broken) }));
  assert.deepEqual(await remote.parse(bytes(sound), "response"), local.parse(bytes(sound), "response"));
  assert.deepEqual(await remote.status(419), local.status(419));
});

test("many calls at once are answered in order, each with its own", async (t) => {
  const remote = await connect(new Worker(script));
  t.after(() => remote.close());
  const order = [];
  await Promise.all(
    Array.from({ length: 200 }, async (_, at) => {
      const { response } = await remote.lint({ response: bytes(`HTTP/1.1 ${200 + at} x\r\n\r\n`) });
      order.push(response[0].status);
    }),
  );
  assert.deepEqual(order, Array.from({ length: 200 }, (_, at) => 200 + at));
});

for (const [what, wasmOf] of Object.entries({ bytes: () => readFile(wasmUrl), "a module": () => compile(wasmUrl), "a URL": () => wasmUrl })) {
  test(`the worker takes the engine from ${what}`, async (t) => {
    const remote = await connect(new Worker(script), { wasm: await wasmOf() });
    t.after(() => remote.close());
    assert.equal((await remote.status(204)).code, 204);
  });
}

test("a wrong argument fails its call alone", async (t) => {
  const remote = await connect(new Worker(script));
  t.after(() => remote.close());
  await assert.rejects(remote.status(1000), RangeError);
  assert.equal((await remote.status(100)).code, 100);
});

test("told: the engine cannot be loaded", async (t) => {
  const worker = new Worker(script);
  t.after(() => worker.terminate());
  await assert.rejects(connect(worker, { wasm: bytes("<!doctype html>") }), (error) => error instanceof EngineError && error.code === "not-wasm");
});

test("told: the worker's script is not there, or fails", { timeout: 10_000 }, async () => {
  await assert.rejects(connect(new Worker(new URL("missing.js", dist))), { code: "stopped", message: /^the worker failed: / });
  await assert.rejects(connect(new Worker("throw new Error('no')", { eval: true })), { code: "stopped", message: "the worker failed: no" });
});

test("told: the worker ends while it is asked", async () => {
  // It loads, and answers nothing else.
  const silent = `const { parentPort } = require("node:worker_threads");
    parentPort.on("message", ({ id, call }) => call === "load" && parentPort.postMessage({ id, answer: '"1"' }));`;
  const worker = new Worker(silent, { eval: true });
  const remote = await connect(worker);
  const call = remote.lint({ response: bytes(broken) });
  void worker.terminate();
  await assert.rejects(call, { code: "stopped", message: "the worker ended" });
  await assert.rejects(remote.status(204), { code: "stopped" });
});

test("closing fails what waits", async () => {
  const remote = await connect(new Worker(script));
  const call = remote.status(204);
  remote.close();
  await assert.rejects(call, { code: "stopped", message: /closed/ });
});

test("a message channel is enough", async (t) => {
  const { port1, port2 } = new MessageChannel();
  t.after(() => port1.close());
  serve(port2);
  const remote = await connect(port1);
  assert.equal((await remote.status(204)).code, 204);
});
