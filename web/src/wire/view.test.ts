import { expect, test } from "vitest";
import { typedWire, viewWire, type Line, type Mark } from "./view";

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const show = (line: Line): string =>
  line.segments.map(({ text, token, marked }) => (token === null ? text : `<${token} ${text}>`) + (marked ? "^" : "")).join("|");
const lines = (text: string, mark: Mark | null = null): string[] => viewWire(bytes(text), mark).lines.map(show);

test("status code, field names, and no line ends where all are CR LF", () => {
  expect(lines("HTTP/1.1 204 No Content\r\nETag: \"v8\"\r\n\r\n")).toEqual(["HTTP/1.1 |<status 204>| No Content", "<name ETag>|: \"v8\"", ""]);
  expect(viewWire(bytes("HTTP/1.1 503 X\r\n\r\n"), null).statusClass).toBe(5);
});

test("a request", () => {
  expect(lines("GET / HTTP/1.1\r\nHost: a\r\n\r\n")).toEqual(["<method GET>| / HTTP/1.1", "<name Host>|: a", ""]);
});

test("one bare LF in the head draws all line ends", () => {
  expect(lines("HTTP/1.1 200 OK\nA: b\r\n\r\nx")).toEqual(["HTTP/1.1 |<status 200>| OK|<eol LF>", "<name A>|: b|<eol CR>|<eol LF>", "<eol CR>|<eol LF>", "x"]);
});

test("lines of content end in LF without ado", () => {
  expect(lines("HTTP/1.1 200 OK\r\n\r\na: b\nc")).toEqual(["HTTP/1.1 |<status 200>| OK", "", "a: b", "c"]);
});

test("the mark covers exactly its bytes", () => {
  expect(lines("HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n", { begin: 25, end: 42 })[1]).toBe("<name Content-Length>^|: 0^");
  expect(lines("HTTP/1.1 200 OK\r\n\r\n", { begin: 15, end: 17 })[0]).toBe("HTTP/1.1 |<status 200>| OK|<eol CR>^|<eol LF>^");
});

test("a mark over several lines, and one without width", () => {
  expect(viewWire(bytes("HTTP/1.1 200 OK\r\nA: b\r\nC: d\r\n\r\n"), { begin: 17, end: 27 }).lines.map((line) => line.marked)).toEqual([false, true, true, false]);
  expect(lines("HTTP/1.1 200 OK\r\n\r\n", { begin: 9, end: 9 })[0]).toBe("HTTP/1.1 |<status 2>^|<status 00>| OK");
  expect(lines("HTTP/1.1 200 OK\r\n\r\n", { begin: 19, end: 19 }).at(-1)).toBe(" ^");
});

test("what has no glyph gets a sign", () => {
  expect(lines("HTTP/1.1 200 O\0K\r\nA:\tb \rc\xff \r\n\r\n")).toEqual([
    "HTTP/1.1 |<status 200>| O|<ctl NUL>|K",
    "<name A>|:|<ctl HT>|b |<ctl CR>|c|<ctl \\xFF>|<ctl SP>",
    "",
  ]);
});

test("text outside ASCII keeps its offsets", () => {
  const utf8 = new TextEncoder().encode("HTTP/1.1 200 OK\r\nA: 中文x\r\n\r\n");
  expect(viewWire(utf8, { begin: 23, end: 26 }).lines.map(show)[1]).toBe("<name A>|: 中|文^|x");
});

test("a folded line is not a name", () => {
  expect(lines("HTTP/1.1 200 OK\r\nA: b\r\n c: d\r\n\r\n")[2]).toBe(" c: d");
});

test("typed text: the head gets CR LF, content keeps LF; what is spelled out stays", () => {
  const typed = (text: string): string => new TextDecoder().decode(typedWire(text));
  expect(typed("HTTP/1.1 200 OK\nA: b\n\nc\nd")).toBe("HTTP/1.1 200 OK\r\nA: b\r\n\r\nc\nd");
  expect(typed("HTTP/1.1 204 No Content\nA: b")).toBe("HTTP/1.1 204 No Content\r\nA: b\r\n\r\n");
  expect(typed("HTTP/1.1 204 X\r\n\r\na\n")).toBe("HTTP/1.1 204 X\r\n\r\na\n");
});
