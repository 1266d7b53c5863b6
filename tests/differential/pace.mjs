// Steps in real time: each moment of the scenario begins so many seconds after its start.
import { setTimeout as sleep } from "node:timers/promises";

import { moments } from "./scenario.mjs";

/** `request(step)` gives the text of its outcome. What a cache asks in the background gets 150 ms to arrive. */
export async function paced({ scenario, run, outcomes, start, request }) {
  for (const [index, moment] of moments(scenario, true).entries()) {
    await sleep(Math.max(0, start + moment.at * 1000 - Date.now()));
    run.moment = index;
    await Promise.all(moment.steps.map(async (step) => outcomes.set(step.index, await request(step))));
  }
  await sleep(150);
}
