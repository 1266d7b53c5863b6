/*
 * The last exchange, kept in this browser. Storage may be blocked, full or hold something else; none of that
 * may cost the page more than the comfort of finding its text again.
 */
import { AS_IT_IS, LEVELS, type Exchange, type Level, type Settings } from "../engine/model";

export type Saving = "saved" | "full" | "blocked";

export type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const EXCHANGE = "statuslab:exchange:1";
const SETTINGS = "statuslab:settings:1";
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

export function saveSettings(store: Store | null, settings: Settings): void {
  try {
    store?.setItem(SETTINGS, JSON.stringify(settings));
  } catch {
    // They hold until the page is closed.
  }
}

export function loadSettings(store: Store | null): Settings {
  try {
    const value: unknown = JSON.parse(read(store, SETTINGS) ?? "null");
    if (typeof value !== "object" || value === null || !("levels" in value) || !("explain" in value)) return AS_IT_IS;
    const { levels, explain } = value;
    if (typeof levels !== "object" || levels === null) return AS_IT_IS;
    const known = Object.entries(levels).flatMap(([rule, name]: [string, unknown]): [string, Level][] => {
      const level = LEVELS.find((one) => one === name);
      return level === undefined ? [] : [[rule, level]];
    });
    return { levels: Object.fromEntries(known), explain: explain === true };
  } catch {
    return AS_IT_IS;
  }
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
    const shown = "content" in value && value.content === "shown" ? { content: "shown" as const } : {};
    const time = "now" in value && typeof value.now === "number" ? { now: value.now } : {};
    const played = "scenario" in value && typeof value.scenario === "string" ? { scenario: value.scenario } : {};
    return { request, response, scheme, ...shown, ...time, ...played };
  } catch {
    return null;
  }
}
