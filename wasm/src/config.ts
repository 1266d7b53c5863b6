/** Which rules speak, and how loudly: what `statuslab.json` says, and what `lint` and `fixAll` take as `config`. */
import { nearest } from "./nearest.js";
import type { Config, RuleFacts, RuleLevel } from "./types.js";

/** In the order of the engine's `Level`. `on`: the rule's own severity. */
const levels: readonly RuleLevel[] = ["on", "off", "error", "warning", "info", "hint"];

/** What is wrong with a config, in sentences; empty where nothing is. What is wrong has no effect. */
export function configProblems(value: unknown, rules: readonly RuleFacts[]): string[] {
  if (!isRecord(value)) return ['a config is an object like {"rules":{"etag-syntax":"off","framing/*":"warning"}}'];
  const problems = Object.keys(value)
    .filter((key) => key !== "rules" && key !== "$schema")
    .map((key) => `${JSON.stringify(key)} is not known; a config has "rules"`);
  const given = value["rules"] ?? {};
  if (!isRecord(given)) return [...problems, '"rules" is an object from ids to levels'];
  const families = new Set(rules.map(({ family }) => `${family}/*`));
  const ids = new Set(rules.map(({ id }) => id));
  for (const [pattern, level] of Object.entries(given)) {
    if (pattern !== "*" && !ids.has(pattern) && !families.has(pattern)) {
      const near = nearest(pattern, pattern.includes("/") || pattern.includes("*") ? [...families, "*"] : [...ids]);
      problems.push(`there is no rule ${JSON.stringify(pattern)}; the nearest is ${JSON.stringify(near)}`);
    }
    if (!isLevel(level)) problems.push(`${JSON.stringify(pattern)} is set to ${JSON.stringify(level)}; the levels are ${levels.join(", ")}`);
  }
  return problems;
}

/** A config as the engine takes it: one byte a rule, by number. An id goes before its family, a family before `*`. */
export function levelBytes(config: Config, rules: readonly RuleFacts[]): Uint8Array {
  const given = new Map(Object.entries(config.rules ?? {}));
  return Uint8Array.from(rules, ({ id, family }) => {
    const level = given.get(id) ?? given.get(`${family}/*`) ?? given.get("*") ?? "on";
    return Math.max(0, levels.indexOf(level));
  });
}

/** The rules of `over` in front of those of `under`. */
export function merged(under: Config, over: Config): Config {
  return { rules: { ...under.rules, ...over.rules } };
}

function isLevel(value: unknown): value is RuleLevel {
  return levels.some((level) => level === value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
