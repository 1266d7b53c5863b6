/*
 * The page's end of the reader of archives. To cancel is to end its thread: what it told until then stays.
 */
import type { Ended, FromReader, Rows, ToReader } from "./protocol";

export { openEntry } from "./read";
export { FAILED, UNREADABLE, type Ended, type Rows } from "./protocol";

export interface ReaderEvents {
  rules(rules: readonly string[]): void;
  /** `read`: bytes of the file so far. */
  rows(rows: Rows, read: number): void;
  ended(ended: Ended, ms: number): void;
}

export interface Reader {
  cancel(): void;
}

export function readInWorker(file: Blob, explain: boolean, events: ReaderEvents): Reader {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "statuslab-har" });
  const end = (ended: Ended, ms: number): void => {
    worker.terminate();
    events.ended(ended, ms);
  };
  worker.addEventListener("message", ({ data }: MessageEvent<FromReader>) => {
    switch (data.kind) {
      case "rules":
        return events.rules(data.rules);
      case "rows":
        return events.rows(data.rows, data.read);
      case "ended":
        return end(data.ended, data.ms);
    }
  });
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    end({ kind: "failed", reason: event.message }, 0);
  });
  const message: ToReader = { kind: "read", file, explain };
  worker.postMessage(message);
  return { cancel: () => worker.terminate() };
}
