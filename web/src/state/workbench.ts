/*
 * The workbench as a value: what is on the desk, what is known about it, what is shown. Pure; everything that
 * happens is an Action, and nothing else changes the State.
 */
import { AS_IT_IS, type Exchange, type Finding, type Level, type Scheme, type Settings, type Side, type Token, type Verdict } from "../engine/model";
import type { Damage } from "./link";
import { settled, whileTyping, type Row } from "./order";

/** Above this a text is not checked on every key. */
export const LARGE_BYTES = 1_000_000;

export type Origin =
  | { readonly kind: "example"; readonly id: string }
  /** Somebody else wrote it; a banner says so until it is edited or accepted. */
  | { readonly kind: "link"; readonly accepted: boolean }
  /** An exchange of an archive: it is not stored, nor written into the address, until somebody edits it. */
  | { readonly kind: "archive"; readonly row: number }
  | { readonly kind: "own" };

/** A file of many exchanges is open: its table is shown, or one of them is on the desk. */
export interface ArchiveState {
  readonly name: string;
  readonly shown: boolean;
}

export type Check =
  /** The engine is not there yet, or this text has not been looked at. */
  | { readonly kind: "waiting" }
  | { readonly kind: "known"; readonly verdict: Verdict; readonly revision: number }
  | { readonly kind: "large" }
  /** The engine stopped twice on this text. */
  | { readonly kind: "failed" }
  | { readonly kind: "unavailable"; readonly reason: string };

export type Pane = "message" | "findings";

export type Notice =
  | { readonly kind: "plain"; readonly word: "copied.link" | "copied.markdown" | "link.large" | "restarted" | "restored" | "storage.full" | "storage.blocked" }
  | { readonly kind: "fixed"; readonly count: number }
  | { readonly kind: "said"; readonly text: string }
  | { readonly kind: "paste" }
  | { readonly kind: "copy-by-hand"; readonly text: string }
  | { readonly kind: "broken-link"; readonly damage: Damage; readonly saved: Exchange | null }
  | { readonly kind: "no-example"; readonly id: string };

export interface State {
  readonly exchange: Exchange;
  readonly origin: Origin;
  /** Counts the texts that were on the desk. */
  readonly revision: number;
  readonly engine: "starting" | "ready";
  readonly check: Check;
  readonly rows: readonly Row[];
  readonly typing: boolean;
  /** Key of the selected finding. */
  readonly selected: string | null;
  readonly endingsShown: boolean;
  readonly pane: Pane;
  readonly notice: Notice | null;
  readonly archive: ArchiveState | null;
  readonly settings: Settings;
}

export type Action =
  | { readonly kind: "edited"; readonly side: Side; readonly text: string }
  | { readonly kind: "scheme"; readonly scheme: Scheme }
  | { readonly kind: "opened"; readonly exchange: Exchange; readonly origin: Origin; readonly selected?: number | null; readonly notice?: Notice; readonly settings?: Settings }
  | { readonly kind: "paused" }
  | { readonly kind: "engine-ready" }
  | { readonly kind: "judged"; readonly verdict: Verdict; readonly revision: number; readonly select?: number | null }
  | { readonly kind: "too-large" }
  | { readonly kind: "check-failed" }
  | { readonly kind: "engine-unavailable"; readonly reason: string }
  | { readonly kind: "selected"; readonly key: string | null }
  | { readonly kind: "link-accepted" }
  | { readonly kind: "endings"; readonly shown: boolean }
  | { readonly kind: "pane"; readonly pane: Pane }
  | { readonly kind: "settings"; readonly settings: Settings }
  | { readonly kind: "archive"; readonly archive: ArchiveState | null }
  | { readonly kind: "notice"; readonly notice: Notice }
  | { readonly kind: "notice-dismissed" };

export function initial(exchange: Exchange, exampleId: string | null, verdict: Verdict | null): State {
  return {
    exchange,
    origin: exampleId === null ? { kind: "own" } : { kind: "example", id: exampleId },
    revision: 0,
    engine: "starting",
    check: verdict === null ? { kind: "waiting" } : { kind: "known", verdict, revision: 0 },
    rows: verdict === null ? [] : settled(verdict.findings),
    typing: false,
    selected: verdict?.findings[0]?.key ?? null,
    endingsShown: false,
    pane: "message",
    notice: null,
    archive: null,
    settings: AS_IT_IS,
  };
}

export function reduce(state: State, action: Action): State {
  switch (action.kind) {
    case "edited": {
      if (state.exchange[action.side] === action.text) return state;
      return {
        ...changed(state, { ...state.exchange, [action.side]: action.text }),
        origin: { kind: "own" },
        typing: true,
      };
    }
    case "scheme":
      if (state.exchange.scheme === action.scheme) return state;
      return { ...changed(state, { ...state.exchange, scheme: action.scheme }), origin: { kind: "own" } };
    case "opened":
      return {
        ...changed(state, action.exchange),
        origin: action.origin,
        settings: action.settings ?? state.settings,
        archive: state.archive === null ? null : { ...state.archive, shown: false },
        rows: [],
        typing: false,
        selected: null,
        check: { kind: "waiting" },
        notice: action.notice ?? null,
      };
    case "paused":
      return { ...state, typing: false, rows: settled(findingsOf(state)) };
    case "engine-ready":
      return { ...state, engine: "ready" };
    case "judged":
      return judged(state, action.verdict, action.revision, action.select ?? null);
    case "too-large":
      return { ...state, check: { kind: "large" }, rows: [], selected: null };
    case "check-failed":
      return { ...state, check: { kind: "failed" }, rows: [], selected: null };
    case "engine-unavailable":
      return { ...state, engine: "starting", check: { kind: "unavailable", reason: action.reason }, rows: [] };
    case "selected":
      return state.selected === action.key ? state : { ...state, selected: action.key };
    case "link-accepted":
      return state.origin.kind === "link" ? { ...state, origin: { kind: "link", accepted: true } } : state;
    case "endings":
      return { ...state, endingsShown: action.shown };
    case "pane":
      return { ...state, pane: action.pane };
    case "settings":
      // The text stays; its verdict is another.
      return { ...changed(state, state.exchange), settings: action.settings };
    case "archive":
      return { ...state, archive: action.archive };
    case "notice":
      return { ...state, notice: action.notice };
    case "notice-dismissed":
      return { ...state, notice: null };
  }
}

/** A new text. What was known stays on the screen for the moment that the engine needs, unless there is no engine. */
function changed(state: State, exchange: Exchange): State {
  const stays = state.check.kind === "known" && state.engine === "ready";
  return {
    ...state,
    exchange,
    revision: state.revision + 1,
    check: stays || state.check.kind === "unavailable" ? state.check : { kind: "waiting" },
    rows: stays ? state.rows : [],
    notice: state.notice?.kind === "paste" ? state.notice : null,
  };
}

function judged(state: State, verdict: Verdict, revision: number, select: number | null): State {
  // An answer about an older text is not the truth about this one; the newer answer is on its way.
  if (revision !== state.revision) return state;
  const rows = state.typing ? whileTyping(state.rows, verdict.findings) : settled(verdict.findings);
  const still = verdict.findings.some((finding) => finding.key === state.selected);
  const chosen = select === null ? null : (verdict.findings[select]?.key ?? null);
  return { ...state, check: { kind: "known", verdict, revision }, rows, selected: chosen ?? (still ? state.selected : null) };
}

export function findingsOf(state: State): readonly Finding[] {
  return state.check.kind === "known" ? state.check.verdict.findings : [];
}

export function verdictOf(state: State): Verdict | null {
  return state.check.kind === "known" ? state.check.verdict : null;
}

/** What is found and coloured in the text of one side. */
export function shownOn(state: State, side: Side): { readonly findings: readonly Finding[]; readonly tokens: readonly Token[] } {
  const verdict = verdictOf(state);
  if (verdict === null) return { findings: [], tokens: [] };
  return { findings: verdict.findings.filter((finding) => finding.on === side), tokens: verdict.tokens[side] };
}

/** The finding after (or before) the selected one, in the order of the list; around at the end. */
export function neighbour(state: State, step: 1 | -1): Finding | null {
  const findings = state.rows.filter((row) => !row.gone).map((row) => row.finding);
  const at = findings.findIndex((finding) => finding.key === state.selected);
  const next = at === -1 ? (step === 1 ? 0 : findings.length - 1) : (at + step + findings.length) % findings.length;
  return findings[next] ?? null;
}

/** The settings with one rule at another level; null: at its own. */
export function withLevel(settings: Settings, rule: string, level: Level | null): Settings {
  const { [rule]: _before, ...levels } = settings.levels;
  return { ...settings, levels: level === null ? levels : { ...levels, [rule]: level } };
}

export function isAsItIs({ levels, explain }: Settings): boolean {
  return !explain && Object.keys(levels).length === 0;
}

export function isEmpty(exchange: Exchange): boolean {
  return exchange.request === "" && exchange.response === "";
}

export function sameExchange(a: Exchange, b: Exchange): boolean {
  return a.request === b.request && a.response === b.response && a.scheme === b.scheme && a.content === b.content && a.now === b.now && a.scenario === b.scenario;
}
