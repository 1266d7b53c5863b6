// What gets published: the files, the names they have, and that they work where they get installed.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { access, cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { dist, manifest, packageDirectory } from "./support.mjs";

const run = promisify(execFile);

test("every exported file is there", async () => {
  const targets = (value) => (typeof value === "string" ? [value] : Object.values(value).flatMap(targets));
  for (const target of [...targets(manifest.exports), ...Object.values(manifest.bin).map((name) => `./${name}`)]) {
    const names = target.includes("*") ? ["en", "zh-CN"].map((name) => target.replace("*", name)) : [target];
    for (const name of names) await access(new URL(name, packageDirectory));
  }
});

test("it depends on nothing", () => {
  for (const kind of ["dependencies", "peerDependencies", "optionalDependencies"]) assert.equal(manifest[kind], undefined);
});

// What only the command line loads.
const ONLY_IN_NODE = ["cli.js", "snippet-command.js", "jsonl.js", "config-file.js", "inputs.js", "reporters.js"];

test("nothing in it evaluates text as code, and only Node's part asks for Node", async () => {
  for (const name of await readdir(dist)) {
    if (!/\.m?js$/.test(name)) continue;
    const text = await readFile(new URL(name, dist), "utf8");
    assert.doesNotMatch(text, /\beval\(|new Function\(|Function\(["'`]/, name);
    if (ONLY_IN_NODE.includes(name)) continue;
    assert.doesNotMatch(text, /^import .*["']node:/m, name);
    assert.doesNotMatch(text, /import\(["']node:/, name);
  }
});

test("installed in another project it works by its name", { timeout: 60_000 }, async (t) => {
  const project = await mkdtemp(join(tmpdir(), "statuslab-"));
  t.after(() => rm(project, { recursive: true }));
  const home = join(project, "node_modules", "statuslab");
  const { stdout } = await run("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { cwd: fileURLToPath(packageDirectory) });
  const [{ files }] = JSON.parse(stdout);
  const paths = files.map(({ path }) => path);
  for (const path of ["package.json", "README.md", "cli.mjs", "dist/index.js", "dist/index.d.ts", "dist/engine.mjs", "dist/engine.wasm", "dist/worker.js", "dist/catalog/en.json", "dist/catalog/zh-CN.json"]) {
    assert.ok(paths.includes(path), path);
  }
  for (const path of paths) assert.match(path, /^(dist\/|package\.json$|README\.md$|LICENSE$|cli\.mjs$)/);
  for (const path of paths) await cp(new URL(path, packageDirectory), join(home, path));

  await writeFile(join(project, "use.mjs"), `
    import { createRequire } from "node:module";
    import { readFile } from "node:fs/promises";
    import { Worker } from "node:worker_threads";
    import { connect, describe, load } from "statuslab";
    const require = createRequire(import.meta.url);
    const catalog = require("statuslab/catalog/en.json");
    const engine = await load();
    const { findings } = engine.lint({ response: new TextEncoder().encode("HTTP/1.1 204 No Content\\r\\nContent-Length: 0\\r\\n\\r\\n") });
    const { rule } = findings.find(({ rule }) => rule === "content-length-in-204");
    console.log(describe(findings.find((finding) => finding.rule === rule), catalog).cite);
    console.log((await load({ wasm: await readFile(require.resolve("statuslab/engine.wasm")) })).version);
    const remote = await connect(new Worker(require.resolve("statuslab/worker")));
    console.log((await remote.status(204)).rows[0].phrase);
    remote.close();
  `);
  const used = await run(process.execPath, ["use.mjs"], { cwd: project });
  assert.deepEqual(used.stdout.trim().split("\n"), ["RFC 9110 section 8.6", manifest.version, "No Content"]);
  const version = await run(process.execPath, [join(home, manifest.bin.statuslab), "version"], { cwd: project });
  assert.equal(version.stdout, `statuslab ${manifest.version}\n`);
});
