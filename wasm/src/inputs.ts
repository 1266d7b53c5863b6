/**
 * What the command line judges: files, folders, standard input; each brings one exchange or, as HAR file or JSON lines,
 * many, one after the other.
 */
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";

import { EntrySplitter, harExchange } from "./har.js";
import { completeLines, readLine } from "./jsonl.js";
import type { Source } from "./text-report.js";
import type { Exchange, Side } from "./types.js";

/** One exchange, and where it comes from. */
export interface Unit {
  /** `a.http`, `dump.har#12`, `log.jsonl#3`. */
  name: string;
  /** Its file has more than one, or may have. */
  oneOfMany: boolean;
  /** What it is about, where the file tells. */
  title?: string;
  exchange: Exchange;
  sources: Partial<Record<Side, Source>>;
}

/** A file cannot be read, or not as what it is. */
export class Unusable extends Error {}

export interface Inputs {
  stdin: Readable & { isTTY?: boolean };
  scheme: "http" | "https" | null;
  /** Hears of what cannot be read where the rest is judged all the same. */
  problem(message: string): void;
}

const suffixes = /\.(http|txt|har|ndjson|jsonl)$/i;
const ofLines = /\.(ndjson|jsonl)$/i;

/** @throws {Unusable} for an operand that cannot be read. */
export async function* unitsOf(operands: readonly string[], inputs: Inputs): AsyncGenerator<Unit> {
  for (const operand of operands) {
    if (operand === "-") yield* unitsOfBytes("stdin", inputs.stdin as AsyncIterable<Uint8Array>, false, inputs);
    else for (const file of await filesOf(operand)) yield* unitsOfBytes(file, createReadStream(file, { highWaterMark: 1 << 20 }), ofLines.test(file), inputs);
  }
}

/** The file, or those that a folder and its folders have, by name. */
export async function filesOf(operand: string): Promise<string[]> {
  const found = await stat(operand).catch((error: unknown) => {
    throw new Unusable(`${operand} cannot be read: ${textOf(error)}`);
  });
  if (!found.isDirectory()) return [operand];
  const files: string[] = [];
  async function collect(folder: string): Promise<void> {
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.isDirectory() && entry.name !== "node_modules" && !entry.name.startsWith(".")) await collect(join(folder, entry.name));
      if (entry.isFile() && suffixes.test(entry.name)) files.push(join(folder, entry.name));
    }
  }
  await collect(operand);
  if (files.length === 0) throw new Unusable(`${operand} has no files *.http, *.txt, *.har, *.ndjson or *.jsonl`);
  return files;
}

async function* unitsOfBytes(name: string, input: AsyncIterable<Uint8Array>, lines: boolean, inputs: Inputs): AsyncGenerator<Unit> {
  if (lines) return yield* unitsOfLines(name, input, inputs);
  const parts: Uint8Array[] = [];
  const rest = input[Symbol.asyncIterator]();
  try {
    for (let part = await rest.next(); !part.done; part = await rest.next()) {
      parts.push(part.value);
      // No HTTP message begins with a brace.
      if (/^[\ufeff\s]*\{/.test(new TextDecoder().decode(parts[0]?.subarray(0, 64)))) return yield* unitsOfHar(name, chain(parts, rest), inputs);
    }
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    throw new Unusable(`${name} cannot be read: ${textOf(error)}`);
  }
  const bytes = Buffer.concat(parts);
  if (bytes.length === 0) throw new Unusable(`${name} is empty`);
  yield unitOf(name, bytes, inputs.scheme);
}

/** A text on its own: a response, a request, or a request and what answers it. */
export function unitOf(name: string, bytes: Uint8Array, scheme: Inputs["scheme"]): Unit {
  const cut = beginOfResponse(bytes);
  const sources: Unit["sources"] = {};
  if (cut > 0) sources.request = { name, bytes: bytes.subarray(0, cut) };
  if (cut < bytes.length) sources.response = { name, bytes: bytes.subarray(cut), before: bytes.subarray(0, cut) };
  return { name, oneOfMany: false, exchange: { scheme, request: sources.request?.bytes ?? null, response: sources.response?.bytes ?? null }, sources };
}

// 0 where the text is none that begins with a request, its length where nothing answers the request.
function beginOfResponse(bytes: Uint8Array): number {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  if (!/^\s*[!#$%&'*+.^_`|~0-9A-Za-z-]+ \S.* HTTP\/\d/.test(text.slice(0, 1 << 16))) return 0;
  const answer = /\nHTTP\/\d(\.\d)? \d\d\d/.exec(text);
  return answer === null ? bytes.length : answer.index + 1;
}

async function* unitsOfHar(name: string, input: AsyncIterable<Uint8Array>, inputs: Inputs): AsyncGenerator<Unit> {
  const splitter = new EntrySplitter();
  const decoder = new TextDecoder();
  let index = 0;
  for await (const part of input) {
    for (const piece of splitter.push(part)) {
      const place = `${name}#${++index}`;
      const entry = parsed(decoder.decode(piece.bytes));
      const exchange = entry === undefined ? null : harExchange(entry);
      if (exchange === null) inputs.problem(`${place} is no entry of a HAR file`);
      else if (exchange.scheme !== null) yield unitOfHar(place, exchange, { name, begin: piece.begin, end: piece.end });
    }
  }
  if (splitter.place === "before") throw new Unusable(`${name} holds no HTTP message, and no HAR file: it has no log.entries`);
  if (splitter.cut) inputs.problem(`${name} ends in the middle, after ${index} entries`);
}

function unitOfHar(name: string, exchange: NonNullable<ReturnType<typeof harExchange>>, within: Source["within"]): Unit {
  const { method, url, status, request, response } = exchange;
  const sources: Unit["sources"] = {};
  if (request) sources.request = { name: `${name}/request`, bytes: request, ...(within && { within }) };
  if (response) sources.response = { name: `${name}/response`, bytes: response, ...(within && { within }) };
  return { name, oneOfMany: true, title: `${method} ${url}${status > 0 ? ` → ${status}` : ""}`, exchange, sources };
}

async function* unitsOfLines(name: string, input: AsyncIterable<Uint8Array>, inputs: Inputs): AsyncGenerator<Unit> {
  let number = 0;
  let offset = 0;
  for await (const lines of completeLines(input)) {
    for (const line of lines) {
      const within = { name, begin: offset, end: offset + line.length };
      offset += line.length + 1;
      const { id, exchange, error } = readLine(line, ++number);
      if (exchange === undefined) {
        inputs.problem(`${name}: ${error}`);
        continue;
      }
      const place = `${name}#${number}`;
      const sources: Unit["sources"] = {};
      for (const side of ["request", "response"] as const) {
        const bytes = exchange[side];
        if (bytes) sources[side] = { name: `${place}/${side}`, bytes, within };
      }
      yield { name: place, oneOfMany: true, ...(id !== "null" && { title: `id ${id}` }), exchange, sources };
    }
  }
}

async function* chain(first: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* first;
  for (let part = await rest.next(); !part.done; part = await rest.next()) yield part.value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
