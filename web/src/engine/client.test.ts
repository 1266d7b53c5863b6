import { beforeEach, describe, expect, test } from "vitest";
import { EngineClient, HANG_MS, type ClientEvents, type Spawn, type Timers, type WorkerEvents } from "./client";
import type { Exchange, Verdict } from "./model";
import type { Answer, Task } from "./protocol";

interface Posted {
  readonly id: number;
  readonly task: Task;
}

class FakeWorker {
  readonly posted: Posted[] = [];
  readonly left = new Map<number, Answer>();
  closed = false;
  readonly events: WorkerEvents;

  constructor(events: WorkerEvents) {
    this.events = events;
  }

  ready(): void {
    this.events.message({ kind: "ready", version: "1" });
  }

  last(): Posted {
    const message = this.posted.at(-1);
    if (message === undefined) throw new Error("nothing was posted");
    return message;
  }

  answer(message = this.last()): void {
    this.events.message({ kind: "answer", id: message.id, answer: { kind: "check", verdict: VERDICT } });
  }
}

const VERDICT: Verdict = { findings: [], tokens: { request: [], response: [] }, request: null, statuses: [], checks: 0, ms: 0 };
const text = (response: string): Exchange => ({ request: "", response, scheme: "https" });

let workers: FakeWorker[] = [];
let log: string[] = [];
let alarm: (() => void) | null = null;
let client: EngineClient;

const spawn: Spawn = (events) => {
  const worker = new FakeWorker(events);
  workers.push(worker);
  return {
    post: (id, task) => worker.posted.push({ id, task }),
    pickUp: (id) => worker.left.get(id) ?? null,
    shares: true,
    close: () => {
      worker.closed = true;
    },
  };
};
const timers: Timers = {
  set: (run, ms) => {
    expect(ms).toBe(HANG_MS);
    alarm = run;
    return 1;
  },
  clear: () => {
    alarm = null;
  },
};
const events: ClientEvents = {
  ready: () => log.push("ready"),
  checked: (_verdict, exchange) => log.push(`checked ${exchange.response}`),
  restarted: () => log.push("restarted"),
  failed: (failure, reason) => log.push(`failed ${failure}: ${reason}`),
};
const worker = (at = -1): FakeWorker => {
  const found = workers.at(at);
  if (found === undefined) throw new Error("no worker");
  return found;
};

beforeEach(() => {
  workers = [];
  log = [];
  alarm = null;
  client = new EngineClient(spawn, events, timers);
  client.start();
});

describe("one task in flight, the newest text wins", () => {
  test("nothing is posted before the engine is ready", () => {
    client.check(text("a"), 1);
    expect(worker().posted).toHaveLength(0);
    worker().ready();
    expect(worker().posted).toHaveLength(1);
  });

  test("texts in between are never sent", () => {
    worker().ready();
    ["a", "b", "c", "d"].forEach((letter, index) => client.check(text(letter), index));
    expect(worker().posted).toHaveLength(1);
    worker().answer();
    worker().answer();
    expect(worker().posted).toHaveLength(2);
    expect(log).toEqual(["ready", "checked a", "checked d"]);
  });

  test("the waiting text goes out before the answer is handed on", () => {
    worker().ready();
    client.check(text("a"), 1);
    client.check(text("b"), 2);
    const postedWhenAnswered: number[] = [];
    const first = worker().last();
    const inner = log.push.bind(log);
    log.push = (...items) => {
      postedWhenAnswered.push(worker().posted.length);
      return inner(...items);
    };
    worker().answer(first);
    expect(postedWhenAnswered).toEqual([2]);
  });

  test("a plan of fixes goes before the next live check", async () => {
    worker().ready();
    client.check(text("a"), 1);
    client.check(text("b"), 2);
    const plan = client.planFixes(text("c"));
    worker().answer();
    expect(worker().last().task.kind).toBe("plan-fixes");
    const before = text("c");
    worker().events.message({
      kind: "answer", id: worker().last().id,
      answer: { kind: "plan-fixes", plan: { before, after: before, rounds: [], applied: [], remaining: VERDICT } },
    });
    await expect(plan).resolves.toMatchObject({ applied: [] });
    expect(worker().last().task).toMatchObject({ kind: "check", exchange: text("b") });
  });
});

describe("an answer in shared memory", () => {
  test("is taken along at once, and its message is not heard any more", () => {
    worker().ready();
    client.check(text("a"), 1);
    worker().left.set(worker().last().id, { kind: "check", verdict: VERDICT });
    expect(client.collect(0, () => 0)).toBe(true);
    expect(log).toEqual(["ready", "checked a"]);
    worker().answer();
    expect(log).toEqual(["ready", "checked a"]);
    expect(client.shares).toBe(false);
  });

  test("is waited for until the deadline and no longer", () => {
    worker().ready();
    client.check(text("a"), 1);
    let clock = 0;
    expect(client.collect(3, () => clock++)).toBe(false);
    expect(clock).toBe(4);
    worker().answer();
    expect(log).toEqual(["ready", "checked a"]);
  });
});

describe("a worker that stops", () => {
  test("is replaced after a crash and the text is tried again", () => {
    worker().ready();
    client.check(text("a"), 1);
    worker().events.message({ kind: "crashed", id: worker().last().id, reason: "trap" });
    expect(workers).toHaveLength(2);
    expect(worker(0).closed).toBe(true);
    worker().ready();
    worker().answer();
    expect(log).toEqual(["ready", "restarted", "ready", "checked a"]);
  });

  test("is replaced when it is silent for three seconds", () => {
    worker().ready();
    client.check(text("a"), 1);
    alarm?.();
    expect(workers).toHaveLength(2);
    expect(log).toContain("restarted");
  });

  test("a text typed meanwhile replaces the one that stopped it", () => {
    worker().ready();
    client.check(text("a"), 1);
    client.check(text("b"), 2);
    worker().events.failed("out of memory");
    worker().ready();
    worker().answer();
    expect(log.at(-1)).toBe("checked b");
  });

  test("a text that stops it twice is given up, the next one is checked", () => {
    worker().ready();
    client.check(text("a"), 1);
    alarm?.();
    worker().ready();
    alarm?.();
    expect(log).toContain("failed task: silent");
    worker().ready();
    expect(worker().posted).toHaveLength(0);
    client.check(text("b"), 2);
    worker().answer();
    expect(log.at(-1)).toBe("checked b");
  });

  test("asking for the same text again does not give it more attempts", () => {
    worker().ready();
    client.check(text("a"), 1);
    alarm?.();
    client.check(text("a"), 1);
    worker().ready();
    alarm?.();
    expect(log).toContain("failed task: silent");
  });

  test("late words of the old worker are not heard", () => {
    worker().ready();
    client.check(text("a"), 1);
    const old = worker();
    alarm?.();
    old.answer();
    expect(log).not.toContain("checked a");
  });

  test("a plan of fixes that stops it twice is refused", async () => {
    worker().ready();
    const plan = client.planFixes(text("a"));
    alarm?.();
    worker().ready();
    alarm?.();
    await expect(plan).rejects.toThrow("silent");
  });
});

describe("an engine that cannot be loaded", () => {
  test("is said once, with its reason", () => {
    worker().events.message({ kind: "unavailable", reason: "404" });
    expect(log).toEqual(["failed engine: 404"]);
    expect(worker().closed).toBe(true);
  });

  test("three workers that die before they are ready are enough", () => {
    for (let i = 0; i < 3; i++) worker().events.failed("no module workers");
    expect(workers).toHaveLength(3);
    expect(log.at(-1)).toBe("failed engine: no module workers");
  });

  test("can be tried again", () => {
    worker().events.message({ kind: "unavailable", reason: "404" });
    client.check(text("a"), 1);
    client.start();
    worker().ready();
    worker().answer();
    expect(log.at(-1)).toBe("checked a");
  });
});
