/**
 * The entries of a HAR file, one by one, while the file is read: a file of a hundred megabytes is never parsed as a whole,
 * and what was read is there at once. Looks only at strings and brackets; each entry is left to JSON.parse. (Streaming
 * JSON parsers hand over every value of an entry on its own, which takes many times as long.)
 *
 *   {"log": {..., "entries": [ {...}, {...} ]}}
 */

export interface Piece {
  readonly bytes: Uint8Array;
  /** Where it stands in the file. */
  readonly begin: number;
  readonly end: number;
}

const QUOTE = 0x22;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN = [0x5b, 0x7b];
const CLOSE = [0x5d, 0x7d];
const LIST = 0x5b;
const LONGEST_NAME = 16;

type Place = "before" | "entries" | "after";

export class EntrySplitter {
  #place: Place = "before";
  /** In the file before the entries; inside of the entry among them. */
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** The last string, and the names that lead to where we are. */
  #name: number[] = [];
  readonly #names: string[] = [];
  #offset = 0;
  #begin = 0;
  /** What earlier chunks had of the entry. */
  #parts: Uint8Array[] = [];

  /** The list of entries was found, or even its end. */
  get place(): Place {
    return this.#place;
  }

  /** The file has ended: in the middle of an entry? */
  get cut(): boolean {
    return this.#place !== "after";
  }

  /** What is complete with this chunk, which is borrowed until the next call. */
  *push(chunk: Uint8Array): Generator<Piece> {
    let at = 0;
    // Where in this chunk the entry goes on; 0 when an earlier one began it.
    let from = 0;
    while (at < chunk.length) {
      if (this.#inString) {
        at = this.#string(chunk, at);
        continue;
      }
      const byte = chunk[at] ?? 0;
      at += 1;
      if (byte === QUOTE) {
        this.#inString = true;
        this.#name = [];
      } else if (this.#place === "entries") {
        if (OPEN[0] === byte || OPEN[1] === byte) {
          if (this.#depth === 0) {
            from = at - 1;
            this.#begin = this.#offset + from;
          }
          this.#depth += 1;
        } else if (CLOSE[0] === byte || CLOSE[1] === byte) {
          this.#depth -= 1;
          if (this.#depth < 0) this.#place = "after";
          else if (this.#depth === 0) yield this.#piece(chunk.subarray(from, at), this.#offset + at);
        }
      } else if (this.#place === "before") {
        this.#seek(byte);
      }
    }
    if (this.#place === "entries" && this.#depth > 0) this.#parts.push(chunk.slice(from));
    this.#offset += chunk.length;
  }

  #seek(byte: number): void {
    if (byte === COLON) {
      this.#names[this.#depth] = String.fromCharCode(...this.#name);
    } else if (OPEN[0] === byte || OPEN[1] === byte) {
      const named = this.#names[this.#depth] === "entries" && (this.#depth === 1 || (this.#depth === 2 && this.#names[1] === "log"));
      if (byte === LIST && named) {
        this.#place = "entries";
        this.#depth = 0;
        return;
      }
      this.#depth += 1;
      this.#names[this.#depth] = "";
    } else if (CLOSE[0] === byte || CLOSE[1] === byte) {
      this.#depth -= 1;
    }
  }

  /** To the end of the string, or of the chunk. */
  #string(chunk: Uint8Array, begin: number): number {
    let from = this.#escaped ? begin + 1 : begin;
    this.#escaped = false;
    while (from <= chunk.length) {
      const quote = chunk.indexOf(QUOTE, from);
      const end = quote === -1 ? chunk.length : quote;
      let slashes = 0;
      while (end - slashes > from && chunk[end - slashes - 1] === BACKSLASH) slashes += 1;
      const escapes = slashes % 2 === 1;
      if (quote !== -1 && escapes) {
        from = quote + 1;
        continue;
      }
      this.#keep(chunk, begin, end);
      this.#inString = quote === -1;
      this.#escaped = quote === -1 && escapes;
      return quote === -1 ? chunk.length : quote + 1;
    }
    return chunk.length;
  }

  #keep(chunk: Uint8Array, from: number, to: number): void {
    if (this.#place === "before" && this.#depth <= 2 && to - from <= LONGEST_NAME) this.#name.push(...chunk.subarray(from, to));
  }

  #piece(last: Uint8Array, end: number): Piece {
    const parts = this.#parts;
    this.#parts = [];
    const begin = this.#begin;
    if (parts.length === 0) return { bytes: last, begin, end };
    const bytes = new Uint8Array(end - begin);
    let at = 0;
    for (const part of [...parts, last]) {
      bytes.set(part, at);
      at += part.length;
    }
    return { bytes, begin, end };
  }
}
