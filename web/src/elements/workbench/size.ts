import { toBytes } from "../../engine/bytes";
import type { Exchange } from "../../engine/model";
import type { Words } from "../../state/words";

export function byteLength(exchange: Exchange): number {
  return toBytes(exchange.request).length + toBytes(exchange.response).length;
}

/** Megabytes with one digit. */
export function fileSize(exchange: Exchange, words: Words): string {
  return words.number(Math.round(byteLength(exchange) / 100_000) / 10);
}
