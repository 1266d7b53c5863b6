/*
 * A scenario as text, read and changed member by member: what somebody wrote and no form knows stays as it is.
 * Everything has a default, so an absent member is no mistake.
 */
import { toBytes } from "./bytes";
import type { Exchange } from "./model";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = { readonly [name: string]: Json };

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Null where the text is no JSON, or no object. */
export function readScenario(text: string): JsonObject | null {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Short lists and objects on one line each, as a person would write them. */
export function writeScenario(scenario: JsonObject): string {
  return `${pretty(scenario, "")}\n`;
}

const MOST_ON_A_LINE = 100;

function pretty(value: Json, indent: string): string {
  const flat = JSON.stringify(value, null, 1).replace(/\n\s*/g, " ");
  if (typeof value !== "object" || value === null || flat.length + indent.length <= MOST_ON_A_LINE && indent !== "") return flat;
  const deeper = `${indent}  `;
  const members = Array.isArray(value) ? value.map((item: Json) => deeper + pretty(item, deeper))
    : Object.entries(value).map(([name, member]) => `${deeper}${JSON.stringify(name)}: ${pretty(member, deeper)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return members.length === 0 ? `${open}${close}` : `${open}\n${members.join(",\n")}\n${indent}${close}`;
}

export type Where = readonly (string | number)[];

export function at(value: Json | undefined, where: Where): Json | undefined {
  let found = value;
  for (const key of where) {
    if (Array.isArray(found) && typeof key === "number") found = found[key] as Json | undefined;
    else if (isObject(found) && typeof key === "string" && Object.hasOwn(found, key)) found = found[key];
    else return undefined;
  }
  return found;
}

/** The scenario with another value in one place; what is missing on the way is made. Undefined takes the member away. */
export function put(value: Json | undefined, where: Where, to: Json | undefined): Json {
  const [key, ...rest] = where;
  if (key === undefined) return to ?? null;
  if (typeof key === "number") {
    const list = Array.isArray(value) ? [...(value as readonly Json[])] : [];
    list[key] = put(list[key], rest, to);
    return list;
  }
  const object = isObject(value) ? value : {};
  if (rest.length > 0 || to !== undefined) return { ...object, [key]: put(object[key], rest, to) };
  const { [key]: _gone, ...others } = object;
  return others;
}

export function putIn(scenario: JsonObject, where: Where, to: Json | undefined): JsonObject {
  const changed = put(scenario, where, to);
  return isObject(changed) ? changed : scenario;
}

/** Names of the scenario that the page knows about. */
export const WHERE = {
  profile: ["client", "profile"],
  request: ["client", "request"],
  method: ["client", "request", "method"],
  target: ["client", "request", "target"],
  fields: ["client", "request", "fields"],
  content: ["client", "request", "content"],
  // These take part when they are described, be it by an empty object.
  privateCache: ["client", "private_cache"],
  sharedCache: ["shared_cache"],
  proxy: ["proxy"],
  network: ["network"],
  steps: ["steps"],
  given: ["given"],
  resource: ["origin", "resources", 0],
} as const satisfies Record<string, Where>;

export type Fields = readonly (readonly [name: string, value: string])[];

export function fieldsOf(value: Json | undefined): Fields {
  if (!Array.isArray(value)) return [];
  return value.flatMap((pair: Json): [string, string][] => Array.isArray(pair) && typeof pair[0] === "string" && typeof pair[1] === "string" ? [[pair[0], pair[1]]] : []);
}

/** "Name: value", one a line. */
export function fieldsText(fields: Fields): string {
  return fields.map(([name, value]) => `${name}: ${value}`).join("\n");
}

export function fieldsFrom(text: string): [string, string][] {
  return text.split("\n").flatMap((line): [string, string][] => {
    const colon = line.indexOf(":");
    return colon < 1 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()]];
  });
}

/** A scenario in which a client sends the exchange's request and is given its response. */
export function givenScenario(exchange: Exchange): JsonObject {
  const request = requestOf(exchange);
  return { client: { request }, given: [givenOf(exchange.response)] };
}

/** Bytes that are not UTF-8 have a form of their own. */
function wireOf(text: string): Json {
  if (!/\p{Surrogate}/u.test(text)) return text;
  const binary = Array.from(toBytes(text), (byte) => String.fromCharCode(byte)).join("");
  return { base64: btoa(binary) };
}

function givenOf(text: string): Json {
  const wire = wireOf(text);
  return typeof wire === "string" ? wire : { response: wire };
}

const DEFAULT_TARGET = "https://a.example/";

/** What the client is to ask for; a GET where the exchange has no request that can be read. */
function requestOf({ request, scheme }: Exchange): JsonObject {
  const [head = "", ...rest] = request.split(/\r?\n\r?\n/);
  const [line = "", ...lines] = head.split(/\r?\n/);
  const start = /^(\S+) (\S+)(?: HTTP\/\S+)?$/.exec(line);
  if (start === null) return { method: "GET", target: DEFAULT_TARGET };
  const [, method = "GET", target = "/"] = start;
  const fields = fieldsFrom(lines.join("\n"));
  const host = fields.find(([name]) => name.toLowerCase() === "host")?.[1] ?? "a.example";
  const own = fields.filter(([name]) => !CLIENTS_OWN.has(name.toLowerCase()));
  const content = rest.join("\r\n\r\n");
  return {
    method, target: /^https?:/i.test(target) ? target : `${scheme}://${host}${target.startsWith("/") ? target : "/"}`,
    ...(own.length === 0 ? {} : { fields: own }),
    ...(content === "" ? {} : { content: wireOf(content) }),
  };
}

/** The client says these by itself. */
const CLIENTS_OWN = new Set(["host", "content-length", "transfer-encoding", "connection"]);

/** The text that is played for an exchange. */
export function scenarioOf(exchange: Exchange): string {
  return exchange.scenario ?? writeScenario(givenScenario(exchange));
}
