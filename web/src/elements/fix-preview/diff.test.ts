import { expect, test } from "vitest";
import { diffLines } from "./diff";

const picture = (before: string, after: string): string[] =>
  diffLines(before, after).map(({ kind, text }) => `${{ same: " ", removed: "-", added: "+" }[kind]}${JSON.stringify(text).slice(1, -1)}`);

test("a removed line", () => {
  expect(picture("a\nb\nc\n", "a\nc\n")).toEqual([" a\\n", "-b\\n", " c\\n"]);
});

test("a changed line end is a changed line", () => {
  expect(picture("a\nb\r\n", "a\r\nb\r\n")).toEqual(["-a\\n", "+a\\r\\n", " b\\r\\n"]);
});

test("changes with something common between", () => {
  expect(picture("1\nx\n2\ny\n3", "1\n2\nz\n3")).toEqual([" 1\\n", "-x\\n", " 2\\n", "-y\\n", "+z\\n", " 3"]);
});

test("from and to nothing", () => {
  expect(picture("", "a")).toEqual(["+a"]);
  expect(picture("a", "")).toEqual(["-a"]);
  expect(picture("", "")).toEqual([]);
});

test("removed and kept lines make the old text, added and kept ones the new", () => {
  let seed = 3;
  const random = (n: number): number => (seed = (seed * 48271) % 2147483647) % n;
  const text = (): string => Array.from({ length: random(14) }, () => "abc".charAt(random(3))).join("\n");
  for (let round = 0; round < 500; round++) {
    const [before, after] = [text(), text()];
    const lines = diffLines(before, after);
    expect(lines.filter(({ kind }) => kind !== "added").map((line) => line.text).join("")).toBe(before);
    expect(lines.filter(({ kind }) => kind !== "removed").map((line) => line.text).join("")).toBe(after);
  }
});
