/*
 * Words for findings: the rule catalogue of one language. Loaded on demand, one language only.
 */
import { describe, type Catalog, type DecisionCatalog, type Description } from "statuslab";
import type { AppliedFix } from "./fix-all";
import type { Finding, Verdict } from "./model";

export type { Catalog, DecisionCatalog } from "statuslab";

export type Language = "en" | "zh-CN";

export type Described = Readonly<Description>;

export function languageOf(tag: string): Language {
  return tag.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

export async function loadCatalog(language: Language): Promise<Catalog> {
  switch (language) {
    case "en":
      return (await import("statuslab/catalog/en.json")).default as unknown as Catalog;
    case "zh-CN":
      return (await import("statuslab/catalog/zh-CN.json")).default as unknown as Catalog;
  }
}

/** The words of what the parties of a simulation ask themselves. */
export async function loadDecisions(language: Language): Promise<DecisionCatalog> {
  switch (language) {
    case "en":
      return (await import("statuslab/catalog/decisions.en.json")).default as unknown as DecisionCatalog;
    case "zh-CN":
      return (await import("statuslab/catalog/decisions.zh-CN.json")).default as unknown as DecisionCatalog;
  }
}

/** What a client profile says about one thing, by the id of the behaviour: decisions have it among what they looked at. */
export type Behaviours = Readonly<Record<string, { readonly label: string }>>;

export async function loadBehaviours(language: Language): Promise<Behaviours> {
  switch (language) {
    case "en":
      return (await import("statuslab/catalog/clients.en.json")).default;
    case "zh-CN":
      return (await import("statuslab/catalog/clients.zh-CN.json")).default;
  }
}

/** The words of what a framework cannot do, by the id of the note; {0} and {1} stand for values. */
export async function loadSnippetNotes(language: Language): Promise<Readonly<Record<string, string>>> {
  switch (language) {
    case "en":
      return (await import("statuslab/catalog/snippets.en.json")).default.notes;
    case "zh-CN":
      return (await import("statuslab/catalog/snippets.zh-CN.json")).default.notes;
  }
}

/** What one verdict needs of it: so much can stand in a page, while the whole is as large as the page. */
export function excerpt(catalog: Catalog, verdict: Pick<Verdict, "findings" | "statuses">): Catalog {
  return {
    ...catalog,
    rules: pick(catalog.rules, verdict.findings.map(({ rule }) => rule)),
    status: pick(catalog.status, verdict.statuses.map(({ code }) => String(code))),
  };
}

export function covers(catalog: Catalog, verdict: Verdict): boolean {
  return verdict.findings.every(({ rule }) => Object.hasOwn(catalog.rules, rule));
}

function pick<T>(from: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(from).filter(([key]) => keys.includes(key)));
}

/** Only rule, arguments and labels make the words; where the finding is does not. */
type Named = Pick<Finding, "rule" | "args"> & { readonly fixes: readonly { readonly label: number; readonly safe: boolean }[] };

export function describeFinding(finding: Named, catalog: Catalog): Described {
  const fixes = finding.fixes.map(({ label, safe }) => ({ label, safe, edits: [] }));
  const nowhere = { severity: "info", on: "response", index: 0, begin: 0, end: 0 } as const;
  return describe({ ...nowhere, rule: finding.rule, args: { ...finding.args }, fixes }, catalog);
}

export function describeApplied(applied: AppliedFix, catalog: Catalog): string {
  const { fixes } = describeFinding({ ...applied, fixes: [{ label: applied.label, safe: true }] }, catalog);
  return fixes[0] ?? applied.rule;
}

/** "RFC 9110 section 8.6" as it is shown: RFC 9110 §8.6. */
export function shortCite(cite: string): string {
  return cite.replace(/ section /, " §");
}
