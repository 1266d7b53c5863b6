import { describe, expect, test } from "vitest";
import { exampleFragment, exampleIn } from "./example-link";
import { AS_IT_IS, type Settings } from "../engine/model";
import { decode, encode, NOTHING_BESIDE, type Beside, type Linked } from "./link";
import { LINKS_V1 } from "./links.v1.fixture";

const HEAD = "HTTP/1.1 204 No Content\r\nDate: Sun, 22 Nov 2026 09:30:00 GMT\r\nContent-Length: 16\r\n\r\n";
const linked = (response: string, more: Partial<Linked["exchange"]> = {}, selected: number | null = null, settings: Settings = AS_IT_IS, beside: Beside = NOTHING_BESIDE): Linked =>
  ({ exchange: { request: "", response, scheme: "https", ...more }, selected, settings, beside });

function fragment(value: Linked): string {
  const encoded = encode(value);
  if (encoded === null) throw new Error("too large");
  return encoded;
}

describe("the exchange in the address", () => {
  test.each([
    ["a response", linked(HEAD)],
    ["both sides over http", linked(HEAD, { request: "GET / HTTP/1.1\r\n\r\n", scheme: "http" })],
    ["a selection", linked(HEAD, {}, 300)],
    ["levels of rules", linked(HEAD, {}, 1, { levels: { "content-in-204": "off", "etag-syntax": "hint" }, explain: false })],
    ["content as a tool shows it, at its time", linked(HEAD, { content: "shown", now: Date.UTC(2026, 10, 22, 9, 30) })],
    ["explain mode", linked(HEAD, {}, null, { levels: {}, explain: true })],
    ["a scenario and its step", linked(HEAD, { scenario: '{"client":{"request":{"target":"https://a.example/x"}}}' }, null, AS_IT_IS, { step: 12, snippet: "" })],
    ["a framework, its version and form", linked(HEAD, {}, null, AS_IT_IS, { step: null, snippet: "spring@4+complete" })],
    ["raw bytes, NUL and a character beyond the BMP", linked("X: \udcff\0💀é\r\n")],
    ["nothing at all", linked("")],
    ["64 KB", linked("a1".repeat(32768))],
  ])("%s comes back", (_name, value) => {
    expect(decode(fragment(value))).toEqual({ kind: "exchange", linked: value });
  });

  test("the same levels make the same link, whatever their order", () => {
    const one = linked(HEAD, {}, null, { levels: { a: "off", b: "hint" }, explain: false });
    expect(fragment(one)).toBe(fragment({ ...one, settings: { levels: { b: "hint", a: "off" }, explain: false } }));
    expect(fragment(linked(HEAD))).toBe(fragment({ ...linked(HEAD), settings: { levels: {}, explain: false } }));
  });

  test("is made of characters that no chat program touches", () => {
    expect(fragment(linked("\udcff".repeat(99)))).toMatch(/^1[\w-]+$/);
  });

  test("is short: defaults are left out, common text costs next to nothing", () => {
    expect(fragment(linked(HEAD)).length).toBeLessThan(50);
  });

  test("a text too large for an address has no link", () => {
    expect(encode(linked("x".repeat(300_000)))).toBeNull();
    let seed = 1;
    let noise = "";
    for (let i = 0; i < 100_000; i++) noise += String.fromCharCode(33 + ((seed = (seed * 48271) % 2147483647) % 90));
    expect(encode(linked(noise))).toBeNull();
  });

  test("examples are named", () => {
    expect(exampleIn(exampleFragment("204-with-content"))).toBe("204-with-content");
    expect(exampleIn("1abc")).toBeNull();
  });
});

describe("links of format 1 that are out in the world", () => {
  test.each(LINKS_V1)("$name", ({ fragment: old, exchange, selected }) => {
    expect(decode(old)).toEqual({ kind: "exchange", linked: { exchange, selected, settings: AS_IT_IS, beside: NOTHING_BESIDE } });
  });
});

describe("a link that cannot be read", () => {
  const whole = fragment(linked(HEAD + "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor"));

  test("cut off: the beginning is saved", () => {
    const decoded = decode(whole.slice(0, -20));
    expect(decoded).toMatchObject({ kind: "broken", damage: "cut" });
    expect(decoded.kind === "broken" && decoded.saved?.response.startsWith(HEAD)).toBe(true);
  });

  test("never throws and never passes as whole, wherever it is cut", () => {
    for (let length = 1; length < whole.length; length++) {
      expect(decode(whole.slice(0, length)).kind).toBe("broken");
    }
  });

  test("one changed character is noticed", () => {
    for (let at = 1; at < whole.length - 1; at++) {
      const other = whole.charAt(at) === "A" ? "B" : "A";
      const decoded = decode(whole.slice(0, at) + other + whole.slice(at + 1));
      expect(decoded.kind).toBe("broken");
    }
  });

  test("with a tail of punctuation: everything is saved", () => {
    const decoded = decode(`${whole}).`);
    expect(decoded).toMatchObject({ kind: "broken", damage: "changed" });
    expect(decoded.kind === "broken" && decoded.saved?.response.endsWith("tempor")).toBe(true);
  });

  test.each([["2abcdefgh", "newer"], ["hello", "unknown"], ["1", "unknown"], ["section-2", "unknown"], ["1%%%%", "unknown"]])("%s is %s", (text, damage) => {
    expect(decode(text)).toEqual({ kind: "broken", damage, saved: null });
  });
});
