/** A trace as HAR 1.2: one entry for each request that a client sent, as its developer tools would show it. */
import type { Entry, Har, Header } from "har-format";

import { clientPairs, messageParts, type MessageParts, type TracePair } from "./trace-parts.js";
import type { Trace } from "./trace-types.js";

export function traceHar(trace: Trace, version: string): Har {
  return {
    log: {
      version: "1.2",
      creator: { name: "statuslab", version },
      entries: clientPairs(trace).map((pair) => entry(pair, trace.start)),
    },
  };
}

function entry({ request, response, requestWire }: TracePair, start: number): Entry {
  const asked = messageParts({ wire: requestWire });
  const end = response?.arrives ?? request.arrives;
  const wait = Math.max(0, end - request.at);
  const url = new URL(request.target);
  const type = field(asked, "content-type");
  return {
    startedDateTime: new Date(start + request.at).toISOString(),
    time: wait,
    request: {
      method: request.method,
      url: request.target,
      httpVersion: asked.startLine.split(" ").at(-1) ?? "",
      cookies: [],
      headers: headers(asked),
      queryString: [...url.searchParams].map(([name, value]) => ({ name, value })),
      headersSize: bytes(requestWire) - bytes(asked.content),
      bodySize: bytes(asked.content),
      ...(asked.content === "" ? {} : { postData: { mimeType: type, text: asked.content } }),
    },
    response: response === null ? noResponse() : responseOf(response.wire, response.status),
    cache: {},
    timings: { send: 0, wait, receive: 0 },
    ...(request.connection === 0 ? {} : { connection: String(request.connection) }),
  };
}

function responseOf(wire: string, status: number): Entry["response"] {
  const parts = messageParts({ wire });
  const [httpVersion = "", , ...reason] = parts.startLine.split(" ");
  const content = isChunked(parts) ? withoutChunks(parts.content) : parts.content;
  return {
    status,
    statusText: reason.join(" "),
    httpVersion,
    cookies: [],
    headers: headers(parts),
    content: { size: bytes(content), mimeType: field(parts, "content-type") || "x-unknown", text: content },
    redirectURL: field(parts, "location"),
    headersSize: bytes(wire) - bytes(parts.content),
    bodySize: bytes(parts.content),
  };
}

// HAR has no word for "none came"; browsers write 0.
function noResponse(): Entry["response"] {
  return { status: 0, statusText: "", httpVersion: "", cookies: [], headers: [], content: { size: 0, mimeType: "x-unknown" }, redirectURL: "", headersSize: -1, bodySize: -1 };
}

function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

function headers({ fields }: MessageParts): Header[] {
  return fields.filter(([name]) => name !== "").map(([name, value]) => ({ name, value }));
}

function field({ fields }: MessageParts, wanted: string): string {
  return fields.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? "";
}

function isChunked(parts: MessageParts): boolean {
  return /\bchunked\s*$/i.test(field(parts, "transfer-encoding"));
}

// RFC 9112 section 7.1.3, for text whose characters are bytes; anything else is left as it is.
function withoutChunks(text: string): string {
  let rest = text;
  let content = "";
  for (;;) {
    const size = /^([0-9a-f]+)[^\r\n]*\r?\n/i.exec(rest);
    if (size === null) return text;
    const length = Number.parseInt(size[1] ?? "0", 16);
    if (length === 0) return content;
    content += rest.slice(size[0].length, size[0].length + length);
    rest = rest.slice(size[0].length + length).replace(/^\r?\n/, "");
  }
}
