import { describe, expect, test } from "vitest";
import { EntrySplitter } from "statuslab/har";

const file = (entries: string, before = '"version":"1.2","creator":{"name":"entries","entries":[9]},"pages":[{"id":"log"}],'): string =>
  `\ufeff{"log":{${before}"entries":[${entries}],"comment":"]}"}}`;

/** Read in chunks of that many bytes: the entries as text, and what their places in the file hold. */
function split(text: string, size: number): { entries: string[]; splitter: EntrySplitter } {
  const bytes = new TextEncoder().encode(text);
  const splitter = new EntrySplitter();
  const entries: string[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    for (const { bytes: entry, begin, end } of splitter.push(bytes.subarray(at, at + size))) {
      const said = new TextDecoder().decode(entry);
      expect(new TextDecoder().decode(bytes.subarray(begin, end))).toBe(said);
      entries.push(said);
    }
  }
  return { entries, splitter };
}

describe("the entries of a HAR file", () => {
  const tricky = [
    '{"a":"}\\"]{[","b":[{"c":[]}]}',
    '{"text":"\\\\","more":"\\\\\\""}',
    '{"entries":[{"x":1}],"log":{"entries":[]}}',
    '{"é":"💀 \\ud83d"}',
    "{}",
  ];
  test.each([1, 2, 3, 7, 64, 100_000])("cut anywhere: chunks of %i bytes", (size) => {
    const { entries, splitter } = split(file(tricky.join(" ,\n")), size);
    expect(entries).toEqual(tricky);
    expect(splitter.cut).toBe(false);
  });

  test("none", () => {
    expect(split(file(""), 5).entries).toEqual([]);
    expect(split(file(""), 5).splitter.place).toBe("after");
  });

  test("a file that ends early has the entries before", () => {
    const { entries, splitter } = split(file('{"a":1},{"b":2}').slice(0, -22), 4);
    expect(entries).toEqual(['{"a":1}']);
    expect(splitter.cut).toBe(true);
  });

  test("no archive", () => {
    for (const text of ['{"entries":{}}', '{"a":{"entries":[1]}}', "[1,2]", "HTTP/1.1 200 OK", ""]) {
      expect(split(text, 3).splitter.place).toBe("before");
    }
  });
});
