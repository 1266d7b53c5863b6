// An entry of an archive becomes the bytes of its messages; nothing is made up.
import assert from "node:assert/strict";
import { test } from "node:test";

import { built } from "./support.mjs";

const { harExchange } = await built("har");

const said = (bytes) => (bytes === null ? null : new TextDecoder().decode(bytes));
const entry = ({ request = {}, response = {} } = {}) => ({
  startedDateTime: "2026-11-22T09:30:00.000Z",
  request: { method: "GET", url: "https://a.example/b?c=d#e", httpVersion: "HTTP/1.1", headers: [{ name: "Host", value: "a.example" }], ...request },
  response: { status: 200, statusText: "OK", httpVersion: "HTTP/1.1", headers: [{ name: "Content-Length", value: "2" }], content: { size: 2, mimeType: "text/plain; charset=utf-8", text: "hi" }, ...response },
});

test("request and response as they were on the wire", () => {
  const { request, response, ...facts } = harExchange(entry());
  assert.equal(said(request), "GET /b?c=d HTTP/1.1\r\nHost: a.example\r\n\r\n");
  assert.equal(said(response), "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
  assert.deepEqual(facts, { method: "GET", url: "https://a.example/b?c=d#e", status: 200, type: "text/plain", started: "2026-11-22T09:30:00.000Z", scheme: "https" });
});

test("HTTP/2: no pseudo-header fields, the authority as Host, field lines that were joined are parted", () => {
  const { request, response } = harExchange(
    entry({
      request: { httpVersion: "h2", headers: [{ name: ":authority", value: "a.example" }, { name: ":method", value: "GET" }, { name: "accept", value: "*/*" }] },
      response: { httpVersion: "http/2.0", statusText: "", headers: [{ name: "set-cookie", value: "a=1\nb=2" }], content: { size: 0, mimeType: "" } },
    }),
  );
  assert.equal(said(request), "GET /b?c=d HTTP/2\r\nHost: a.example\r\naccept: */*\r\n\r\n");
  assert.equal(said(response), "HTTP/2 200 \r\nset-cookie: a=1\r\nset-cookie: b=2\r\n\r\n");
});

test("content without its coding, chunks, base64, content that is not recorded", () => {
  const answer = (headers, content) => said(harExchange(entry({ response: { headers, content } })).response);
  assert.equal(answer([{ name: "Content-Encoding", value: "gzip" }, { name: "Content-Length", value: "22" }], { size: 5, text: "hello" }), "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
  assert.equal(answer([{ name: "Transfer-Encoding", value: "chunked" }], { size: 5, text: "hello" }), "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
  assert.equal(answer([{ name: "Transfer-Encoding", value: "chunked" }], { size: 0, text: "" }), "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
  assert.equal(answer([], { size: 2, text: "aGk=", encoding: "base64" }), "HTTP/1.1 200 OK\r\n\r\nhi");
  assert.equal(answer([{ name: "Content-Length", value: "9000" }], { size: 9000 }), "HTTP/1.1 200 OK\r\n\r\n");
});

test("a request that was blocked has no response; what is no entry is told", () => {
  const blocked = harExchange(entry({ response: { status: 0, statusText: "", headers: [], content: {} } }));
  assert.equal(blocked.response, null);
  assert.equal(blocked.status, 0);
  for (const value of [null, 1, "x", [], {}, { request: {} }, { request: { method: "GET" } }]) assert.equal(harExchange(value), null);
});
