import { expect, test } from "vitest";
import en from "../words/workbench.en.json";
import zh from "../words/workbench.zh-CN.json";
import lensesEn from "../words/lenses.en.json";
import lensesZh from "../words/lenses.zh-CN.json";
import toolsEn from "../words/tools.en.json";
import toolsZh from "../words/tools.zh-CN.json";
import { Words } from "./words";

const tables: readonly [Record<string, string>, Record<string, string>][] = [[en, zh], [toolsEn, toolsZh], [lensesEn, lensesZh]];

const placeholders = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([found]) => found).sort();

test.each(tables)("both languages have the same words with the same values in them", (en, zh) => {
  expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
  for (const [key, text] of Object.entries(en)) {
    const other = zh[key] ?? "";
    expect(other, key).not.toBe("");
    expect(placeholders(other), key).toEqual(placeholders(text));
  }
});

test.each(tables)("Chinese is written in Chinese, with its own punctuation", (_en, zh) => {
  const borrowed = Object.entries(zh).filter(([, text]) => /[\u4e00-\u9fff] ?[,;:!?](?:\s|$)/.test(text) || /!/.test(text));
  expect(borrowed).toEqual([]);
});

test("numbers choose their form", () => {
  const words = new Words("en", en);
  expect(words.counts({ error: 1, warning: 2, info: 0, hint: 1, fine: 0 })).toBe("1 error, 2 warnings, and 1 hint");
  expect(words.counts({ error: 0, warning: 0, info: 0, hint: 0, fine: 0 })).toBe("nothing to complain about");
  expect(words.counted("checks", 1)).toBe("1 check applied");
  expect(words.say("verdict.large", { size: "1.4" })).toBe("1.4 MB: not checked while you type");
});
