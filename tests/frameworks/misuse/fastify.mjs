// What Fastify and node:http put on the wire when asked for the wrong things. Each part between two `case` lines is a row of
// core/data/framework_behaviour.tsv: `case: ID [METHOD PATH [| Field: value]...]`, GET /ID where nothing else is said.
// A line break in reply.raw.statusMessage is not among them: it ends the process, and with it the run.
// Run as: node fastify.mjs PORT
import Fastify from "fastify";

const app = Fastify();
app.get("/probe", (request, reply) => reply.send("alive"));

process.on("SIGTERM", () => process.exit());

// case: 204-empty
app.get("/204-empty", (request, reply) => reply.code(204).send());
// case: 204-text
app.get("/204-text", (request, reply) => reply.code(204).send("hello"));
// case: 204-json
app.get("/204-json", (request, reply) => reply.code(204).send({ a: 1 }));
// case: 204-raw
app.get("/204-raw", (request, reply) => {
  reply.hijack();
  reply.raw.statusCode = 204;
  reply.raw.end("hello");
});
// case: 204-content-length
app.get("/204-content-length", (request, reply) => reply.code(204).header("Content-Length", "5").send());
// case: 204-chunked
app.get("/204-chunked", (request, reply) => reply.code(204).header("Transfer-Encoding", "chunked").send());
// case: 205-empty
app.get("/205-empty", (request, reply) => reply.code(205).send());
// case: 205-text
app.get("/205-text", (request, reply) => reply.code(205).send("hello"));
// case: 205-json
app.get("/205-json", (request, reply) => reply.code(205).send({ a: 1 }));
// case: 304-empty
app.get("/304-empty", (request, reply) => reply.code(304).send());
// case: 304-text
app.get("/304-text", (request, reply) => reply.code(304).send("hello"));
// case: 304-json
app.get("/304-json", (request, reply) => reply.code(304).send({ a: 1 }));
// case: final-100
app.get("/final-100", (request, reply) => reply.code(100).send());
// case: final-101
app.get("/final-101", (request, reply) => reply.code(101).send());
// case: final-103
app.get("/final-103", (request, reply) => reply.code(103).send({ a: 1 }));
// case: final-199
app.get("/final-199", (request, reply) => reply.code(199).send());
// case: early-hints
app.get("/early-hints", (request, reply) => {
  reply.raw.writeEarlyHints({ link: "</style.css>; rel=preload; as=style" });
  reply.send("hello");
});
// case: processing
app.get("/processing", (request, reply) => {
  reply.raw.writeProcessing();
  reply.send("hello");
});
// case: code-299
app.get("/code-299", (request, reply) => reply.code(299).send("hello"));
// case: code-499
app.get("/code-499", (request, reply) => reply.code(499).send("hello"));
// case: code-520
app.get("/code-520", (request, reply) => reply.code(520).send("hello"));
// case: code-599
app.get("/code-599", (request, reply) => reply.code(599).send("hello"));
// case: code-600
app.get("/code-600", (request, reply) => reply.code(600).send("hello"));
// case: code-799
app.get("/code-799", (request, reply) => reply.code(799).send("hello"));
// case: code-999
app.get("/code-999", (request, reply) => reply.code(999).send("hello"));
// case: code-0
app.get("/code-0", (request, reply) => reply.code(0).send("hello"));
// case: code-99
app.get("/code-99", (request, reply) => reply.code(99).send("hello"));
// case: code-1000
app.get("/code-1000", (request, reply) => reply.code(1000).send("hello"));
// case: code-digits
app.get("/code-digits", (request, reply) => reply.code("200").send("hello"));
// case: code-fraction
app.get("/code-fraction", (request, reply) => reply.code(200.5).send("hello"));
// case: code-word
app.get("/code-word", (request, reply) => reply.code("abc").send("hello"));
// case: send-number
app.get("/send-number", (request, reply) => reply.send(404));
// case: status-after-content
app.get("/status-after-content", (request, reply) => {
  reply.raw.write("hello");
  reply.code(500).send();
});
// case: length-too-long
app.get("/length-too-long", (request, reply) => reply.header("Content-Length", "10").send("abc"));
// case: length-too-short
app.get("/length-too-short", (request, reply) => reply.header("Content-Length", "2").send("abcde"));
// case: length-not-a-number
app.get("/length-not-a-number", (request, reply) => reply.header("Content-Length", "many").send("abc"));
// case: length-and-chunked
app.get("/length-and-chunked", (request, reply) => reply.headers({ "Content-Length": "3", "Transfer-Encoding": "chunked" }).send("abc"));
// case: text
app.get("/text", (request, reply) => reply.send("hello"));
// case: head HEAD /text
// case: wrong-method POST /text
// case: unknown-method BREW /text
// case: options OPTIONS /text
// case: no-such-path GET /no-such-path
// case: head-with-content HEAD /head-with-content
app.head("/head-with-content", (request, reply) => reply.send("hello"));
// case: crlf-in-value
app.get("/crlf-in-value", (request, reply) => reply.header("X-Name", "a\r\nX-Injected: 1").send("hello"));
// case: crlf-in-location
app.get("/crlf-in-location", (request, reply) => reply.redirect("/x\r\nX-Injected: 1"));
// case: crlf-in-name
app.get("/crlf-in-name", (request, reply) => reply.header("X-Name\r\nX-Injected", "1").send("hello"));
// case: latin-in-value
app.get("/latin-in-value", (request, reply) => reply.header("X-Name", "café").send("hello"));
// case: unicode-in-value
app.get("/unicode-in-value", (request, reply) => reply.header("X-Name", "☃").send("hello"));
// case: json-null
app.get("/json-null", (request, reply) => reply.type("application/json").send(null));
// case: json-nothing
app.get("/json-nothing", (request, reply) => reply.type("application/json").send(undefined));
// case: json-list
app.get("/json-list", (request, reply) => reply.send([1]));
// case: reason-phrase
app.get("/reason-phrase", (request, reply) => {
  reply.raw.statusMessage = "Custom Words";
  reply.send("hello");
});
// case: redirect
app.get("/redirect", (request, reply) => reply.redirect("/x"));
// case: redirect-200
app.get("/redirect-200", (request, reply) => reply.redirect("/x", 200));
// case: error-500
app.get("/error-500", () => {
  throw new Error("broken");
});
// case: error-204
app.get("/error-204", () => {
  throw Object.assign(new Error("broken"), { statusCode: 204 });
});
// case: error-999
app.get("/error-999", () => {
  throw Object.assign(new Error("broken"), { statusCode: 999 });
});
// end

await app.listen({ host: "127.0.0.1", port: Number(process.argv[2]) });
