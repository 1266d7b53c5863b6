// The three places where a result type lives agree: the engine's JSON, the TypeScript types, and the catalogues.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { built, bytes, catalog, packageDirectory } from "./support.mjs";
import * as shapes from "./shapes.mjs";

const { load } = await built("index");
const engine = await load();
const seen = new Map();

function check(value, held, path) {
  if (held === "span") {
    assert.ok(Array.isArray(value) && value.length === 2 && value.every(Number.isInteger) && value[0] <= value[1], `${path} is a span`);
  } else if (typeof held === "string") {
    assert.equal(typeof value, held, path);
  } else if (typeof held === "function") {
    checkShape(value, held(value), path);
  } else if ("oneOf" in held) {
    assert.ok(Object.hasOwn(held.oneOf, value), `${path} is one of ${Object.keys(held.oneOf)}: ${value}`);
    if (!seen.has(held.oneOf)) seen.set(held.oneOf, new Set());
    seen.get(held.oneOf).add(value);
  } else if ("list" in held) {
    assert.ok(Array.isArray(value), `${path} is a list`);
    value.forEach((item, at) => check(item, held.list, `${path}[${at}]`));
  } else {
    Object.entries(value).forEach(([key, item]) => check(item, held.map, `${path}.${key}`));
  }
}

function checkShape(value, shape, path) {
  assert.deepEqual(Object.keys(value).sort(), Object.keys(shape).sort(), `the keys of ${path}`);
  for (const [key, held] of Object.entries(shape)) check(value[key], held, `${path}.${key}`);
}

const texts = [
  "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello",
  "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nhello\n0\nX: y\n\n",
  "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi",
  "HTTP/2 304 \r\ncontent-type : text/html\r\n\r\n",
  "> GET / HTTP/1.1\r\n> Host: a\r\n>\r\n< HTTP/1.1 405 Method Not Allowed\r\n< Date: x\r\n<\r\nbody",
  "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n\x00\x01",
  "HTTP/1.1 2O0 OK\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "garbage", "", "\r\n\r\n", "HTTP/1.1 200 OK",
];
const requests = [null, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nTransfer-Encoding: chunked\r\n\r\n", "HEAD /a HTTP/1.1\r\n\r\n", "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n", "nonsense"];

test("answers to lint have the keys of LintResult, and no others", () => {
  for (const request of requests) {
    for (const response of texts) {
      const exchange = { request: request === null ? null : bytes(request), response: bytes(response), scheme: "http" };
      checkShape(engine.lint(exchange), shapes.lintResult, "lint");
    }
  }
});

test("answers to fixAll are rounds", () => {
  for (const request of requests) {
    for (const response of texts) {
      const exchange = { request: request === null ? null : bytes(request), response: bytes(response), scheme: "http" };
      for (const unsafe of [false, true]) check(engine.fixAll(exchange, { unsafe }).rounds, { list: () => shapes.fixRound }, "fixAll");
    }
  }
});

test("answers to parse are messages", () => {
  for (const side of ["request", "response"]) {
    for (const text of [...texts, ...requests.filter((request) => request !== null)]) {
      check(engine.parse(bytes(text), side), { list: shapes.message }, "parse");
    }
  }
});

test("answers to status are facts, for every code", () => {
  for (let code = 0; code < 1000; ++code) checkShape(engine.status(code), shapes.statusFacts, `status ${code}`);
});

test("rules are facts, and the catalogue's", () => {
  const { rules } = catalog("en");
  check(engine.rules(), { list: () => shapes.ruleFacts }, "rules");
  assert.deepEqual(Object.fromEntries(engine.rules().map(({ id, family, severity }) => [id, { family, severity }])),
    Object.fromEntries(Object.entries(rules).map(([id, { family, severity }]) => [id, { family, severity }])));
});

for (const language of ["en", "zh-CN"]) {
  test(`the ${language} catalogue has a shape, and the words for what the engine says`, () => {
    const words = catalog(language);
    checkShape(words, shapes.catalog, language);
    assert.equal(words.language, language);
    assert.deepEqual(Object.keys(words.severities).sort(), ["error", "fine", "hint", "info", "warning"]);
    const labels = new Map();
    for (const request of requests) {
      for (const response of texts) {
        const { findings } = engine.lint({ request: request === null ? null : bytes(request), response: bytes(response) });
        for (const { rule, severity, args, fixes } of findings) {
          assert.equal(words.rules[rule]?.severity, severity, rule);
          for (const [placeholder, name] of words.rules[rule].message.matchAll(/\{([^}]+)\}/g)) assert.ok(name in args, `${rule}: ${placeholder}`);
          for (const { label } of fixes) labels.set(`${rule} ${label}`, words.rules[rule].fixes[label]);
        }
      }
    }
    for (const [fix, words] of labels) assert.ok(typeof words === "string" && words !== "", fix);
    for (let code = 100; code < 600; ++code) {
      for (const { key } of engine.status(code).rows) assert.ok(words.status[key]?.summary, key);
    }
  });
}

test("the catalogues know the same rules and codes", () => {
  const [en, zh] = [catalog("en"), catalog("zh-CN")];
  assert.deepEqual(Object.keys(zh.rules).sort(), Object.keys(en.rules).sort());
  assert.deepEqual(Object.keys(zh.status).sort(), Object.keys(en.status).sort());
  for (const [id, { fixes, message }] of Object.entries(en.rules)) {
    const placeholders = (text) => [...new Set(text.match(/\{[^}]+\}/g))].sort();
    assert.equal(zh.rules[id].fixes.length, fixes.length, id);
    assert.deepEqual(placeholders(zh.rules[id].message), placeholders(message), id);
  }
});

test("the shapes above are the TypeScript types, and the types are usable", async () => {
  const tsc = new URL("node_modules/typescript/bin/tsc", packageDirectory);
  const project = fileURLToPath(new URL("tsconfig.json", import.meta.url));
  await promisify(execFile)(process.execPath, [fileURLToPath(tsc), "--project", project]).catch(({ stdout, stderr }) => assert.fail(stdout + stderr));
});
