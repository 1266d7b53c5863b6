/**
 * Wire text for a terminal: nothing in it can move the cursor, change colours, reorder the line or hide.
 * Control characters read as their pictures (U+2400), bytes that are not UTF-8 as `\xNN`, white space other than SP and
 * format characters as `\u{N}`.
 */

/** What one character, or one byte that is part of none, looks like. `width` counts terminal columns. */
export interface Cell {
  text: string;
  width: number;
  begin: number;
  end: number;
}

const hidden = /[\p{C}\p{Zl}\p{Zp}\p{Zs}]/u;
const combining = /[\p{Mn}\p{Me}]/u;
// East Asian Width W and F (Unicode Standard Annex 11), in blocks.
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;

export function cells(bytes: Uint8Array, begin: number, end: number): Cell[] {
  const found: Cell[] = [];
  for (let at = begin; at < end; ) {
    const length = sequenceLength(bytes, at, end);
    const text = length === 0 ? byteText(bytes[at] ?? 0) : characterText(codePoint(bytes, at, length));
    const next = at + Math.max(length, 1);
    found.push({ text, width: displayWidth(text), begin: at, end: next });
    at = next;
  }
  return found;
}

export function visible(text: string): string {
  let result = "";
  for (const character of text) result += characterText(character.codePointAt(0) ?? 0);
  return result;
}

/** In terminal columns, of text that is visible already. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += combining.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return width;
}

// A wide character with the closing marks that no line starts with, or a word, each with the spaces after it.
const unbroken =
  /[\u2e80-\u2fff\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff][\u3001\u3002\u201d\uff01\uff09\uff0c\uff1a\uff1b\uff1f]* *|[^ \u2e80-\u2fff\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff]+ *| +/gu;

/** `text` in lines of at most `width` columns, broken at spaces and between wide characters where that is possible. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  let used = 0;
  for (const piece of text.match(unbroken) ?? []) {
    const needed = displayWidth(piece);
    if (used > 0 && used + displayWidth(piece.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = "";
      used = 0;
    }
    line += piece;
    used += needed;
  }
  if (line.trimEnd() !== "") lines.push(line.trimEnd());
  return lines;
}

// RFC 3629 section 4: no overlong forms, no surrogates, nothing above U+10FFFF. 0: no character starts here.
function sequenceLength(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
  if (length === 0 || at + length > end) return 0;
  const second = bytes[at + 1] ?? 0;
  const lowest = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const highest = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < lowest || second > highest) return 0;
  for (let i = 2; i < length; ++i) {
    if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return length;
}

function codePoint(bytes: Uint8Array, at: number, length: number): number {
  const first = bytes[at] ?? 0;
  let value = length === 1 ? first : first & (0x7f >> length);
  for (let i = 1; i < length; ++i) value = (value << 6) | ((bytes[at + i] ?? 0) & 0x3f);
  return value;
}

function byteText(byte: number): string {
  return `\\x${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}

function characterText(code: number): string {
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return "\u2421";
  const character = String.fromCodePoint(code);
  return code !== 0x20 && hidden.test(character) ? `\\u{${code.toString(16).toUpperCase()}}` : character;
}
