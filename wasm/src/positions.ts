/** A place in a text as editors count it: from 1, lines end with LF, columns are UTF-16 code units. */
export interface Position {
  line: number;
  column: number;
}

/** Lines of a byte text, found once. */
export class Lines {
  readonly bytes: Uint8Array;
  readonly #starts: number[] = [0];
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) this.#starts.push(at + 1);
  }

  /** Counts from 0. */
  lineOf(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.start(middle) <= offset) low = middle;
      else high = middle;
    }
    return low;
  }

  start(line: number): number {
    return this.#starts[line] ?? this.bytes.length;
  }

  /** Where the line ending starts: LF, or CR LF. */
  contentEnd(line: number): number {
    const next = this.start(line + 1);
    if (line + 1 >= this.#starts.length) return next;
    return next >= 2 && this.bytes[next - 2] === 0x0d && next - 2 >= this.start(line) ? next - 2 : next - 1;
  }

  /** A byte that is not UTF-8 counts as the U+FFFD that a decoder makes of it. */
  position(offset: number): Position {
    const line = this.lineOf(offset);
    return { line: line + 1, column: this.#decoder.decode(this.bytes.subarray(this.start(line), offset)).length + 1 };
  }
}
