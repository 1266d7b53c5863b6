import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { broken, bytes, catalog, latin1, manifest, sound, statuslab } from "./support.mjs";

let directory;
const file = (name) => join(directory, name);
before(async () => {
  directory = await mkdtemp(join(tmpdir(), "statuslab-"));
  await writeFile(file("broken.http"), broken);
  await writeFile(file("sound.http"), sound);
  await writeFile(file("get.http"), "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n");
  await writeFile(file("head.http"), "HEAD / HTTP/1.1\r\nHost: example.org\r\n\r\n");
  await writeFile(file("empty.http"), "");
  await writeFile(file("名 字.http"), broken);
});
after(() => rm(directory, { recursive: true }));

test("lint: findings exit with 1, none with 0", async () => {
  const found = await statuslab(["lint", file("broken.http")]);
  assert.equal(found.code, 1);
  assert.equal(found.stderr, "");
  assert.match(found.stdout, /broken\.http:3:1 {2}● error {2}.*content-length-in-204\n/u);
  assert.match(found.stdout, /3 │ Content-Length: 0\n.*│ \^+\n/u);
  const none = await statuslab(["lint", file("sound.http")]);
  assert.equal(none.code, 0, none.stdout);
});

test("lint reads standard input without FILE and for -", async () => {
  for (const args of [["lint"], ["lint", "-"]]) {
    const { code, stdout } = await statuslab(args, { stdin: broken });
    assert.equal(code, 1);
    assert.match(stdout, /^stdin:3:1 /m);
  }
});

test("lint --request judges both, and the request alone without FILE", async () => {
  const both = await statuslab(["lint", "--request", file("get.http"), "--format", "json", file("broken.http")]);
  const alone = await statuslab(["lint", "--request", file("get.http"), "--format", "json"]);
  assert.equal(both.code, 1);
  assert.equal(alone.code, 0, alone.stdout);
  assert.ok(JSON.parse(both.stdout).checks > JSON.parse(alone.stdout).checks);
  const fromInput = await statuslab(["lint", "--request", file("get.http"), "-"], { stdin: broken });
  assert.equal(fromInput.code, 1);
});

test("what a response answers matters", async () => {
  const stdin = "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello";
  const codeFor = async (request) => (await statuslab(["lint", "--request", file(request), "-"], { stdin })).code;
  assert.equal(await codeFor("get.http"), 0);
  assert.equal(await codeFor("head.http"), 1);
});

test("--fail-on: the least severity that counts", async () => {
  const { stdout } = await statuslab(["lint", "--format", "json", file("broken.http")]);
  const severities = new Set(JSON.parse(stdout).findings.map(({ severity }) => severity));
  assert.ok(severities.has("error"));
  // A response whose worst finding is a warning.
  const stdin = "HTTP/1.1 204\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n";
  const worst = JSON.parse((await statuslab(["lint", "--format", "json"], { stdin })).stdout).findings.map(({ severity }) => severity);
  assert.ok(worst.includes("warning") && !worst.includes("error"), JSON.stringify(worst));
  assert.equal((await statuslab(["lint"], { stdin })).code, 0);
  assert.equal((await statuslab(["lint", "--fail-on", "error"], { stdin })).code, 0);
  assert.equal((await statuslab(["lint", "--fail-on", "warning"], { stdin })).code, 1);
});

test("--format json has the findings of --jsonl", async () => {
  const single = JSON.parse((await statuslab(["lint", "--format", "json", file("broken.http")])).stdout);
  const stream = await statuslab(["lint", "--jsonl"], { stdin: JSON.stringify({ id: 1, response: { text: broken } }) });
  assert.deepEqual(single.findings, JSON.parse(stream.stdout).findings);
});

test("--format sarif names the file, the place and the repair", async () => {
  const { code, stdout } = await statuslab(["lint", "--format", "sarif", file("名 字.http")]);
  assert.equal(code, 1);
  const log = JSON.parse(stdout);
  assert.equal(log.version, "2.1.0");
  const [{ tool, results, artifacts }] = log.runs;
  assert.equal(tool.driver.semanticVersion, manifest.version);
  const result = results.find(({ ruleId }) => ruleId === "content-length-in-204");
  assert.equal(tool.driver.rules[result.ruleIndex].id, "content-length-in-204");
  assert.equal(result.level, "error");
  const { artifactLocation, region } = result.locations[0].physicalLocation;
  assert.equal(artifactLocation.uri, pathToFileURL(file("名 字.http")).href);
  assert.equal(artifacts[artifactLocation.index].location.uri, artifactLocation.uri);
  assert.equal(region.startLine, 3);
  assert.equal(region.byteOffset, broken.indexOf("Content-Length"));
  assert.equal(result.fixes[0].artifactChanges[0].replacements[0].deletedRegion.endLine, 4);
});

test("--lang: messages and words in the language", async () => {
  const { stdout } = await statuslab(["lint", "--lang", "zh-CN", file("broken.http")]);
  assert.ok(stdout.includes(catalog("zh-CN").severities.error));
  assert.match(stdout, /共检查 \d+ 项/u);
  assert.match((await statuslab(["help", "--lang", "zh-CN"])).stdout, /退出码/u);
});

test("colours: never in a pipe, unless they are asked for", async () => {
  const colours = async (args, env) => /\u001b\[/.test((await statuslab(["lint", ...args, file("broken.http")], { env })).stdout);
  assert.equal(await colours([], {}), false);
  assert.equal(await colours(["--color", "auto"], {}), false);
  assert.equal(await colours(["--color", "always"], {}), true);
  assert.equal(await colours(["--color", "always"], { NO_COLOR: "1" }), true);
  assert.equal(await colours(["--color", "never"], {}), false);
});

test("colours in a terminal, unless NO_COLOR or a dumb one says no", async () => {
  const { main } = await import(new URL("../../wasm/dist/cli.js", import.meta.url).href);
  const { PassThrough } = await import("node:stream");
  const colours = async (args, env) => {
    const stdout = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
    const stderr = new PassThrough();
    assert.equal(await main({ argv: ["lint", ...args, file("broken.http")], env, stdin: new PassThrough(), stdout, stderr }), 1);
    return /\u001b\[/.test(stdout.read().toString());
  };
  assert.equal(await colours([], {}), true);
  assert.equal(await colours([], { NO_COLOR: "" }), true);
  assert.equal(await colours([], { NO_COLOR: "1" }), false);
  assert.equal(await colours([], { TERM: "dumb" }), false);
  assert.equal(await colours(["--color", "never"], {}), false);
  assert.equal(await colours(["--color", "always"], { NO_COLOR: "1" }), true);
});

test("status: the facts of a code", async () => {
  const { code, stdout } = await statuslab(["status", "204"]);
  assert.equal(code, 0);
  assert.match(stdout, /^204 No Content\n/);
  assert.ok(stdout.replace(/\s+/g, " ").includes(catalog("en").status["204"].summary));
  assert.match(stdout, /content +forbidden/);
  assert.match(stdout, /RFC 9110 section 15\.3\.5/);
  const chinese = await statuslab(["status", "204", "--lang", "zh-CN"]);
  assert.ok(chinese.stdout.includes(catalog("zh-CN").status["204"].title));
});

test("status: every meaning of a code that has several", async () => {
  const { stdout } = await statuslab(["status", "419"]);
  const { rows } = JSON.parse((await statuslab(["status", "419", "--format", "json"])).stdout);
  assert.ok(rows.length > 1);
  assert.match(stdout, new RegExp(`419 has ${rows.length} meanings`));
  for (const { phrase, summary } of rows) {
    assert.ok(stdout.includes(phrase), phrase);
    assert.ok(typeof summary === "string" && summary !== "");
  }
  assert.match(stdout, /A client that does not know 419 treats it as 400 Bad Request/);
});

test("status: a code that nobody uses is x00 of its class", async () => {
  const { code, stdout } = await statuslab(["status", "477"]);
  assert.equal(code, 0);
  assert.match(stdout, /^477 is not registered/);
  assert.match(stdout, /treats it as 400 Bad Request \(RFC 9110 section 15\)/);
  assert.match((await statuslab(["status", "799"])).stdout, /treats it as 500 Internal Server Error/);
});

test("status: every code there can be has an answer", async () => {
  const { main } = await import(new URL("../../wasm/dist/cli.js", import.meta.url).href);
  const { PassThrough } = await import("node:stream");
  for (const lang of ["en", "zh-CN"]) {
    for (let code = 0; code < 1000; code += code >= 600 || code < 100 ? 37 : 1) {
      const stdout = new PassThrough();
      const argv = ["status", String(code).padStart(3, "0"), "--lang", lang];
      assert.equal(await main({ argv, env: {}, stdin: new PassThrough(), stdout, stderr: new PassThrough() }), 0);
      assert.doesNotMatch(stdout.read().toString(), /undefined|null|\[object/, `${code} ${lang}`);
    }
  }
});

test("help and version", async () => {
  for (const args of [["help"], ["--help"], ["-h"], ["lint", "--help"]]) {
    const { code, stdout } = await statuslab(args);
    assert.equal(code, 0);
    assert.match(stdout, /exit codes: 0/);
    for (const line of stdout.split("\n")) assert.ok(line.length <= 100, line);
  }
  for (const args of [["version"], ["--version"]]) assert.equal((await statuslab(args)).stdout, `statuslab ${manifest.version}\n`);
});

const misuses = [
  [[], /a command is missing; there are lint, fix, simulate, status, snippet, help, version/],
  [["lnit"], /"lnit" is no command/],
  [["lint", "--frobnicate"], /--frobnicate/],
  [["lint", "--format"], /--format/],
  [["lint", "--format", "xml"], /--format is text or json or sarif or github or markdown, not "xml"/],
  [["lint", "--fail-on", "hint"], /--fail-on is error or warning/],
  [["lint", "--scheme", "ftp"], /--scheme is http or https/],
  [["lint", "--color", "yes"], /--color is auto or always or never/],
  [["lint", "--lang", "fr"], /--lang is en or zh-CN/],
  [["lint", "/no/such/file"], /\/no\/such\/file cannot be read: ENOENT/],
  [["lint", "--request", "a", "b", "c"], /--request goes with one FILE; 2 were given/],
  [["lint", "--now", "yesterday"], /--now is a time like 2026-11-25T12:00:00Z, not "yesterday"/],
  [["lint", "--now", "2026-11-25"], /--now is a time/],
  [["lint", "--rule", "etag-syntax"], /--rule is ID=LEVEL/],
  [["lint", "--rule", "etag-sintax=off"], /no rule "etag-sintax"; the nearest is "etag-syntax"/],
  [["lint", "--rule", "etag-syntax=loud"], /set to "loud"; the levels are on, off, error, warning, info, hint/],
  [["lint", "--config", "/no/such/file"], /\/no\/such\/file cannot be read: ENOENT/],
  [["fix", "a", "b"], /fix writes one message/],
  [["fix", "--write"], /--write takes files/],
  [["fix", "--write", "--request", "a", "b"], /--write does not go with --request/],
  [["lint", "--request", "-", "-"], /cannot both come from standard input/],
  [["lint", "--jsonl", "--format", "json"], /--format does not go with --jsonl/],
  [["lint", "--jsonl", "file"], /takes no FILE/],
  [["status"], /takes one code/],
  [["status", "204", "205"], /takes one code/],
  [["status", "20"], /"20" is no status code/],
  [["status", "2xx"], /"2xx" is no status code/],
  [["status", "204", "--format", "sarif"], /--format is text or json/],
];
for (const [args, pattern] of misuses) {
  test(`misuse exits with 2: statuslab ${args.join(" ")}`, async () => {
    const { code, stdout, stderr } = await statuslab(args);
    assert.equal(code, 2);
    assert.equal(stdout, "");
    assert.match(stderr, /^statuslab: [^\n]+\n$/);
    assert.match(stderr, pattern);
  });
}

test("nothing to judge is misuse", async () => {
  assert.match((await statuslab(["lint", file("empty.http")])).stderr, /empty\.http is empty/);
  const blank = await statuslab(["lint", "--request", file("get.http"), "-"], { stdin: "\r\n" });
  assert.equal(blank.code, 2, blank.stdout);
  assert.match(blank.stderr, /stdin holds no HTTP message/);
  assert.equal((await statuslab(["lint"])).code, 2);
});

test("bytes that are not UTF-8, and those that steer terminals, arrive as pictures", async () => {
  const { stdout } = await statuslab(["lint"], { stdin: latin1("HTTP/1.1 204 \x1b[2J\xff\r\nContent-Length: 0\x00\r\n\r\n") });
  assert.doesNotMatch(stdout, /[\u0000-\u0009\u000b-\u001f]/u);
  assert.match(stdout, /␛|␀/u);
});

// --- jsonl ------------------------------------------------------------------------------------------------------

const line = (id, response = broken) => JSON.stringify({ id, scheme: "https", request: null, response: { text: response } });

test("jsonl: the form of an answer", async () => {
  const { code, stdout } = await statuslab(["lint", "--jsonl"], { stdin: `${line("a")}\n` });
  assert.equal(code, 0);
  const answer = JSON.parse(stdout);
  assert.deepEqual(Object.keys(answer), ["id", "findings"]);
  const finding = answer.findings.find(({ rule }) => rule === "content-length-in-204");
  assert.deepEqual(Object.keys(finding), ["rule", "severity", "message", "on", "index", "begin", "end", "cite", "fixes"]);
  assert.deepEqual(Object.keys(finding.fixes[0]), ["title", "edits"]);
  assert.deepEqual(Object.keys(finding.fixes[0].edits[0]), ["begin", "end", "text"]);
  assert.equal(finding.cite, "RFC 9110 section 8.6");
  assert.doesNotMatch(finding.message, /[{}]/);
});

test("jsonl: base64 carries bytes that text cannot", async () => {
  const raw = latin1("HTTP/1.1 204 \xff\r\nContent-Length: 0\r\n\r\n");
  const stdin = `${JSON.stringify({ id: 1, response: { base64: Buffer.from(raw).toString("base64") } })}\n`;
  const { findings } = JSON.parse((await statuslab(["lint", "--jsonl"], { stdin })).stdout);
  const finding = findings.find(({ rule }) => rule === "content-length-in-204");
  assert.equal(Buffer.from(raw.subarray(finding.begin, finding.begin + 14)).toString(), "Content-Length");
});

test("jsonl: every line has its answer, bad ones an error", async () => {
  const stdin = [line(1), "{", "", '{"id":{"deep":[1]},"response":7}', "\u0000", '{"id":"no side"}', line("last")].join("\n");
  const { code, stdout } = await statuslab(["lint", "--jsonl"], { stdin });
  const answers = stdout.trimEnd().split("\n").map((text) => JSON.parse(text));
  assert.equal(code, 0);
  assert.deepEqual(answers.map(({ id }) => id), [1, null, null, { deep: [1] }, null, "no side", "last"]);
  assert.deepEqual(answers.map(({ error }) => error?.slice(0, 6)), [undefined, "line 2", "line 3", "line 4", "line 5", "line 6", undefined]);
  assert.deepEqual(answers[6].findings, answers[0].findings);
});

test("jsonl: --fail-on makes the exit code tell", async () => {
  const code = async (stdin, ...args) => (await statuslab(["lint", "--jsonl", ...args], { stdin })).code;
  assert.equal(await code(line(1)), 0);
  assert.equal(await code(line(1), "--fail-on", "error"), 1);
  assert.equal(await code(line(1, sound), "--fail-on", "error"), 0);
  assert.equal(await code("{", "--fail-on", "error"), 1);
  assert.equal(await code(""), 0);
});

test("jsonl: each line is answered before the next is sent", { timeout: 20_000 }, async () => {
  const ids = [];
  const { code } = await statuslab(["lint", "--jsonl"], {
    onSpawn(child) {
      let sent = 0;
      let text = "";
      child.stdin.write(`${line(++sent)}\n`);
      child.stdout.on("data", (chunk) => {
        text += chunk;
        if (!text.endsWith("\n")) return;
        ids.push(JSON.parse(text).id);
        text = "";
        if (sent < 20) child.stdin.write(`${line(++sent)}\n`);
        else child.stdin.end();
      });
    },
  });
  assert.equal(code, 0);
  assert.deepEqual(ids, Array.from({ length: 20 }, (_, at) => at + 1));
});

test("jsonl: ten thousand lines, in order, a reader that is slow does not make it grow", { timeout: 120_000 }, async (t) => {
  const count = 10_000;
  const stdin = Array.from({ length: count }, (_, at) => (at % 1000 === 999 ? `{"id":${at}` : line(at))).join("\n");
  const started = performance.now();
  const { code, stdout } = await statuslab(["lint", "--jsonl"], { stdin });
  t.diagnostic(`${count} lines, ${(Buffer.byteLength(stdin) / 1e6).toFixed(1)} MB, in ${Math.round(performance.now() - started)} ms`);
  const answers = stdout.trimEnd().split("\n").map((text) => JSON.parse(text));
  assert.equal(code, 0);
  assert.equal(answers.length, count);
  answers.forEach((answer, at) => assert.ok(at % 1000 === 999 ? answer.error.startsWith(`line ${at + 1}:`) : answer.id === at, `line ${at + 1}`));

  // The same without reading: output waits, so input waits.
  let accepted = 0;
  await statuslab(["lint", "--jsonl"], {
    onSpawn(child) {
      child.stdout.removeAllListeners("data");
      child.stdout.pause();
      const data = bytes(`${line(1)}\n`.repeat(1000));
      let calm;
      const fill = () => {
        clearTimeout(calm);
        calm = setTimeout(() => child.kill(), 1000);
        child.stdin.write(data, (error) => {
          if (error) return;
          accepted += data.length;
          if (accepted > 200e6) child.kill();
          else fill();
        });
      };
      fill();
      child.on("exit", () => child.stdout.resume());
    },
  });
  t.diagnostic(`${(accepted / 1e6).toFixed(1)} MB taken in while nobody reads`);
  assert.ok(accepted < 20e6, `${accepted} bytes were taken in`);
});

test("a reader that leaves early ends it quietly", { timeout: 20_000 }, async () => {
  const { code, stderr } = await statuslab(["lint", "--jsonl"], {
    onSpawn(child) {
      child.stdout.once("data", () => child.stdout.destroy());
      const more = () => child.stdin.write(`${line(1)}\n`.repeat(1000), (error) => error || more());
      more();
    },
  });
  assert.equal(stderr, "");
  assert.equal(code, 0);
});
