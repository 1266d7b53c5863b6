/*
 * What a JSON schema allows at a place, as far as completions need it.
 */
import type { Path, Place } from "./json-places";

export type Schema = { readonly [keyword: string]: unknown };

export interface Allowed {
  /** As JSON. */
  readonly text: string;
  readonly detail: string;
}

export function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function valuesAt(schema: Schema, place: Place): Allowed[] {
  const here = schemasAt(schema, place.path);
  if (place.kind === "name") {
    const members = here.flatMap(({ properties }) => (isSchema(properties) ? Object.entries(properties) : []));
    return members.filter(([name]) => !place.others.includes(name)).map(([name, member]) => ({ text: JSON.stringify(name), detail: isSchema(member) ? kindOf(member) : "" }));
  }
  return here.flatMap(literals);
}

function schemasAt(schema: Schema, path: Path): Schema[] {
  let found = [schema];
  for (const key of path) {
    found = found.flatMap(alternatives).flatMap((one) => {
      const next = typeof key === "number" ? one["items"] : isSchema(one["properties"]) && Object.hasOwn(one["properties"], key) ? one["properties"][key] : one["additionalProperties"];
      return isSchema(next) ? [next] : [];
    });
  }
  return found.flatMap(alternatives);
}

function alternatives(schema: Schema): Schema[] {
  const lists = [schema["anyOf"], schema["oneOf"]].filter(Array.isArray) as unknown[][];
  return lists.length === 0 ? [schema] : lists.flat().filter(isSchema).flatMap(alternatives);
}

function literals(schema: Schema): Allowed[] {
  const { default: usual } = schema;
  const list = Array.isArray(schema["enum"]) ? schema["enum"] : "const" in schema ? [schema["const"]] : schema["type"] === "boolean" ? [true, false] : schema["type"] === "null" ? [null] : [];
  const all = list.length === 0 && usual !== undefined && (typeof usual !== "object" || usual === null) ? [usual] : list;
  return all.map((value) => ({ text: JSON.stringify(value), detail: value === usual ? "=" : "" }));
}

function kindOf(schema: Schema): string {
  const types = alternatives(schema).map(({ type }) => (typeof type === "string" ? type : "")).filter((type) => type !== "" && type !== "null");
  return [...new Set(types)].join(", ");
}
