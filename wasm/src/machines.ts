import type {
  CacheAnswer, CacheMachine, CacheSettings, ClientContract, ClientMachine, ClientSettings, ClientStep, ContractQuestion, MachineRequest, MachineResponse, OriginAnswer, OriginMachine,
  OriginSettings, StoredResponse, Time,
} from "./machine-types.js";
import type { RawSimulator } from "./simulator.js";
import type { ScenarioMistake } from "./trace-types.js";

type Record_ = Record<string, unknown>;

export function cacheMachine(raw: RawSimulator, settings: CacheSettings): CacheMachine {
  const { call, close } = opened(raw, "cache", settings);
  return {
    request: (given) => call("request", given) as CacheAnswer,
    response: (ticket, given) =>
      ("error" in given ? call("failed", { ticket, now: given.now }) : call("response", { ticket, ...given })) as CacheAnswer,
    stored: (now) => (call("stored", { now }) as { stored: StoredResponse[] }).stored,
    clear: () => void call("clear", {}),
    close,
  };
}

export function originMachine(raw: RawSimulator, settings: OriginSettings): OriginMachine {
  const { call, close } = opened(raw, "origin", Array.isArray(settings) ? { resources: settings } : settings);
  return {
    respond: (given: object, now?: Time) => call("respond", now === undefined ? given : { ...given, now }) as OriginAnswer,
    change: (path, now) => (call("change", { path, now }) as { changed: boolean }).changed,
    close,
  };
}

export function clientMachine(raw: RawSimulator, settings: ClientSettings): ClientMachine {
  const { call, close } = opened(raw, "client", typeof settings === "string" ? { profile: settings } : settings);
  return {
    start: (given) => call("start", given) as ClientStep,
    receive: (given) => call("receive", given) as ClientStep,
    close,
  };
}

export function clientContract(raw: RawSimulator, question: ContractQuestion): ClientContract[] {
  return checked("clientContract", raw.clientContract(JSON.stringify(question, asJson))) as ClientContract[];
}

function opened(raw: RawSimulator, kind: "cache" | "origin" | "client", settings: object) {
  const { handle } = checked(kind, raw.open(kind, JSON.stringify(settings))) as { handle: number };
  return {
    call: (name: string, given: object): unknown => checked(`${kind}.${name}`, raw.call(handle, JSON.stringify({ [name]: given }, asJson))),
    close: () => raw.close(handle),
  };
}

/** What JSON has no form for: bytes, and times; `body` is `content` there. */
function asJson(this: unknown, key: string, value: unknown): unknown {
  const given = key === "" ? value : (this as Record_)[key];
  if (given instanceof Date) return given.getTime();
  if (given instanceof Uint8Array) return { base64: base64(given) };
  if (typeof value === "object" && value !== null && !Array.isArray(value) && "body" in value) {
    const { body, ...rest } = value as Record_;
    return body === undefined ? rest : { ...rest, content: body };
  }
  return value;
}

function checked(what: string, json: string): unknown {
  const value = JSON.parse(json, bodies) as unknown;
  if (typeof value === "object" && value !== null && "mistakes" in value) {
    const mistakes = value.mistakes as ScenarioMistake[];
    throw new TypeError(`${what}: ${mistakes.map(({ pointer, value: found, expected }) => `${pointer || "this"}${found === "" ? "" : ` is ${found}`}; expected: ${expected}`).join("; ")}`);
  }
  return value;
}

// `content` of the engine's messages is `body`, as bytes.
function bodies(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("content" in value) || !("fields" in value)) return value;
  const { content, ...rest } = value as Record_ & { content: string | { base64: string } };
  const body = typeof content === "string" ? new TextEncoder().encode(content) : bytes(content.base64);
  return { ...rest, body } as unknown as MachineRequest | MachineResponse;
}

function base64(given: Uint8Array): string {
  let text = "";
  for (const byte of given) text += String.fromCharCode(byte);
  return btoa(text);
}

function bytes(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
