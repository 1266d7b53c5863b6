/**
 * "What would change it": the smallest edits of a scenario that bring a status which its trace does not have, found by trying
 * them. Candidates are: a member that the scenario sets, left out; a yes or no turned round, another word of a few (from the
 * schema); another method; a request field less, or one of those that origins and caches decide by.
 */
import { isResponse } from "./trace-parts.js";
import type { Scenario } from "./scenario-types.js";
import type { SimulateResult, Trace } from "./trace-types.js";

export type ScenarioEdit =
  | { op: "set"; pointer: string; value: unknown }
  | { op: "remove"; pointer: string };

export interface WhatIf {
  /** The status that it leads to. */
  status: number;
  /** To be made in order; one, or a few that only make sense together. */
  edits: ScenarioEdit[];
  /** All that the edited scenario differs in. */
  scenario: Scenario;
}

export interface WhatIfOptions {
  /** How many are returned for one status. */
  perStatus?: number;
  /** How many scenarios may be played. */
  tries?: number;
}

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Simulator = { simulate(scenario: Scenario | string): SimulateResult; scenarioSchema(): object };

/** By status. Empty where the scenario has mistakes. */
export function whatIf(engine: Simulator, scenario: Scenario, { perStatus = 2, tries = 400 }: WhatIfOptions = {}): WhatIf[] {
  const before = engine.simulate(scenario);
  if (!before.ok) return [];
  const known = statuses(before.trace);
  const found = new Map<number, WhatIf[]>();
  for (const edits of candidates(scenario as Json, engine.scenarioSchema() as Schema).slice(0, tries)) {
    const edited = applied(scenario as Json, edits) as Scenario;
    const after = engine.simulate(edited);
    if (!after.ok) continue;
    for (const status of statuses(after.trace)) {
      if (known.has(status)) continue;
      const list = found.get(status) ?? [];
      if (list.length < perStatus) list.push({ status, edits, scenario: edited });
      found.set(status, list);
    }
  }
  return [...found.entries()].sort(([a], [b]) => a - b).flatMap(([, list]) => list);
}

/** Of the responses that reach a client. */
function statuses(trace: Trace): Set<number> {
  return new Set(trace.events.filter(isResponse).filter(({ to, status }) => to === "client" && status !== 0).map(({ status }) => status));
}

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "BREW"];

/** Fields that something in this house decides by. */
const fields: [name: string, value: string][] = [
  ["If-None-Match", '"a"'], ["If-None-Match", "*"], ["If-Match", '"other"'], ["If-Match", '"a"'], ["If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT"],
  ["If-Unmodified-Since", "Thu, 01 Jan 1970 00:00:00 GMT"], ["Range", "bytes=0-4"], ["Range", "bytes=1000000-"], ["Accept", "application/pdf"],
  ["Authorization", "Basic dTpw"], ["Authorization", "Basic djpw"], ["Proxy-Authorization", "Basic dTpw"], ["Expect", "something-else"],
  ["Cache-Control", "only-if-cached"], ["Cache-Control", "no-cache"], ["Transfer-Encoding", "chunked"], ["Transfer-Encoding", "unheard-of"],
  ["Content-Encoding", "unheard-of"], ["Content-Type", "text/csv"], ["Cookie", `c=${"x".repeat(9000)}`],
];

/** Of an origin's resource or of the origin: what is no yes or no. */
const settings: [pointer: string, value: Json][] = [
  ["/history/gone", true], ["/history/moved", { status: 301, to: "/elsewhere" }], ["/history/moved", { status: 307, to: "/elsewhere" }],
  ["/auth", {}], ["/auth", null], ["/legal_block", { by: "https://law.example/" }], ["/methods", ["GET", "HEAD"]], ["/methods", ["OPTIONS"]],
  ["/require_preconditions", methods.slice(0, 6)], ["/see_other", "/elsewhere"], ["/dav", { lock: {} }], ["/dav", { quota: 0 }], ["/dav", { dependency_failed: true }],
  ["/accepts", { POST: ["application/json"], PUT: ["application/json"], PATCH: ["application/json"] }], ["/interim", [{ status: 103, fields: [["Link", "</a.css>; rel=preload; as=style"]] }]],
];
const originSettings: [pointer: string, value: Json][] = [
  ["/state/maintenance", { retry_after: 120 }], ["/state/bug", "it fails"], ["/rate_limits", [{ limit: 1, used: 1 }]], ["/limits/target_bytes", 1],
  ["/limits/content_bytes", 0], ["/http_versions", ["2"]], ["/extensions/upgrade_required", "h2c"], ["/authorities", ["other.example"]],
];
const otherSettings: [pointer: string, value: Json][] = [
  ["/proxy", { challenge: 'Basic realm="p"' }], ["/proxy", { transform: true }], ["/proxy", null], ["/shared_cache", {}], ["/shared_cache", null],
];

interface Schema {
  type?: string;
  enum?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
}

/** The smallest first: one member left out, one turned round, one added. */
function candidates(scenario: Json, schema: Schema): ScenarioEdit[][] {
  const list: ScenarioEdit[][] = [];
  const set = (pointer: string, value: Json): void => void list.push([{ op: "set", pointer, value }]);

  for (const pointer of members(scenario, "")) list.push([{ op: "remove", pointer }]);
  const resources = valueAt(scenario, "/origin/resources");
  const resource = `/origin/resources/${0}`;
  const all = Array.isArray(resources) && resources.length > 0 ? resources.map((_, at) => `/origin/resources/${at}`) : [resource];
  flips(schema.properties?.["network"], "/network", scenario, set);
  flips(schema.properties?.["origin"], "/origin", scenario, set);
  for (const each of all) flips(schema.properties?.["origin"]?.properties?.["resources"]?.items, each, scenario, set);
  for (const each of all) for (const [pointer, value] of settings) set(each + pointer, value);
  for (const [pointer, value] of originSettings) set(`/origin${pointer}`, value);
  for (const [pointer, value] of otherSettings) set(pointer, value);

  const request = "/client/request";
  for (const method of methods) if (valueAt(scenario, `${request}/method`) !== method) set(`${request}/method`, method);
  const own = valueAt(scenario, `${request}/fields`);
  const lines = Array.isArray(own) ? own : [];
  for (const [name, value] of fields) set(`${request}/fields`, [...lines.filter((line) => !named(line, name)), [name, value]]);
  return list;
}

function named(line: Json, name: string): boolean {
  return Array.isArray(line) && typeof line[0] === "string" && line[0].toLowerCase() === name.toLowerCase();
}

/** Every yes or no, and every other word of an enumeration; not below arrays. */
function flips(schema: Schema | undefined, pointer: string, scenario: Json, set: (pointer: string, value: Json) => void): void {
  for (const [name, inside] of Object.entries(schema?.properties ?? {})) {
    const place = `${pointer}/${name}`;
    const now = valueAt(scenario, place);
    const byDefault = (inside as { default?: Json }).default;
    if (inside.type === "boolean") set(place, !(now ?? byDefault ?? false));
    else if (inside.enum !== undefined) for (const word of inside.enum) if (word !== (now ?? byDefault)) set(place, word);
    if (inside.properties !== undefined) flips(inside, place, scenario, set);
  }
}

/** Pointers to all that a scenario says, but for what it is about: the request's method and target, the clock, the steps. */
function members(value: Json, pointer: string): string[] {
  if (typeof value !== "object" || value === null) return [];
  const named: [string, Json][] = Array.isArray(value) ? value.map((item, at) => [String(at), item]) : Object.entries(value);
  return named.flatMap(([name, inside]) => {
    const place = `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    if (/^\/(?:clock|steps|client\/request\/(?:method|target)|version|\$schema)(?:\/|$)/.test(place)) return [];
    // A field line is one thing.
    return /\/fields\/\d+$/.test(place) ? [place] : [place, ...members(inside, place)];
  });
}

function keys(pointer: string): string[] {
  return pointer.split("/").slice(1).map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function valueAt(value: Json, pointer: string): Json | undefined {
  let at: Json | undefined = value;
  for (const key of keys(pointer)) {
    if (typeof at !== "object" || at === null) return undefined;
    at = Array.isArray(at) ? at[Number(key)] : at[key];
  }
  return at;
}

/** The scenario with the edits made, the given one untouched. What is missing on the way to a place is put there. */
export function applied(scenario: Json, edits: readonly ScenarioEdit[]): Json {
  const copy = structuredClone(scenario);
  for (const edit of edits) {
    const path = keys(edit.pointer);
    const last = path.pop();
    if (last === undefined) continue;
    let at: Json = copy;
    path.forEach((key, index) => {
      if (typeof at !== "object" || at === null) return;
      const holder = at as Record<string, Json>;
      const next = path[index + 1] ?? last;
      if (typeof holder[key] !== "object" || holder[key] === null) holder[key] = /^\d+$/.test(next) ? [] : {};
      at = holder[key] as Json;
    });
    if (typeof at !== "object" || at === null) continue;
    if (edit.op === "set") (at as Record<string, Json>)[last] = edit.value as Json;
    else if (Array.isArray(at)) at.splice(Number(last), 1);
    else delete at[last];
  }
  return copy;
}
