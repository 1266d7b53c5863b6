/*
 * A list that does not jump. While somebody types, every finding keeps its place: one that is gone leaves its
 * place empty, a new one goes to the end. When typing pauses the list settles into the verdict's own order.
 */
import type { Finding } from "../engine/model";

export interface Row {
  readonly finding: Finding;
  /** The defect is gone; the row only holds the place. */
  readonly gone: boolean;
}

export function settled(findings: readonly Finding[]): Row[] {
  return findings.map((finding) => ({ finding, gone: false }));
}

export function whileTyping(rows: readonly Row[], findings: readonly Finding[]): Row[] {
  const fresh = new Map(findings.map((finding) => [finding.key, finding]));
  const kept = rows.map((row): Row => {
    const finding = fresh.get(row.finding.key);
    fresh.delete(row.finding.key);
    return finding === undefined ? { finding: row.finding, gone: true } : { finding, gone: false };
  });
  return [...kept, ...settled([...fresh.values()])];
}
