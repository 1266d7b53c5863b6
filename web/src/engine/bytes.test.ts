import { describe, expect, test } from "vitest";
import { fromBytes, Offsets, toBytes } from "./bytes";

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe("wire bytes and text", () => {
  test.each([
    ["nothing", bytes(), ""],
    ["ASCII with CR LF", bytes(0x41, 13, 10), "A\r\n"],
    ["UTF-8", bytes(0xc3, 0xa9), "é"],
    ["a character beyond the BMP", bytes(0xf0, 0x9f, 0x92, 0x80), "💀"],
    ["a byte order mark", bytes(0xef, 0xbb, 0xbf, 0x41), "\ufeffA"],
    ["Latin-1", bytes(0x66, 0xe9, 0x65), "f\udce9e"],
    ["an overlong slash", bytes(0xc0, 0xaf), "\udcc0\udcaf"],
    ["an encoded surrogate", bytes(0xed, 0xb2, 0x80), "\udced\udcb2\udc80"],
    ["a sequence that is cut off", bytes(0xe2, 0x82), "\udce2\udc82"],
    ["beyond U+10FFFF", bytes(0xf4, 0x90, 0x80, 0x80), "\udcf4\udc90\udc80\udc80"],
  ])("%s", (_name, raw, text) => {
    expect(fromBytes(raw)).toBe(text);
    expect([...toBytes(text)]).toEqual([...raw]);
  });

  test("every byte comes back", () => {
    let seed = 7;
    const random = (): number => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) >> 8;
    for (let round = 0; round < 400; round++) {
      const raw = Uint8Array.from({ length: random() % 40 }, () => random() & (round % 2 ? 0xff : 0xbf));
      expect([...toBytes(fromBytes(raw))]).toEqual([...raw]);
    }
  });

  test("a surrogate that stands for no byte becomes U+FFFD", () => {
    expect([...toBytes("a\ud800")]).toEqual([0x61, 0xef, 0xbf, 0xbd]);
  });
});

describe("offsets", () => {
  test("one to one for ASCII", () => {
    const offsets = new Offsets("HTTP/1.1");
    expect(offsets.toUtf16(5)).toBe(5);
    expect(offsets.toByte(5)).toBe(5);
    expect(offsets.byteLength).toBe(8);
  });

  test("agrees with the bytes at every character of a mixed text", () => {
    const text = "a\r\né€\udcff💀z\udc80";
    const offsets = new Offsets(text);
    expect(offsets.byteLength).toBe(toBytes(text).length);
    for (let i = 0; i <= text.length; i++) {
      const startsPair = i > 0 && /[\ud800-\udbff]/.test(text.charAt(i - 1)) && /[\udc00-\udfff]/.test(text.charAt(i));
      if (startsPair) continue;
      const byte = toBytes(text.slice(0, i)).length;
      expect(offsets.toByte(i)).toBe(byte);
      expect(offsets.toUtf16(byte)).toBe(i);
    }
  });

  test("an offset inside a character belongs to its start", () => {
    const offsets = new Offsets("x💀y");
    expect([1, 2, 3, 4, 5].map((byte) => offsets.toUtf16(byte))).toEqual([1, 1, 1, 1, 3]);
    expect(offsets.toByte(2)).toBe(1);
  });

  test("beyond the end is the end", () => {
    const offsets = new Offsets("é");
    expect(offsets.toUtf16(99)).toBe(1);
    expect(offsets.toByte(-1)).toBe(0);
  });
});
