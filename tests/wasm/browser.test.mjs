// The package as plain files in Chromium under a strict policy: in a page, in a module worker, in a service worker.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { after, before, test } from "node:test";

import { broken, built, bytes, dist, manifest } from "./support.mjs";

const chromium = [process.env.CHROME_PATH, "chromium", "chromium-browser", "google-chrome"].find(
  (name) => name && spawnSync(name, ["--version"]).status === 0,
);
const options = { skip: chromium === undefined && "there is no Chromium", timeout: 60_000 };

const strict = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; object-src 'none'; base-uri 'none'";
const types = { ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm", ".json": "application/json" };
const report = `const report = (value) => fetch("/report", { method: "POST", body: JSON.stringify(value) });
const told = (error) => report({ name: error.name, code: error.code, message: error.message });
const response = new TextEncoder().encode(${JSON.stringify(broken)});`;

// Each is a page; its script reports once.
const scripts = {
  page: `import { load } from "/dist/index.js";
    ${report}
    load().then((engine) => report({ version: engine.version, result: engine.lint({ response }) })).catch(told);`,
  worker: `import { connect } from "/dist/index.js";
    ${report}
    connect(new Worker("/dist/worker.js", { type: "module" }))
      .then(async (remote) => report({ version: remote.version, result: await remote.lint({ response }) })).catch(told);`,
  "missing-worker": `import { connect } from "/dist/index.js";
    ${report}
    connect(new Worker("/dist/missing.js", { type: "module" })).catch(told);`,
  "service-worker": `${report}
    navigator.serviceWorker.register("/service.js", { type: "module" }).catch(told);`,
  mistyped: `import { load } from "/dist/index.js";
    ${report}
    load({ wasm: fetch("/mistyped.wasm") }).then((engine) => report({ version: engine.version })).catch(told);`,
  "no-wasm": `import { load } from "/dist/index.js";
    ${report}
    load().then((engine) => report({ version: engine.version })).catch(told);`,
};
const service = `import { load } from "/dist/index.js";
  ${report}
  self.addEventListener("activate", (event) => event.waitUntil(
    load().then((engine) => report({ version: engine.version, result: engine.lint({ response }) })).catch(told)));`;

let server;
let origin;
let reported;
before(async () => {
  server = createServer(async (request, answer) => {
    const { pathname } = new URL(request.url, origin);
    const name = pathname.slice(1);
    const policy = name === "no-wasm" ? "script-src 'self'" : strict;
    const send = (type, body, status = 200) => answer.writeHead(status, { "Content-Type": type, "Content-Security-Policy": policy }).end(body);
    if (pathname === "/report") {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      send("text/plain", "");
      reported(JSON.parse(Buffer.concat(chunks)));
    } else if (Object.hasOwn(scripts, name)) {
      send("text/html", `<!doctype html><title>${name}</title><link rel="icon" href="data:,"><script type="module" src="/${name}.script.js"></script>`);
    } else if (name.endsWith(".script.js")) {
      send("text/javascript", scripts[name.slice(0, -".script.js".length)]);
    } else if (pathname === "/service.js") {
      send("text/javascript", service);
    } else if (pathname === "/mistyped.wasm") {
      send("application/octet-stream", await readFile(new URL("engine.wasm", dist)));
    } else if (name.startsWith("dist/")) {
      const body = await readFile(new URL(name.slice(5), dist)).catch(() => null);
      send(types[extname(name)] ?? "text/plain", body ?? "", body ? 200 : 404);
    } else {
      send("text/plain", "", 404);
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${server.address().port}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

async function reportOf(page) {
  const profile = await mkdtemp(join(tmpdir(), "statuslab-"));
  const result = new Promise((resolve) => (reported = resolve));
  const root = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const child = spawn(
    chromium,
    ["--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--remote-debugging-port=0", `--user-data-dir=${profile}`, ...root, `${origin}/${page}`],
    { stdio: "ignore" },
  );
  const ended = new Promise((resolve) => child.on("exit", resolve));
  try {
    return await Promise.race([result, ended.then((code) => assert.fail(`Chromium ended with ${code}`))]);
  } finally {
    child.kill();
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

for (const where of ["page", "worker", "service-worker"]) {
  test(`${where}: loads under a strict policy and answers as in Node`, options, async () => {
    const { load } = await built("index");
    const expected = { version: manifest.version, result: (await load()).lint({ response: bytes(broken) }) };
    assert.deepEqual(await reportOf(where), expected);
  });
}

test("a host that does not know .wasm", options, async () => {
  assert.deepEqual(await reportOf("mistyped"), { version: manifest.version });
});

test("told: a policy without 'wasm-unsafe-eval'", options, async () => {
  const { name, code, message } = await reportOf("no-wasm");
  assert.deepEqual([name, code], ["EngineError", "refused"], message);
  assert.match(message, /'wasm-unsafe-eval' in script-src/);
});

test("told: a worker whose script is not there", options, async () => {
  assert.deepEqual(await reportOf("missing-worker"), { name: "EngineError", code: "stopped", message: "the worker failed: its script could not be loaded" });
});
