import type { Spawn, Timers } from "./client";
import { newMailbox, pickUp } from "./mailbox";
import type { FromWorker, ToWorker } from "./protocol";

/** A real module worker. */
export const spawnWorker: Spawn = (events) => {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "statuslab" });
  worker.addEventListener("message", (event: MessageEvent<FromWorker>) => events.message(event.data));
  worker.addEventListener("messageerror", () => events.failed("unreadable answer"));
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    events.failed(event.message);
  });
  const mailbox = newMailbox();
  const post = (message: ToWorker): void => worker.postMessage(message);
  if (mailbox !== null) post({ kind: "mailbox", mailbox });
  return {
    post: (id, task) => post({ kind: "task", id, task }),
    pickUp: (id) => (mailbox === null ? null : pickUp(mailbox, id)),
    shares: mailbox !== null,
    close: () => worker.terminate(),
  };
};

export const pageTimers: Timers = {
  set: (run, ms) => window.setTimeout(run, ms),
  clear: (timer) => window.clearTimeout(timer),
};
