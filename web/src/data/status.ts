/*
 * Status codes as pages: one for each number, with everything that number means.
 */
import fieldRows from "generated/fields.json";
import rows from "generated/status.json";
import type { Language } from "./language";
import type { StatusClass, StatusRow } from "./types";

export interface CodePage {
  readonly code: string;
  readonly class: StatusClass;
  /** What the number means by itself. Null where several products use it and no standard defines it. */
  readonly primary: StatusRow | null;
  /** What else it means, by product. */
  readonly others: readonly StatusRow[];
  /** Finer codes below it, such as 404.13. */
  readonly finer: readonly StatusRow[];
}

export const CLASSES: readonly StatusClass[] = [1, 2, 3, 4, 5, 0];

const isNumber = (row: StatusRow): boolean => /^\d{3}$/.test(row.code);
const isOfficial = (row: StatusRow): boolean => row.kind !== "unofficial";
const parents = (row: StatusRow): string[] => Array.from(row.code.matchAll(/(\d{3})\./g), ([, code]) => code ?? "");

function toPage(code: string): CodePage {
  const meanings = rows.filter((row) => row.code === code);
  const primary = meanings.find(isOfficial) ?? (meanings.length === 1 ? (meanings[0] ?? null) : null);
  return {
    code,
    class: meanings[0]?.class ?? 0,
    primary,
    others: meanings.filter((row) => row !== primary),
    finer: rows.filter((row) => !isNumber(row) && parents(row).includes(code)),
  };
}

export const codePages: readonly CodePage[] = [...new Set(rows.filter(isNumber).map((row) => row.code))].sort().map(toPage);

const pages = new Map(codePages.map((page) => [page.code, page]));

export const codePage = (code: string): CodePage | undefined => pages.get(code);

/** Rows that have no number of their own: sub-status codes, ranges, drafts without a number. */
export const unnumbered: readonly StatusRow[] = rows.filter((row) => !isNumber(row));

export const official = (page: CodePage): boolean => page.primary !== null && isOfficial(page.primary);

export const pagesOfClass = (wanted: StatusClass): readonly CodePage[] => codePages.filter((page) => page.class === wanted);

export const statusPath = (code: string): string => `/status/${code}/`;

/** Where a row is explained: its number's page, or that of the number it refines. */
export function rowPath(row: StatusRow): string | null {
  const code = isNumber(row) ? row.code : parents(row).find((parent) => pages.has(parent));
  return code === undefined ? null : statusPath(code);
}

/** "No Content"; in Chinese what it is called there. */
export function titleOf(row: StatusRow, language: Language): string {
  return (language === "zh-CN" ? row.title["zh-CN"] : null) ?? row.phrase;
}

/** The title of a number with several meanings is the list of them. */
export function pageTitle(page: CodePage, language: Language): string {
  if (page.primary !== null) return titleOf(page.primary, language);
  return page.others.map((row) => titleOf(row, language)).join(" / ");
}

const fieldReferences = new Map(fieldRows.map((field) => [field.name.toLowerCase(), field.referenceUrl]));

export const fieldUrl = (name: string): string | null => fieldReferences.get(name.toLowerCase()) ?? null;
