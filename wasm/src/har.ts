/**
 * An entry of an HTTP archive (HAR 1.2) as the bytes of its messages. An archive holds what a browser or a proxy made of the
 * wire: fields in pairs, content without its codings. What is not recorded is left out rather than made up.
 */
import type { Exchange } from "./types.js";

export interface HarExchange extends Exchange {
  /** Null where the entry has none: the request was blocked, or the connection failed. */
  request: Uint8Array | null;
  response: Uint8Array | null;
  scheme: "http" | "https" | null;
  method: string;
  url: string;
  /** 0 without a response. */
  status: number;
  /** Media type of the response's content, empty where there is none. */
  type: string;
  /** When the request was sent, as the archive says it. */
  started: string;
}

type Members = Record<string, unknown>;

const utf8 = new TextEncoder();

/** Null where the value is no entry of an archive. */
export function harExchange(entry: unknown): HarExchange | null {
  const { request, response, startedDateTime } = members(entry);
  const sent = members(request);
  const method = text(sent["method"]);
  const url = text(sent["url"]);
  if (method === "" || url === "") return null;
  const answer = members(response);
  const status = number(answer["status"]);
  const content = members(answer["content"]);
  const version = text(answer["httpVersion"]) || text(sent["httpVersion"]);
  const bare = { method, url, status, type: mediaType(text(content["mimeType"])), started: text(startedDateTime) };
  return {
    ...bare,
    scheme: /^https:/i.test(url) ? "https" : /^http:/i.test(url) ? "http" : null,
    request: requestBytes(sent, method, url, text(sent["httpVersion"]) || version),
    response: status === 0 ? null : responseBytes(answer, content, version, method, status),
  };
}

function requestBytes(request: Members, method: string, url: string, version: string): Uint8Array {
  const { target, host } = targetOf(url, method);
  const post = members(request["postData"]);
  const content = typeof post["text"] === "string" ? utf8.encode(post["text"]) : null;
  const fields = fieldsOf(request["headers"]);
  if (!fields.some(([name]) => name.toLowerCase() === "host")) fields.unshift(["Host", authorityOf(request["headers"]) || host]);
  return message(`${method} ${target} ${protocol(version)}`, fields, content, number(request["bodySize"]) > 0);
}

function responseBytes(response: Members, content: Members, version: string, method: string, status: number): Uint8Array {
  const recorded = typeof content["text"] === "string" ? contentBytes(content["text"], text(content["encoding"])) : null;
  const none = method === "HEAD" || status < 200 || status === 204 || status === 304;
  const reason = text(response["statusText"]);
  const bytes = none && recorded?.length === 0 ? null : recorded;
  return message(`${protocol(version)} ${status} ${reason}`, fieldsOf(response["headers"]), bytes, !none && number(content["size"]) > 0);
}

/** `missing`: there was content, and the archive does not have it. */
function message(startLine: string, fields: [name: string, value: string][], content: Uint8Array | null, missing: boolean): Uint8Array {
  const has = (name: string): boolean => fields.some(([own]) => own.toLowerCase() === name);
  const chunked = content !== null && content.length > 0 && fields.some(([name, value]) => name.toLowerCase() === "transfer-encoding" && /chunked\s*$/i.test(value));
  let shown = fields;
  if (content !== null && content.length > 0 && has("content-encoding")) {
    // The archive has the content after its coding was undone: so it is shown as if a proxy had undone it.
    shown = fields.flatMap(([name, value]): [string, string][] => {
      const known = name.toLowerCase();
      if (known === "content-encoding") return [];
      return [[name, known === "content-length" ? String(content.length) : value]];
    });
  } else if ((content === null || content.length === 0) && missing) {
    shown = fields.filter(([name]) => !/^(content-length|transfer-encoding)$/i.test(name));
  }
  const head = utf8.encode(`${startLine}\r\n${shown.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`);
  if (content === null || content.length === 0) return chunkedEnd(head, content !== null && has("transfer-encoding") && !missing);
  if (!chunked) return joined([head, content]);
  return joined([head, utf8.encode(`${content.length.toString(16)}\r\n`), content, utf8.encode("\r\n0\r\n\r\n")]);
}

function chunkedEnd(head: Uint8Array, empty: boolean): Uint8Array {
  return empty ? joined([head, utf8.encode("0\r\n\r\n")]) : head;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Without the pseudo-header fields of HTTP/2 (RFC 9113 section 8.3), which some tools list among the others. */
function fieldsOf(headers: unknown): [name: string, value: string][] {
  if (!Array.isArray(headers)) return [];
  return headers.flatMap((header): [string, string][] => {
    const { name, value } = members(header);
    if (typeof name !== "string" || name === "" || name.startsWith(":")) return [];
    // Several lines of one field are one pair with line ends in it.
    return text(value).split(/\r?\n/).map((line): [string, string] => [name, line]);
  });
}

function authorityOf(headers: unknown): string {
  const found: unknown = Array.isArray(headers) ? headers.find((header) => members(header)["name"] === ":authority") : undefined;
  return text(members(found)["value"]);
}

function targetOf(url: string, method: string): { target: string; host: string } {
  const parts = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#]*)([^#]*)/i.exec(url);
  const host = parts?.[1] ?? "";
  const rest = parts?.[2] ?? url;
  if (method === "CONNECT") return { target: host, host };
  return { target: rest === "" ? "/" : rest.startsWith("?") ? `/${rest}` : rest, host };
}

/** "h2", "http/2.0", "HTTP/1.1", "unknown". */
function protocol(version: string): string {
  const digits = /^(?:HTTP\/|h)(\d)(?:\.(\d))?/i.exec(version);
  if (digits === null) return "HTTP/1.1";
  return digits[1] === "1" ? `HTTP/1.${digits[2] ?? "1"}` : `HTTP/${digits[1]}`;
}

function contentBytes(value: string, encoding: string): Uint8Array {
  if (encoding.toLowerCase() !== "base64") return utf8.encode(value);
  try {
    const binary = atob(value);
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; ++i) bytes[i] = binary.charCodeAt(i);
    return bytes;
  } catch {
    return utf8.encode(value);
  }
}

function mediaType(value: string): string {
  return (value.split(";")[0] ?? "").trim().toLowerCase();
}

function members(value: unknown): Members {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function number(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}
