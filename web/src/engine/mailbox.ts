/*
 * Memory that page and worker share: the worker leaves its answer there as well as posting it.
 *
 * After a key the browser draws before it delivers messages, so a posted answer always misses the picture that shows
 * the new letter, however fast it was. An answer in shared memory can be picked up while that picture is made.
 * Where a page is not isolated from other origins there is no shared memory; then answers come by message alone.
 *
 * Layout: number of the task (0: empty), length in bytes, JSON in UTF-8.
 */
import type { Answer } from "./protocol";

const HEAD_BYTES = 8;
const MAILBOX_BYTES = 131072;

export function newMailbox(): SharedArrayBuffer | null {
  return typeof SharedArrayBuffer === "function" && globalThis.crossOriginIsolated ? new SharedArrayBuffer(MAILBOX_BYTES) : null;
}

export function leave(mailbox: SharedArrayBuffer, id: number, answer: Answer): void {
  const json = new TextEncoder().encode(JSON.stringify(answer));
  if (json.length > mailbox.byteLength - HEAD_BYTES) return;
  const head = new Int32Array(mailbox, 0, 2);
  Atomics.store(head, 0, 0);
  new Uint8Array(mailbox, HEAD_BYTES).set(json);
  Atomics.store(head, 1, json.length);
  Atomics.store(head, 0, id);
}

/** The answer to this task, if it is there already. */
export function pickUp(mailbox: SharedArrayBuffer, id: number): Answer | null {
  const head = new Int32Array(mailbox, 0, 2);
  if (Atomics.load(head, 0) !== id) return null;
  const json = new Uint8Array(mailbox, HEAD_BYTES, Atomics.load(head, 1)).slice();
  // Written by our own worker, which had it from the engine's typed result.
  return JSON.parse(new TextDecoder().decode(json)) as Answer;
}
