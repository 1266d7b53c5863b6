/*
 * The scenarios of the gallery. Each is a file in content/scenarios; its name is its id.
 */
import type { Language } from "../engine/catalog";
import type { JsonObject } from "../engine/scenario";

export interface ScenarioFile {
  /** The status that it leads to; null for a story. */
  readonly code: number | null;
  readonly order: number;
  readonly title: Readonly<Record<Language, string>>;
  readonly text: Readonly<Record<Language, string>>;
  readonly scenario: JsonObject;
}

export interface ScenarioPreset extends ScenarioFile {
  readonly id: string;
}

/** Shown to whoever comes without a link. */
export const DEFAULT_SCENARIO = "feed-twice";

const files = import.meta.glob<ScenarioFile>("../content/scenarios/*.json", { eager: true, import: "default" });

export const scenarios: readonly ScenarioPreset[] = Object.entries(files)
  .map(([path, file]) => ({ id: path.slice(path.lastIndexOf("/") + 1, -".json".length), ...file }))
  .sort((a, b) => (a.code ?? 0) - (b.code ?? 0) || a.order - b.order);

export function findScenario(id: string): ScenarioPreset | null {
  return scenarios.find((scenario) => scenario.id === id) ?? null;
}
