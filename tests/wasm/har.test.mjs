// HAR files: cut into entries as they come, and entries into exchanges that bring no finding of the file's making.
import assert from "node:assert/strict";
import { test } from "node:test";

import { built, bytes } from "./support.mjs";

const { EntrySplitter, harExchange } = await built("har");
const { load } = await built("index");
const engine = await load();

const decode = (data) => (data === null ? null : Buffer.from(data).toString("latin1"));
const header = ([name, value]) => ({ name, value });

function entry({ url = "https://example.com/a?b=c", method = "GET", version = "HTTP/1.1", status = 200, asked = {}, answered = {}, content = {}, postData, statusText = "OK" } = {}) {
  return {
    startedDateTime: "2026-11-22T09:30:00.000Z",
    time: 12.5,
    request: { method, url, httpVersion: version, headers: Object.entries(asked).map(header), ...(postData ? { postData } : {}) },
    response: { status, statusText, httpVersion: version, headers: Object.entries(answered).map(header), content: { size: 0, mimeType: "text/plain", ...content } },
  };
}

const sound = { Date: "Sun, 22 Nov 2026 09:30:00 GMT", "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "max-age=60" };
const har = (...entries) => ({ log: { version: "1.2", creator: { name: "x", version: "1" }, entries } });

/** Findings at warning or above. */
function grave(given) {
  return engine.lint(harExchange(given)).findings.filter(({ severity }) => severity === "error" || severity === "warning").map(({ rule, args }) => [rule, args]);
}

/** Entries and where they stand. */
function split(text, size = Infinity) {
  const splitter = new EntrySplitter();
  const data = bytes(text);
  const entries = [];
  for (let at = 0; at < data.length; at += size) {
    for (const { bytes: piece, begin, end } of splitter.push(data.subarray(at, at + size))) {
      assert.equal(decode(piece), decode(data.subarray(begin, end)));
      entries.push(JSON.parse(new TextDecoder().decode(piece)));
    }
  }
  return { entries, place: splitter.place, cut: splitter.cut };
}

test("an entry becomes request and response", () => {
  const { request, response, ...facts } = harExchange(entry({ asked: { Host: "example.com", Accept: "*/*" }, answered: sound, content: { text: "héllo", mimeType: "Text/Plain; charset=x" } }));
  assert.deepEqual(facts, {
    method: "GET", url: "https://example.com/a?b=c", status: 200, type: "text/plain", started: "2026-11-22T09:30:00.000Z", scheme: "https", content: "shown",
  });
  assert.equal(decode(request), "GET /a?b=c HTTP/1.1\r\nHost: example.com\r\nAccept: */*\r\n\r\n");
  assert.equal(decode(response),
    "HTTP/1.1 200 OK\r\nDate: Sun, 22 Nov 2026 09:30:00 GMT\r\nContent-Type: text/plain; charset=utf-8\r\nCache-Control: max-age=60\r\n\r\nh\xc3\xa9llo");
});

test("HTTP/2 and HTTP/3 in the spellings of browsers: no reason, no pseudo-header fields, names in lower case", () => {
  for (const [version, written] of [["http/2.0", "2"], ["HTTP/2", "2"], ["h2", "2"], ["h3", "3"], ["HTTP/3", "3"], ["h3-29", "3"], ["http/1.0", "1.0"], ["HTTP/1.1", "1.1"]]) {
    const asked = { ":authority": "example.com", ":method": "GET", ":path": "/a", ":scheme": "https", Accept: "*/*" };
    const exchange = harExchange(entry({ version, asked, answered: sound }));
    const old = written.startsWith("1.");
    assert.equal(decode(exchange.request), `GET /a?b=c HTTP/${written}\r\n${old ? "Host" : "host"}: example.com\r\n${old ? "Accept" : "accept"}: */*\r\n\r\n`);
    assert.match(decode(exchange.response), old ? /^HTTP\/1\.[01] 200 OK\r\nDate/ : /^HTTP\/[23] 200 \r\ndate/);
  }
});

test("a version that the file does not tell is one that asks for little", () => {
  for (const version of ["", "unknown", undefined]) {
    assert.match(decode(harExchange({ ...entry(), request: { ...entry().request, httpVersion: version }, response: { ...entry().response, httpVersion: version } }).response), /^HTTP\/2 200/);
  }
  const exchange = harExchange(entry({ version: "", answered: { Connection: "close" } }));
  assert.match(decode(exchange.response), /^HTTP\/1\.1 200 OK\r\nConnection/);
});

test("what the file lost is not found missing, and what it changed not wrong", () => {
  const cases = {
    "decoded content": { answered: { ...sound, "Content-Encoding": "gzip", Vary: "Accept-Encoding", "Content-Length": "31" }, content: { text: "hello, hello, hello", size: 19 } },
    "decoded content over HTTP/2": { version: "h2", answered: { ...sound, "Content-Encoding": "br", Vary: "Accept-Encoding", "Content-Length": "3" }, content: { text: "hello" } },
    "chunks are gone": { answered: { ...sound, "Transfer-Encoding": "chunked" }, content: { text: "hello" } },
    "characters are recoded": { answered: { ...sound, "Content-Type": "text/plain; charset=gbk", "Content-Length": "4" }, content: { text: "你好" } },
    "content is left out": { answered: { ...sound, "Content-Length": "400" }, content: { size: 400 } },
    "content of a 304 comes from the cache": { status: 304, statusText: "Not Modified", asked: { "If-None-Match": '"a"' }, answered: { Date: sound.Date, ETag: '"a"', "Cache-Control": "max-age=60" }, content: { text: "hello" } },
    "content of a HEAD": { method: "HEAD", answered: { ...sound, "Content-Length": "5" }, content: { text: "hello" } },
    "a Host that is not listed": { asked: { "User-Agent": "x" }, answered: sound },
    "a request's content without its fields": { method: "POST", postData: { mimeType: "text/plain", text: "hello" }, asked: { "Content-Type": "text/plain" }, answered: sound },
    "a request's content that is not there": { method: "POST", asked: { "Content-Type": "text/plain", "Content-Length": "5" }, answered: sound },
    "a redirection without its content": { status: 302, statusText: "Found", answered: { Date: sound.Date, Location: "/b", "Content-Length": "138", "Content-Type": "text/html" } },
    "lines that were joined": { answered: { ...sound, "Cache-Control": "private, max-age=60", "Set-Cookie": "a=b; Secure; HttpOnly; SameSite=Lax; Path=/\nc=d; Secure; HttpOnly; SameSite=Lax; Path=/" } },
    "a WebSocket": {
      url: "wss://example.com/chat", status: 101, statusText: "Switching Protocols",
      asked: { Host: "example.com", Connection: "Upgrade", Upgrade: "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==" },
      answered: { Date: sound.Date, Connection: "Upgrade", Upgrade: "websocket", "Sec-WebSocket-Accept": "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" },
    },
    "an absolute target with characters that were encoded": { url: "https://user@example.com/ä b?ö", answered: sound },
    "no path": { url: "https://example.com", answered: sound },
  };
  for (const [name, given] of Object.entries(cases)) assert.deepEqual(grave(entry(given)), [], name);
});

test("what the file shows is judged", () => {
  assert.deepEqual(grave(entry({ status: 204, statusText: "No Content", answered: { Date: sound.Date, "Content-Length": "0" } })).map(([rule]) => rule), ["content-length-in-204"]);
});

test("lines, targets and content", () => {
  const request = (given) => decode(harExchange(entry(given)).request);
  assert.match(request({ url: "https://user:pw@example.com/ä b?ö#frag" }), /^GET \/%C3%A4%20b\?%C3%B6 HTTP\/1\.1\r\nHost: example\.com\r\n/);
  assert.match(request({ url: "http://example.com?x" }), /^GET \/\?x HTTP/);
  assert.match(request({ asked: { Cookie: "a=b\nc=d" } }), /Cookie: a=b\r\nCookie: c=d\r\n/);
  const exchange = harExchange(entry({ content: { text: "AAH/", encoding: "base64" } }));
  assert.deepEqual([...exchange.response.subarray(-3)], [0, 1, 255]);
  const broken = harExchange(entry({ content: { text: "%%", encoding: "base64" } }));
  assert.ok(decode(broken.response).endsWith("\r\n\r\n"));
});

test("a request without an answer, and what is not HTTP", () => {
  const blocked = harExchange(entry({ status: 0 }));
  assert.deepEqual([blocked.status, blocked.response], [0, null]);
  for (const url of ["data:,a", "blob:https://example.com/1", "chrome-extension://abc/x.js", "about:blank"]) {
    const { status, scheme, request, response } = harExchange(entry({ url }));
    assert.deepEqual([status, scheme, request, response], [0, null, null, null]);
  }
  for (const nothing of [null, 1, "x", [], {}, { request: null }, { request: { method: "GET" } }]) assert.equal(harExchange(nothing), null);
});

test("entries of any shape make exchanges or nothing", () => {
  for (const value of [null, 0, -1, 1.5, "", "x", [], {}, [null], true]) {
    const parts = [
      ...["request", "response", "startedDateTime", "time"].map((key) => ({ ...entry(), [key]: value })),
      ...["method", "url", "httpVersion", "headers", "postData"].map((key) => ({ ...entry(), request: { ...entry().request, [key]: value } })),
      ...["status", "statusText", "httpVersion", "headers", "content"].map((key) => ({ ...entry(), response: { ...entry().response, [key]: value } })),
      { ...entry(), response: { ...entry().response, headers: [{ name: value, value }] } },
    ];
    for (const part of parts) engine.lint(harExchange(part) ?? {});
  }
});

test("the file may come in parts of any size", () => {
  const awkward = ['a "quoted" \\ back\\\\slash, [bracket] {brace} \u{1f600} é', "\\", '\\"'].map((text) => entry({ content: { text } }));
  const file = { log: { comment: 'entries": [ , "', pages: [{ entries: [1, 2] }], ...har(...awkward).log, zzz: { entries: [3] } }, entries: [4] };
  for (const text of [JSON.stringify(file), JSON.stringify(file, null, 2), `\ufeff${JSON.stringify(file)}\n`]) {
    for (const size of [1, 2, 3, 7, 64, 1000, Infinity]) assert.deepEqual(split(text, size), { entries: awkward, place: "after", cut: false });
  }
});

test("what is no HAR file, and what is cut off", () => {
  for (const text of ["", "[]", '{"log":{}}', '{"log":{"entries":{}}}', "HTTP/1.1 200 OK\r\n\r\n"]) assert.equal(split(text).place, "before");
  assert.deepEqual(split('{"log":{"entries":[]}}'), { entries: [], place: "after", cut: false });
  assert.deepEqual(split('{"log":{"entries":[{"a":1},{"b":'), { entries: [{ a: 1 }], place: "entries", cut: true });
});
