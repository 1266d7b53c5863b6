import type { Spawn, Timers, WorkerEvents, WorkerPort } from "./client";
import { newMailbox, pickUp } from "./mailbox";
import type { FromWorker, Lens, ToWorker } from "./protocol";

/** A real module worker, for what the page shows. */
export const spawnWorker: Spawn = (events) => spawnFor("validate", events);

export const spawnSimulator: Spawn = (events) => spawnFor("simulate", events);

export const spawnSnippetWriter: Spawn = (events) => spawnFor("snippets", events);

function spawnFor(lens: Lens, events: WorkerEvents): WorkerPort {
  const worker = newWorker(lens);
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
}

// The name is written out each time, since the bundler reads it.
function newWorker(lens: Lens): Worker {
  switch (lens) {
    case "validate":
      return new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "statuslab" });
    case "simulate":
      return new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "statuslab simulate" });
    case "snippets":
      return new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "statuslab snippets" });
  }
}

export const pageTimers: Timers = {
  set: (run, ms) => window.setTimeout(run, ms),
  clear: (timer) => window.clearTimeout(timer),
};
