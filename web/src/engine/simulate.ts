/*
 * Scenarios through the engine. Runs in the worker, and in Node when the page is built.
 */
import type * as Wire from "statuslab";
import type { Play, Played } from "./play";
import type { ClientRow, WhatIf } from "./protocol";
import { messagesOf } from "./play";
import { putIn, readScenario, WHERE, writeScenario } from "./scenario";
import { played } from "./trace";
import { candidates, resultOf, settings } from "./what-if";

export type Simulator = Pick<Wire.Engine, "simulate">;

export function play(engine: Simulator, scenario: string): Played {
  return played(engine.simulate(scenario));
}

/** Edits that lead to another outcome, one for each; those that were thought of first before others. */
export function whatIf(engine: Simulator, text: string): WhatIf[] {
  const scenario = readScenario(text);
  const now = play(engine, text);
  if (scenario === null || !now.ok) return [];
  const seen = new Set([key(resultOf(now.play))]);
  return [...candidates(scenario), ...settings(scenario, now.play)].flatMap(({ word, values, scenario: changed }): WhatIf[] => {
    const tried = play(engine, JSON.stringify(changed));
    if (!tried.ok) return [];
    const result = resultOf(tried.play);
    if (seen.has(key(result))) return [];
    seen.add(key(result));
    return [{ word, values, ...result, scenario: writeScenario(changed) }];
  });
}

const key = ({ code, error }: { code: number; error: string }): string => `${code} ${error}`;

/** Of the client, each name once: there, if it was there whenever it was looked at. */
function inputsOf({ steps }: Pick<Play, "steps">): ClientRow["inputs"] {
  const seen = new Map<string, boolean>();
  for (const step of steps)
    if ((step.kind === "note" ? step.party : step.from) === "client")
      for (const { inputs } of step.decisions) for (const { name, present } of inputs) seen.set(name, present && (seen.get(name) ?? true));
  return [...seen].map(([name, present]) => ({ name, present }));
}

/** The same scenario for every profile. */
export function clientRows(engine: Simulator, text: string, profiles: readonly { readonly id: string; readonly name: string }[]): ClientRow[] {
  const scenario = readScenario(text);
  if (scenario === null) return [];
  return profiles.flatMap(({ id, name }): ClientRow[] => {
    const changed = putIn(scenario, WHERE.profile, id);
    const tried = play(engine, JSON.stringify(changed));
    if (!tried.ok) return [];
    const { outcomes, lasts } = tried.play;
    return [{
      id, name, lasts, outcomes: outcomes.map(({ code, error }) => ({ code, error })),
      requests: messagesOf(tried.play).filter(({ from, side }) => from === "client" && side === "request").length,
      inputs: inputsOf(tried.play), scenario: writeScenario(changed),
    }];
  });
}
