/**
 * Exchanges of a HAR file (HTTP Archive 1.2), the record that browsers, proxies and test tools keep.
 *
 * A HAR file holds what its writer made of the messages, not their bytes. What it lost is put in as the wire must have
 * had it, or not judged: start lines of HTTP/2 and HTTP/3, a Host that a browser does not list, the case of field names
 * there, lines that were joined; content stands there decoded, and goes in as `content: "shown"`.
 */
import type { Content, Entry, Header, PostData, Request, Response } from "har-format";

import type { Exchange } from "./types.js";

export { EntrySplitter, type Piece } from "./har-split.js";

export interface HarExchange extends Exchange {
  /** Both are null where the entry is not HTTP: `data:`, `blob:`, what extensions load. */
  request: Uint8Array | null;
  /** Null where none came: the request was blocked, or the connection failed. */
  response: Uint8Array | null;
  scheme: "http" | "https" | null;
  content: "shown";
  method: string;
  url: string;
  /** 0 without a response. */
  status: number;
  /** Media type of the response's content, empty where there is none. */
  type: string;
  /** When the request was sent, as the file says it. */
  started: string;
}

/** Null where the value is no entry. */
export function harExchange(entry: unknown): HarExchange | null {
  const { request, response, startedDateTime } = membersOf<Entry>(entry);
  const asked = membersOf<Request>(request);
  const answered = membersOf<Response>(response);
  const [url, method] = [text(asked.url), text(asked.method)];
  if (url === "" || method === "") return null;
  const facts = { method, url, type: mediaType(text(membersOf<Content>(answered.content).mimeType)), started: text(startedDateTime) };
  const place = /^(?:http|ws)(s?):\/\/(?:[^/?#@]*@)?([^/?#]*)([^#]*)/i.exec(url);
  if (place === null) return { ...facts, status: 0, scheme: null, content: "shown", request: null, response: null };
  const [, secure, authority = "", path = ""] = place;
  const status = typeof answered.status === "number" ? Math.trunc(answered.status) : 0;
  const fields = { request: fieldLines(asked.headers), response: fieldLines(answered.headers) };
  const version = versionOf([text(answered.httpVersion), text(asked.httpVersion)], [...fields.request, ...fields.response]);
  return {
    ...facts,
    status: Math.max(0, status),
    scheme: secure === "" ? "http" : "https",
    content: "shown",
    request: requestBytes(method, target(method, authority, path), authority, version, fields.request, asked.postData),
    response: status > 0 ? responseBytes(method, status, text(answered.statusText), version, fields.response, answered.content) : null,
  };
}

type Version = "1.0" | "1.1" | "2" | "3";
type Line = readonly [name: string, value: string];

function requestBytes(method: string, target: string, host: string, version: Version, fields: readonly Line[], postData: unknown): Uint8Array {
  // Browsers list the fields of the page's making where they cannot have those of the wire; Host is not among them.
  const hosted = fields.some(([name]) => name.toLowerCase() === "host") ? [] : [["Host", host] as const];
  const { text: content, ...rest } = membersOf<PostData>(postData);
  const { encoding } = rest as { encoding?: unknown };
  return message(`${method} ${target} HTTP/${version}`, version, [...hosted, ...fields], bytesOf(content, encoding));
}

function responseBytes(method: string, status: number, reason: string, version: Version, fields: readonly Line[], content: unknown): Uint8Array {
  const { text: shown, encoding } = membersOf<Content>(content);
  // RFC 9112 section 6.3: these end with their header section. What a file has there comes from a cache.
  const ends = method === "HEAD" || status < 200 || status === 204 || status === 304;
  const phrase = version.startsWith("1.") ? oneLine(reason) : "";
  return message(`HTTP/${version} ${status} ${phrase}`, version, fields, ends ? empty : bytesOf(shown, encoding));
}

function message(startLine: string, version: Version, fields: readonly Line[], content: Uint8Array): Uint8Array {
  // RFC 9113 section 8.2: "Field names MUST be converted to lowercase when constructing an HTTP/2 message." Not all files
  // show them so.
  const lower = !version.startsWith("1.");
  const lines = fields.map(([name, value]) => `${lower ? name.toLowerCase() : name}: ${value}\r\n`);
  const head = encoder.encode(`${startLine}\r\n${lines.join("")}\r\n`);
  if (content.length === 0) return head;
  const whole = new Uint8Array(head.length + content.length);
  whole.set(head);
  whole.set(content, head.length);
  return whole;
}

// Pseudo-header fields (RFC 9113 section 8.3) are in the start line. Lines of the same name may come joined by a line feed.
function fieldLines(headers: unknown): Line[] {
  if (!Array.isArray(headers)) return [];
  return headers.flatMap((header): Line[] => {
    const { name, value } = membersOf<Header>(header);
    const key = oneLine(text(name));
    if (key === "" || key.startsWith(":")) return key === ":authority" ? [["Host", text(value)]] : [];
    return text(value).split(/[\r\n]+/).map((line) => [key, line] as const);
  });
}

// "HTTP/1.1", "http/2.0", "h2", "h3", "h3-29", "HTTP/3", "unknown", "".
function versionOf(names: readonly string[], fields: readonly Line[]): Version {
  for (const name of names) {
    const digits = /^(?:http\/|h)(\d)(?:\.(\d))?/i.exec(name);
    if (digits?.[1] === "1") return digits[2] === "0" ? "1.0" : "1.1";
    if (digits?.[1] === "2" || digits?.[1] === "3") return digits[1];
  }
  // Where nothing tells, what only HTTP/1.1 has to have is not asked for.
  const ofOld = fields.some(([name]) => /^(connection|keep-alive|transfer-encoding)$/i.test(name));
  return ofOld ? "1.1" : "2";
}

// RFC 9112 section 3.2. Characters that no target has were encoded on the wire.
function target(method: string, authority: string, path: string): string {
  if (method === "CONNECT") return authority;
  const shown = path.startsWith("/") ? path : `/${path}`;
  return shown.replace(/[^\x21-\x7e]+/g, (characters) => Array.from(encoder.encode(characters), percentEncoded).join(""));
}

function percentEncoded(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}

const encoder = new TextEncoder();
const empty = new Uint8Array();

function bytesOf(content: unknown, encoding: unknown): Uint8Array {
  if (typeof content !== "string") return empty;
  if (encoding !== "base64") return encoder.encode(content);
  try {
    const binary = atob(content);
    const bytes = new Uint8Array(binary.length);
    // A loop: `Uint8Array.from` goes through an iterator, which takes ten times as long.
    for (let at = 0; at < binary.length; ++at) bytes[at] = binary.charCodeAt(at);
    return bytes;
  } catch {
    return empty;
  }
}

function mediaType(value: string): string {
  return (value.split(";")[0] ?? "").trim().toLowerCase();
}

function oneLine(value: string): string {
  return value.replace(/[\r\n]+/g, " ").trim();
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The members of what may be an object, with nothing known of their values. */
function membersOf<T>(value: unknown): { readonly [K in keyof T]?: unknown } {
  return typeof value === "object" && value !== null ? value : {};
}
