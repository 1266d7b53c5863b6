import { EngineError } from "./errors.js";
import { callsInto, type Heap } from "./heap.js";
import type { Scenario } from "./scenario-types.js";
import type { SimulateResult } from "./trace-types.js";

/** What simulator.wasm exports. Texts are JSON in UTF-8. */
export interface SimulatorModule extends Heap {
  /** A pointer to be released: the number of the bytes that follow, in 32 bits, then the text. 0: no memory left. */
  simulate(scenario: number, size: number): number;
  scenarioSchema(): string;
  version(): string;
  clientProfiles(): string;
  clientContract(question: number, size: number): string;
  /** Kind: 0 cache, 1 origin, 2 client. `{"handle":1}`, or mistakes. */
  open(kind: number, settings: number, size: number): string;
  call(handle: number, json: number, size: number): string;
  close(handle: number): void;
}

const kinds = { cache: 0, origin: 1, client: 2 } as const;

/** The part's answers as it writes them. */
export interface RawSimulator {
  readonly version: string;
  simulate(scenario: Scenario | string): string;
  scenarioSchema(): string;
  clientProfiles(): string;
  clientContract(question: string): string;
  open(kind: keyof typeof kinds, settings: string): string;
  call(handle: number, json: string): string;
  close(handle: number): void;
}

export function rawSimulator(module: SimulatorModule): RawSimulator {
  const { guarded, withText, takenText } = callsInto(module);
  return {
    version: guarded(() => module.version()),
    simulate(scenario) {
      const text = typeof scenario === "string" ? scenario : JSON.stringify(scenario);
      return guarded(() => takenText(withText(text, (pointer, size) => module.simulate(pointer, size))));
    },
    scenarioSchema: () => guarded(() => module.scenarioSchema()),
    clientProfiles: () => guarded(() => module.clientProfiles()),
    clientContract: (question) => guarded(() => withText(question, (pointer, size) => module.clientContract(pointer, size))),
    open: (kind, settings) => guarded(() => withText(settings, (pointer, size) => module.open(kinds[kind], pointer, size))),
    call: (handle, json) => guarded(() => withText(json, (pointer, size) => module.call(handle, pointer, size))),
    close: (handle) => guarded(() => module.close(handle)),
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
