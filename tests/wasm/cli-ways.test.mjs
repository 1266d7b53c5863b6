// Ways in: several files, folders, HAR files, JSON lines. Ways out: reports of many, annotations, Markdown. Config and fix.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { broken, sound, statuslab } from "./support.mjs";

const request = "GET /a HTTP/1.1\r\nHost: example.org\r\n\r\n";
const header = (name, value) => ({ name, value });
const entry = (status, headers, url = "https://example.org/a") => ({
  startedDateTime: "2026-11-22T09:30:00.000Z",
  request: { method: "GET", url, httpVersion: "HTTP/1.1", headers: [header("Host", "example.org")] },
  response: { status, statusText: "OK", httpVersion: "HTTP/1.1", headers, content: {} },
});
const date = header("Date", "Sun, 06 Nov 1994 08:49:37 GMT");
const har = (...entries) => JSON.stringify({ log: { version: "1.2", entries } });
const good = entry(204, [date]);
const bad = entry(204, [date, header("Content-Length", "0")]);

let directory;
let empty;
const file = (name) => join(directory, name);
before(async () => {
  directory = await mkdtemp(join(tmpdir(), "statuslab-"));
  empty = await mkdtemp(join(tmpdir(), "statuslab-"));
  for (const folder of ["in/deep", "in/node_modules", "in/.git"]) await mkdir(file(folder), { recursive: true });
  const files = {
    "broken.http": broken,
    "sound.http": sound,
    "pair.http": request + broken,
    "request.txt": "GET /a HTTP/1.1\r\n\r\n",
    "dump.har": har(good, bad, entry(0, []), entry(200, [], "data:,x")),
    "log.jsonl": [JSON.stringify({ id: "x", response: { text: broken } }), "{", JSON.stringify({ response: { text: sound } })].join("\n"),
    "in/b.http": broken,
    "in/a.txt": sound,
    "in/deep/c.har": har(bad),
    "in/deep/d.ndjson": JSON.stringify({ id: 7, response: { text: broken } }),
    "in/note.md": "no message",
    "in/node_modules/x.http": broken,
    "in/.git/x.http": broken,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(file(name), text);
});
after(() => Promise.all([directory, empty].map((folder) => rm(folder, { recursive: true }))));

const json = async (...args) => JSON.parse((await statuslab(["lint", "--format", "json", ...args])).stdout);
const rulesOf = ({ findings }) => findings.map(({ rule }) => rule);

test("several files, and what the whole of them comes to", async () => {
  const { code, stdout } = await statuslab(["lint", file("sound.http"), file("broken.http"), file("sound.http")]);
  assert.equal(code, 1);
  assert.match(stdout, /broken\.http:3:1 {2}● error/u);
  assert.match(stdout, /\n1 error in \d+ checks of 3 exchanges\n$/);
  const none = await statuslab(["lint", file("sound.http"), file("sound.http")]);
  assert.match(none.stdout, /^nothing found in \d+ checks of 2 exchanges\n$/);
  assert.equal(none.code, 0);
});

test("a folder brings its files by name, and those of its folders", async () => {
  const { exchanges } = await json(file("in"));
  assert.deepEqual(exchanges.map(({ name }) => name.slice(directory.length + 1)), ["in/a.txt", "in/b.http", "in/deep/c.har#1", "in/deep/d.ndjson#1"]);
  const { code, stderr } = await statuslab(["lint", empty]);
  assert.equal(code, 2);
  assert.match(stderr, /has no files \*\.http/);
});

test("a request and what answers it in one file", async () => {
  const { code, stdout } = await statuslab(["lint", file("pair.http")]);
  assert.equal(code, 1);
  assert.match(stdout, /pair\.http:6:1 {2}● error {2}.*content-length-in-204\n/u);
  assert.match(stdout, /6 │ Content-Length: 0\n/u);
  const together = await json(file("pair.http"));
  const { checks } = await json(file("broken.http"));
  assert.ok(together.checks > checks);
  assert.ok(rulesOf(await json(file("request.txt"))).some((rule) => rule.startsWith("host")));
});

test("HAR: entries with their number, and what they are about", async () => {
  const { code, stdout, stderr } = await statuslab(["lint", file("dump.har")]);
  assert.equal(code, 1, stderr);
  assert.match(stdout, /dump\.har#2 {2}GET https:\/\/example\.org\/a → 204\n/u);
  assert.match(stdout, /dump\.har#2\/response:3:1 {2}● error/u);
  assert.match(stdout, /of 3 exchanges\n$/);
  const { exchanges } = await json(file("dump.har"));
  assert.deepEqual(exchanges.map(({ name, title }) => [name.slice(directory.length + 1), title]), [
    ["dump.har#1", "GET https://example.org/a → 204"], ["dump.har#2", "GET https://example.org/a → 204"], ["dump.har#3", "GET https://example.org/a"],
  ]);
  const fromInput = await statuslab(["lint", "-"], { stdin: har(good) });
  assert.equal(fromInput.code, 0, fromInput.stdout);
});

test("HAR: what is none, and what breaks off", async () => {
  const told = async (stdin) => {
    const { code, stderr } = await statuslab(["lint"], { stdin });
    return `${code} ${stderr}`;
  };
  assert.match(await told('{"a":1}'), /^2 statuslab: stdin holds no HTTP message, and no HAR file/);
  assert.match(await told(har(good).slice(0, -5)), /^2 statuslab: stdin ends in the middle/);
  assert.match(await told(har(good, 7)), /^0|^2/);
  assert.match(await told(har(good, { request: {} })), /^2 statuslab: stdin#2 is no entry of a HAR file/);
});

test("JSON lines in a file: those that can be read are judged", async () => {
  const { code, stdout, stderr } = await statuslab(["lint", file("log.jsonl")]);
  assert.equal(code, 2);
  assert.match(stdout, /log\.jsonl#1 {2}id "x"\n/);
  assert.match(stderr, /log\.jsonl: line 2: not JSON/);
});

test("github: one annotation a finding", async () => {
  const { stdout } = await statuslab(["lint", "--format", "github", file("pair.http"), file("dump.har")]);
  const lines = stdout.trimEnd().split("\n");
  assert.ok(lines.every((line) => /^::(error|warning|notice) file=[^:]+::[^:]/.test(line)), stdout);
  assert.ok(lines.some((line) => /^::error file=.*pair\.http,line=6,endLine=6,col=1,endColumn=18,title=content-length-in-204::/.test(line)), stdout);
  assert.ok(lines.some((line) => /^::error file=.*dump\.har,title=content-length-in-204::.*dump\.har#2 GET https:\/\/example\.org\/a → 204: /u.test(line)), stdout);
});

test("markdown: a heading a message, a bullet a finding", async () => {
  const { stdout } = await statuslab(["lint", "--format", "markdown", file("pair.http"), file("dump.har")]);
  assert.match(stdout, /^## `.*pair\.http`\n\n- ● error response:6:1 \*\*/u);
  assert.match(stdout, /\(\[RFC 9110 section 8\.6\]\(https:\/\/www\.rfc-editor\.org\//);
  assert.match(stdout, /## `.*dump\.har#2` GET https:\/\/example\.org\/a → 204\n/u);
  assert.match(stdout, /of 4 exchanges\n$/);
});

test("sarif: files and entries of files", async () => {
  const { stdout } = await statuslab(["lint", "--format", "sarif", file("pair.http"), file("broken.http"), file("dump.har")]);
  const [{ artifacts, results }] = JSON.parse(stdout).runs;
  assert.equal(artifacts.length, 3);
  const [pair, alone, entry] = results.filter(({ ruleId }) => ruleId === "content-length-in-204");
  assert.equal(pair.locations[0].physicalLocation.region.startLine, 6);
  assert.equal(pair.locations[0].physicalLocation.region.byteOffset, (request + broken).indexOf("Content-Length"));
  assert.equal(alone.locations[0].physicalLocation.artifactLocation.index, 1);
  const { artifactLocation, region } = entry.locations[0].physicalLocation;
  const text = await readFile(file("dump.har"), "utf8");
  assert.deepEqual(JSON.parse(text.slice(region.byteOffset, region.byteOffset + region.byteLength)), bad);
  assert.match(artifactLocation.uri, /dump\.har$/);
  assert.match(entry.locations[0].logicalLocations[0].fullyQualifiedName, /dump\.har#2\/response$/);
});

test("config: --rule, --config, and the nearest statuslab.json upward", async () => {
  const target = file("broken.http");
  assert.deepEqual(rulesOf(await json("--rule", "content-length-in-204=off", target)), []);
  assert.equal((await json("--rule", "content-length-in-204=hint", target)).findings[0].severity, "hint");
  assert.deepEqual(rulesOf(await json("--rule", "*=off", target)), []);
  assert.deepEqual(rulesOf(await json("--rule", "*=off", "--rule", "content-length-in-204=on", target)), ["content-length-in-204"]);

  const project = file("project");
  await mkdir(join(project, "a/b"), { recursive: true });
  await writeFile(join(project, "statuslab.json"), '{"rules":{"successful/*":"off"}}');
  const lint = (args, cwd) => statuslab(["lint", "--format", "json", ...args, target], { cwd });
  assert.deepEqual(rulesOf(JSON.parse((await lint([], join(project, "a/b"))).stdout)), []);
  assert.equal((await lint([], directory)).code, 1);
  assert.deepEqual(rulesOf(JSON.parse((await lint(["--rule", "content-length-in-204=error"], project)).stdout)), ["content-length-in-204"]);
  assert.equal((await lint(["--config", join(project, "statuslab.json")], directory)).code, 0);

  for (const [text, message] of [
    ["{", /other\.json is not JSON/],
    ['{"rules":{"contnet-length-in-204":"off"}}', /other\.json: there is no rule "contnet-length-in-204"; the nearest is "content-length-in-204"/],
    ['{"rule":{}}', /"rule" is not known/],
  ]) {
    await writeFile(file("other.json"), text);
    const { code, stderr } = await lint(["--config", file("other.json")], directory);
    assert.equal(code, 2);
    assert.match(stderr, message);
  }
});

test("config holds for --jsonl as well", async () => {
  const stdin = JSON.stringify({ id: 1, response: { text: broken } });
  const { stdout } = await statuslab(["lint", "--jsonl", "--rule", "content-length-in-204=off"], { stdin });
  assert.deepEqual(rulesOf(JSON.parse(stdout)), []);
});

test("fix: the repaired message, and what is left to say on standard error", async () => {
  const fixed = await statuslab(["fix"], { stdin: broken });
  assert.deepEqual([fixed.code, fixed.stdout], [0, sound]);
  assert.match(fixed.stderr, /^1 fix made; nothing found in \d+ checks\n$/);
  const nothing = await statuslab(["fix", file("sound.http")]);
  assert.deepEqual([nothing.code, nothing.stdout], [0, sound]);
  assert.match(nothing.stderr, /^nothing was to be fixed; /);
  assert.equal((await statuslab(["fix", file("pair.http")])).stdout, request + sound);
  assert.equal((await statuslab(["fix", "--rule", "content-length-in-204=off", "-"], { stdin: broken })).stdout, broken);
});

test("fix: what wants a look on demand, and an exit code for what stays", async () => {
  const stdin = "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nhello";
  const safe = await statuslab(["fix"], { stdin });
  assert.deepEqual([safe.code, safe.stdout], [1, stdin]);
  const any = await statuslab(["fix", "--unsafe"], { stdin });
  assert.deepEqual([any.code, any.stdout], [0, stdin.replace("Length: 9", "Length: 5")]);
});

test("fix --request repairs in its light; --write changes files", async () => {
  const head = file("head.http");
  await writeFile(head, "HEAD /a HTTP/1.1\r\nHost: example.org\r\n\r\n");
  assert.equal((await statuslab(["fix", "--request", head, file("broken.http")])).stdout, sound);
  const folder = file("write");
  await mkdir(folder);
  await writeFile(join(folder, "a.http"), broken);
  await writeFile(join(folder, "b.txt"), sound);
  const { code, stdout, stderr } = await statuslab(["fix", "--write", folder]);
  assert.deepEqual([code, stdout], [0, ""]);
  assert.match(stderr, /^1 fix made; nothing found in \d+ checks of 2 exchanges\n$/);
  assert.deepEqual(await Promise.all(["a.http", "b.txt"].map((name) => readFile(join(folder, name), "utf8"))), [sound, sound]);
});

test("fix keeps bytes that are not UTF-8", async () => {
  const stdin = Buffer.from("HTTP/1.1 204 No Content\r\nX-A: \xff\xfe\r\nContent-Length: 0\r\n\r\n", "latin1");
  let out;
  await statuslab(["fix"], {
    onSpawn(child) {
      const chunks = [];
      child.stdout.on("data", (chunk) => chunks.push(chunk));
      child.on("close", () => (out = Buffer.concat(chunks)));
      child.stdin.end(stdin);
    },
  });
  assert.ok(out.toString("latin1").includes("X-A: \xff\xfe\r\n"));
  assert.ok(!out.toString("latin1").includes("Content-Length"));
});
