/*
 * What would change the outcome: small edits of a scenario, each tried. Candidates come from the scenario itself, from what
 * the origin looked at, and from what a resource can be; those that change nothing are left out.
 */
import type { Play } from "./play";
import { at, fieldsOf, isObject, putIn, WHERE, type Json, type JsonObject, type Where } from "./scenario";

/** What is changed, as the end of a key in the table of words. */
export type WhatIfWord = "method" | "drop" | "add" | "missing" | "exists" | "gone" | "moved" | "auth" | "maintenance" | "rate" | "etag" | "down" | "setting";

export interface Candidate {
  readonly word: WhatIfWord;
  readonly values: Readonly<Record<string, string>>;
  readonly scenario: JsonObject;
}

export function candidates(scenario: JsonObject): Candidate[] {
  const all: Candidate[] = [];
  const add = (word: WhatIfWord, values: Readonly<Record<string, string>>, where: Where, to: Json | undefined): void => {
    all.push({ word, values, scenario: putIn(scenario, where, to) });
  };
  const method = at(scenario, WHERE.method);
  const before = typeof method === "string" ? method : "GET";
  // Last, since another method asks for something else.
  const methods = (): void => ["GET", "HEAD", "POST", "PUT", "DELETE"].filter((other) => other !== before).forEach((other) => add("method", { method: other, before }, WHERE.method, other));

  const fields = fieldsOf(at(scenario, WHERE.fields));
  fields.forEach(([name], index) => add("drop", { name }, WHERE.fields, fields.filter((_, other) => other !== index)));
  const has = (name: string): boolean => fields.some(([own]) => own.toLowerCase() === name.toLowerCase());
  if (at(scenario, WHERE.given) !== undefined) {
    methods();
    return all;
  }

  const etag = at(scenario, [...WHERE.resource, "representations", 0, "etag"]);
  const current = typeof etag === "string" ? etag : '"a"';
  const conditions: [string, string][] = [["If-None-Match", current], ["If-Match", '"other"'], ["Range", "bytes=0-4"], ["Range", "bytes=5000-"], ["Accept", "application/pdf"], ["Expect", "something"]];
  for (const [name, value] of conditions) if (!has(name)) add("add", { name, value }, WHERE.fields, [...fields, [name, value]]);

  const resource = WHERE.resource;
  const exists = at(scenario, [...resource, "exists"]) !== false;
  if (exists) add("missing", {}, [...resource, "exists"], false);
  else add("exists", {}, [...resource, "exists"], true);
  const changes: [WhatIfWord, Readonly<Record<string, string>>, Where, Json][] = [
    ["etag", {}, [...resource, "representations", 0, "etag"], '"other"'],
    ["gone", {}, [...resource, "history", "gone"], true],
    ["moved", { status: "308" }, [...resource, "history", "moved"], { status: 308, to: "/elsewhere" }],
    ["auth", {}, [...resource, "auth"], { schemes: ['Basic realm="example"'], allow: ["u"] }],
    ["maintenance", {}, ["origin", "state", "maintenance"], { retry_after: 120 }],
    ["rate", {}, ["origin", "rate_limits"], [{ limit: 10, used: 10 }]],
    ["down", {}, [...WHERE.network, "origin"], "unreachable"],
  ];
  // What is so already is no change.
  for (const [word, values, where, to] of changes) if (at(scenario, where) === undefined || (word === "etag" && isObject(at(scenario, resource)))) add(word, values, where, to);
  methods();
  return all;
}

/** What an open decision names as what else is allowed: "origin.policy.hide_existence=true", or "collapse=false" of its cache. */
export function settings(scenario: JsonObject, { steps }: Pick<Play, "steps">): Candidate[] {
  const policies = new Set(steps.flatMap((step) => {
    const own = ((step.kind === "note" ? step.party : step.from) === "private-cache" ? WHERE.privateCache : WHERE.sharedCache).join(".");
    return step.decisions.flatMap(({ alternatives }) => alternatives.map(({ policy }) => (/^[a-z_]+=/.test(policy) ? `${own}.${policy}` : policy)));
  }));
  return [...policies].flatMap((policy): Candidate[] => {
    const [, name = "", text = ""] = /^([a-z_]+(?:\.[a-z_]+)+)=(.+)$/.exec(policy) ?? [];
    if (name === "") return [];
    // Of the resources it is about the first.
    const where = name.split(".").flatMap((part): (string | number)[] => (part === "resources" ? [part, 0] : [part]));
    return valuesOf(text).map((value) => ({ word: "setting", values: { name, value: text }, scenario: putIn(scenario, where, value) }));
  });
}

/** Some choices have names that look like numbers; whichever the scenario takes. */
function valuesOf(text: string): Json[] {
  if (text === "true" || text === "false") return [text === "true"];
  return /^\d+$/.test(text) ? [text, Number(text)] : [text];
}

/** What the caller gets, in short: two plays with the same are the same to it. */
export function resultOf({ outcomes }: Pick<Play, "outcomes">): { readonly code: number; readonly error: string } {
  const last = outcomes.at(-1);
  return { code: last?.code ?? 0, error: last?.error ?? "" };
}
