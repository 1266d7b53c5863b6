/*
 * #example=<id>: an example as it is; #scenario=<id>: a scenario as it is. Apart from the codec, which only texts of one's own need.
 */
const PREFIX = "example=";
const SCENARIO = "scenario=";

export function exampleFragment(id: string): string {
  return PREFIX + id;
}

export function exampleIn(fragment: string): string | null {
  return fragment.startsWith(PREFIX) ? fragment.slice(PREFIX.length) : null;
}

export function scenarioFragment(id: string): string {
  return SCENARIO + id;
}

export function scenarioIn(fragment: string): string | null {
  return fragment.startsWith(SCENARIO) ? fragment.slice(SCENARIO.length) : null;
}
