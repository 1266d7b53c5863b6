import { joined } from "./bytes.js";
import type { DecodedContent, Engine, Exchange } from "./types.js";

/** Names of DecompressionStream by content coding (RFC 9110 section 8.4.1). Which of them there are is the host's matter. */
const formats: Readonly<Record<string, string>> = { gzip: "gzip", "x-gzip": "gzip", deflate: "deflate", br: "brotli", zstd: "zstd" };
/** Content that is longer stays closed: a few kilobytes can stand for gigabytes. */
const mostBytes = 16 * 1024 * 1024;

/** `unknown`: not for this host to say. */
type Decoded = Uint8Array | "damaged" | "unknown";

/**
 * The exchange with what its content codings hide, for `lint` and `fixAll`; the same exchange where there is nothing to decode.
 * Codings that the host has no decompressor for, and content of more than 16 MiB, stay closed.
 */
export async function decodeContent(engine: Pick<Engine, "codedContents">, exchange: Exchange): Promise<Exchange> {
  if (exchange.content === "shown" || ![exchange.request, exchange.response].some(mentionsCodings)) return exchange;
  const decoded: DecodedContent[] = [];
  for (const coded of engine.codedContents(exchange)) {
    const text = exchange[coded.on] ?? new Uint8Array();
    const bytes = await opened(joined(coded.parts.map(([begin, end]) => text.subarray(begin, end))), coded.codings);
    if (bytes !== "unknown") decoded.push({ on: coded.on, index: coded.index, bytes: bytes === "damaged" ? null : bytes });
  }
  return decoded.length === 0 ? exchange : { ...exchange, decoded };
}

function mentionsCodings(text: Uint8Array | null | undefined): boolean {
  return text !== null && text !== undefined && /^[<> \t]*content-encoding[ \t]*:/im.test(new TextDecoder("latin1").decode(text));
}

/** The coding that was applied last is undone first. */
async function opened(bytes: Uint8Array<ArrayBuffer>, codings: readonly string[]): Promise<Decoded> {
  let left: Uint8Array<ArrayBuffer> = bytes;
  for (const coding of [...codings].reverse()) {
    const stream = decompressor(formats[coding.toLowerCase()]);
    if (stream === null) return "unknown";
    const result = await through(stream, left);
    // RFC 1952 section 2.2: a file may have several members, which not every host reads.
    if (result === "damaged" && hasSecondMember(left)) return "unknown";
    if (typeof result === "string") return result;
    left = result;
  }
  return left;
}

function decompressor(format: string | undefined): DecompressionStream | null {
  if (format === undefined || typeof DecompressionStream === "undefined") return null;
  try {
    return new DecompressionStream(format as CompressionFormat);
  } catch {
    return null;
  }
}

async function through(stream: DecompressionStream, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | "damaged" | "unknown"> {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      pieces.push(value);
      if (size > mostBytes) {
        await reader.cancel();
        return "unknown";
      }
    }
  } catch {
    return "damaged";
  }
  return joined(pieces);
}

function hasSecondMember(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0x1f, 1); at !== -1; at = bytes.indexOf(0x1f, at + 1)) if (bytes[at + 1] === 0x8b && bytes[at + 2] === 8) return true;
  return false;
}
