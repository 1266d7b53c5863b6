/*
 * Characters that would not be seen, and what they are called when they are shown.
 */

const NAMES: Readonly<Record<number, string>> = {
  0x00: "NUL", 0x07: "BEL", 0x08: "BS", 0x0b: "VT", 0x0c: "FF", 0x0d: "CR", 0x1b: "ESC", 0x7f: "DEL",
  0xad: "SHY", 0x200b: "ZWSP", 0x200c: "ZWNJ", 0x200d: "ZWJ", 0x200e: "LRM", 0x200f: "RLM", 0x202a: "LRE", 0x202b: "RLE",
  0x202c: "PDF", 0x202d: "LRO", 0x202e: "RLO", 0x2028: "LS", 0x2029: "PS", 0x2066: "LRI", 0x2067: "RLI", 0x2068: "FSI",
  0x2069: "PDI", 0xfeff: "BOM",
};

/** Controls except tab and LF, invisible and direction-changing characters, lone surrogates (raw bytes). */
export const INVISIBLE =
  /[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Surrogate}/gu;

export function nameOf(character: string): string {
  const unit = character.charCodeAt(0);
  const name = NAMES[unit];
  if (name !== undefined) return name;
  if (unit >= 0xdc80 && unit <= 0xdcff) return `\\x${hex(unit - 0xdc00, 2)}`;
  return unit < 0xa0 ? `\\x${hex(unit, 2)}` : `U+${hex(unit, 4)}`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, "0");
}
