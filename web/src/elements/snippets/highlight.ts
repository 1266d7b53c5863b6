/*
 * Code in colours. Parsers are those of CodeMirror; each is fetched when its language is shown first.
 */
import { classHighlighter, highlightCode } from "@lezer/highlight";
import type { Parser } from "@lezer/common";

export interface Piece {
  readonly text: string;
  /** Classes of wire.css; empty for plain text. */
  readonly name: string;
}

const parsers: Readonly<Record<string, () => Promise<{ readonly parser: Parser }>>> = {
  js: () => import("@lezer/javascript"),
  mjs: () => import("@lezer/javascript"),
  ts: () => import("@lezer/javascript"),
  py: () => import("@lezer/python"),
  java: () => import("@lezer/java"),
  go: () => import("@lezer/go"),
  json: () => import("@lezer/json"),
  xml: () => import("@lezer/xml"),
};

/** The lines of a file. What has no parser, or one that cannot be had, is plain. */
export async function highlighted(path: string, text: string): Promise<readonly (readonly Piece[])[]> {
  const load = parsers[path.slice(path.lastIndexOf(".") + 1)];
  try {
    return load === undefined ? plain(text) : pieces(text, (await load()).parser);
  } catch {
    return plain(text);
  }
}

export function plain(text: string): Piece[][] {
  return text.replace(/\n$/, "").split("\n").map((line) => [{ text: line, name: "" }]);
}

export function pieces(text: string, parser: Parser): Piece[][] {
  const code = text.replace(/\n$/, "");
  const lines: Piece[][] = [[]];
  highlightCode(code, parser.parse(code), classHighlighter, (piece, name) => lines.at(-1)?.push({ text: piece, name }), () => lines.push([]));
  return lines;
}
