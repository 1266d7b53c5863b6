/*
 * The exchange in the address.
 *
 *   #1<base64url>   format 1: two bytes of checksum, then raw deflate (with the dictionary of format 1) of records
 *                   "tag, length as varint, bytes". What has its default value is left out; unknown tags are skipped.
 *
 * Nothing of a fragment reaches a server. Old formats are never changed; a link that cannot be read
 * yields what can be saved from it.
 */
import { deflateSync, Inflate, inflateSync } from "fflate";
import { fromBytes, toBytes } from "../engine/bytes";
import { AS_IT_IS, LEVELS, type Exchange, type Level, type Settings } from "../engine/model";
import { DICTIONARY_V1 } from "./dictionary.v1";

export interface Linked {
  readonly exchange: Exchange;
  /** Position of the selected finding, null when none is selected. */
  readonly selected: number | null;
  readonly settings: Settings;
  readonly beside: Beside;
}

/** What the other lenses have selected. Every lens carries it on as it is. */
export interface Beside {
  /** Position of the selected step of the simulation, null for none. */
  readonly step: number | null;
  /** Framework, version and form of the snippet, as state/snippet-choice writes it; empty for none. */
  readonly snippet: string;
}

export const NOTHING_BESIDE: Beside = { step: null, snippet: "" };

/** What goes into a link. */
export type Linkable = Omit<Linked, "settings" | "beside"> & Partial<Pick<Linked, "settings" | "beside">>;

export type Damage =
  /** Not a form that any version of this page has written. */
  | "unknown"
  /** Written by a newer version. */
  | "newer"
  /** The end is missing. */
  | "cut"
  /** Something in it was changed. */
  | "changed";

export type Decoded =
  | { readonly kind: "exchange"; readonly linked: Linked }
  | { readonly kind: "broken"; readonly damage: Damage; readonly saved: Exchange | null };

const VERSION = "1";
const TAG = { request: 1, response: 2, scheme: 3, selected: 4, levels: 5, explain: 6, shown: 7, now: 8, scenario: 9, step: 10, snippet: 11 } as const;
/** Longer addresses are cut by too many programs, and encoding them on every pause costs time. */
export const LONGEST_LINK = 65536;
const LARGEST_TEXT = 262144;
const LARGEST_PAYLOAD = 4 * 1024 * 1024;

const dictionary = new TextEncoder().encode(DICTIONARY_V1);

/** The fragment without "#", or null when the exchange is too large for an address. */
export function encode({ exchange, selected, settings = AS_IT_IS, beside = NOTHING_BESIDE }: Linkable): string | null {
  const { scenario = "" } = exchange;
  if (exchange.request.length + exchange.response.length + scenario.length > LARGEST_TEXT) return null;
  const payload = records([
    [TAG.request, toBytes(exchange.request)],
    [TAG.response, toBytes(exchange.response)],
    [TAG.scheme, exchange.scheme === "http" ? Uint8Array.of(1) : new Uint8Array()],
    [TAG.selected, selected === null ? new Uint8Array() : Uint8Array.from(varint(selected))],
    [TAG.levels, toBytes(levelsText(settings))],
    [TAG.shown, exchange.content === "shown" ? Uint8Array.of(1) : new Uint8Array()],
    [TAG.now, toBytes(exchange.now === undefined ? "" : exchange.now.toString(36))],
    [TAG.explain, settings.explain ? Uint8Array.of(1) : new Uint8Array()],
    [TAG.scenario, toBytes(scenario)],
    [TAG.step, beside.step === null ? new Uint8Array() : Uint8Array.from(varint(beside.step))],
    [TAG.snippet, toBytes(beside.snippet)],
  ]);
  const packed = deflateSync(payload, { level: 9, dictionary });
  const sealed = new Uint8Array(packed.length + 2);
  sealed.set(checksum(payload));
  sealed.set(packed, 2);
  const fragment = VERSION + toBase64Url(sealed);
  return fragment.length > LONGEST_LINK ? null : fragment;
}

export function decode(fragment: string): Decoded {
  const version = fragment.charAt(0);
  if (/^[2-9]/.test(version) && /^[\w-]+$/.test(fragment)) return broken("newer", null);
  if (version !== VERSION || fragment.length < 4) return broken("unknown", null);
  return decodeV1(fragment.slice(1));
}

function decodeV1(encoded: string): Decoded {
  const clean = /^[\w-]*/.exec(encoded)?.[0] ?? "";
  const sealed = fromBase64Url(clean);
  if (sealed === null || sealed.length < 3) return broken("unknown", null);
  const packed = sealed.subarray(2);
  try {
    const payload = inflateSync(packed, { dictionary });
    const read = readRecords(payload);
    const sum = checksum(payload);
    const intact = clean === encoded && read.complete && sum[0] === sealed[0] && sum[1] === sealed[1];
    return intact ? { kind: "exchange", linked: read.linked } : broken("changed", read.linked.exchange);
  } catch {
    const payload = inflateWhatIsThere(packed);
    const cut = clean === encoded && !payload.failed;
    return broken(cut ? "cut" : "changed", payload.bytes.length === 0 ? null : readRecords(payload.bytes).linked.exchange);
  }
}

function broken(damage: Damage, saved: Exchange | null): Decoded {
  const worthless = saved === null || (saved.request === "" && saved.response === "");
  return { kind: "broken", damage, saved: worthless ? null : saved };
}

function inflateWhatIsThere(packed: Uint8Array): { bytes: Uint8Array; failed: boolean } {
  const parts: Uint8Array[] = [];
  let size = 0;
  const inflate = new Inflate({ dictionary });
  inflate.ondata = (part) => {
    size += part.length;
    if (size <= LARGEST_PAYLOAD) parts.push(part.slice());
  };
  let failed = false;
  try {
    for (let i = 0; i < packed.length; i++) inflate.push(packed.subarray(i, i + 1), false);
  } catch {
    failed = true;
  }
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { bytes, failed };
}

type Record_ = readonly [tag: number, data: Uint8Array];

function records(all: readonly Record_[]): Uint8Array {
  const present = all.filter(([, data]) => data.length > 0).map(([tag, data]) => ({ head: [tag, ...varint(data.length)], data }));
  const bytes = new Uint8Array(present.reduce((sum, { head, data }) => sum + head.length + data.length, 0));
  let at = 0;
  for (const { head, data } of present) {
    bytes.set(head, at);
    bytes.set(data, at + head.length);
    at += head.length + data.length;
  }
  return bytes;
}

function readRecords(bytes: Uint8Array): { linked: Linked; complete: boolean } {
  let exchange: Exchange = { request: "", response: "", scheme: "https" };
  let selected: number | null = null;
  let settings = AS_IT_IS;
  let beside = NOTHING_BESIDE;
  let complete = true;
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at];
    const length = readVarint(bytes, at + 1);
    const end = length.next + length.value;
    if (!length.complete || end > bytes.length) complete = false;
    const data = bytes.subarray(length.next, end);
    at = end;
    if (tag === TAG.request) exchange = { ...exchange, request: fromBytes(data) };
    else if (tag === TAG.response) exchange = { ...exchange, response: fromBytes(data) };
    else if (tag === TAG.scheme) exchange = { ...exchange, scheme: data[0] === 1 ? "http" : "https" };
    else if (tag === TAG.selected) selected = readVarint(data, 0).value;
    else if (tag === TAG.levels) settings = { ...settings, levels: readLevels(fromBytes(data)) };
    else if (tag === TAG.shown && data[0] === 1) exchange = { ...exchange, content: "shown" };
    else if (tag === TAG.now) exchange = withTime(exchange, fromBytes(data));
    else if (tag === TAG.explain) settings = { ...settings, explain: data[0] === 1 };
    else if (tag === TAG.scenario) exchange = { ...exchange, scenario: fromBytes(data) };
    else if (tag === TAG.step) beside = { ...beside, step: readVarint(data, 0).value };
    else if (tag === TAG.snippet) beside = { ...beside, snippet: fromBytes(data) };
  }
  return { linked: { exchange, selected, settings, beside }, complete };
}

function withTime(exchange: Exchange, text: string): Exchange {
  return /^[0-9a-z]{1,9}$/.test(text) ? { ...exchange, now: Number.parseInt(text, 36) } : exchange;
}

/** "etag-syntax=off", a line each, by id: the same settings make the same link. */
function levelsText({ levels }: Settings): string {
  return Object.keys(levels).sort().map((rule) => `${rule}=${levels[rule]}`).join("\n");
}

/** Lines that this version does not understand are passed over. */
function readLevels(text: string): Record<string, Level> {
  const levels: Record<string, Level> = {};
  for (const line of text.split("\n")) {
    const [, rule = "", name = ""] = /^([a-z0-9-]+)=([a-z]+)$/.exec(line) ?? [];
    const level = LEVELS.find((known) => known === name);
    if (rule !== "" && level !== undefined) levels[rule] = level;
  }
  return levels;
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  bytes.push(rest);
  return bytes;
}

function readVarint(bytes: Uint8Array, from: number): { value: number; next: number; complete: boolean } {
  let value = 0;
  for (let i = 0; i < 4; i++) {
    const byte = bytes[from + i];
    if (byte === undefined) return { value, next: bytes.length, complete: false };
    value |= (byte & 0x7f) << (7 * i);
    if (byte < 0x80) return { value, next: from + i + 1, complete: true };
  }
  return { value, next: from + 4, complete: false };
}

/** Fletcher-16: catches what chat programs and hands do to a link. */
function checksum(bytes: Uint8Array): [number, number] {
  let low = 0;
  let high = 0;
  for (const byte of bytes) {
    low = (low + byte) % 255;
    high = (high + low) % 255;
  }
  return [low, high];
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64Url(text: string): Uint8Array | null {
  // A single character of a last group holds no whole byte.
  const whole = text.length % 4 === 1 ? text.slice(0, -1) : text;
  try {
    return Uint8Array.from(atob(whole.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}
