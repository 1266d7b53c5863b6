/*
 * The engine's thread. One task at a time; a trap ends it, the page starts a new one.
 */
import { load, type Engine } from "statuslab";
import { check, given, optionsOf } from "./check";
import { planFixes } from "./fix-all";
import { leave } from "./mailbox";
import type { Answer, FromWorker, Task, ToWorker } from "./protocol";

const say = (message: FromWorker): void => self.postMessage(message);
const now = (): number => performance.now();
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function answer(engine: Engine, task: Task): Answer {
  switch (task.kind) {
    case "check":
      return { kind: "check", verdict: check(engine, task.exchange, now, task.settings) };
    case "plan-fixes":
      return { kind: "plan-fixes", plan: planFixes(engine, task.exchange, now, task.settings) };
    case "report":
      return { kind: "report", result: engine.lint(given(task.exchange), optionsOf(task.settings, task.exchange)), version: engine.version };
  }
}

/** The first call is many times slower than the second; let it not be somebody's first key. */
function warmUp(engine: Engine): void {
  for (let i = 0; i < 3; i++) check(engine, { request: "GET / HTTP/1.1\r\nHost: a\r\n\r\n", response: "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n", scheme: "https" }, now);
}

const ready = load({ parts: ["validate"] }).then((engine) => {
  warmUp(engine);
  return engine;
});

ready.then(
  (engine) => say({ kind: "ready", version: engine.version }),
  (error: unknown) => say({ kind: "unavailable", reason: reasonOf(error) }),
);

let mailbox: SharedArrayBuffer | null = null;

self.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === "mailbox") {
    mailbox = data.mailbox;
    return;
  }
  const { id, task } = data;
  ready.then((engine) => {
    try {
      const found = answer(engine, task);
      if (mailbox !== null) leave(mailbox, id, found);
      say({ kind: "answer", id, answer: found });
    } catch (error) {
      say({ kind: "crashed", id, reason: reasonOf(error) });
    }
  }, () => undefined);
});
