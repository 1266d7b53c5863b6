/*
 * Where everything of the picture is. Pure: the same play and width give the same places.
 * Heights are those of simulate.css, where the list of steps lies over the picture row by row.
 */
import type { Party, Play, Step } from "../../engine/play";
import { PAUSE_MS } from "../../state/timeline";

export const HEAD = 64;
export const ROW = { message: 44, note: 36, pause: 30 } as const;
const LEFT = 62;
const FOOT = 24;

export interface Row {
  readonly step: Step;
  readonly index: number;
  /** Top of the row. */
  readonly y: number;
  /** Virtual time that passes before it, where it is worth a line; 0 otherwise. */
  readonly pause: number;
  /** It is the first at its time. */
  readonly timed: boolean;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly rows: readonly Row[];
  readonly lane: (party: Party) => number;
  readonly laneWidth: number;
}

export function layoutOf({ parties, steps }: Pick<Play, "parties" | "steps">, width: number): Layout {
  const laneWidth = (width - LEFT) / Math.max(1, parties.length);
  let y = HEAD;
  let before = 0;
  let shown = -1;
  const rows = steps.map((step, index): Row => {
    const gap = index === 0 ? 0 : step.at - before;
    const pause = gap >= PAUSE_MS ? gap : 0;
    if (pause > 0) y += ROW.pause;
    const timed = Math.round(step.at) !== shown && step.kind === "message";
    if (timed) shown = Math.round(step.at);
    const row = { step, index, y, pause, timed };
    y += ROW[step.kind];
    before = step.kind === "message" ? Math.max(step.at, step.arrives) : step.at;
    return row;
  });
  // The network has no lane: what happens on it happens on the way to whoever is beyond the device of the client.
  const beyond = parties.findIndex((party) => party !== "client" && party !== "private-cache");
  const place = (party: Party): number => (party === "network" ? beyond - 0.5 : Math.max(0, parties.indexOf(party)));
  return { width, height: y + FOOT, rows, laneWidth, lane: (party) => LEFT + (place(party) + 0.5) * laneWidth };
}

/** Chinese characters are twice as wide as Latin ones; good enough to know what has room. */
export function textWidth(text: string, latin: number): number {
  let width = 0;
  for (const character of text) width += /[\u2e80-\uffef]/.test(character) ? latin * 1.85 : latin;
  return width;
}

export function fit(text: string, room: number, latin: number): string {
  if (textWidth(text, latin) <= room) return text;
  let short = "";
  let width = latin;
  for (const character of text) {
    width += textWidth(character, latin);
    if (width > room) break;
    short += character;
  }
  return `${short.trimEnd()}…`;
}
