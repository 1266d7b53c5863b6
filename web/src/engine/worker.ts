/*
 * The engine's thread, for the lens that its name says: other parts of the engine are not even fetched. One task at a time; a trap ends it, the page starts a new one.
 */
import { decodeContent, load, type Engine } from "statuslab";
import { check, given, optionsOf } from "./check";
import { planFixes } from "./fix-all";
import { leave } from "./mailbox";
import { lensOf, type Answer, type FromWorker, type Task, type ToWorker } from "./protocol";

const say = (message: FromWorker): void => self.postMessage(message);
const now = (): number => performance.now();
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

type Simulating = typeof import("./simulate");
type Writing = typeof import("./snippets");

interface Loaded {
  readonly engine: Engine;
  readonly simulating: Simulating | null;
  readonly writing: Writing | null;
}

function answer({ engine, simulating, writing }: Loaded, task: Task): Answer {
  switch (task.kind) {
    case "check":
      return { kind: "check", verdict: check(engine, task.exchange, now, task.settings) };
    case "plan-fixes":
      return { kind: "plan-fixes", plan: planFixes(engine, task.exchange, now, task.settings) };
    case "report":
      return { kind: "report", result: engine.lint(given(task.exchange), optionsOf(task.settings, task.exchange)), version: engine.version };
    case "play":
      return { kind: "play", played: need(simulating).play(engine, task.scenario) };
    case "what-if":
      return { kind: "what-if", rows: need(simulating).whatIf(engine, task.scenario) };
    case "clients":
      return { kind: "clients", rows: need(simulating).clientRows(engine, task.scenario, task.profiles) };
    case "schema":
      return { kind: "schema", schema: JSON.stringify(engine.scenarioSchema()) };
    case "snippet-targets":
      return { kind: "snippet-targets", targets: need(writing).targetsOf(engine) };
    case "snippet":
      return { kind: "snippet", written: need(writing).write(engine, task.exchange, task.target, task.form) };
  }
}

/** The engine for this task: it knows what the content codings of the exchange hide. */
async function opening(loaded: Loaded, task: Task): Promise<Loaded> {
  if (!("exchange" in task)) return loaded;
  const { engine } = loaded;
  const { decoded } = await decodeContent(engine, given(task.exchange));
  if (decoded === undefined || decoded === null) return loaded;
  return { ...loaded, engine: { ...engine, lint: (exchange, options) => engine.lint({ ...exchange, decoded }, options) } };
}

function need<T>(part: T | null): T {
  if (part === null) throw new Error(`the worker '${self.name}' was not made for this`);
  return part;
}

/** The first call is many times slower than the second; let it not be somebody's first key. */
function warmUp(engine: Engine): void {
  for (let i = 0; i < 3; i++) check(engine, { request: "GET / HTTP/1.1\r\nHost: a\r\n\r\n", response: "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n", scheme: "https" }, now);
}

const PARTS = { validate: ["validate"], simulate: ["validate", "simulate"], snippets: ["validate", "snippet"] } as const;

async function begin(): Promise<Loaded> {
  const lens = lensOf(self.name);
  const [engine, simulating, writing] = await Promise.all([
    load({ parts: PARTS[lens] }), lens === "simulate" ? import("./simulate") : null, lens === "snippets" ? import("./snippets") : null,
  ]);
  warmUp(engine);
  return { engine, simulating, writing };
}

const ready = begin();

ready.then(
  ({ engine }) => say({ kind: "ready", version: engine.version }),
  (error: unknown) => say({ kind: "unavailable", reason: reasonOf(error) }),
);

let mailbox: SharedArrayBuffer | null = null;
// In turn: to decode content takes a while.
let queue = Promise.resolve();

self.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === "mailbox") {
    mailbox = data.mailbox;
    return;
  }
  const { id, task } = data;
  queue = queue.then(async () => {
    // That there is none was said.
    const loaded = await ready.catch(() => null);
    if (loaded === null) return;
    try {
      const found = answer(await opening(loaded, task), task);
      // Nobody looks for others while a picture is made, and a trace of many megabytes takes its time to be written down.
      if (mailbox !== null && found.kind === "check") leave(mailbox, id, found);
      say({ kind: "answer", id, answer: found });
    } catch (error) {
      say({ kind: "crashed", id, reason: reasonOf(error) });
    }
  });
});
