/*
 * An archive from its bytes to rows, a few hundred exchanges at a time. Runs in a worker of its own: the one that checks
 * what is typed stays free.
 */
import type { BatchOptions, DatedExchange } from "statuslab";
import { EntrySplitter, harExchange, type HarExchange } from "statuslab/har";
import type { Exchange } from "../model";
import { fromBytes } from "../bytes";
import { FAILED, UNREADABLE, type Ended, type Rows } from "./protocol";

export interface BatchLinter {
  lintBatch(exchanges: readonly DatedExchange[], options?: BatchOptions): Uint32Array;
}

export interface Reading {
  /** A new engine, also after one has stopped. */
  engine(): Promise<BatchLinter>;
  rows(rows: Rows, read: number): void;
  readonly explain: boolean;
}

const CHUNK_BYTES = 4 * 1024 * 1024;
/** Few enough that a list grows smoothly, enough that a call costs nothing. */
const BATCH_ENTRIES = 200;
const BATCH_BYTES = 1024 * 1024;

interface Read {
  readonly begin: number;
  readonly end: number;
  readonly exchange: HarExchange | null;
}

const utf8 = new TextDecoder();

export async function readArchive(file: Blob, reading: Reading): Promise<Ended> {
  const splitter = new EntrySplitter();
  let engine = await reading.engine();
  let batch: Read[] = [];
  let bytes = 0;

  async function flush(read: number): Promise<void> {
    if (batch.length === 0) return;
    const { words, failed } = await judged(batch);
    reading.rows(rowsOf(batch, words, failed), read);
    batch = [];
    bytes = 0;
  }

  /** Where an exchange stops the engine, the others of its batch are judged all the same, by new engines. */
  async function judged(all: readonly Read[]): Promise<{ words: Uint32Array; failed: ReadonlySet<number> }> {
    const failed = new Set<number>();
    try {
      return { words: engine.lintBatch(all.map(({ exchange }) => dated(exchange)), { explain: reading.explain }), failed };
    } catch {
      const words: number[] = [];
      engine = await reading.engine();
      for (const [index, { exchange }] of all.entries()) {
        try {
          words.push(...engine.lintBatch([dated(exchange)], { explain: reading.explain }));
        } catch {
          words.push(0);
          failed.add(index);
          engine = await reading.engine();
        }
      }
      return { words: Uint32Array.from(words), failed };
    }
  }

  let next = readChunk(file, 0);
  for (let at = 0; at < file.size; at += CHUNK_BYTES) {
    const chunk = await next;
    // The next part comes from the disk while this one is judged.
    next = readChunk(file, at + CHUNK_BYTES);
    for (const piece of splitter.push(chunk)) {
      const exchange = parsed(piece.bytes);
      batch.push({ begin: piece.begin, end: piece.end, exchange });
      bytes += sizeOf(exchange);
      if (batch.length >= BATCH_ENTRIES || bytes >= BATCH_BYTES) await flush(piece.end);
    }
    await flush(Math.min(file.size, at + CHUNK_BYTES));
  }
  if (splitter.place === "before") return { kind: "no-archive" };
  return { kind: splitter.cut ? "cut" : "all" };
}

/** The texts of one entry, to be laid on the desk. Null where the entry holds none. */
export async function openEntry(file: Blob, begin: number, end: number): Promise<Exchange | null> {
  const exchange = parsed(new Uint8Array(await file.slice(begin, end).arrayBuffer()));
  if (exchange === null) return null;
  const { request, response, scheme, content } = exchange;
  const now = Date.parse(exchange.started);
  return {
    request: fromBytes(request ?? new Uint8Array()), response: fromBytes(response ?? new Uint8Array()), scheme: scheme ?? "https", content,
    ...(Number.isNaN(now) ? {} : { now }),
  };
}

async function readChunk(file: Blob, at: number): Promise<Uint8Array> {
  return at < file.size ? new Uint8Array(await file.slice(at, at + CHUNK_BYTES).arrayBuffer()) : new Uint8Array();
}

function parsed(bytes: Uint8Array): HarExchange | null {
  try {
    return harExchange(JSON.parse(utf8.decode(bytes)));
  } catch {
    return null;
  }
}

function sizeOf(exchange: HarExchange | null): number {
  return (exchange?.request?.length ?? 0) + (exchange?.response?.length ?? 0);
}

function dated(exchange: HarExchange | null): DatedExchange {
  if (exchange === null) return {};
  const now = new Date(exchange.started);
  return { request: exchange.request, response: exchange.response, scheme: exchange.scheme, content: exchange.content, now: Number.isNaN(now.getTime()) ? null : now };
}

function rowsOf(batch: readonly Read[], words: Uint32Array, failed: ReadonlySet<number>): Rows {
  const statusOf = (exchange: HarExchange | null, index: number): number =>
    failed.has(index) ? FAILED : exchange === null ? UNREADABLE : exchange.status;
  return {
    begin: Float64Array.from(batch, ({ begin }) => begin),
    end: Float64Array.from(batch, ({ end }) => end),
    status: Int16Array.from(batch, ({ exchange }, index) => statusOf(exchange, index)),
    size: Uint32Array.from(batch, ({ exchange }) => sizeOf(exchange)),
    method: batch.map(({ exchange }) => exchange?.method ?? ""),
    url: batch.map(({ exchange }) => exchange?.url ?? ""),
    type: batch.map(({ exchange }) => exchange?.type ?? ""),
    findings: Uint32Array.from(words),
  };
}
