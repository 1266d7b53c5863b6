import { parser as go } from "@lezer/go";
import { parser as python } from "@lezer/python";
import { expect, test } from "vitest";
import { highlighted, pieces, plain } from "./highlight";

const joined = (lines: readonly (readonly { readonly text: string }[])[]): string => lines.map((line) => line.map(({ text }) => text).join("")).join("\n");

test("colours change no character", async () => {
  const code = 'package main\n\nfunc main() {\n\tw.Header().Set("A", "${x} \\" %s")\n}\n';
  expect(joined(pieces(code, go))).toBe(code.trimEnd());
  expect(joined(await highlighted("a/b.go", code))).toBe(code.trimEnd());
  expect(joined(plain(code))).toBe(code.trimEnd());
});

test("a string is a string, a keyword a keyword", () => {
  const [line = []] = pieces('return "204"\n', python);
  expect(line.filter(({ name }) => name !== "").map(({ text, name }) => [text, name])).toEqual([["return", "tok-keyword"], ['"204"', "tok-string"]]);
});

test("a language without a parser is plain", async () => {
  expect(await highlighted("requirements.txt", "django==5.2\n")).toEqual([[{ text: "django==5.2", name: "" }]]);
});
