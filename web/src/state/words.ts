/*
 * The interface's words. One table for each language, the same keys; only the table in use is loaded.
 */
import type en from "../words/workbench.en.json";
import type { Language } from "../engine/catalog";
import type lenses from "../words/lenses.en.json";
import type tools from "../words/tools.en.json";
import { SEVERITIES, type Counts } from "../engine/model";

export type WordKey = keyof typeof en;
export type Table = Readonly<Record<WordKey, string>>;
/** What only some people open has a table of its own, loaded with it. */
export type ToolKey = keyof typeof tools;
/** Simulate and Snippets. */
export type LensKey = keyof typeof lenses;
type Values = Readonly<Record<string, string | number>>;
/** Keys that have a form for one and a form for other numbers. */
type Counted<Keys> = Keys extends infer Key ? (Key extends `${infer Stem}.other` ? Stem : never) : never;

export class Vocabulary<Key extends string> {
  readonly language: Language;
  readonly #table: Readonly<Record<Key, string>>;
  readonly #plural: Intl.PluralRules;
  // Made when a number needs it: the first one in a page keeps a slow telephone busy for 30 to 120 ms.
  #number: Intl.NumberFormat | undefined;

  constructor(language: Language, table: Readonly<Record<Key, string>>) {
    this.language = language;
    this.#table = table;
    this.#plural = new Intl.PluralRules(language);
  }

  say(key: Key, values: Values = {}): string {
    return this.#table[key].replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      return value === undefined ? whole : typeof value === "number" ? this.number(value) : value;
    });
  }

  /** A word for something that the engine names: null where this table has none. */
  known(key: string): string | null {
    return Object.hasOwn(this.#table, key) ? this.#table[key as Key] : null;
  }

  /** The form that fits the number n. */
  counted(stem: Counted<Key>, n: number): string {
    const form = this.#plural.select(n) === "one" ? "one" : "other";
    return this.say(`${stem}.${form}` as Key, { n });
  }

  number(value: number): string {
    // Nothing to group and no fraction: digits, in every language of the site.
    if (Number.isInteger(value) && value >= 0 && value < 1000) return String(value);
    this.#number ??= new Intl.NumberFormat(this.language);
    return this.#number.format(value);
  }
}

export type ToolWords = Vocabulary<ToolKey>;
export type LensWords = Vocabulary<LensKey>;

export class Words extends Vocabulary<WordKey> {
  /** "1 error, 2 warnings". */
  counts(counts: Counts): string {
    const parts = SEVERITIES.filter((severity) => counts[severity] > 0)
      .map((severity) => `${this.number(counts[severity])} ${this.counted(`severity.${severity}`, counts[severity])}`);
    return parts.length === 0 ? this.say("verdict.fine") : new Intl.ListFormat(this.language).format(parts);
  }
}

export async function loadToolWords(language: Language): Promise<ToolWords> {
  switch (language) {
    case "en":
      return new Vocabulary(language, (await import("../words/tools.en.json")).default);
    case "zh-CN":
      return new Vocabulary(language, (await import("../words/tools.zh-CN.json")).default);
  }
}

export async function loadLensWords(language: Language): Promise<LensWords> {
  switch (language) {
    case "en":
      return new Vocabulary(language, (await import("../words/lenses.en.json")).default);
    case "zh-CN":
      return new Vocabulary(language, (await import("../words/lenses.zh-CN.json")).default);
  }
}

export async function loadWords(language: Language): Promise<Words> {
  switch (language) {
    case "en":
      return new Words(language, (await import("../words/workbench.en.json")).default);
    case "zh-CN":
      return new Words(language, (await import("../words/workbench.zh-CN.json")).default);
  }
}
