/*
 * The exchanges of an archive as columns, and the part of them that a filter leaves, in an order. Thousands of rows: one
 * pass over flat arrays tells what is shown and how much every choice of the filter would show.
 */
import type { Rows } from "../engine/har/protocol";
import type { Severity } from "../engine/model";

/** What a rule is told to be; rules that are not named are what they are. */
export type Levels = Readonly<Record<string, string>>;

export type Gravity = Exclude<Severity, "fine">;
export const GRAVITIES: readonly Gravity[] = ["error", "warning", "info", "hint"];

export const COLUMNS = ["order", "method", "status", "url", "type", "size", "findings"] as const;
export type Column = (typeof COLUMNS)[number];

export interface Sorting {
  readonly column: Column;
  readonly descending: boolean;
}

/** Within one member any of the choices fits; nothing chosen is no condition. */
export interface Filter {
  readonly text: string;
  readonly statuses: ReadonlySet<number>;
  readonly methods: ReadonlySet<string>;
  readonly hosts: ReadonlySet<string>;
  readonly rules: ReadonlySet<number>;
  /** "none": nothing found. */
  readonly severities: ReadonlySet<Gravity | "none">;
}

export const NO_FILTER: Filter = {
  text: "", statuses: new Set(), methods: new Set(), hosts: new Set(), rules: new Set(), severities: new Set(),
};

/** How many rows each choice has among those that the rest of the filter leaves. */
export interface Facets {
  readonly statuses: ReadonlyMap<number, number>;
  readonly methods: ReadonlyMap<string, number>;
  readonly hosts: ReadonlyMap<string, number>;
  readonly rules: ReadonlyMap<number, number>;
  readonly severities: ReadonlyMap<Gravity | "none", number>;
}

export interface View {
  /** Numbers of the rows, in order. */
  readonly rows: Uint32Array;
  readonly facets: Facets;
}

const RULE = 0xffff;
const SEVERITY_SHIFT = 16;
const SEVERITY = 0xff;
const OFF = -2;
const OWN = -1;
const FINE = 4;

export class Archive {
  rules: readonly string[] = [];
  readonly begin: number[] = [];
  readonly end: number[] = [];
  readonly status: number[] = [];
  readonly size: number[] = [];
  readonly method: string[] = [];
  readonly url: string[] = [];
  readonly host: string[] = [];
  readonly type: string[] = [];
  /** What the words of a filter are looked for in. */
  readonly #text: string[] = [];
  /** Where the findings of a row begin; one more than there are rows. */
  readonly #from: number[] = [0];
  readonly #words: number[] = [];
  /** By rule: a severity, OFF or OWN. */
  #levels: Int8Array = new Int8Array();

  get length(): number {
    return this.status.length;
  }

  append(rows: Rows): void {
    let word = 0;
    for (let i = 0; i < rows.status.length; i++) {
      const url = rows.url[i] ?? "";
      const method = rows.method[i] ?? "";
      const type = rows.type[i] ?? "";
      this.begin.push(rows.begin[i] ?? 0);
      this.end.push(rows.end[i] ?? 0);
      this.status.push(rows.status[i] ?? 0);
      this.size.push(rows.size[i] ?? 0);
      this.method.push(method);
      this.url.push(url);
      this.type.push(type);
      this.host.push(hostOf(url));
      this.#text.push(`${method} ${rows.status[i]} ${url} ${type}`.toLowerCase());
      const count = rows.findings[word++] ?? 0;
      for (let n = 0; n < count; n++) this.#words.push(rows.findings[word++] ?? 0);
      this.#from.push(this.#words.length);
    }
  }

  level(levels: Levels): void {
    this.#levels = Int8Array.from(this.rules, (id) => {
      const level = levels[id];
      if (level === undefined || level === "on") return OWN;
      return level === "off" ? OFF : GRAVITIES.findIndex((name) => name === level);
    });
  }

  /** The rules that speak about a row, the gravest first, each once; how often each severity. */
  findings(row: number): { readonly rules: readonly number[]; readonly counts: Record<Gravity, number> } {
    const counts: Record<Gravity, number> = { error: 0, warning: 0, info: 0, hint: 0 };
    const graver = new Map<number, number>();
    for (let at = this.#from[row] ?? 0; at < (this.#from[row + 1] ?? 0); at++) {
      const word = this.#words[at] ?? 0;
      const severity = this.#severity(word);
      const name = GRAVITIES[severity];
      if (severity < 0 || severity === FINE || name === undefined) continue;
      counts[name] += 1;
      if (!graver.has(word & RULE)) graver.set(word & RULE, severity);
    }
    return { rules: [...graver].sort((a, b) => a[1] - b[1]).map(([rule]) => rule), counts };
  }

  #severity(word: number): number {
    const level = this.#levels[word & RULE] ?? OWN;
    const own = (word >> SEVERITY_SHIFT) & SEVERITY;
    return level === OWN || (own === FINE && level !== OFF) ? own : level;
  }

  /**
   * All rows in the order of the file, with the counts of an earlier view: while the table grows, it need not be counted at
   * every step.
   */
  grown({ facets }: View): View {
    return { rows: Uint32Array.from({ length: this.length }, (_, row) => row), facets };
  }

  view(filter: Filter, sorting: Sorting): View {
    const wanted = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
    const statuses = new Map<number, number>();
    const methods = new Map<string, number>();
    const hosts = new Map<string, number>();
    const rules = new Map<number, number>();
    const severities = new Map<Gravity | "none", number>();
    const severitiesWanted = GRAVITIES.reduce((bits, name, at) => (filter.severities.has(name) ? bits | (1 << at) : bits), 0);
    const nothingWanted = filter.severities.has("none");
    const lastOf = new Int32Array(this.rules.length).fill(-1);
    const rowRules: number[] = [];
    const weights = sorting.column === "findings" ? new Float64Array(this.length) : null;
    const shown = new Uint32Array(this.length);
    let found = 0;
    for (let row = 0; row < this.length; row++) {
      rowRules.length = 0;
      let present = 0;
      let ruleFits = filter.rules.size === 0;
      let weight = 0;
      for (let at = this.#from[row] ?? 0, to = this.#from[row + 1] ?? 0; at < to; at++) {
        const word = this.#words[at] ?? 0;
        const severity = this.#severity(word);
        if (severity < 0 || severity === FINE) continue;
        present |= 1 << severity;
        weight += WEIGHTS[severity] ?? 0;
        const rule = word & RULE;
        if (lastOf[rule] === row) continue;
        lastOf[rule] = row;
        rowRules.push(rule);
        if (filter.rules.has(rule)) ruleFits = true;
      }
      if (weights !== null) weights[row] = weight;
      const status = this.status[row] ?? 0;
      const method = this.method[row] ?? "";
      const host = this.host[row] ?? "";
      const statusFits = filter.statuses.size === 0 || filter.statuses.has(status);
      const methodFits = filter.methods.size === 0 || filter.methods.has(method);
      const hostFits = filter.hosts.size === 0 || filter.hosts.has(host);
      const severityFits = filter.severities.size === 0 || (present & severitiesWanted) !== 0 || (nothingWanted && present === 0);
      const text = this.#text[row] ?? "";
      if (!wanted.every((part) => text.includes(part))) continue;
      const misses = Number(!statusFits) + Number(!methodFits) + Number(!hostFits) + Number(!ruleFits) + Number(!severityFits);
      if (misses > 1) continue;
      if (misses === 0) shown[found++] = row;
      const all = misses === 0;
      if (all || !statusFits) add(statuses, status);
      if (all || !methodFits) add(methods, method);
      if (all || !hostFits) add(hosts, host);
      if (all || !ruleFits) for (const rule of rowRules) add(rules, rule);
      if (all || !severityFits) {
        if (present === 0) add(severities, "none");
        for (let at = 0; at < FINE; at++) {
          const name = GRAVITIES[at];
          if ((present & (1 << at)) !== 0 && name !== undefined) add(severities, name);
        }
      }
    }
    return { rows: this.#sorted(shown.subarray(0, found), sorting, weights), facets: { statuses, methods, hosts, rules, severities } };
  }

  /** Rows that are equal stay in the order of the file. */
  #sorted(rows: Uint32Array, { column, descending }: Sorting, weights: Float64Array | null): Uint32Array {
    const sign = descending ? -1 : 1;
    const by = (compare: (a: number, b: number) => number): Uint32Array => rows.sort((a, b) => sign * compare(a, b) || a - b);
    const numbers = (values: ArrayLike<number>): Uint32Array => by((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
    const texts = (values: readonly string[]): Uint32Array => by((a, b) => {
      const one = values[a] ?? "";
      const other = values[b] ?? "";
      return one < other ? -1 : one > other ? 1 : 0;
    });
    switch (column) {
      case "order":
        return descending ? rows.reverse() : rows;
      case "status":
        return numbers(this.status);
      case "size":
        return numbers(this.size);
      case "findings":
        return weights === null ? rows : numbers(weights);
      case "method":
        return texts(this.method);
      case "url":
        return texts(this.url);
      case "type":
        return texts(this.type);
    }
  }
}

/** One error outweighs any number of warnings that a message can have. */
const WEIGHTS = [1e9, 1e6, 1e3, 1];

function add<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

export function hostOf(url: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#]*)/i.exec(url)?.[1] ?? "";
}

export function toggled<Choice>(choices: ReadonlySet<Choice>, choice: Choice): ReadonlySet<Choice> {
  const next = new Set(choices);
  if (!next.delete(choice)) next.add(choice);
  return next;
}

export function isFiltered(filter: Filter): boolean {
  return filter.text.trim() !== "" || [filter.statuses, filter.methods, filter.hosts, filter.rules, filter.severities].some((set) => set.size > 0);
}

/** The largest first; equals by key. */
export function byCount<Key extends string | number>(counts: ReadonlyMap<Key, number>): [Key, number][] {
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
