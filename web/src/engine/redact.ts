/*
 * Secrets in an exchange, and the exchange without them: the repairs of their findings, all at once.
 */
import type { Catalog } from "./catalog";
import { applyChanges, type AppliedFix, type FixPlan } from "./fix-all";
import { SIDES, type Change, type Exchange, type Finding, type Side, type Verdict } from "./model";

/** By family or by name: what may be given away is told in other families too. */
const isSecret = (rule: string, catalog: Catalog): boolean => catalog.rules[rule]?.family === "secrets" || rule.startsWith("secret-");

export function secretsOf(findings: readonly Finding[], catalog: Catalog): readonly Finding[] {
  return findings.filter(({ rule }) => isSecret(rule, catalog));
}

/** The first fix of every one, as one step. */
export function redaction(before: Exchange, secrets: readonly Finding[], verdict: Verdict): FixPlan {
  const changes: Record<Side, Change[]> = { request: [], response: [] };
  const applied: AppliedFix[] = [];
  for (const finding of secrets) {
    const [fix] = finding.fixes;
    const taken = changes[finding.on];
    if (fix === undefined || fix.changes.some((change) => taken.some((other) => change.from < other.to && other.from < change.to))) continue;
    taken.push(...fix.changes);
    applied.push({ rule: finding.rule, label: fix.label, args: finding.args });
  }
  for (const side of SIDES) changes[side].sort((a, b) => a.from - b.from);
  const after = { ...before, request: applyChanges(before.request, changes.request), response: applyChanges(before.response, changes.response) };
  return { before, after, rounds: [changes], applied, remaining: verdict };
}
