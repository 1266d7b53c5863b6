import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Worker } from "node:worker_threads";

import { built, dist, latin1, statuslab } from "./support.mjs";

const { connect, load } = await built("index");

let engine;
let directory;
before(async () => {
  engine = await load({ parts: ["snippet"] });
  directory = await mkdtemp(join(tmpdir(), "statuslab-"));
});
after(() => rm(directory, { recursive: true }));

const words = async (language) => JSON.parse(await readFile(new URL(`catalog/snippets.${language}.json`, dist), "utf8")).notes;

test("an answer gives the handler of a framework, its newest version where none is named", () => {
  const made = engine.snippet({ status: 429, kind: "retry", fields: [{ name: "Retry-After", value: "30" }], path: "/search" }, "express");
  assert.equal(made.verdict, "possible");
  assert.equal(made.target, "express-5");
  assert.match(made.files[0].text, /res\.set\("Retry-After", "30"\);\n {2}res\.status\(429\)\.end\(\);/u);
});

test("a complete project has a manifest with pinned versions and says how it is started", () => {
  const { files, install, start, main } = engine.snippet({ status: 204 }, "fastapi", "complete");
  assert.deepEqual(files.map(({ path }) => path), ["requirements.txt", "main.py"]);
  assert.match(files[0].text, /^fastapi==\d+\.\d+\.\d+\nuvicorn==/u);
  assert.ok(install.length > 0 && start.startsWith("uvicorn "));
  assert.equal(main, "main.py");
});

test("refusals and notes have words in both languages, with all their arguments", async () => {
  const [english, chinese] = [await words("en"), await words("zh-CN")];
  const { targets, cases, codes } = engine.snippetFacts();
  let seen = 0;
  for (const { id } of targets) {
    for (const { name } of cases) {
      for (const code of codes) {
        const { verdict, reason, notes } = engine.snippet(engine.exampleAnswer(code, name), id);
        assert.equal(reason === null, verdict === "possible");
        for (const note of reason === null ? notes : [reason, ...notes]) {
          seen += 1;
          for (const catalog of [english, chinese]) {
            assert.ok(catalog[note.id], note.id);
            for (const [, index] of catalog[note.id].matchAll(/\{(\d)\}/gu)) assert.ok(note.args[index], `${note.id} {${index}}`);
          }
        }
      }
    }
  }
  assert.ok(seen > 1000);
});

test("a response that was seen, in the words of another framework", () => {
  const answer = engine.answerOf(latin1("HTTP/1.1 303 See Other\r\nLocation: /orders/7\r\n\r\n"), latin1("POST /orders HTTP/1.1\r\nHost: a.example\r\n\r\n"));
  assert.equal(answer.kind, "redirect");
  assert.match(engine.snippet(answer, "go").files[0].text, /http\.Redirect\(w, r, "\/orders\/7", http\.StatusSeeOther\)/u);
});

test("an unknown target and another shape are told, and the engine goes on", () => {
  assert.throws(() => engine.snippet({}, "expres"), (error) => error instanceof RangeError && /express-5/u.test(error.message));
  assert.throws(() => engine.snippet({ status: "404" }, "go"), RangeError);
  assert.throws(() => engine.exampleAnswer(404, "nonsense"), RangeError);
  assert.equal(engine.snippet({}, "go").verdict, "possible");
});

test("a worker gives the same answers", async (t) => {
  const remote = await connect(new Worker(new URL("worker.js", dist)));
  t.after(() => remote.close());
  assert.deepEqual(await remote.snippetFacts(), engine.snippetFacts());
  const response = latin1("HTTP/1.1 410 Gone\r\nContent-Length: 4\r\n\r\ngone");
  const answer = await remote.answerOf(response);
  assert.deepEqual(answer, engine.answerOf(response));
  assert.deepEqual(await remote.snippet(answer, "spring", "complete"), engine.snippet(answer, "spring", "complete"));
  await assert.rejects(remote.snippet(answer, "expres"), RangeError);
});

test("many answers in one app", () => {
  const { files, verdicts } = engine.snippetProject([{ path: "/a" }, { path: "/b", status: 103 }], "go");
  assert.deepEqual(verdicts, ["possible", "not-applicable"]);
  assert.match(files.find(({ path }) => path === "main.go").text, /"GET \/a", getA/u);
});

test("command line: a handler, a project in a folder, a response as a model, and what cannot be sent", async () => {
  const handler = await statuslab(["snippet", "--framework", "express", "--status", "204"]);
  assert.equal(handler.code, 0, handler.stderr);
  assert.match(handler.stdout, /res\.status\(204\)\.end\(\);/u);

  const out = join(directory, "project");
  const project = await statuslab(["snippet", "--framework", "go", "--status", "404", "--complete", "--out", out]);
  assert.equal(project.code, 0, project.stderr);
  assert.equal(project.stdout, "go run .\n");
  assert.match(await readFile(join(out, "main.go"), "utf8"), /http\.StatusNotFound/u);

  await writeFile(join(directory, "gone.http"), "HTTP/1.1 410 Gone\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\ngone");
  const seen = await statuslab(["snippet", "--framework", "django", join(directory, "gone.http")]);
  assert.match(seen.stdout, /HTTPStatus\.GONE/u);

  const cannot = await statuslab(["snippet", "--framework", "fastapi", "--status", "103"]);
  assert.equal(cannot.code, 1);
  assert.match(cannot.stderr, /uvicorn has no way to send a 103/u);
  assert.match(cannot.stdout, /"Link"/u);

  for (const args of [["--status", "204"], ["--framework", "go"], ["--framework", "go", "--status", "99"], ["--framework", "go", "--status", "204", "--out", out], ["--framework", "go", "--status", "204", "--kind", "nonsense"]]) {
    const misuse = await statuslab(["snippet", ...args]);
    assert.equal(misuse.code, 2, args.join(" "));
    assert.notEqual(misuse.stderr, "");
  }
});
