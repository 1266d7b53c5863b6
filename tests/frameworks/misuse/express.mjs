// What Express 5 and 4 and node:http put on the wire when asked for the wrong things. Each part between two `case` lines is a
// row of core/data/framework_behaviour.tsv: `case: ID [METHOD PATH [| Field: value]...]`, GET /ID where nothing else is said.
// Run as: node express.mjs PORT
import express from "express";
import { utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const app = express();
app.get("/probe", (req, res) => res.type("text/plain").send("alive"));

const tenBytes = join(tmpdir(), `ten-bytes-${process.pid}.txt`);
writeFileSync(tenBytes, "0123456789");
utimesSync(tenBytes, 1_700_000_000, 1_700_000_000); // an ETag is made of it
process.on("SIGTERM", () => process.exit());

// case: 204-empty
app.get("/204-empty", (req, res) => res.status(204).end());
// case: 204-send-status
app.get("/204-send-status", (req, res) => res.sendStatus(204));
// case: 204-text
app.get("/204-text", (req, res) => res.status(204).send("hello"));
// case: 204-json
app.get("/204-json", (req, res) => res.status(204).json({ a: 1 }));
// case: 204-raw
app.get("/204-raw", (req, res) => {
  res.statusCode = 204;
  res.end("hello");
});
// case: 204-content-length
app.get("/204-content-length", (req, res) => res.status(204).set("Content-Length", "5").end());
// case: 204-chunked
app.get("/204-chunked", (req, res) => res.status(204).set("Transfer-Encoding", "chunked").end());
// case: 205-empty
app.get("/205-empty", (req, res) => res.status(205).end());
// case: 205-text
app.get("/205-text", (req, res) => res.status(205).send("hello"));
// case: 205-json
app.get("/205-json", (req, res) => res.status(205).json({ a: 1 }));
// case: 205-raw
app.get("/205-raw", (req, res) => {
  res.statusCode = 205;
  res.end("hello");
});
// case: 304-empty
app.get("/304-empty", (req, res) => res.status(304).end());
// case: 304-text
app.get("/304-text", (req, res) => res.status(304).send("hello"));
// case: 304-json
app.get("/304-json", (req, res) => res.status(304).json({ a: 1 }));
// case: 304-raw
app.get("/304-raw", (req, res) => {
  res.statusCode = 304;
  res.end("hello");
});
// case: final-100
app.get("/final-100", (req, res) => res.sendStatus(100));
// case: final-101
app.get("/final-101", (req, res) => res.sendStatus(101));
// case: final-103
app.get("/final-103", (req, res) => res.status(103).json({ a: 1 }));
// case: final-199
app.get("/final-199", (req, res) => res.sendStatus(199));
// case: early-hints
app.get("/early-hints", (req, res) => {
  res.writeEarlyHints({ link: "</style.css>; rel=preload; as=style" });
  res.type("text/plain").send("hello");
});
// case: processing
app.get("/processing", (req, res) => {
  res.writeProcessing();
  res.type("text/plain").send("hello");
});
// case: code-299
app.get("/code-299", (req, res) => res.status(299).type("text/plain").send("hello"));
// case: code-499
app.get("/code-499", (req, res) => res.status(499).type("text/plain").send("hello"));
// case: code-499-send-status
app.get("/code-499-send-status", (req, res) => res.sendStatus(499));
// case: code-520
app.get("/code-520", (req, res) => res.status(520).type("text/plain").send("hello"));
// case: code-599
app.get("/code-599", (req, res) => res.status(599).type("text/plain").send("hello"));
// case: code-600
app.get("/code-600", (req, res) => res.status(600).type("text/plain").send("hello"));
// case: code-799
app.get("/code-799", (req, res) => res.status(799).type("text/plain").send("hello"));
// case: code-999
app.get("/code-999", (req, res) => res.status(999).type("text/plain").send("hello"));
// case: code-0
app.get("/code-0", (req, res) => res.status(0).type("text/plain").send("hello"));
// case: code-99
app.get("/code-99", (req, res) => res.status(99).type("text/plain").send("hello"));
// case: code-1000
app.get("/code-1000", (req, res) => res.status(1000).type("text/plain").send("hello"));
// case: code-digits
app.get("/code-digits", (req, res) => res.status("200").type("text/plain").send("hello"));
// case: code-fraction
app.get("/code-fraction", (req, res) => res.status(200.5).type("text/plain").send("hello"));
// case: code-word
app.get("/code-word", (req, res) => res.status("abc").type("text/plain").send("hello"));
// case: send-number
app.get("/send-number", (req, res) => res.send(404));
// case: json-then-status
app.get("/json-then-status", (req, res) => res.json({ a: 1 }, 201));
// case: status-after-content
app.get("/status-after-content", (req, res) => {
  res.write("hello");
  res.status(500).end();
});
// case: length-too-long
app.get("/length-too-long", (req, res) => res.set("Content-Length", "10").end("abc"));
// case: length-too-short
app.get("/length-too-short", (req, res) => res.set("Content-Length", "2").end("abcde"));
// case: length-not-a-number
app.get("/length-not-a-number", (req, res) => res.set("Content-Length", "many").end("abc"));
// case: length-and-chunked
app.get("/length-and-chunked", (req, res) => res.set({ "Content-Length": "3", "Transfer-Encoding": "chunked" }).end("abc"));
// case: text
app.get("/text", (req, res) => res.type("text/plain").send("hello"));
// case: head HEAD /text
// case: wrong-method POST /text
// case: unknown-method BREW /text
// case: options OPTIONS /text
// case: no-such-path GET /no-such-path
// case: head-with-content HEAD /head-with-content
app.head("/head-with-content", (req, res) => res.type("text/plain").send("hello"));
// case: crlf-in-value
app.get("/crlf-in-value", (req, res) => res.set("X-Name", "a\r\nX-Injected: 1").type("text/plain").send("hello"));
// case: crlf-in-location
app.get("/crlf-in-location", (req, res) => res.redirect("/x\r\nX-Injected: 1"));
// case: crlf-in-name
app.get("/crlf-in-name", (req, res) => res.set("X-Name\r\nX-Injected", "1").type("text/plain").send("hello"));
// case: latin-in-value
app.get("/latin-in-value", (req, res) => res.set("X-Name", "café").type("text/plain").send("hello"));
// case: unicode-in-value
app.get("/unicode-in-value", (req, res) => res.set("X-Name", "☃").type("text/plain").send("hello"));
// case: json-null
app.get("/json-null", (req, res) => res.json(null));
// case: json-nothing
app.get("/json-nothing", (req, res) => res.json(undefined));
// case: reason-phrase
app.get("/reason-phrase", (req, res) => {
  res.statusMessage = "Custom Words";
  res.type("text/plain").send("hello");
});
// case: reason-crlf
app.get("/reason-crlf", (req, res) => {
  res.statusMessage = "OK\r\nX-Injected: 1";
  res.type("text/plain").send("hello");
});
// case: redirect
app.get("/redirect", (req, res) => res.redirect("/x"));
// case: redirect-200
app.get("/redirect-200", (req, res) => res.redirect(200, "/x"));
// case: range-one GET /range | Range: bytes=2-5
app.get("/range", (req, res) => res.sendFile(tenBytes));
// case: range-beyond GET /range | Range: bytes=50-60
// case: range-two GET /range | Range: bytes=0-1,4-5
// case: error-500
app.get("/error-500", () => {
  throw new Error("broken");
});
// case: error-204
app.get("/error-204", () => {
  throw Object.assign(new Error("broken"), { status: 204 });
});
// case: error-999
app.get("/error-999", () => {
  throw Object.assign(new Error("broken"), { status: 999 });
});
// end

app.listen(Number(process.argv[2]), "127.0.0.1");
