/**
 * The engine in a worker: `serve` answers there, `connect` asks from here. Answers travel as the engine writes them: JSON text, or words.
 * A call that kills the engine fails alone; the worker loads another engine for the next one.
 */
import { decodeContent } from "./decode.js";
import { codedContents, fixResult, messages, ruleFacts, statusFacts, structuredResult, type RawEngine } from "./engine.js";
import { EngineError, type EngineErrorCode } from "./errors.js";
import { lintResult, type LintWords } from "./lint-words.js";
import { compile, loadParts, loadRaw, type WasmSource } from "./load.js";
import type { Engine, Exchange, FixOptions, FixResult, LintOptions, LintResult, Message, RuleFacts, Side, StatusFacts } from "./types.js";
import type { Scenario } from "./scenario-types.js";
import { simulateResult, type RawSimulator } from "./simulator.js";
import type { Answer, Snippet, SnippetFacts, SnippetForm } from "./snippet-types.js";
import { answerResult, factsResult, snippetResult, type RawSnippets } from "./snippets.js";
import type { SimulateResult } from "./trace-types.js";
import type { StructuredField, StructuredResult } from "./types.js";

/** What a message port, a dedicated worker and its own global scope have in common, in browsers and in Node. */
export interface Port {
  postMessage(message: unknown): void;
  addEventListener?: unknown;
  on?: unknown;
  start?(): void;
  terminate?(): unknown;
}

/** `Engine` with promises. Calls are answered in the order they were made. */
export interface RemoteEngine {
  readonly version: string;
  /** Content that its caller did not decode is decoded by the worker. */
  lint(exchange: Exchange, options?: LintOptions): Promise<LintResult>;
  fixAll(exchange: Exchange, options?: FixOptions): Promise<FixResult>;
  parse(bytes: Uint8Array, side: Side): Promise<Message[]>;
  status(code: number): Promise<StatusFacts>;
  structuredField(field: StructuredField): Promise<StructuredResult>;
  rules(): Promise<RuleFacts[]>;
  /** The worker loads simulator.wasm, from beside its script, at the first call. */
  simulate(scenario: Scenario | string): Promise<SimulateResult>;
  /** The worker loads snippets.wasm, from beside its script, at the first call of these. */
  snippet(answer: Answer, target: string, form?: SnippetForm): Promise<Snippet>;
  snippetFacts(): Promise<SnippetFacts>;
  answerOf(response: Uint8Array, request?: Uint8Array | null): Promise<Answer>;
  /** Ends the worker. Calls without an answer fail with `stopped`. */
  close(): void;
}

type LintCall = { call: "lint"; exchange: Exchange; options: LintOptions };
type TextCall =
  | { call: "load"; wasm: Exclude<WasmSource, Response | PromiseLike<Response>> | null }
  | { call: "fixAll"; exchange: Exchange; options: FixOptions }
  | { call: "parse"; bytes: Uint8Array; side: Side }
  | { call: "status"; code: number }
  | { call: "structuredField"; field: StructuredField }
  | { call: "rules" }
  | { call: "simulate"; scenario: Scenario | string }
  | SnippetCall;

type SnippetCall =
  | { call: "snippet"; answer: Answer; target: string; form: SnippetForm }
  | { call: "snippetFacts" }
  | { call: "answerOf"; response: Uint8Array; request: Uint8Array | null };

type Call = LintCall | TextCall;
type Request = Call & { id: number };
type Answered = string | LintWords;
type Reply = { id: number; answer: Answered } | { id: number; error: { code: EngineErrorCode | null; message: string } };

/** Answers calls that come through `port`, one after the other. */
export function serve(port: Port): void {
  let module: WebAssembly.Module | undefined;
  let engine: RawEngine | undefined;
  let simulator: RawSimulator | undefined;
  let snippets: RawSnippets | undefined;
  let queue = Promise.resolve();

  async function snippetAnswer(request: SnippetCall): Promise<string> {
    snippets ??= (await loadParts({ parts: ["snippet"] })).snippet;
    if (snippets === undefined) throw new EngineError("not-loaded", "snippets were not loaded");
    if (request.call === "snippet") return snippets.snippet(request.answer, request.target, request.form);
    return request.call === "snippetFacts" ? snippets.facts() : snippets.answer(request.response, request.request);
  }

  function decoded(raw: RawEngine, exchange: Exchange): Promise<Exchange> {
    return exchange.decoded ? Promise.resolve(exchange) : decodeContent({ codedContents: (coded) => codedContents(raw.codedContents(coded)) }, exchange);
  }

  async function answer(request: Request): Promise<Answered> {
    if (request.call === "load") {
      module = request.wasm === null ? undefined : await compile(request.wasm);
      engine = await loadRaw(module === undefined ? {} : { wasm: module });
      return JSON.stringify(engine.version);
    }
    if (request.call === "simulate") {
      simulator ??= (await loadParts({ parts: ["simulate"] })).simulate;
      if (simulator === undefined) throw new EngineError("not-loaded", "the simulator was not loaded");
      return simulator.simulate(request.scenario);
    }
    if (request.call === "snippet" || request.call === "snippetFacts" || request.call === "answerOf") return snippetAnswer(request);
    engine ??= await loadRaw(module === undefined ? {} : { wasm: module });
    if (request.call === "lint") return engine.lint(await decoded(engine, request.exchange), request.options);
    if (request.call === "fixAll") return engine.fixAll(await decoded(engine, request.exchange), request.options);
    if (request.call === "parse") return engine.parse(request.bytes, request.side);
    if (request.call === "structuredField") return engine.structuredField(request.field);
    if (request.call === "rules") return engine.rules();
    return engine.status(request.code);
  }

  listen(port, "message", (data) => {
    const request = data as Request;
    queue = queue.then(async () => {
      let reply: Reply;
      try {
        reply = { id: request.id, answer: await answer(request) };
      } catch (error) {
        const code = error instanceof EngineError ? error.code : null;
        if (code === "stopped") engine = simulator = snippets = undefined;
        reply = { id: request.id, error: { code, message: error instanceof Error ? error.message : String(error) } };
      }
      port.postMessage(reply);
    });
  });
}

export interface ConnectOptions {
  /** For the worker: bytes, a module, or where engine.wasm is as seen from there. Left out: beside the worker's script. */
  wasm?: BufferSource | WebAssembly.Module | URL | string;
}

/**
 * @throws {EngineError} when the worker does not start or cannot load the engine.
 */
export async function connect(worker: Port, options: ConnectOptions = {}): Promise<RemoteEngine> {
  const waiting = new Map<number, { resolve(answer: Answered): void; reject(error: unknown): void }>();
  let gone: EngineError | undefined;
  let last = 0;

  function end(why: string): void {
    gone ??= new EngineError("stopped", why);
    for (const { reject } of waiting.values()) reject(gone);
    waiting.clear();
  }

  function ask(call: LintCall): Promise<LintWords>;
  function ask(call: TextCall): Promise<string>;
  function ask(call: Call): Promise<Answered> {
    if (gone) return Promise.reject(gone);
    return new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, ...call } satisfies Request);
    });
  }

  listen(worker, "message", (data) => {
    const reply = data as Reply;
    const call = waiting.get(reply.id);
    if (call === undefined) return;
    waiting.delete(reply.id);
    if ("answer" in reply) call.resolve(reply.answer);
    else call.reject(reply.error.code === null ? new RangeError(reply.error.message) : new EngineError(reply.error.code, reply.error.message));
  });
  listen(worker, "error", (error) => end(`the worker failed: ${messageOf(error)}`));
  listen(worker, "messageerror", () => end("the worker sent what cannot be read"));
  listen(worker, "exit", () => end("the worker ended"));

  const wasm = options.wasm instanceof URL ? options.wasm.href : (options.wasm ?? null);
  const version = JSON.parse(await ask({ call: "load", wasm })) as Engine["version"];
  return {
    version,
    lint: async (exchange, options = {}) => lintResult(await ask({ call: "lint", exchange, options })),
    fixAll: async (exchange, options = {}) => fixResult(await ask({ call: "fixAll", exchange, options }), exchange),
    parse: async (bytes, side) => messages(await ask({ call: "parse", bytes, side })),
    status: async (code) => statusFacts(await ask({ call: "status", code })),
    structuredField: async (field) => structuredResult(await ask({ call: "structuredField", field })),
    rules: async () => ruleFacts(await ask({ call: "rules" })),
    snippet: async (answer, target, form = "handler") => snippetResult(await ask({ call: "snippet", answer, target, form })),
    snippetFacts: async () => factsResult(await ask({ call: "snippetFacts" })),
    answerOf: async (response, request) => answerResult(await ask({ call: "answerOf", response, request: request ?? null })),
    simulate: async (scenario) => simulateResult(await ask({ call: "simulate", scenario })),
    close() {
      end("the connection to the worker was closed");
      worker.terminate?.();
    },
  };
}

// Browsers dispatch events that carry the value, Node's workers emit the value.
function listen(port: Port, type: string, handle: (value: unknown) => void): void {
  if (typeof port.on === "function") {
    port.on(type, handle);
  } else if (typeof port.addEventListener === "function") {
    port.addEventListener(type, (event: { data?: unknown }) => handle(type === "message" ? event.data : event));
    port.start?.();
  }
}

function messageOf(error: unknown): string {
  const text = typeof error === "object" && error !== null && "message" in error ? String(error.message) : "";
  return text === "" ? "its script could not be loaded" : text;
}
