// fetch() of the Node that runs the tests: a process for each client, so that its connections are its own.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

import { clientOutcome, simulatedClientOutcome } from "../scenario.mjs";
import { paced } from "../pace.mjs";

const program = fileURLToPath(new URL("fetching.mjs", import.meta.url));

export const fetching = {
  name: "fetch",
  concurrency: 4,
  // Its pool takes another connection while a response is not read to its end: when that is, is left to chance.
  options: { paced: true },
  version() {
    const { undici } = process.versions;
    if (!undici.startsWith("7.")) throw new Error(`undici ${undici} has another profile`);
    return `fetch of Node ${process.version} (undici ${undici})`;
  },
  prepare: (scenario) => ({ ...scenario, client: { ...scenario.client, profile: "undici7-fetch", mode: "plain" } }),
  simulatedOutcome: ({ url, ...outcome }) => simulatedClientOutcome({ ...outcome, url: url.replace(/#.*/, "") }),
  async play({ scenario, port, ...rest }) {
    const children = new Map();
    const childOf = (client) => {
      if (!children.has(client)) children.set(client, fork(program, [String(port)]));
      return children.get(client);
    };
    const request = (step) =>
      new Promise((resolve) => {
        const child = childOf(step.client);
        child.once("message", (result) => resolve(clientOutcome(result)));
        child.send({ request: step.request, redirect: scenario.client.redirect ?? "follow", expects: scenario.client.expect_continue });
      });
    try {
      await paced({ scenario, request, ...rest });
    } finally {
      for (const child of children.values()) child.kill();
    }
  },
};
