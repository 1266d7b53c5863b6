/*
 * Where steps stand on a line that stands for virtual time. True to scale, hours would push milliseconds into one point:
 * a gap is drawn by the logarithm of what passes in it.
 */

/** From 0 to `length`, in the order of `times` (milliseconds, rising). Steps at the same time still stand apart. */
export function positions(times: readonly number[], length: number): number[] {
  const gaps = times.slice(1).map((time, index) => 1 + Math.log2(1 + Math.max(0, time - (times[index] ?? 0)) / 50));
  const whole = gaps.reduce((sum, gap) => sum + gap, 0);
  let at = 0;
  return times.map((_, index) => {
    if (index > 0) at += gaps[index - 1] ?? 0;
    return whole === 0 ? 0 : (at / whole) * length;
  });
}

/** The step that stands nearest to a place on the line; 0 where there is none. */
export function nearest(places: readonly number[], at: number): number {
  let best = 0;
  places.forEach((place, index) => {
    if (Math.abs(place - at) < Math.abs((places[best] ?? 0) - at)) best = index;
  });
  return best;
}

/** "0.11 s", "2 min 5 s", "3 d 4 h": two units at most. */
export function duration(ms: number, units: Readonly<Record<"d" | "h" | "min" | "s", string>>): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(2)} ${units.s}`;
  const seconds = Math.round(ms / 1000);
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), units.d], [Math.floor(seconds / 3600) % 24, units.h], [Math.floor(seconds / 60) % 60, units.min], [seconds % 60, units.s],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  return parts.slice(first, first + 2).filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`).join(" ");
}

/** Long enough that the picture says that time passes. */
export const PAUSE_MS = 500;
