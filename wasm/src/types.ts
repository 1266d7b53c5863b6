/**
 * The values that cross the boundary of the engine. Every offset counts bytes and every span is half open, `[begin, end)`,
 * in the text of its side exactly as it was given. JSON that the engine writes has these shapes and no others.
 */
import type { CacheMachine, CacheSettings, ClientContract, ClientMachine, ClientProfile, ClientSettings, ContractQuestion, OriginMachine, OriginSettings } from "./machine-types.js";
import type { Scenario } from "./scenario-types.js";
import type { Answer, Snippet, SnippetFacts, SnippetForm, SnippetProject } from "./snippet-types.js";
import type { SimulateResult } from "./trace-types.js";

/** `fine`: nothing is wrong; a positive note, made where `LintOptions.explain` asks for it. */
export type Severity = "error" | "warning" | "info" | "hint" | "fine";

/** Which of the two texts of an exchange a span belongs to. */
export type Side = "request" | "response";

/** `[begin, end)` in bytes. */
export type Span = [begin: number, end: number];

/** Replaces the bytes `[begin, end)` by the UTF-8 form of `text`. */
export interface Edit {
  begin: number;
  end: number;
  text: string;
}

export interface Fix {
  /** Which of the rule's fixes this is: an index into `CatalogRule.fixes`. */
  label: number;
  /** It repairs the message without changing what it means. The others want a look. */
  safe: boolean;
  /** They do not overlap and belong to the finding's side. */
  edits: Edit[];
}

export interface Finding {
  /** The rule's id: `content-length-in-204`. */
  rule: string;
  severity: Severity;
  on: Side;
  /** Counts the messages of that side, from 0. */
  index: number;
  begin: number;
  end: number;
  /** Values for the placeholders of the rule's message. Bytes that are not UTF-8 read U+FFFD here. */
  args: Record<string, string>;
  fixes: Fix[];
}

export interface FieldLine {
  name: Span;
  /** Without the white space around it; with the folds of a folded line. */
  value: Span;
}

/** What delimits the content (RFC 9112 section 6.3). `tunnel`: what follows is another protocol (101, 2xx to CONNECT); `shown`: see `Exchange`. */
export type Framing = "none" | "content-length" | "chunked" | "close" | "tunnel" | "unknown" | "shown";

export interface MessageBase {
  /** As on the wire and as `curl -i` prints it, or a `curl -v` transcript. */
  format: "http1" | "curl";
  begin: number;
  end: number;
  /** `"1.1"`, `"2"`; empty where none can be read. */
  version: string;
  fields: FieldLine[];
  trailers: FieldLine[];
  /** As framed: chunk sizes and trailer section included. */
  content: Span;
  /** Bytes after the end of the message that belong to no message. */
  excess: Span;
  framing: Framing;
}

export interface RequestMessage extends MessageBase {
  kind: "request";
  method: string;
  methodSpan: Span;
  target: string;
  targetSpan: Span;
}

export interface ResponseMessage extends MessageBase {
  kind: "response";
  /** 0 where the start line has no three digits. */
  status: number;
  statusSpan: Span;
  reason: string;
  reasonSpan: Span;
}

export type Message = RequestMessage | ResponseMessage;

export interface LintResult {
  /** By side, place, severity and rule. */
  findings: Finding[];
  /** The messages in the request text. */
  request: Message[];
  /** The messages in the response text; a `curl -v` transcript has the requests here too. */
  response: Message[];
  /** How many rules applied and were run. */
  checks: number;
}

/** Content that is there whole and still in its codings. */
export interface CodedContent {
  on: Side;
  /** Counts the messages of that side, from 0. */
  index: number;
  /** In the order in which they were applied; none is `identity`. */
  codings: string[];
  /** Where its bytes are: one part, or the data of each chunk. */
  parts: Span[];
}

/** What is left of such content when its codings are undone; see `decodeContent`. */
export interface DecodedContent {
  on: Side;
  index: number;
  /** Null: the bytes are no data of these codings. */
  bytes: Uint8Array | null;
}

/** A text that is absent is not an empty text: rules that need it stay silent. */
export interface Exchange {
  request?: Uint8Array | null;
  response?: Uint8Array | null;
  /** Of the target URI. Rules that depend on it stay silent without it. */
  scheme?: "http" | "https" | null;
  /**
   * `shown`: all that follows a header section is content as a tool keeps it, without chunks and content codings, perhaps
   * recoded or left out, as in a HAR file. What it says is judged, its bytes and its length are not. Left out: as sent.
   */
  content?: "sent" | "shown" | null;
  /** Without it, rules about what is in content that is coded stay silent. */
  decoded?: readonly DecodedContent[] | null;
}

/** What a rule speaks at in place of its own severity. `on`: its own. Positive notes heed `off` only. */
export type RuleLevel = "on" | "off" | "error" | "warning" | "info" | "hint";

/** As in `statuslab.json`. Keys are ids of rules, `family/*` or `*`; the narrower goes before the wider. */
export interface Config {
  rules?: Record<string, RuleLevel>;
}

export interface LintOptions {
  /** Left out: the time is not known, and rules that need it stay silent. No clock is ever asked. */
  now?: Date | null;
  /** Positive notes too. */
  explain?: boolean;
  /** Ids that no rule has are passed over; `configProblems` names them. */
  config?: Config | null;
}

/** An exchange of a list: each has its own `LintOptions.now`. */
export interface DatedExchange extends Exchange {
  now?: Date | null;
}

export type BatchOptions = Omit<LintOptions, "now">;

export interface RuleFacts {
  id: string;
  family: string;
  severity: Severity;
}

export interface FixOptions extends LintOptions {
  /** Also fixes that want a look. */
  unsafe?: boolean;
}

export interface AppliedFix {
  rule: string;
  on: Side;
  label: number;
  args: Record<string, string>;
}

/** Fixes that do not touch each other, made at once. Edits count bytes of the texts as the round before left them. */
export interface FixRound {
  request: Edit[];
  response: Edit[];
  applied: AppliedFix[];
}

export interface FixResult {
  /** The texts afterwards; null where the exchange has none. */
  request: Uint8Array | null;
  response: Uint8Array | null;
  /** Empty where nothing was to be repaired. */
  rounds: FixRound[];
}

/** `invalid`: outside of 100 to 599 (RFC 9110 section 15). */
export type StatusKind = "registered" | "reserved" | "temporary" | "draft" | "unofficial" | "invalid";

/** `empty`: framed, of length zero (205). `none`: the code is never on the wire. */
export type ContentRule = "forbidden" | "empty" | "allowed" | "expected" | "none";

/** One meaning of a status code. */
export interface StatusRow {
  /** Unique: `204`, `419-laravel`. The key of `Catalog.status`. */
  key: string;
  code: number;
  phrase: string;
  kind: StatusKind;
  /** Who uses an unofficial code; empty for the others. */
  vendor: string;
  reference: string;
  content: ContentRule;
  /** RFC 9110 section 15.1. */
  heuristicallyCacheable: boolean;
  /** It stands in logs and is never sent. */
  logOnly: boolean;
  /** Names of the fields that a response with this code has to have. */
  required: string[];
  /** Names of the fields that it usually has. */
  customary: string[];
}

export interface StatusFacts {
  code: number;
  /**
   * The code that a client has to take it for when it does not know it: x00 of its class, 500 outside of 100 to 599
   * (RFC 9110 section 15). A registered code stands for itself.
   */
  treatedAs: number;
  /** The registered meaning first. Empty for a code that nobody uses. */
  rows: StatusRow[];
}

export type StructuredType = "item" | "list" | "dictionary";

/** The lines of one field. Strings stand for their UTF-8 form. Several lines are one value, joined by commas. */
export interface StructuredField {
  type: StructuredType;
  lines: readonly (string | Uint8Array)[];
}

/** What JSON has no type for. `binary` is base32 (RFC 4648 section 6), `date` counts seconds since 1970. */
export type StructuredTyped =
  | { __type: "token"; value: string }
  | { __type: "binary"; value: string }
  | { __type: "date"; value: number }
  | { __type: "displaystring"; value: string };

/** Integers and decimals are numbers, strings strings, booleans booleans. */
export type StructuredBareItem = number | string | boolean | StructuredTyped;
/** In order, each key once. */
export type StructuredParameters = [key: string, value: StructuredBareItem][];
export type StructuredItem = [value: StructuredBareItem, parameters: StructuredParameters];
export type StructuredInnerList = [items: StructuredItem[], parameters: StructuredParameters];
export type StructuredList = (StructuredItem | StructuredInnerList)[];
export type StructuredDictionary = [key: string, member: StructuredItem | StructuredInnerList][];

export interface StructuredError {
  /** `trailing-comma`, `key-expected` ... */
  kind: string;
  /** Counts the lines from 0. */
  line: number;
  /** In bytes of that line. */
  begin: number;
  end: number;
}

/** RFC 9651. The value has the form that the public test vectors for structured fields have. */
export type StructuredResult =
  | {
      ok: true;
      value: StructuredItem | StructuredList | StructuredDictionary;
      /** The canonical form; null for an empty List or Dictionary, which is sent as no field at all. */
      serialised: string | null;
    }
  | { ok: false; error: StructuredError };

/** Calls are synchronous and keep nothing: same arguments, same result. Without a word about its part, a call needs `validate`. */
export interface Engine {
  readonly version: string;
  /** @throws {EngineError} `memory` when the texts do not fit, `stopped` when the engine failed; load another then. */
  lint(exchange: Exchange, options?: LintOptions): LintResult;
  /** What `decodeContent` decodes. @throws {EngineError} as `lint`. */
  codedContents(exchange: Exchange): CodedContent[];
  /**
   * Many exchanges, answered in numbers, for lists of thousands: for each exchange in order the number of its findings, then
   * one word a finding, `rule | severity << 16 | side << 24`. Rules are numbered as `rules()` lists them; severities are
   * error, warning, info, hint, fine from 0; a request is 0, a response 1. @throws {EngineError} as `lint`.
   */
  lintBatch(exchanges: readonly DatedExchange[], options?: BatchOptions): Uint32Array;
  /**
   * Makes every safe fix, and again, until there is none left to make. What was not wrong stays as it is.
   * @throws {EngineError} as `lint`.
   */
  fixAll(exchange: Exchange, options?: FixOptions): FixResult;
  /** Never fails on malformed input. @throws {EngineError} as `lint`. */
  parse(bytes: Uint8Array, side: Side): Message[];
  /** @throws {RangeError} unless `code` is a whole number from 0 to 999. */
  status(code: number): StatusFacts;
  /** Parses the lines of a field as RFC 9651 section 4.2 says, and serialises the value again. @throws {EngineError} as `lint`. */
  structuredField(field: StructuredField): StructuredResult;
  /** All rules, by id. */
  rules(): readonly RuleFacts[];
  /**
   * Plays a scenario: who sends what to whom, and why. Everything in it has a default; mistakes in it come with their place.
   * A string is the scenario's JSON. Needs the part `simulate`. @throws {EngineError} as `lint`.
   */
  simulate(scenario: Scenario | string): SimulateResult;
  /**
   * One machine of the simulator, kept between calls until it is closed; each needs the part `simulate`. Settings, requests and
   * responses that cannot be understood throw a `TypeError` that says where. A cache:
   */
  cache(settings?: CacheSettings): CacheMachine;
  /** An origin as in `Scenario.origin`, or by its resources alone. */
  origin(settings?: OriginSettings): OriginMachine;
  /** A client as in `Scenario.client`, or by the name of its profile alone. */
  client(settings?: ClientSettings): ClientMachine;
  /** Who a client can be. Needs the part `simulate`, as the next. */
  clientProfiles(): ClientProfile[];
  /** What each profile makes of one response, with nobody to answer further requests. */
  clientContract(question: ContractQuestion): ClientContract[];
  /** The JSON schema (2020-12) of scenarios, with all defaults. Needs the part `simulate`. */
  scenarioSchema(): object;
  /**
   * Server code that sends the answer. The target is an id (`express-4`) or a framework (`express`: its newest version);
   * `handler`, the default, is the handler alone, `complete` a project that runs. Needs the part `snippet`, as those below.
   * @throws {RangeError} on a target that does not exist or an answer of another shape.
   */
  snippet(answer: Answer, target: string, form?: SnippetForm): Snippet;
  /** One app with many answers, each at its own path. @throws {RangeError} as `snippet`. */
  snippetProject(answers: readonly Answer[], target: string): SnippetProject;
  /** Targets, and codes and cases of the matrix. */
  snippetFacts(): SnippetFacts;
  /** The model answer of a code and a case (`json`, `redirect`, ...). @throws {RangeError} on an unknown case. */
  exampleAnswer(status: number, name: string): Answer;
  /** A response that was seen, as an answer, and the request it answers, where that is known. */
  answerOf(response: Uint8Array, request?: Uint8Array | null): Answer;
}

export interface CatalogRule {
  family: string;
  severity: Severity;
  /** With placeholders: `204 carries Content-Length ({value})`. */
  message: string;
  /** Plain text: the consequence, for whom. */
  summary: string;
  /** The sentence of the specification, verbatim. */
  quote: string;
  /** `RFC 9110 section 8.6`. */
  cite: string;
  citeUrl: string;
  fixes: string[];
}

export interface CatalogStatus {
  title: string;
  summary: string;
}

/** The words of one language: `statuslab/catalog/en.json`, `statuslab/catalog/zh-CN.json`. */
export interface Catalog {
  language: string;
  rules: Record<string, CatalogRule>;
  severities: Record<Severity, string>;
  status: Record<string, CatalogStatus>;
}

/** A finding in words. `fixes` runs parallel to `Finding.fixes`. */
export interface Description {
  message: string;
  summary: string;
  quote: string;
  cite: string;
  citeUrl: string;
  fixes: string[];
}
