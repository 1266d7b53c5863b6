import { EngineError } from "./errors.js";
import { callsInto, type Heap } from "./heap.js";
import type { Scenario } from "./scenario-types.js";
import type { SimulateResult } from "./trace-types.js";

/** What simulator.wasm exports. Texts are JSON in UTF-8. */
export interface SimulatorModule extends Heap {
  simulate(scenario: number, size: number): string;
  scenarioSchema(): string;
  version(): string;
}

/** The part's answers as it writes them. */
export interface RawSimulator {
  readonly version: string;
  simulate(scenario: Scenario | string): string;
  scenarioSchema(): string;
}

export function rawSimulator(module: SimulatorModule): RawSimulator {
  const { guarded, withText } = callsInto(module);
  return {
    version: guarded(() => module.version()),
    simulate(scenario) {
      const text = typeof scenario === "string" ? scenario : JSON.stringify(scenario);
      return guarded(() => withText(text, (pointer, size) => module.simulate(pointer, size)));
    },
    scenarioSchema: () => guarded(() => module.scenarioSchema()),
  };
}

export function simulateResult(json: string): SimulateResult {
  const value: unknown = JSON.parse(json);
  if (typeof value === "object" && value !== null) {
    if ("mistakes" in value && Array.isArray(value.mistakes)) return { ok: false, mistakes: value.mistakes };
    if ("events" in value && Array.isArray(value.events)) return { ok: true, trace: value as unknown as Extract<SimulateResult, { ok: true }>["trace"] };
  }
  throw new EngineError("protocol", "the engine's answer to simulate has an unknown shape: simulator.wasm is of another version");
}
