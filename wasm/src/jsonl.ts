/**
 * Exchanges as JSON lines, for programs: one exchange a line in, one answer a line out, in the same order.
 *
 *     {"id":…,"scheme":"http"|"https"|null,"request":{"base64":"…"}|{"text":"…"}|null,"response":{"base64":"…"}|{"text":"…"}|null}
 *     {"id":…,"findings":[…]}   or, for a line that cannot be understood,   {"id":…,"error":"…"}
 *
 * In `text`, the lone surrogates U+DC80 to U+DCFF stand for the bytes 0x80 to 0xFF (Python's surrogateescape).
 */
import { joined } from "./bytes.js";
import { decodeContent } from "./decode.js";
import { describe } from "./describe.js";
import { EngineError } from "./errors.js";
import { memberText } from "./member-text.js";
import type { Catalog, Edit, Engine, Exchange, Finding, LintOptions, Severity, Side } from "./types.js";

export interface JsonFinding {
  rule: string;
  severity: Severity;
  message: string;
  on: Side;
  index: number;
  begin: number;
  end: number;
  cite: string;
  fixes: { title: string; edits: Edit[] }[];
}

export function jsonFinding(finding: Finding, catalog: Catalog): JsonFinding {
  const { message, cite, fixes } = describe(finding, catalog);
  const { rule, severity, on, index, begin, end } = finding;
  return {
    rule,
    severity,
    message,
    on,
    index,
    begin,
    end,
    cite,
    fixes: finding.fixes.map(({ edits }, at) => ({ title: fixes[at] ?? "", edits })),
  };
}

export interface JsonlOptions {
  catalog: Catalog;
  /** Called at the start, and again after the engine stopped on a line. */
  load(): Promise<Engine>;
  lint?: LintOptions;
  /** Sees every finding; for exit codes. */
  onFinding?(finding: Finding): void;
  onError?(): void;
}

/** Answers a stream as it comes: what is yielded for a chunk holds the answers to all lines that it completed. */
export async function* answerLines(input: AsyncIterable<Uint8Array>, options: JsonlOptions): AsyncGenerator<string> {
  let engine = await options.load();
  let number = 0;
  for await (const lines of completeLines(input)) {
    let answers = "";
    for (const line of lines) {
      ++number;
      const { id, exchange, error } = readLine(line, number);
      let answer: { error: string } | { findings: JsonFinding[] };
      if (exchange === undefined) {
        answer = { error };
      } else {
        try {
          const { findings } = engine.lint(await decodeContent(engine, exchange), options.lint);
          if (options.onFinding) findings.forEach(options.onFinding);
          answer = { findings: findings.map((finding) => jsonFinding(finding, options.catalog)) };
        } catch (cause) {
          if (!(cause instanceof EngineError)) throw cause;
          if (cause.code === "stopped") engine = await options.load();
          answer = { error: `line ${number}: ${cause.message}` };
        }
      }
      if ("error" in answer) options.onError?.();
      answers += `{"id":${id},${JSON.stringify(answer).slice(1)}\n`;
    }
    if (answers !== "") yield answers;
  }
}

/** Lines without their LF. The last one needs none; nothing after the last LF is no line. */
export async function* completeLines(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array[]> {
  let rest: Uint8Array[] = [];
  for await (const chunk of input) {
    const lines: Uint8Array[] = [];
    let start = 0;
    for (let at = chunk.indexOf(0x0a); at !== -1; at = chunk.indexOf(0x0a, start)) {
      lines.push(joined([...rest, chunk.subarray(start, at)]));
      rest = [];
      start = at + 1;
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
    if (lines.length > 0) yield lines;
  }
  if (rest.length > 0) yield [joined(rest)];
}

/** `id` is JSON text, `null` where there is none. */
type ReadLine = { id: string; exchange: Exchange; error?: never } | { id: string; exchange?: never; error: string };

class NotUnderstood extends Error {}

// The byte order mark that some programs put at the start is left out.
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** `number` counts lines from 1; errors begin with it. */
export function readLine(line: Uint8Array, number: number): ReadLine {
  let id = "null";
  try {
    const text = decoded(line);
    const value = parsed(text);
    if (!isRecord(value)) throw new NotUnderstood(`${nameOf(value)} where an object {"id", "scheme", "request", "response"} is expected`);
    id = idText(value["id"], text);
    const exchange = {
      scheme: scheme(value["scheme"]),
      request: bytesOf(value["request"], "request"),
      response: bytesOf(value["response"], "response"),
    };
    if (exchange.request === null && exchange.response === null) {
      throw new NotUnderstood('neither request nor response; each is {"base64":"…"} or {"text":"…"}');
    }
    return { id, exchange };
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    return { id, error: `line ${number}: ${error.message}` };
  }
}

function decoded(line: Uint8Array): string {
  try {
    return utf8.decode(line);
  } catch {
    throw new NotUnderstood("bytes that are not UTF-8; such messages go into base64");
  }
}

function parsed(text: string): unknown {
  if (text.trim() === "") throw new NotUnderstood("an empty line");
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new NotUnderstood(`not JSON: ${(error as SyntaxError).message}`);
  }
}

// Numbers that JavaScript would round, and what may hold some, come back as they were written.
function idText(id: unknown, line: string): string {
  if (id === undefined) return "null";
  const asWritten = typeof id === "object" || (typeof id === "number" && !Number.isSafeInteger(id));
  return asWritten ? (memberText(line, "id") ?? "null") : JSON.stringify(id);
}

function scheme(value: unknown): "http" | "https" | null {
  if (value === undefined || value === null) return null;
  if (value === "http" || value === "https") return value;
  throw new NotUnderstood(`scheme is ${shown(value)}; "http", "https" or null are understood`);
}

function bytesOf(value: unknown, side: Side): Uint8Array | null {
  if (value === undefined || value === null) return null;
  if (!isRecord(value)) throw new NotUnderstood(`${side} is ${nameOf(value)}; {"base64":"…"}, {"text":"…"} or null are understood`);
  const { base64, text } = value;
  if ((base64 === undefined) === (text === undefined)) {
    throw new NotUnderstood(`${side} has ${base64 === undefined ? "neither base64 nor text" : "both base64 and text"}; one of them is expected`);
  }
  if (text !== undefined) {
    if (typeof text !== "string") throw new NotUnderstood(`${side}.text is ${nameOf(text)}, not a string`);
    return textBytes(text, side);
  }
  if (typeof base64 !== "string") throw new NotUnderstood(`${side}.base64 is ${nameOf(base64)}, not a string`);
  return base64Bytes(base64, side);
}

// RFC 4648 section 4. Padding is part of it (section 3.2).
function base64Bytes(base64: string, side: Side): Uint8Array {
  const stray = /[^A-Za-z0-9+/]/.exec(base64.replace(/={1,2}$/, ""));
  if (stray) throw new NotUnderstood(`${side}.base64 has ${shown(stray[0])} at ${stray.index}, which is not in the base64 alphabet`);
  if (base64.length % 4 !== 0) throw new NotUnderstood(`${side}.base64 has ${base64.length} characters, not a multiple of four`);
  return Buffer.from(base64, "base64");
}

function textBytes(text: string, side: Side): Uint8Array {
  const surrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
  if (!surrogate.test(text)) return Buffer.from(text, "utf8");
  const parts: Uint8Array[] = [];
  for (const piece of text.match(/[\udc80-\udcff]+|[^\udc80-\udcff]+/gu) ?? []) {
    const stray = surrogate.exec(piece);
    if (stray && !/^[\udc80-\udcff]/.test(piece)) {
      throw new NotUnderstood(`${side}.text has a lone surrogate at ${text.indexOf(piece) + stray.index}`);
    }
    parts.push(stray ? Uint8Array.from(piece, (unit) => unit.charCodeAt(0) - 0xdc00) : Buffer.from(piece, "utf8"));
  }
  return Buffer.concat(parts);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function nameOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
