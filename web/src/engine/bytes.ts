/*
 * Wire bytes <-> the page's text.
 *
 * Text in the page is a JavaScript string. Bytes that are not UTF-8 travel as lone low surrogates
 * U+DC80..U+DCFF (one per byte), so that every byte string has exactly one text and comes back unchanged.
 * The engine speaks byte offsets, the page UTF-16 offsets; Offsets translates between the two.
 */

const ESCAPE = 0xdc00;
const LONE_SURROGATE = /\p{Surrogate}/u;

const utf8 = new TextEncoder();
const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
const isEscape = (unit: number): boolean => unit >= 0xdc80 && unit <= 0xdcff;

/** The bytes of a text. A lone surrogate that stands for no byte becomes U+FFFD, as everywhere on the web. */
export function toBytes(text: string): Uint8Array<ArrayBuffer> {
  if (!LONE_SURROGATE.test(text)) return utf8.encode(text);
  const bytes = new Uint8Array(text.length * 3);
  let at = 0;
  for (let i = 0; i < text.length; ) {
    const unit = text.charCodeAt(i);
    const paired = isHigh(unit) && isLow(text.charCodeAt(i + 1));
    if (!paired && isEscape(unit)) {
      bytes[at++] = unit - ESCAPE;
      i += 1;
      continue;
    }
    const length = paired ? 2 : 1;
    at += utf8.encodeInto(text.slice(i, i + length), bytes.subarray(at)).written;
    i += length;
  }
  return bytes.slice(0, at);
}

/** The text of any bytes. */
export function fromBytes(bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return fromMixedBytes(bytes);
  }
}

function fromMixedBytes(bytes: Uint8Array): string {
  let text = "";
  let plainFrom = 0;
  for (let i = 0; i < bytes.length; ) {
    const length = sequenceLength(bytes, i);
    if (length > 0) {
      i += length;
      continue;
    }
    text += strictUtf8.decode(bytes.subarray(plainFrom, i)) + String.fromCharCode(ESCAPE + (bytes[i] ?? 0));
    i += 1;
    plainFrom = i;
  }
  return text + strictUtf8.decode(bytes.subarray(plainFrom));
}

/** Length of the well-formed UTF-8 sequence at i (Unicode, table 3-7), 0 if there is none. */
function sequenceLength(bytes: Uint8Array, i: number): number {
  const lead = bytes[i] ?? 0;
  if (lead < 0x80) return 1;
  const follows = (offset: number, low = 0x80, high = 0xbf): boolean => {
    const byte = bytes[i + offset];
    return byte !== undefined && byte >= low && byte <= high;
  };
  if (lead >= 0xc2 && lead <= 0xdf) return follows(1) ? 2 : 0;
  if (lead >= 0xe0 && lead <= 0xef) {
    const low = lead === 0xe0 ? 0xa0 : 0x80;
    const high = lead === 0xed ? 0x9f : 0xbf;
    return follows(1, low, high) && follows(2) ? 3 : 0;
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    const low = lead === 0xf0 ? 0x90 : 0x80;
    const high = lead === 0xf4 ? 0x8f : 0xbf;
    return follows(1, low, high) && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

/** Translates offsets between a text and its bytes. An offset inside a character is moved to its start. */
export class Offsets {
  /** Ends of the characters that are not ASCII, in both counts; everything between them is one to one. */
  readonly #utf16: number[] = [];
  readonly #byte: number[] = [];
  readonly #width: number[] = [];

  readonly textLength: number;
  readonly byteLength: number;

  constructor(text: string) {
    this.textLength = text.length;
    let byte = 0;
    let from = 0;
    const wide = /[^\0-\x7f]/gu;
    for (let match = wide.exec(text); match !== null; match = wide.exec(text)) {
      const character = match[0];
      const point = character.codePointAt(0) ?? 0;
      byte += match.index - from;
      from = match.index + character.length;
      byte += bytesOf(point);
      this.#utf16.push(from);
      this.#byte.push(byte);
      this.#width.push(character.length);
    }
    this.byteLength = byte + text.length - from;
  }

  toUtf16(byte: number): number {
    const clamped = Math.max(0, Math.min(byte, this.byteLength));
    const before = lastAtOrBefore(this.#byte, clamped);
    const next = before + 1;
    const base = before < 0 ? clamped : (this.#utf16[before] ?? 0) + clamped - (this.#byte[before] ?? 0);
    const nextEnd = this.#utf16[next];
    if (nextEnd === undefined) return base;
    return Math.min(base, nextEnd - (this.#width[next] ?? 1));
  }

  toByte(utf16: number): number {
    const clamped = Math.max(0, Math.min(utf16, this.textLength));
    const before = lastAtOrBefore(this.#utf16, clamped);
    const next = before + 1;
    const nextEnd = this.#utf16[next];
    const inside = nextEnd !== undefined && clamped > nextEnd - (this.#width[next] ?? 1);
    const position = inside ? clamped - 1 : clamped;
    return before < 0 ? position : (this.#byte[before] ?? 0) + position - (this.#utf16[before] ?? 0);
  }
}

function bytesOf(point: number): number {
  if (isEscape(point)) return 1;
  if (point < 0x800) return 2;
  return point < 0x10000 ? 3 : 4;
}

function lastAtOrBefore(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
