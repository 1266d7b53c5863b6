/* What scripts/generate.py writes to build/generated/site. */
import type { Severity, Side } from "statuslab";
import type { Language } from "./language";

export type Kind = "registered" | "reserved" | "temporary" | "draft" | "unofficial" | "invalid";
export type Body = "forbidden" | "empty" | "allowed" | "expected" | "none";
export type StatusClass = 0 | 1 | 2 | 3 | 4 | 5;

export interface StatusRow {
  readonly key: string;
  /** Three digits, or a range in words. */
  readonly code: string;
  readonly phrase: string;
  readonly kind: Kind;
  readonly vendor: string | null;
  readonly class: StatusClass;
  readonly reference: string | null;
  readonly referenceUrl: string | null;
  readonly body: Body;
  readonly heuristic: boolean;
  readonly required: readonly string[];
  readonly customary: readonly string[];
  readonly logOnly: boolean;
  readonly title: { readonly "zh-CN": string | null };
  readonly summary: Readonly<Record<Language, string | null>>;
  readonly detail: Readonly<Record<Language, string | null>>;
}

export interface FieldRow {
  readonly name: string;
  readonly referenceUrl: string | null;
}

export interface RuleText {
  /** With {names} for the values. */
  readonly message: string;
  readonly summary: string;
  /** Markdown, the summary included. */
  readonly prose: string;
  readonly fixes: readonly string[];
}

export interface Case {
  readonly scheme: "http" | "https" | null;
  /** The time of the check, in seconds since 1970. */
  readonly now: number | null;
  readonly request: { readonly base64: string } | null;
  readonly response: { readonly base64: string } | null;
  readonly mark: { readonly on: Side; readonly begin: number; readonly end: number } | null;
}

export interface Rule {
  readonly id: string;
  readonly family: string;
  readonly severity: Severity;
  readonly on: string;
  readonly cite: string;
  readonly citeUrl: string;
  readonly quote: string;
  readonly en: RuleText;
  readonly "zh-CN": RuleText | null;
  readonly bad: readonly Case[];
  readonly good: readonly Case[];
  readonly fixed: Case | null;
}

export interface RuleFile {
  readonly families: readonly { readonly id: string; readonly title: Readonly<Record<Language, string | null>> }[];
  readonly rules: readonly Rule[];
}

export interface Meta {
  readonly version: string;
  readonly counts: Readonly<Record<"rules" | "families" | "status" | "fields" | "methods", number>>;
  readonly severities: Readonly<Record<Severity, number>>;
}
