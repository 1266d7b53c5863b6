/*
 * What page and worker say to each other. The text lives in the page; the worker keeps nothing.
 */
import type { LintResult } from "statuslab";
import type { Exchange, Settings, Verdict } from "./model";
import type { FixPlan } from "./fix-all";
import type { Played } from "./play";
import type { WhatIfWord } from "./what-if";
import type { Form, SnippetTarget, Written } from "./written";

/** A small edit of a scenario and where it leads. */
export interface WhatIf {
  readonly word: WhatIfWord;
  readonly values: Readonly<Record<string, string>>;
  readonly code: number;
  readonly error: string;
  readonly scenario: string;
}

/** What one kind of client makes of a scenario. */
export interface ClientRow {
  readonly id: string;
  readonly name: string;
  readonly outcomes: readonly { readonly code: number; readonly error: string }[];
  readonly requests: number;
  readonly lasts: number;
  /** What its decisions looked at, behaviours of the profile among it; one that was not measured is not there. */
  readonly inputs: readonly { readonly name: string; readonly present: boolean }[];
  readonly scenario: string;
}

export type Task =
  | { readonly kind: "check"; readonly exchange: Exchange; readonly settings: Settings }
  | { readonly kind: "plan-fixes"; readonly exchange: Exchange; readonly settings: Settings }
  /** The engine's own result, offsets in bytes, for reports that others read. */
  | { readonly kind: "report"; readonly exchange: Exchange; readonly settings: Settings }
  | { readonly kind: "play"; readonly scenario: string }
  | { readonly kind: "what-if"; readonly scenario: string }
  | { readonly kind: "clients"; readonly scenario: string; readonly profiles: readonly { readonly id: string; readonly name: string }[] }
  /** The JSON schema of scenarios. */
  | { readonly kind: "schema" }
  | { readonly kind: "snippet-targets" }
  | { readonly kind: "snippet"; readonly exchange: Exchange; readonly target: string; readonly form: Form };

/** What a worker is for, as its name says: it loads no more than that. */
export type Lens = "validate" | "simulate" | "snippets";

export function lensOf(name: string): Lens {
  return name === "statuslab simulate" ? "simulate" : name === "statuslab snippets" ? "snippets" : "validate";
}

export type Answer =
  | { readonly kind: "check"; readonly verdict: Verdict }
  | { readonly kind: "plan-fixes"; readonly plan: FixPlan }
  | { readonly kind: "report"; readonly result: LintResult; readonly version: string }
  | { readonly kind: "play"; readonly played: Played }
  | { readonly kind: "what-if"; readonly rows: readonly WhatIf[] }
  | { readonly kind: "clients"; readonly rows: readonly ClientRow[] }
  | { readonly kind: "schema"; readonly schema: string }
  | { readonly kind: "snippet-targets"; readonly targets: readonly SnippetTarget[] }
  | { readonly kind: "snippet"; readonly written: Written };

export type ToWorker =
  /** Answers are to be left here as well. */
  | { readonly kind: "mailbox"; readonly mailbox: SharedArrayBuffer }
  | { readonly kind: "task"; readonly id: number; readonly task: Task };

export type FromWorker =
  | { readonly kind: "ready"; readonly version: string }
  /** The engine could not be loaded at all. */
  | { readonly kind: "unavailable"; readonly reason: string }
  | { readonly kind: "answer"; readonly id: number; readonly answer: Answer }
  /** The engine trapped; this worker is of no use any more. */
  | { readonly kind: "crashed"; readonly id: number; readonly reason: string };
