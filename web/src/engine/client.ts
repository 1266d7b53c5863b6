/*
 * The page's end of the engine. One task is in flight. Live checks are latest-wins: while one is under way
 * only the newest text waits. A worker that crashes or is silent for three seconds is replaced, and the task
 * is tried once more; a text that stops it twice is given up until it changes.
 */
import { AS_IT_IS, type Exchange, type Settings, type Verdict } from "./model";
import type { FixPlan } from "./fix-all";
import type { Played } from "./play";
import type { Form, SnippetTarget, Written } from "./written";
import type { Answer, ClientRow, FromWorker, Task, WhatIf } from "./protocol";

export interface WorkerPort {
  post(id: number, task: Task): void;
  /** The answer, if it can be had before its message. */
  pickUp(id: number): Answer | null;
  /** Whether pickUp ever has one. */
  readonly shares: boolean;
  close(): void;
}

export interface WorkerEvents {
  message(message: FromWorker): void;
  failed(reason: string): void;
}

export type Report = Extract<Answer, { kind: "report" }>;

export type Spawn = (events: WorkerEvents) => WorkerPort;

export interface ClientEvents {
  ready(version: string): void;
  checked(verdict: Verdict, exchange: Exchange, ticket: number): void;
  /** A worker stopped; another one has taken over. */
  restarted(): void;
  /** The text stopped the engine twice, or the engine cannot be loaded at all. */
  failed(failure: "task" | "engine", reason: string): void;
}

export interface Timers {
  set(run: () => void, ms: number): number;
  clear(timer: number): void;
}

interface Job {
  readonly task: Task;
  readonly ticket: number;
  readonly attempt: number;
  readonly settle: (answer: Answer) => void;
  readonly giveUp: (reason: string) => void;
}

export const HANG_MS = 3000;
/** A full trace is 32 MB of messages, and what would change it is dozens of traces: on a phone that is no hang. */
const LONG_MS = 20_000;
const LONG: ReadonlySet<Task["kind"]> = new Set<Task["kind"]>(["play", "what-if", "clients"]);
/** Loading over a slow line is not a hang. */
const MOST_STARTS_WITHOUT_READY = 3;

export class EngineClient {
  readonly #spawn: Spawn;
  readonly #events: ClientEvents;
  readonly #timers: Timers;
  #port: WorkerPort | null = null;
  #generation = 0;
  #ready = false;
  #failedStarts = 0;
  #nextId = 1;
  #inFlight: { id: number; job: Job } | null = null;
  #live: Job | null = null;
  #asked: Job[] = [];
  #watchdog: number | null = null;

  constructor(spawn: Spawn, events: ClientEvents, timers: Timers) {
    this.#spawn = spawn;
    this.#events = events;
    this.#timers = timers;
  }

  start(): void {
    if (this.#port !== null) return;
    this.#generation += 1;
    const generation = this.#generation;
    const current = (): boolean => generation === this.#generation;
    this.#port = this.#spawn({
      message: (message) => {
        if (current()) this.#hear(message);
      },
      failed: (reason) => {
        if (current()) this.#replace(reason);
      },
    });
  }

  stop(): void {
    this.#generation += 1;
    this.#port?.close();
    this.#port = null;
    this.#ready = false;
    this.#disarm();
  }

  /** Check this text; an older text that is still waiting is forgotten. The ticket comes back with the verdict. */
  check(exchange: Exchange, ticket: number, settings: Settings = AS_IT_IS): void {
    // It waits already, perhaps for its second attempt.
    if (this.#live?.ticket === ticket) return;
    this.#live = {
      task: { kind: "check", exchange, settings },
      ticket,
      attempt: 1,
      settle: (answer) => {
        if (answer.kind === "check") this.#events.checked(answer.verdict, exchange, ticket);
      },
      giveUp: (reason) => this.#events.failed("task", reason),
    };
    this.#next();
  }

  /** Whether `collect` is worth a call. */
  get shares(): boolean {
    return this.#port?.shares === true && this.#inFlight !== null;
  }

  /** While a picture is made: takes the answer along if it is there before the deadline, in the clock of `now`. */
  collect(deadline: number, now: () => number): boolean {
    const id = this.#inFlight?.id;
    const port = this.#port;
    if (id === undefined || port === null || !port.shares) return false;
    let answer = port.pickUp(id);
    while (answer === null && now() < deadline) answer = port.pickUp(id);
    if (answer === null) return false;
    this.#hear({ kind: "answer", id, answer });
    return true;
  }

  /** The text that waits is not worth a check any more. */
  forget(): void {
    this.#live = null;
  }

  planFixes(exchange: Exchange, settings: Settings = AS_IT_IS): Promise<FixPlan> {
    return this.#ask({ kind: "plan-fixes", exchange, settings }, (answer) => (answer.kind === "plan-fixes" ? answer.plan : null));
  }

  report(exchange: Exchange, settings: Settings): Promise<Report> {
    return this.#ask({ kind: "report", exchange, settings }, (answer) => (answer.kind === "report" ? answer : null));
  }

  play(scenario: string): Promise<Played> {
    return this.#ask({ kind: "play", scenario }, (answer) => (answer.kind === "play" ? answer.played : null));
  }

  whatIf(scenario: string): Promise<readonly WhatIf[]> {
    return this.#ask({ kind: "what-if", scenario }, (answer) => (answer.kind === "what-if" ? answer.rows : null));
  }

  clients(scenario: string, profiles: readonly { readonly id: string; readonly name: string }[]): Promise<readonly ClientRow[]> {
    return this.#ask({ kind: "clients", scenario, profiles }, (answer) => (answer.kind === "clients" ? answer.rows : null));
  }

  snippetTargets(): Promise<readonly SnippetTarget[]> {
    return this.#ask({ kind: "snippet-targets" }, (answer) => (answer.kind === "snippet-targets" ? answer.targets : null));
  }

  snippet(exchange: Exchange, target: string, form: Form): Promise<Written> {
    return this.#ask({ kind: "snippet", exchange, target, form }, (answer) => (answer.kind === "snippet" ? answer.written : null));
  }

  scenarioSchema(): Promise<string> {
    return this.#ask({ kind: "schema" }, (answer) => (answer.kind === "schema" ? answer.schema : null));
  }

  #ask<Found>(task: Task, find: (answer: Answer) => Found | null): Promise<Found> {
    return new Promise((resolve, reject) => {
      this.#asked.push({
        task,
        ticket: 0,
        attempt: 1,
        settle: (answer) => {
          const found = find(answer);
          if (found !== null) resolve(found);
        },
        giveUp: (reason) => reject(new Error(reason)),
      });
      this.#next();
    });
  }

  #next(): void {
    if (!this.#ready || this.#inFlight !== null || this.#port === null) return;
    const job = this.#asked.shift() ?? this.#live;
    if (job === null || job === undefined) return;
    if (job === this.#live) this.#live = null;
    const id = this.#nextId++;
    this.#inFlight = { id, job };
    this.#watchdog = this.#timers.set(() => this.#replace("silent"), LONG.has(job.task.kind) ? LONG_MS : HANG_MS);
    this.#port.post(id, job.task);
  }

  #hear(message: FromWorker): void {
    switch (message.kind) {
      case "ready":
        this.#ready = true;
        this.#failedStarts = 0;
        this.#events.ready(message.version);
        this.#next();
        return;
      case "unavailable":
        this.#unavailable(message.reason);
        return;
      case "answer": {
        if (this.#inFlight?.id !== message.id) return;
        const { job } = this.#inFlight;
        this.#inFlight = null;
        this.#disarm();
        // The next text goes out first: the worker computes while the page paints.
        this.#next();
        job.settle(message.answer);
        return;
      }
      case "crashed":
        this.#replace(message.reason);
        return;
    }
  }

  #replace(reason: string): void {
    const job = this.#inFlight?.job ?? null;
    this.#inFlight = null;
    if (!this.#ready) this.#failedStarts += 1;
    this.stop();
    if (this.#failedStarts >= MOST_STARTS_WITHOUT_READY) {
      this.#unavailable(reason);
      return;
    }
    if (job !== null) this.#again(job, reason);
    this.start();
    this.#events.restarted();
  }

  #again(job: Job, reason: string): void {
    if (job.attempt >= 2) {
      job.giveUp(reason);
      return;
    }
    const retry: Job = { ...job, attempt: job.attempt + 1 };
    if (job.task.kind !== "check") this.#asked.unshift(retry);
    else if (this.#live === null) this.#live = retry;
  }

  #unavailable(reason: string): void {
    this.stop();
    for (const job of this.#asked.splice(0)) job.giveUp(reason);
    this.#events.failed("engine", reason);
  }

  #disarm(): void {
    if (this.#watchdog !== null) this.#timers.clear(this.#watchdog);
    this.#watchdog = null;
  }
}
