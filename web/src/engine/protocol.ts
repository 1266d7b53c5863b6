/*
 * What page and worker say to each other. The text lives in the page; the worker keeps nothing.
 */
import type { LintResult } from "statuslab";
import type { Exchange, Settings, Verdict } from "./model";
import type { FixPlan } from "./fix-all";

export type Task =
  | { readonly kind: "check"; readonly exchange: Exchange; readonly settings: Settings }
  | { readonly kind: "plan-fixes"; readonly exchange: Exchange; readonly settings: Settings }
  /** The engine's own result, offsets in bytes, for reports that others read. */
  | { readonly kind: "report"; readonly exchange: Exchange; readonly settings: Settings };

export type Answer =
  | { readonly kind: "check"; readonly verdict: Verdict }
  | { readonly kind: "plan-fixes"; readonly plan: FixPlan }
  | { readonly kind: "report"; readonly result: LintResult; readonly version: string };

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
