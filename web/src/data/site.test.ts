import { expect, test } from "vitest";
import chinese from "../words/site.zh-CN.json";
import english from "../words/site.en.json";
import { localize } from "./language";
import { messageParts, plainMessage, rules, speaksAbout, textOf, workbenchLink } from "./rules";
import { codePage, codePages, official, pageTitle, rowPath, unnumbered } from "./status";
import { LANGUAGES } from "./language";
import { decode } from "../state/link";

test("both tables have the same words and the same places for values", () => {
  expect(Object.keys(chinese)).toEqual(Object.keys(english));
  const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const [key, text] of Object.entries(english)) expect([key, places(chinese[key as keyof typeof chinese])]).toEqual([key, places(text)]);
});

test("an address in the other language and back", () => {
  expect(localize("/status/204/", "zh-CN")).toBe("/zh-cn/status/204/");
  expect(localize("/zh-cn/status/204/", "en")).toBe("/status/204/");
  expect(localize("/zh-cn/", "en")).toBe("/");
  expect(localize("/", "zh-CN")).toBe("/zh-cn/");
  expect(localize("/zh-cn/", "zh-CN")).toBe("/zh-cn/");
});

test("a number has one page: the registered meaning first, products after it", () => {
  const page = codePage("418");
  expect(page?.primary?.kind).toBe("reserved");
  expect(page?.others.map((row) => row.kind)).toContain("unofficial");
  expect(new Set(codePages.map(({ code }) => code)).size).toBe(codePages.length);
});

test("a number that only products use has no meaning of its own unless there is just one", () => {
  expect(codePage("530")?.primary).toBeNull();
  expect(codePage("530")?.others.length).toBeGreaterThan(1);
  const alone = codePage("444");
  expect(alone?.primary?.kind).toBe("unofficial");
  expect(alone && official(alone)).toBe(false);
});

test("sub-status codes stand on the page of the code they refine, ranges only in the index", () => {
  expect(codePage("404")?.finer.map((row) => row.key)).toContain("404-iis");
  expect(codePage("502")?.finer.map((row) => row.key)).toContain("5xx-iis");
  for (const row of unnumbered) expect(rowPath(row) === null).toBe(!/\d{3}\./.test(row.code));
});

test("every number has a title in both languages", () => {
  for (const page of codePages) for (const language of LANGUAGES) expect(pageTitle(page, language)).not.toBe("");
});

test("which rules speak about a code", () => {
  const about = (on: string, code: string, id = "some-rule"): boolean => speaksAbout({ id, on }, code);
  expect(about("status 204", "204")).toBe(true);
  expect(about("status 301, 3xx", "308")).toBe(true);
  expect(about("status 2xx", "304")).toBe(false);
  expect(about("response", "204")).toBe(false);
  expect(about("problem excess_content", "204", "content-in-204")).toBe(true);
  expect(about("problem excess_content", "204", "content-in-2040")).toBe(false);
});

test("values of a message are parts of their own", () => {
  expect(messageParts("{name} carries {value}")).toEqual([
    { text: "name", value: true },
    { text: " carries ", value: false },
    { text: "value", value: true },
  ]);
  expect(plainMessage("204 carries {value}")).toBe("204 carries …");
});

test("every example opens in the workbench as it is", () => {
  for (const rule of rules) {
    expect(textOf(rule, "zh-CN").message).not.toBe("");
    for (const example of [...rule.bad, ...rule.good]) {
      const link = workbenchLink(example, "zh-CN");
      expect([rule.id, link?.startsWith("/zh-cn/#1")]).toEqual([rule.id, true]);
      const decoded = decode(link?.slice(link.indexOf("#") + 1) ?? "");
      expect([rule.id, decoded.kind]).toEqual([rule.id, "exchange"]);
    }
  }
});
