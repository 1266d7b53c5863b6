/*
 * The simulation as a value: what is played, how far it is, what is looked at. Pure, as state/workbench.
 */
import type { Exchange, Verdict } from "../engine/model";
import type { Play, ScenarioError, Step } from "../engine/play";
import type { Damage } from "./link";

export type Source =
  | { readonly kind: "example"; readonly id: string }
  | { readonly kind: "scenario"; readonly id: string }
  | { readonly kind: "link"; readonly accepted: boolean }
  | { readonly kind: "own" };

export type Run =
  /** The engine is not there yet, or this scenario has not been played. */
  | { readonly kind: "waiting" }
  | { readonly kind: "played"; readonly play: Play }
  | { readonly kind: "refused"; readonly errors: readonly ScenarioError[] }
  | { readonly kind: "failed" }
  | { readonly kind: "unavailable"; readonly reason: string };

export type Notice =
  | { readonly kind: "plain"; readonly word: "copied.link" | "link.large" | "restarted" | "restored" }
  | { readonly kind: "said"; readonly text: string }
  | { readonly kind: "copy-by-hand"; readonly text: string }
  | { readonly kind: "broken-link"; readonly damage: Damage; readonly saved: Exchange | null }
  | { readonly kind: "no-scenario"; readonly id: string };

export type Pane = "picture" | "step";

export interface State {
  readonly exchange: Exchange;
  readonly source: Source;
  /** Counts the scenarios that were on the desk. */
  readonly revision: number;
  readonly run: Run;
  /** Index of the selected step. */
  readonly step: number;
  readonly playing: boolean;
  /** The scenario is open as text instead of its picture. */
  readonly asText: boolean;
  readonly pane: Pane;
  /** What is found in the message of the selected step. */
  readonly verdict: Verdict | null;
  readonly notice: Notice | null;
}

export type Action =
  | { readonly kind: "opened"; readonly exchange: Exchange; readonly source: Source; readonly step: number | null; readonly notice?: Notice }
  /** A person changed the scenario. */
  | { readonly kind: "edited"; readonly scenario: string }
  /** What came out, and how the exchange reads now. */
  | { readonly kind: "ran"; readonly run: Run; readonly revision: number; readonly exchange: Exchange }
  | { readonly kind: "stepped"; readonly to: number; readonly playing?: boolean }
  | { readonly kind: "play"; readonly playing: boolean }
  | { readonly kind: "as-text"; readonly shown: boolean }
  | { readonly kind: "pane"; readonly pane: Pane }
  | { readonly kind: "judged"; readonly verdict: Verdict | null }
  | { readonly kind: "link-accepted" }
  | { readonly kind: "notice"; readonly notice: Notice | null };

export function initial(exchange: Exchange, source: Source, play: Play | null, step: number): State {
  const run: Run = play === null ? { kind: "waiting" } : { kind: "played", play };
  return { exchange, source, revision: 0, run, step, playing: false, asText: false, pane: "picture", verdict: null, notice: null };
}

export function reduce(state: State, action: Action): State {
  switch (action.kind) {
    case "opened":
      return {
        ...state, exchange: action.exchange, source: action.source, revision: state.revision + 1, run: { kind: "waiting" },
        step: action.step ?? OPENING, playing: false, verdict: null, notice: action.notice ?? null,
      };
    case "edited":
      if (state.exchange.scenario === action.scenario) return state;
      // Request and response are what comes out of it; they are known when it has been played.
      return {
        ...state, exchange: { request: "", response: "", scheme: state.exchange.scheme, scenario: action.scenario }, source: { kind: "own" },
        revision: state.revision + 1, playing: false,
      };
    case "ran":
      return ran(state, action.run, action.revision, action.exchange);
    case "stepped": {
      const step = within(stepsOf(state), action.to);
      const playing = action.playing ?? false;
      return step === state.step && playing === state.playing ? state : { ...state, step, playing, verdict: step === state.step ? state.verdict : null };
    }
    case "play":
      return play(state, action.playing);
    case "as-text":
      return { ...state, asText: action.shown, playing: false, pane: "picture" };
    case "pane":
      return { ...state, pane: action.pane };
    case "judged":
      return { ...state, verdict: action.verdict };
    case "link-accepted":
      return state.source.kind === "link" ? { ...state, source: { kind: "link", accepted: true } } : state;
    case "notice":
      return { ...state, notice: action.notice };
  }
}

/** Which one is known when the scenario has been played. */
const OPENING = Number.MAX_SAFE_INTEGER;

/** What a scenario is seen at first: the last response that a party made, one that is no 200 before others. */
export function openingStep({ steps }: Pick<Play, "steps">): number {
  const made = steps.flatMap((step, index) => (step.kind === "message" && step.side === "response" && step.decisions.some(({ terminal }) => terminal) ? [{ index, code: step.code }] : []));
  return (made.findLast(({ code }) => code !== 200) ?? made.at(-1))?.index ?? Math.max(0, steps.length - 1);
}

function ran(state: State, run: Run, revision: number, exchange: Exchange): State {
  // Of an older scenario; the newer one is on its way.
  if (revision !== state.revision) return state;
  // What was seen last stays in sight while a scenario cannot be read.
  if (run.kind === "refused" && state.run.kind === "played") return { ...state, run, playing: false, verdict: null };
  const steps = run.kind === "played" ? run.play.steps : [];
  const step = state.step === OPENING && run.kind === "played" ? openingStep(run.play) : within(steps, state.step);
  return { ...state, run, exchange, step, verdict: null };
}

function play(state: State, playing: boolean): State {
  const { length } = stepsOf(state);
  if (!playing || length === 0) return { ...state, playing: false };
  // At the end it begins again.
  return { ...state, playing: true, step: state.step >= length - 1 ? 0 : state.step, verdict: null };
}

function within(steps: readonly Step[], step: number): number {
  return Math.max(0, Math.min(step, steps.length - 1));
}

export function stepsOf(state: State): readonly Step[] {
  return state.run.kind === "played" ? state.run.play.steps : [];
}

export function stepOf(state: State): Step | null {
  return stepsOf(state)[state.step] ?? null;
}

/** The message that the selected step is or belongs to: the note of a cache belongs to what it sends next. */
export function messageAt(steps: readonly Step[], at: number): number {
  const next = steps.findIndex((step, index) => index >= at && step.kind === "message");
  if (next !== -1) return next;
  return steps.findLastIndex((step) => step.kind === "message");
}
