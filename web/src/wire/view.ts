/*
 * Wire text as it is drawn in a static page: lines of segments, every byte visible or accounted for.
 * The classes are those of the editor (elements/wire/wire.css).
 */
import { INVISIBLE, nameOf } from "../editor/invisible";
import { fromBytes, toBytes } from "../engine/bytes";

export interface Mark {
  /** Bytes [begin, end). */
  readonly begin: number;
  readonly end: number;
}

export interface Segment {
  readonly text: string;
  /** Token: of the start line, a field name, a sign for something that has no glyph. */
  readonly token: "status" | "method" | "name" | "ctl" | "eol" | null;
  readonly marked: boolean;
}

export interface Line {
  readonly segments: readonly Segment[];
  readonly marked: boolean;
}

export interface WireView {
  readonly lines: readonly Line[];
  /** 1 to 5, 0 for a request or an unknown class. */
  readonly statusClass: number;
}

interface Cell {
  text: string;
  token: Segment["token"];
  marked: boolean;
}

/** The lines of a message; the mark is drawn where its bytes are. */
export function viewWire(bytes: Uint8Array, mark: Mark | null): WireView {
  const headEnd = endOfHead(bytes);
  const endings = headHasOddLineEnd(bytes, headEnd);
  const lines: Line[] = [];
  let statusClass = 0;
  for (let at = 0; at < bytes.length; ) {
    const feed = bytes.indexOf(0x0a, at);
    const next = feed === -1 ? bytes.length : feed + 1;
    const cells = cellsOf(bytes, at, next, mark, endings);
    if (lines.length === 0) statusClass = colourStartLine(cells);
    else if (at < headEnd) colourName(cells);
    lines.push(toLine(cells));
    at = next;
  }
  // A mark of no width, or after the last byte: the message ends too early.
  if (mark !== null && mark.begin >= bytes.length) lines.push({ segments: [{ text: " ", token: null, marked: true }], marked: true });
  return { lines, statusClass };
}

function cellsOf(bytes: Uint8Array, from: number, next: number, mark: Mark | null, endings: boolean): Cell[] {
  const isMarked = (begin: number, end: number): boolean =>
    mark !== null && begin < Math.max(mark.end, mark.begin + 1) && end > mark.begin;
  const hasFeed = bytes[next - 1] === 0x0a;
  const textEnd = hasFeed ? (bytes[next - 2] === 0x0d && next - 2 >= from ? next - 2 : next - 1) : next;
  const cells: Cell[] = [];
  let at = from;
  // One code point or one raw byte a cell.
  for (const character of fromBytes(bytes.subarray(from, textEnd))) {
    const length = byteLength(character);
    const name = signFor(character, at, textEnd, bytes);
    cells.push({ text: name ?? character, token: name === null ? null : "ctl", marked: isMarked(at, at + length) });
    at += length;
  }
  for (; at < next; at++) {
    const marked = isMarked(at, at + 1);
    if (endings || marked) cells.push({ text: bytes[at] === 0x0d ? "CR" : "LF", token: "eol", marked });
  }
  return cells;
}

/** A name for what would not be seen; blanks only where they end a line. */
function signFor(character: string, at: number, textEnd: number, bytes: Uint8Array): string | null {
  if (character === " ") return bytes.subarray(at, textEnd).every((byte) => byte === 0x20) ? "SP" : null;
  if (character === "\t") return "HT";
  return character.match(INVISIBLE) === null ? null : nameOf(character);
}

/** Text as an author types it. Where no line end is spelled out, those of the head become CR LF. */
export function typedWire(text: string): Uint8Array {
  if (text.includes("\r\n")) return toBytes(text);
  const lines = text.split("\n");
  const empty = lines.indexOf("");
  const head = empty === -1 ? lines : lines.slice(0, empty);
  const content = empty === -1 ? [] : lines.slice(empty + 1);
  return toBytes(`${head.join("\r\n")}\r\n\r\n${content.join("\n")}`);
}

function byteLength(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  if (point < 0x80 || (point >= 0xdc80 && point <= 0xdcff)) return 1;
  return point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

/** Where the empty line begins, or the end. */
function endOfHead(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; ) {
    const feed = bytes.indexOf(0x0a, at);
    if (feed === -1) return bytes.length;
    if (feed === at || (feed === at + 1 && bytes[at] === 0x0d)) return at;
    at = feed + 1;
  }
  return bytes.length;
}

/** Line ends are drawn where one of the head is not CR LF. */
function headHasOddLineEnd(bytes: Uint8Array, headEnd: number): boolean {
  const feedOfEmptyLine = bytes.indexOf(0x0a, headEnd);
  const end = feedOfEmptyLine === -1 ? bytes.length : feedOfEmptyLine + 1;
  for (let at = 0; at < end; at++) {
    if (bytes[at] === 0x0a && bytes[at - 1] !== 0x0d) return true;
  }
  return false;
}

/** Colours the status code or the method; tells the class of the status. */
function colourStartLine(cells: Cell[]): number {
  const text = cells.map((cell) => (cell.token === null ? cell.text : "\0")).join("");
  const status = /^HTTP\/\S+[ \0]+([1-5])\d\d(?=[ \0]|$)/.exec(text);
  if (status !== null) {
    setToken(cells, status[0].length - 3, status[0].length, "status");
    return Number(status[1]);
  }
  const method = /^[!#$%&'*+.^_`|~\w-]+(?= )/.exec(text);
  if (method !== null) setToken(cells, 0, method[0].length, "method");
  return 0;
}

function colourName(cells: Cell[]): void {
  const colon = cells.findIndex((cell) => cell.text === ":" && cell.token === null);
  if (colon > 0 && cells[0]?.text !== " " && cells[0]?.token === null) setToken(cells, 0, colon, "name");
}

function setToken(cells: Cell[], from: number, to: number, token: Segment["token"]): void {
  for (const cell of cells.slice(from, to)) cell.token ??= token;
}

function toLine(cells: readonly Cell[]): Line {
  const segments: Cell[] = [];
  for (const cell of cells) {
    const last = segments.at(-1);
    const joins = last !== undefined && last.token === cell.token && last.marked === cell.marked && cell.token !== "ctl" && cell.token !== "eol";
    if (joins) last.text += cell.text;
    else segments.push({ ...cell });
  }
  return { segments, marked: cells.some((cell) => cell.marked) };
}
