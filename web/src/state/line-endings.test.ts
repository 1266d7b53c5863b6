import { expect, test } from "vitest";
import { lineEndingAt, restoreHeadEndings } from "./line-endings";

test.each([
  ["the line before decides", "a\r\nb", 4, "\r\n"],
  ["LF stays LF", "a\nb", 3, "\n"],
  ["on the first line the next end decides", "ab\nc", 1, "\n"],
  ["an empty text is the wire", "", 0, "\r\n"],
  ["content behind a CR LF head", "A: b\r\n\r\nx\ny", 10, "\n"],
])("Enter: %s", (_name, text, at, ending) => {
  expect(lineEndingAt(text, at)).toBe(ending);
});

test.each([
  ["a head and its content", "HTTP/1.1 200 OK\nA: b\n\nx\ny\n", "HTTP/1.1 200 OK\r\nA: b\r\n\r\nx\ny\n"],
  ["two responses in a row", "HTTP/1.1 103 Early Hints\n\nHTTP/1.1 200 OK\n\nx", "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx"],
  ["a request", "GET / HTTP/1.1\nHost: a\n\n", "GET / HTTP/1.1\r\nHost: a\r\n\r\n"],
  ["curl -i with HTTP/2", "HTTP/2 204 \ndate: x\n\n", "HTTP/2 204 \r\ndate: x\r\n\r\n"],
])("pasting gives CR back to %s", (_name, pasted, restored) => {
  expect(restoreHeadEndings(pasted)).toBe(restored);
});

test.each([
  ["has its CR", "HTTP/1.1 200 OK\r\n\r\n"],
  ["is a single line", "HTTP/1.1 200 OK"],
  ["is a curl -v transcript", "> GET / HTTP/1.1\n< HTTP/1.1 200 OK\n"],
  ["is content", "{\n}\n"],
])("pasting leaves alone what %s", (_name, pasted) => {
  expect(restoreHeadEndings(pasted)).toBeNull();
});
