import { expect, test } from "vitest";
import { differences, lastResponse, tokensOf } from "./responses";

const INTERIM = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";

test("the last response is the one that no other follows", () => {
  expect(lastResponse("HTTP/1.1 204 No Content\r\nA: b\r\n\r\nhello")).toEqual({ from: 0, status: "204", head: ["HTTP/1.1 204 No Content", "A: b"], rest: "hello" });
  expect(lastResponse(`${INTERIM}HTTP/1.1 200 OK\r\n\r\n`)).toMatchObject({ from: INTERIM.length, status: "200", rest: "" });
  expect(lastResponse("HTTP/1.1 100 Continue\r\n\r\nhello")).toMatchObject({ from: 0, status: "100", rest: "hello" });
  expect(lastResponse("HTTP/1.1 1000 Own\r\nA: b\r\n")).toMatchObject({ status: "1000", rest: "" });
  expect(lastResponse("")).toMatchObject({ status: "", rest: "" });
});

test("names of fields are the same in any case, and in any order", () => {
  expect(differences("HTTP/1.1 200 OK\r\nA: 1\r\nb: 2\r\n\r\nx", "HTTP/1.1 200 OK\r\nB: 2\r\na: 1\r\n\r\nx")).toEqual([]);
});

test("what differs: the start line, fields, content, what comes before", () => {
  expect(differences("HTTP/1.1 200 OK\r\nServer: a\r\nVary: x\r\nVary: y\r\n\r\nhi", `${INTERIM}HTTP/1.1 200\r\nServer: b\r\n\r\n`)).toEqual([
    { field: null, part: "interim", a: null, b: INTERIM },
    { field: null, part: "start-line", a: "HTTP/1.1 200 OK", b: "HTTP/1.1 200" },
    { field: "Server", part: "field", a: "a", b: "b" },
    { field: "Vary", part: "field", a: "x\ny", b: null },
    { field: null, part: "rest", a: "hi", b: null },
  ]);
});

test("codes and names have their colours, content has none", () => {
  const text = `${INTERIM}HTTP/1.1 200 OK\r\nVary: a\r\n\r\nnot: a field`;
  expect(tokensOf(text).map(({ kind, from, to }) => [kind, text.slice(from, to)])).toEqual([
    ["status-1", "103"], ["name", "Link"], ["status-2", "200"], ["name", "Vary"],
  ]);
});
