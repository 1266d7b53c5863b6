/*
 * Rules as pages.
 */
import ruleFile from "generated/rules.json";
import { fromBytes } from "../engine/bytes";
import { encode } from "../state/link";
import type { Language } from "./language";
import type { Case, Rule, RuleText } from "./types";
import type { Severity, Side } from "statuslab";

export const SEVERITIES: readonly Severity[] = ["error", "warning", "info", "hint", "fine"];

export interface Family {
  readonly id: string;
  readonly title: Readonly<Record<Language, string>>;
  /** The gravest first. */
  readonly rules: readonly Rule[];
}

const byGravity = (a: Rule, b: Rule): number =>
  SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || a.id.localeCompare(b.id, "en");

export const families: readonly Family[] = ruleFile.families
  .map(({ id, title }) => ({
    id,
    title: { en: title.en ?? id, "zh-CN": title["zh-CN"] ?? title.en ?? id },
    rules: ruleFile.rules.filter((rule) => rule.family === id).sort(byGravity),
  }))
  .filter((family) => family.rules.length > 0);

export const rules: readonly Rule[] = families.flatMap((family) => family.rules);

export const rulePath = (id: string): string => `/rules/${id}/`;

export const textOf = (rule: Rule, language: Language): RuleText => rule[language] ?? rule.en;

export function neighbours(rule: Rule): { family: Family | undefined; previous: Rule | undefined; next: Rule | undefined } {
  const family = families.find(({ id }) => id === rule.family);
  const at = family?.rules.indexOf(rule) ?? -1;
  return { family, previous: family?.rules[at - 1], next: family?.rules[at + 1] };
}

/** `on: status 204, 3xx` names a code or the class of it; other rules have the code in their name. */
export function speaksAbout(rule: Pick<Rule, "id" | "on">, code: string): boolean {
  const codes = /^status (.+)$/.exec(rule.on)?.[1]?.split(",") ?? [];
  return codes.some((part) => [code, `${code.charAt(0)}xx`].includes(part.trim())) || rule.id.split("-").includes(code);
}

export const rulesAbout = (code: string): readonly Rule[] => rules.filter((rule) => speaksAbout(rule, code)).sort(byGravity);

export interface MessagePart {
  readonly text: string;
  /** Stands for a value of the message. */
  readonly value: boolean;
}

/** "204 carries {field}" in parts. */
export function messageParts(message: string): MessagePart[] {
  return message
    .split(/(\{\w+\})/)
    .filter((text) => text !== "")
    .map((text) => (/^\{\w+\}$/.test(text) ? { text: text.slice(1, -1), value: true } : { text, value: false }));
}

/** For titles and lists, where a value has no name. */
export const plainMessage = (message: string): string => message.replace(/\{\w+\}/g, "…");

export const bytesOf = (example: Case, side: Side): Uint8Array | null => {
  const data = example[side];
  return data === null ? null : Uint8Array.from(atob(data.base64), (character) => character.charCodeAt(0));
};

/** The front page with the example on the desk. */
export function workbenchLink(example: Case, language: Language): string | null {
  const text = (side: Side): string => fromBytes(bytesOf(example, side) ?? new Uint8Array());
  const fragment = encode({
    exchange: { request: text("request"), response: text("response"), scheme: example.scheme ?? "https" },
    selected: null,
  });
  return fragment === null ? null : `${language === "en" ? "/" : "/zh-cn/"}#${fragment}`;
}
