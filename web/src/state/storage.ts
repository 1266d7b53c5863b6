/*
 * The last exchange, kept in this browser. Storage may be blocked, full or hold something else; none of that
 * may cost the page more than the comfort of finding its text again.
 */
import type { Exchange } from "../engine/model";

export type Saving = "saved" | "full" | "blocked";

export type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const EXCHANGE = "statuslab:exchange:1";
const MARKS = "statuslab:marks";

/** localStorage where the browser allows it. The mere access may throw. */
export function pageStore(): Store | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

export function saveExchange(store: Store | null, exchange: Exchange): Saving {
  if (store === null) return "blocked";
  try {
    store.setItem(EXCHANGE, JSON.stringify(exchange));
    return "saved";
  } catch (error) {
    forget(store, EXCHANGE);
    return error instanceof DOMException && error.name === "SecurityError" ? "blocked" : "full";
  }
}

export function loadExchange(store: Store | null): Exchange | null {
  return narrow(read(store, EXCHANGE));
}

export function forgetExchange(store: Store | null): void {
  forget(store, EXCHANGE);
}

export function saveMarks(store: Store | null, shown: boolean): void {
  try {
    store?.setItem(MARKS, shown ? "1" : "0");
  } catch {
    // The choice holds until the page is closed.
  }
}

export function loadMarks(store: Store | null): boolean {
  return read(store, MARKS) === "1";
}

function read(store: Store | null, key: string): string | null {
  try {
    return store?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

function forget(store: Store | null, key: string): void {
  try {
    store?.removeItem(key);
  } catch {
    // Then there is nothing to forget either.
  }
}

function narrow(json: string | null): Exchange | null {
  if (json === null) return null;
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== "object" || value === null) return null;
    if (!("request" in value) || !("response" in value) || !("scheme" in value)) return null;
    const { request, response, scheme } = value;
    if (typeof request !== "string" || typeof response !== "string") return null;
    if (scheme !== "http" && scheme !== "https") return null;
    return { request, response, scheme };
  } catch {
    return null;
  }
}
