import type { Catalog, Description, Finding } from "./types.js";

/** A finding in the words of a catalogue. A rule that the catalogue does not know is called by its id. */
export function describe(finding: Finding, catalog: Catalog): Description {
  const rule = Object.hasOwn(catalog.rules, finding.rule) ? catalog.rules[finding.rule] : undefined;
  if (rule === undefined) {
    return { message: finding.rule, summary: "", quote: "", cite: "", citeUrl: "", fixes: finding.fixes.map(() => finding.rule) };
  }
  return {
    message: fill(rule.message, finding.args),
    summary: rule.summary,
    quote: rule.quote,
    cite: rule.cite,
    citeUrl: rule.citeUrl,
    fixes: finding.fixes.map((fix) => fill(rule.fixes[fix.label] ?? finding.rule, finding.args)),
  };
}

/** Puts values in the place of `{name}`. A placeholder without a value stays as it is; values are not looked into. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{([A-Za-z0-9_-]+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? placeholder) : placeholder,
  );
}
