// The package in workerd, the runtime of an edge host: no files, no fetch of its own parts, no compiling of bytes.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cp, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { broken, dist } from "./support.mjs";

const require = createRequire(new URL("../package.json", import.meta.url));
const workerd = (() => {
  try {
    return require.resolve("workerd/bin/workerd");
  } catch {
    return null;
  }
})();
const skip = workerd === null && "workerd is not installed";

const handler = `
  import { load } from "./index.js";
  import wasm from "./engine.wasm";

  export default {
    async fetch(request) {
      try {
        const engine = await load(new URL(request.url).pathname === "/bare" ? {} : { wasm });
        return Response.json(engine.lint({ response: new Uint8Array(await request.arrayBuffer()) }));
      } catch (error) {
        return Response.json({ name: error.name, code: error.code, message: error.message }, { status: 500 });
      }
    },
  };
`;

let directory;
let child;
let origin;
before(async () => {
  if (skip) return;
  directory = await mkdtemp(join(tmpdir(), "statuslab-"));
  const scripts = (await readdir(dist)).filter((name) => /\.m?js$/.test(name) && name !== "cli.js" && name !== "worker.js");
  for (const name of [...scripts, "engine.wasm"]) await cp(new URL(name, dist), join(directory, name));
  await writeFile(join(directory, "handler.js"), handler);
  const modules = ["handler.js", ...scripts].map((name) => `(name = "${name}", esModule = embed "${name}")`);
  await writeFile(
    join(directory, "config.capnp"),
    `using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (
      services = [(name = "main", worker = (
        modules = [${modules.join(", ")}, (name = "engine.wasm", wasm = embed "engine.wasm")],
        compatibilityDate = "2024-09-01",
      ))],
      sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
    );`,
  );
  child = spawn(workerd, ["serve", "config.capnp", "--control-fd=3"], { cwd: directory, stdio: ["ignore", "inherit", "inherit", "pipe"] });
  const port = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`workerd ended with ${code}`)));
    let said = "";
    child.stdio[3].on("data", (chunk) => {
      said += chunk;
      const found = /"event":"listen".*"port":(\d+)/.exec(said);
      if (found) resolve(found[1]);
    });
  });
  origin = `http://127.0.0.1:${port}`;
});
after(async () => {
  child?.kill();
  if (directory) await rm(directory, { recursive: true });
});

test("an edge runtime judges a response", { skip, timeout: 30_000 }, async () => {
  const answer = await fetch(origin, { method: "POST", body: broken });
  const { findings } = await answer.json();
  assert.equal(answer.status, 200);
  assert.ok(findings.some(({ rule }) => rule === "content-length-in-204"));
});

test("without a module it says what to pass", { skip, timeout: 30_000 }, async () => {
  const answer = await (await fetch(`${origin}/bare`, { method: "POST", body: broken })).json();
  assert.deepEqual([answer.name, answer.code], ["EngineError", "fetch"]);
  assert.match(answer.message, /pass engine\.wasm as load\(\{ wasm \}\)/);
});
