/*
 * Marks for the bench: a key was pressed, and the findings of the text it made are on the screen.
 *   statuslab:keystroke  {revision}   at the time of the event
 *   statuslab:painted    {revision}   after the frame with that revision's findings
 *   statuslab:typed      measure between the two
 */

const MOST_ENTRIES = 2000;

let marked = 0;
const waiting = new Map<number, number>();

export function pressed(revision: number, began: number): void {
  waiting.set(revision, began);
  if (++marked % MOST_ENTRIES === 0) {
    for (const name of ["statuslab:keystroke", "statuslab:painted"]) performance.clearMarks(name);
    performance.clearMeasures("statuslab:typed");
  }
  performance.mark("statuslab:keystroke", { startTime: began, detail: { revision } });
}

/** `now`: the picture is being made right now; otherwise it is the next one. */
export function painted(revision: number, now: boolean): void {
  const began = waiting.get(revision);
  if (began === undefined) return;
  // Texts that were overtaken are painted with the one that overtook them.
  for (const older of waiting.keys()) if (older <= revision) waiting.delete(older);
  if (now) afterPainting(began, revision);
  else requestAnimationFrame(() => afterPainting(began, revision));
}

/** Called while a picture is made: messages are delivered when it is done. */
function afterPainting(began: number, revision: number): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    const end = performance.now();
    performance.mark("statuslab:painted", { startTime: end, detail: { revision } });
    performance.measure("statuslab:typed", { start: began, end, detail: { revision } });
    port1.close();
  };
  port2.postMessage(null);
}

/** Ends the task: what waits, input above all, comes first. */
export function breathe(): Promise<void> {
  return globalThis.scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));
}
