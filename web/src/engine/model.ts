/*
 * What the page knows about an exchange. All offsets are UTF-16 offsets [from, to) in the text of one side.
 */
import type { Severity, Side } from "statuslab";

export type { Severity, Side } from "statuslab";

export type Scheme = "http" | "https";

/** The one thing on the desk. An empty request is no request. */
export interface Exchange {
  readonly request: string;
  readonly response: string;
  readonly scheme: Scheme;
  /** Content as a tool keeps it, without chunks and content codings, instead of as it was sent. */
  readonly content?: "shown";
  /** When it happened, in milliseconds since 1970. Rules that need the time are silent without it. */
  readonly now?: number;
  /** How it comes about, as the text of a scenario. Absent: the response is given, and a client asks for it. */
  readonly scenario?: string;
}

/** What a rule is told to be; a rule that is not named is what it is. */
export type Level = "off" | "error" | "warning" | "info" | "hint";
export const LEVELS: readonly Level[] = ["off", "error", "warning", "info", "hint"];
export type Levels = Readonly<Record<string, Level>>;

/** How an exchange is looked at. */
export interface Settings {
  readonly levels: Levels;
  /** Positive notes too. */
  readonly explain: boolean;
}

export const AS_IT_IS: Settings = { levels: {}, explain: false };

export interface Change {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

export interface Fix {
  /** Index into the rule's labels in the catalogue. */
  readonly label: number;
  readonly safe: boolean;
  readonly changes: readonly Change[];
}

export interface Finding {
  /** Stable while the same defect stays in the text: rule, side and how many of them came before. */
  readonly key: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly on: Side;
  readonly from: number;
  readonly to: number;
  /** 1-based line of `from`. */
  readonly line: number;
  readonly args: Readonly<Record<string, string>>;
  readonly fixes: readonly Fix[];
}

export type TokenKind =
  | "method" | "target" | "version" | "reason" | "name" | "content" | "excess"
  | "status-0" | "status-1" | "status-2" | "status-3" | "status-4" | "status-5";

export interface Token {
  readonly kind: TokenKind;
  readonly from: number;
  readonly to: number;
}

export interface StatusLine {
  readonly code: number;
  readonly reason: string;
}

export interface RequestLine {
  readonly method: string;
  readonly target: string;
}

/** The verdict on an exchange. */
export interface Verdict {
  readonly findings: readonly Finding[];
  readonly tokens: Readonly<Record<Side, readonly Token[]>>;
  readonly request: RequestLine | null;
  readonly statuses: readonly StatusLine[];
  readonly checks: number;
  /** Milliseconds that the check took, 0 when nobody measured. */
  readonly ms: number;
}

export const SIDES: readonly Side[] = ["request", "response"];

export const SEVERITIES: readonly Severity[] = ["error", "warning", "info", "hint", "fine"];

export type Counts = Readonly<Record<Severity, number>>;

export function count(findings: readonly Finding[]): Counts {
  const counts = { error: 0, warning: 0, info: 0, hint: 0, fine: 0 };
  for (const finding of findings) counts[finding.severity] += 1;
  return counts;
}

export function safeFixes(findings: readonly Finding[]): number {
  return findings.filter((finding) => finding.fixes.some((fix) => fix.safe)).length;
}

/** The class of a status code, 0 when it has none. */
export function statusClass(code: number): 0 | 1 | 2 | 3 | 4 | 5 {
  const hundreds = Math.floor(code / 100);
  return hundreds === 1 || hundreds === 2 || hundreds === 3 || hundreds === 4 || hundreds === 5 ? hundreds : 0;
}
