/*
 * The simulator while the site is built: the first scenario arrives played, without any script.
 */
import { load, type Engine } from "statuslab";
import wasm from "statuslab/simulator.wasm?url&inline";
import type { Play } from "./play";
import { play } from "./simulate";

let engine: Promise<Engine> | null = null;

export async function playAtBuild(scenario: string): Promise<Play> {
  engine ??= load({ parts: { simulate: Buffer.from(wasm.slice(wasm.indexOf(",") + 1), "base64") } });
  const result = play(await engine, scenario);
  if (!result.ok) throw new Error(`a scenario of the site cannot be played: ${JSON.stringify(result.errors)}`);
  return result.play;
}
