/*
 * What the bytes behind one request are made of. No judgement: what is broken is taken as it stands.
 */
import { statusClass, type Token } from "../engine/model";

export interface LastResponse {
  /** Where it begins; interim responses come before it. */
  readonly from: number;
  readonly status: string;
  /** Its start line and field lines. */
  readonly head: readonly string[];
  /** What stands behind the empty line, chunks and all. */
  readonly rest: string;
}

/** One character a byte, or text. Interim responses are passed over where another one follows. */
export function lastResponse(text: string): LastResponse {
  let from = 0;
  for (;;) {
    const end = text.indexOf("\r\n\r\n", from);
    const next = end === -1 ? text.length : end + 4;
    const head = text.slice(from, end === -1 ? text.length : end).split("\r\n");
    const status = /^HTTP\/\S+ (\S*)/.exec(head[0] ?? "")?.[1] ?? "";
    if (!/^1\d\d$/.test(status) || !text.startsWith("HTTP/", next)) return { from, status, head, rest: text.slice(next) };
    from = next;
  }
}

export interface Difference {
  /** A field's name, or null for the start line and what stands behind the head. */
  readonly field: string | null;
  readonly part: "interim" | "start-line" | "field" | "rest";
  /** Null: it is not there. */
  readonly a: string | null;
  readonly b: string | null;
}

/** What differs on the wire, in the order of the message; the order of field lines does not count. */
export function differences(a: string, b: string): Difference[] {
  const [one, other] = [lastResponse(a), lastResponse(b)];
  const [fieldsOfA, fieldsOfB] = [fieldsOf(one.head), fieldsOf(other.head)];
  const names = new Set([...fieldsOfA.keys(), ...fieldsOfB.keys()]);
  const all: Difference[] = [
    { field: null, part: "interim", a: a.slice(0, one.from) || null, b: b.slice(0, other.from) || null },
    { field: null, part: "start-line", a: one.head[0] ?? null, b: other.head[0] ?? null },
    ...Array.from(names, (name): Difference => ({ field: fieldsOfA.get(name)?.name ?? fieldsOfB.get(name)?.name ?? name, part: "field", a: fieldsOfA.get(name)?.values ?? null, b: fieldsOfB.get(name)?.values ?? null })),
    { field: null, part: "rest", a: one.rest || null, b: other.rest || null },
  ];
  return all.filter((row) => row.a !== row.b);
}

function fieldsOf(head: readonly string[]): Map<string, { readonly name: string; readonly values: string }> {
  const fields = new Map<string, { readonly name: string; readonly values: string }>();
  for (const line of head.slice(1)) {
    const colon = line.indexOf(":");
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? "" : line.slice(colon + 1).trim();
    const before = fields.get(name.toLowerCase());
    fields.set(name.toLowerCase(), { name, values: before === undefined ? value : `${before.values}\n${value}` });
  }
  return fields;
}

const HEAD = /^HTTP\/\S+ (\d{3})|^([^:\r\n]+)(?=:)/gm;

/** Status codes and names of fields, of interim responses too. */
export function tokensOf(text: string): Token[] {
  const { from, head } = lastResponse(text);
  const end = from + head.join("\r\n").length;
  return Array.from(text.slice(0, end).matchAll(HEAD), ({ index, 0: whole, 1: status }): Token => status === undefined
    ? { kind: "name", from: index, to: index + whole.length }
    : { kind: `status-${statusClass(Number(status))}`, from: index + whole.length - 3, to: index + whole.length });
}
