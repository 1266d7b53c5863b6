/*
 * Words for findings: the rule catalogue of one language. Loaded on demand, one language only.
 */
import { describe, type Catalog, type Description } from "statuslab";
import type { AppliedFix } from "./fix-all";
import type { Finding } from "./model";

export type { Catalog } from "statuslab";

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
