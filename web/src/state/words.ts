/*
 * The interface's words. One table for each language, the same keys; only the table in use is loaded.
 */
import type en from "../words/workbench.en.json";
import type { Language } from "../engine/catalog";
import { SEVERITIES, type Counts } from "../engine/model";

export type WordKey = keyof typeof en;
export type Table = Readonly<Record<WordKey, string>>;
type Values = Readonly<Record<string, string | number>>;
/** Keys that have a form for one and a form for other numbers. */
type Counted = WordKey extends infer Key ? (Key extends `${infer Stem}.other` ? Stem : never) : never;

export class Words {
  readonly language: Language;
  readonly #table: Table;
  readonly #plural: Intl.PluralRules;
  readonly #list: Intl.ListFormat;
  readonly #number: Intl.NumberFormat;

  constructor(language: Language, table: Table) {
    this.language = language;
    this.#table = table;
    this.#plural = new Intl.PluralRules(language);
    this.#list = new Intl.ListFormat(language);
    this.#number = new Intl.NumberFormat(language);
  }

  say(key: WordKey, values: Values = {}): string {
    return this.#table[key].replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      return value === undefined ? whole : typeof value === "number" ? this.#number.format(value) : value;
    });
  }

  /** The form that fits the number n. */
  counted(stem: Counted, n: number): string {
    const form = this.#plural.select(n) === "one" ? "one" : "other";
    return this.say(`${stem}.${form}` as WordKey, { n });
  }

  number(value: number): string {
    return this.#number.format(value);
  }

  /** "1 error, 2 warnings". */
  counts(counts: Counts): string {
    const parts = SEVERITIES.filter((severity) => counts[severity] > 0)
      .map((severity) => `${this.number(counts[severity])} ${this.counted(`severity.${severity}`, counts[severity])}`);
    return parts.length === 0 ? this.say("verdict.fine") : this.#list.format(parts);
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
