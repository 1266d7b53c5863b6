import type { Edit } from "./types.js";

/**
 * `bytes` with the edits made, in whatever order they come. Insertions at the same place keep their order and go before
 * what is replaced there.
 * @throws {RangeError} when edits overlap or lie outside of the bytes; nothing is half done then.
 */
export function applyEdits(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array {
  const sorted = [...edits].sort((a, b) => a.begin - b.begin || a.end - b.end);
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  let done = 0;
  for (const { begin, end, text } of sorted) {
    if (!Number.isInteger(begin) || !Number.isInteger(end) || begin < 0 || end < begin || end > bytes.length) {
      throw new RangeError(`edit [${begin}, ${end}) is outside of the ${bytes.length} bytes`);
    }
    if (begin < done) throw new RangeError(`edit [${begin}, ${end}) overlaps the one that ends at ${done}`);
    parts.push(bytes.subarray(done, begin), encoder.encode(text));
    done = end;
  }
  parts.push(bytes.subarray(done));
  const result = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}
