/*
 * The site's own words, one table a language.
 */
import english from "../words/site.en.json";
import chinese from "../words/site.zh-CN.json";
import type { Language } from "./language";

export type WordKey = keyof typeof english;
export type Words = (key: WordKey, values?: Readonly<Record<string, string | number>>) => string;

const tables: Readonly<Record<Language, Readonly<Record<WordKey, string>>>> = { en: english, "zh-CN": chinese };

export function wordsOf(language: Language): Words {
  const table = tables[language];
  return (key, values = {}) => table[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** "a, b" as the language lists. */
export const listed = (all: readonly string[], words: Words): string => all.join(words("list.comma"));
