import { joined } from "./bytes.js";
import { applyEdits } from "./edits.js";
import { EngineError, refuse } from "./errors.js";
import { levelBytes } from "./config.js";
import { callsInto, type Heap } from "./heap.js";
import type { ClientProfile } from "./machine-types.js";
import { lintResult, type LintWords } from "./lint-words.js";
import { cacheMachine, clientContract, clientMachine, originMachine } from "./machines.js";
import type { Part, RawParts } from "./parts.js";
import { simulateResult } from "./simulator.js";
import { answerResult, factsResult, projectResult, snippetResult } from "./snippets.js";
import type { BatchOptions, DatedExchange, Engine, Exchange, FixOptions, FixResult, FixRound, LintOptions, Message, RuleFacts, Side, StatusFacts } from "./types.js";
import type { CodedContent, DecodedContent, StructuredField, StructuredResult } from "./types.js";

/** A null pointer: absent. Scheme: 0 unknown, 1 http, 2 https. */
type Texts = [request: number, requestLength: number, response: number, responseLength: number, scheme: number, shown: boolean];
/** With options. Decoded: five words a content, see bindings.cpp. Now: seconds since 1970, or NaN. */
type Given = [
  ...Texts, decoded: number, decodedCount: number,
  now: number, explain: boolean, levels: number, levelCount: number,
];

/** What engine.wasm exports. */
export interface EngineModule extends Heap {
  /** Returns a pointer to be released: the number of the words that follow and of the bytes of text behind them. 0: no memory left. */
  lint(...given: Given): number;
  codedContents(...texts: Texts): string;
  /** Fixes: 0 safe ones, 1 any. */
  fixAll(...given: [...Given, fixes: number]): string;
  /**
   * Six 32-bit words an exchange: pointer and length of the request, of the response, scheme (and 256 for `shown`), time (0: not known). Returns a
   * pointer to be released: the number of the words that follow, then those of `Engine.lintBatch`. 0: no memory left.
   */
  lintBatch(records: number, count: number, explain: boolean, levels: number, levelCount: number): number;
  /** Side: 0 request, 1 response. */
  parse(pointer: number, length: number, side: number): string;
  status(code: number): string;
  /** Lengths: a Uint32Array. Type: 0 item, 1 list, 2 dictionary. */
  structuredField(bytes: number, size: number, lengths: number, count: number, type: number): string;
  rules(): string;
  version(): string;
}

/** The engine's answers as it writes them: one line of JSON, or words. Cheaper to post between threads than what they stand for. */
export interface RawEngine {
  readonly version: string;
  lint(exchange: Exchange, options?: LintOptions): LintWords;
  codedContents(exchange: Exchange): string;
  lintBatch(exchanges: readonly DatedExchange[], options?: BatchOptions): Uint32Array;
  fixAll(exchange: Exchange, options?: FixOptions): string;
  parse(bytes: Uint8Array, side: Side): string;
  status(code: number): string;
  structuredField(field: StructuredField): string;
  rules(): string;
}

const schemes = { http: 1, https: 2 } as const;
const sides = { request: 0, response: 1 } as const;
/** Of an exchange in the block of a batch. */
const recordWords = 6;
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const structuredTypes = { item: 0, list: 1, dictionary: 2 } as const;

export function rawEngine(module: EngineModule): RawEngine {
  const { guarded, withBytes } = callsInto(module);
  let rules: readonly RuleFacts[] | undefined;
  function levelsOf(config: LintOptions["config"]): Uint8Array | null {
    if (!config) return null;
    rules ??= ruleFacts(module.rules());
    return levelBytes(config, rules);
  }

  function withTexts<T>({ request, response, scheme, content }: Exchange, use: (texts: Texts) => T): T {
    return withBytes(request, (requestPointer, requestLength) =>
      withBytes(response, (responsePointer, responseLength) =>
        use([requestPointer, requestLength, responsePointer, responseLength, scheme ? schemes[scheme] : 0, content === "shown"]),
      ),
    );
  }

  function withExchange<T>(exchange: Exchange, { now, explain, config }: LintOptions, use: (given: Given) => T): T {
    return withTexts(exchange, (texts) =>
      withDecoded(exchange.decoded ?? [], (decoded, decodedCount) =>
        withBytes(levelsOf(config), (levels, levelCount) =>
          use([...texts, decoded, decodedCount, now ? Math.floor(now.getTime() / 1000) : Number.NaN, explain ?? false, levels, levelCount]),
        ),
      ),
    );
  }

  function withDecoded<T>(contents: readonly DecodedContent[], use: (records: number, count: number) => T): T {
    if (contents.length === 0) return use(0, 0);
    return withBytes(joined(contents.map(({ bytes }) => bytes ?? new Uint8Array())), (pointer) => {
      let at = pointer;
      const words = contents.flatMap(({ on, index, bytes }) => {
        const record = [sides[on], index, bytes === null ? 1 : 0, at, bytes?.length ?? 0];
        at += bytes?.length ?? 0;
        return record;
      });
      return withBytes(new Uint8Array(Uint32Array.from(words).buffer), (records) => use(records, contents.length));
    });
  }

  function takenWords(block: number): LintWords {
    if (block === 0) throw new EngineError("memory", "no memory for the engine's answer");
    const { buffer } = module.HEAPU8;
    const [wordCount = 0, textSize = 0] = new Uint32Array(buffer, block, 2);
    const words = new Uint32Array(buffer, block + 8, wordCount).slice();
    const text = decoder.decode(new Uint8Array(buffer, block + 8 + wordCount * 4, textSize));
    module.release(block);
    return { words, text };
  }

  /** All texts of the batch in one block behind their records. */
  function lintBatch(exchanges: readonly DatedExchange[], { explain, config }: BatchOptions): Uint32Array {
    const sizeOf = (text: Uint8Array | null | undefined): number => text?.length ?? 0;
    const head = exchanges.length * recordWords * 4;
    const size = exchanges.reduce((sum, { request, response }) => sum + sizeOf(request) + sizeOf(response), head);
    const block = module.allocate(size);
    if (block === 0) throw new EngineError("memory", `no memory for ${exchanges.length} exchanges of ${size} bytes`);
    const heap = module.HEAPU8;
    const records = new Uint32Array(heap.buffer, block, exchanges.length * recordWords).fill(0);
    let at = block + head;
    exchanges.forEach((exchange, index) => {
      [exchange.request, exchange.response].forEach((text, side) => {
        if (text === null || text === undefined) return;
        heap.set(text, at);
        records.set([at, text.length], index * recordWords + side * 2);
        at += text.length;
      });
      records[index * recordWords + 4] = (exchange.scheme ? schemes[exchange.scheme] : 0) + (exchange.content === "shown" ? 256 : 0);
      records[index * recordWords + 5] = exchange.now ? Math.max(0, Math.floor(exchange.now.getTime() / 1000)) : 0;
    });
    const found = withBytes(levelsOf(config), (levels, levelCount) =>
      module.lintBatch(block, exchanges.length, explain ?? false, levels, levelCount),
    );
    module.release(block);
    if (found === 0) throw new EngineError("memory", `no memory for the findings of ${exchanges.length} exchanges`);
    const length = new Uint32Array(module.HEAPU8.buffer, found, 1)[0] ?? 0;
    const words = new Uint32Array(module.HEAPU8.buffer, found + 4, length).slice();
    module.release(found);
    return words;
  }

  return {
    version: guarded(() => module.version()),
    lint: (exchange, options = {}) => guarded(() => takenWords(withExchange(exchange, options, (given) => module.lint(...given)))),
    codedContents: (exchange) => guarded(() => withTexts(exchange, (texts) => module.codedContents(...texts))),
    lintBatch: (exchanges, options = {}) => guarded(() => lintBatch(exchanges, options)),
    fixAll: (exchange, options = {}) =>
      guarded(() => withExchange(exchange, options, (given) => module.fixAll(...given, options.unsafe ? 1 : 0))),
    parse: (bytes, side) => guarded(() => withBytes(bytes, (pointer, length) => module.parse(pointer, length, sides[side]))),
    status(code) {
      if (!Number.isInteger(code) || code < 0 || code > 999) throw new RangeError(`${code} is not a whole number from 0 to 999`);
      return guarded(() => module.status(code));
    },
    structuredField({ type, lines }) {
      if (!Object.hasOwn(structuredTypes, type)) throw new RangeError(`${type} is not item, list or dictionary`);
      const encoded = lines.map((line) => (typeof line === "string" ? new TextEncoder().encode(line) : line));
      const lengths = Uint32Array.from(encoded, (line) => line.length);
      return guarded(() =>
        withBytes(joined(encoded), (bytes, size) =>
          withBytes(new Uint8Array(lengths.buffer), (pointer) =>
            module.structuredField(bytes, size, pointer, lengths.length, structuredTypes[type]),
          ),
        ),
      );
    },
    rules: () => guarded(() => module.rules()),
  };
}

export function typedEngine(raw: RawParts): Engine {
  const validate = (): RawEngine => raw.validate ?? notLoaded("validate");
  const simulator = () => raw.simulate ?? notLoaded("simulate");
  const snippets = () => raw.snippet ?? notLoaded("snippet");
  return {
    version: (raw.validate ?? raw.simulate ?? raw.snippet)?.version ?? notLoaded("validate"),
    lint: (exchange, options) => lintResult(validate().lint(exchange, options)),
    codedContents: (exchange) => codedContents(validate().codedContents(exchange)),
    lintBatch: (exchanges, options) => validate().lintBatch(exchanges, options),
    fixAll: (exchange, options) => fixResult(validate().fixAll(exchange, options), exchange),
    parse: (bytes, side) => messages(validate().parse(bytes, side)),
    status: (code) => statusFacts(validate().status(code)),
    structuredField: (field) => structuredResult(validate().structuredField(field)),
    rules: () => ruleFacts(validate().rules()),
    simulate: (scenario) => simulateResult(simulator().simulate(scenario)),
    cache: (settings = {}) => cacheMachine(simulator(), settings),
    origin: (settings = {}) => originMachine(simulator(), settings),
    client: (settings = {}) => clientMachine(simulator(), settings),
    clientProfiles: () => JSON.parse(simulator().clientProfiles()) as ClientProfile[],
    clientContract: (question) => clientContract(simulator(), question),
    scenarioSchema: () => JSON.parse(simulator().scenarioSchema()) as object,
    snippet: (answer, target, form = "handler") => snippetResult(snippets().snippet(answer, target, form)),
    snippetProject: (answers, target) => projectResult(snippets().project(answers, target)),
    snippetFacts: () => factsResult(snippets().facts()),
    exampleAnswer: (status, name) => answerResult(snippets().example(status, name)),
    answerOf: (response, request) => answerResult(snippets().answer(response, request)),
  };
}

function notLoaded(part: Part): never {
  throw new EngineError("not-loaded", `this engine was loaded without "${part}"; name it in load({ parts })`);
}

// Answers are narrowed here and nowhere else, by their outline: the engine's own tests hold their details.

/** The engine tells the edits; the texts are here. */
export function fixResult(json: string, { request, response }: Exchange): FixResult {
  const value: unknown = JSON.parse(json);
  if (!isRecord(value) || !Array.isArray(value["rounds"])) return refuse("fixAll");
  const rounds = value["rounds"] as FixRound[];
  const repaired = (text: Uint8Array | null | undefined, side: Side): Uint8Array | null =>
    text ? rounds.reduce((done, round) => applyEdits(done, round[side]), text) : null;
  return { request: repaired(request, "request"), response: repaired(response, "response"), rounds };
}

export function codedContents(json: string): CodedContent[] {
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? (value as CodedContent[]) : refuse("codedContents");
}

export function messages(json: string): Message[] {
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? (value as Message[]) : refuse("parse");
}

export function statusFacts(json: string): StatusFacts {
  const value: unknown = JSON.parse(json);
  const whole = isRecord(value) && typeof value["code"] === "number" && typeof value["treatedAs"] === "number" && Array.isArray(value["rows"]);
  return whole ? (value as unknown as StatusFacts) : refuse("status");
}

export function structuredResult(json: string): StructuredResult {
  const value: unknown = JSON.parse(json);
  const whole = isRecord(value) && (value["ok"] === true ? Array.isArray(value["value"]) : isRecord(value["error"]));
  return whole ? (value as unknown as StructuredResult) : refuse("structuredField");
}

export function ruleFacts(json: string): RuleFacts[] {
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? (value as RuleFacts[]) : refuse("rules");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
