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

/** One framework on one server, in the version that was run. */
export interface Run {
  readonly id: string;
  readonly framework: string;
  /** What snippets are written for. */
  readonly target: string;
  readonly name: string;
  readonly version: string;
  readonly language: string;
  readonly server: string;
  readonly serverVersion: string;
  readonly runtime: string;
  readonly runtimeVersion: string;
  /** A day, as YYYY-MM-DD. */
  readonly measured: string;
}

export interface FrameworkRow {
  readonly id: string;
  readonly name: string;
  readonly targets: readonly string[];
}

export interface BehaviourCase {
  readonly id: string;
  /** Whose page it belongs to. */
  readonly code: string | null;
  readonly reference: string | null;
  readonly referenceUrl: string | null;
  readonly words: Readonly<Record<Language, string>>;
}

/** How the connection fared when a second request followed: core/data/README.md says what each means. */
export type Outcome = "kept" | "closed" | "until-close" | "desync" | "hangs" | "truncated" | "nothing";

export interface BehaviourRow {
  readonly run: string;
  readonly case: string;
  readonly code: string;
  /** Base64. */
  readonly request: string;
  readonly wire: string;
  readonly outcome: Outcome;
}

export interface ConstantRow {
  /** The frameworks that use the name, or versions of them. */
  readonly of: readonly string[];
  readonly library: string;
  readonly version: string;
  readonly code: string;
  readonly name: string;
  readonly deprecated: boolean;
  /** "1.7"; "<=4.0.0": no earlier release was asked; null: not measured. */
  readonly since: string | null;
}

export interface FrameworksFile {
  readonly frameworks: readonly FrameworkRow[];
  readonly runs: readonly Run[];
  readonly cases: readonly BehaviourCase[];
  readonly behaviour: readonly BehaviourRow[];
  readonly constants: readonly ConstantRow[];
}

export interface MatrixCell {
  /** Null: the same for all. */
  readonly run: string | null;
  readonly code: string;
  readonly column: string;
}

/** The proof of snippets: codes x forms x runs. */
export interface MatrixFile {
  readonly columns: readonly string[];
  readonly runs: readonly { readonly run: Run; readonly proven: number; readonly cannot: number; readonly failed: number }[];
  /** In how many runs a form is proven; null where it makes no sense for the code. */
  readonly rows: readonly { readonly code: string; readonly proven: readonly (number | null)[] }[];
  /** {code} in the words stands for the codes of the cells. */
  readonly reasons: readonly { readonly state: "cannot" | "not-applicable" | "failed"; readonly words: Readonly<Record<Language, string>>; readonly cells: readonly MatrixCell[] }[];
}
