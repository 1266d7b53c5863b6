/** Where a finding is, for formats that point into files. */
import { Lines, type Position } from "./positions.js";
import type { Source } from "./text-report.js";
import type { Finding, Side } from "./types.js";

export interface Place {
  file: string;
  /** Absent for an exchange out of a file of many: its lines are not those of the file. */
  from?: Position;
  to: Position;
}

/** The lines of both sides, found once. */
export class Places {
  readonly #sources: Partial<Record<Side, Source>>;
  readonly #lines: Partial<Record<Side, Lines>> = {};

  constructor(sources: Partial<Record<Side, Source>>) {
    this.#sources = sources;
  }

  source(side: Side): Source | undefined {
    return this.#sources[side];
  }

  /** Of the file as a whole, where the side is a part of it. */
  position(side: Side, offset: number): Position {
    const source = this.#sources[side];
    const lines = (this.#lines[side] ??= new Lines(source?.bytes ?? new Uint8Array()));
    const { line, column } = lines.position(offset);
    return { line: line + linesBefore(source), column };
  }
}

export function linesBefore(source: Source | undefined): number {
  let count = 0;
  const before = source?.before;
  if (before) for (let at = before.indexOf(0x0a); at !== -1; at = before.indexOf(0x0a, at + 1)) ++count;
  return count;
}

export function placed(finding: Finding, places: Places): Place {
  const source = places.source(finding.on);
  const to = places.position(finding.on, finding.end);
  if (source?.within) return { file: source.within.name, to };
  return { file: source?.name ?? "", from: places.position(finding.on, finding.begin), to };
}
