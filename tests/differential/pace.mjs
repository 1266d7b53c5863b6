// Steps in real time: each moment of the scenario begins so many seconds after its start.
import { setImmediate as turn, setTimeout as sleep } from "node:timers/promises";

import { moments } from "./scenario.mjs";

/** `request(step)` gives the text of its outcome. What a cache asks in the background gets 150 ms to arrive. */
export async function paced({ scenario, run, outcomes, start, request }) {
  let begin = start;
  for (const [index, moment] of moments(scenario, true).entries()) {
    await sleep(begin + moment.at * 1000 - Date.now());
    // Where this process had to wait for its turn, what arrived meanwhile belongs to the moment before.
    for (let turns = 0; turns < 8; ++turns) await turn();
    run.moment = index;
    await Promise.all(moment.steps.map(async (step) => outcomes.set(step.index, await request(step))));
    // On a busy machine: rather all of it late than what is to grow stale not old enough.
    begin = Math.max(begin, Date.now() - moment.at * 1000);
  }
  await sleep(150);
}
