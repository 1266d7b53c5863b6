// Scenarios, played by the simulator and by real software, and compared: what reached the origin, and what the client got.
//
//   node --test tests/differential/
//
// The origin is ours and plays what the simulated one answered; client or cache is real. `scenarios/` holds a folder for each
// kind of party, `presets.tsv` says which presets of the site are played too and by whom. Where a party does otherwise than the
// simulator, `deviations.tsv` has to say so with what was seen and why; one that is listed and does not happen is a mistake too.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { Run, startOrigin } from "./origin.mjs";
import { nginx, varnish } from "./parties/caches.mjs";
import { curl } from "./parties/curl.mjs";
import { fetching } from "./parties/fetch.mjs";
import { authorities, move, script, seen, simulated } from "./scenario.mjs";

const { load } = await import("../../wasm/dist/index.js");
const engine = await load({ parts: ["simulate"] });
const here = (path) => new URL(path, import.meta.url);
const json = (url) => JSON.parse(readFileSync(url, "utf8"));
const table = (name) => readFileSync(here(name), "utf8").trim().split("\n").slice(1).map((line) => line.split("\t"));

const PARTIES = { clients: [curl, fetching], caches: [nginx, varnish] };

/** `{name, scenario, parties}` */
function* scenarios() {
  for (const [folder, parties] of Object.entries(PARTIES)) {
    for (const file of readdirSync(here(`scenarios/${folder}/`)).filter((file) => file.endsWith(".json")).sort()) {
      yield { name: `${folder}/${file.slice(0, -5)}`, scenario: json(here(`scenarios/${folder}/${file}`)), parties };
    }
  }
  const all = Object.values(PARTIES).flat();
  for (const [preset, names] of table("presets.tsv")) {
    const { scenario } = json(here(`../../web/src/content/scenarios/${preset}.json`));
    yield { name: `preset/${preset}`, scenario, parties: names.split(" ").map((name) => all.find((party) => party.name === name)) };
  }
}

const deviations = new Map(table("deviations.tsv").map(([scenario, party, expected, observed, reason]) => [`${scenario} ${party}`, { expected, observed, reason }]));

/** The first moment whose accounts differ, or undefined. Lines become one, for the table. */
function difference(expected, observed) {
  const index = expected.findIndex((text, i) => text !== observed[i]);
  const flat = (text) => text.replaceAll("\n", " ; ");
  return index < 0 ? undefined : { expected: flat(expected[index]), observed: flat(observed[index]) };
}

let runs = 0;

async function play({ scenario, party, origin, server }) {
  const tag = (runs++).toString(36).padStart(2, "0");
  // On the second, so that clocks that count seconds agree on what has passed.
  const start = Math.ceil((Date.now() + 50) / 1000) * 1000;
  const moved = party.prepare(move(scenario, start, tag));
  const { trace, mistakes } = engine.simulate(moved);
  assert.deepEqual(mistakes, undefined);
  const options = { start, tag, ...party.options };
  const run = new Run(script(moved, trace));
  origin.add(run, authorities(moved));
  const outcomes = new Map();
  await sleep(start + 20 - Date.now());
  await party.play({ scenario: moved, run, outcomes, start: start + 20, port: origin.port, server });
  const expected = simulated(moved, trace, { ...options, outcomeOf: party.simulatedOutcome });
  return { expected, observed: seen(moved, run, outcomes, options) };
}

const origin = await startOrigin();
after(() => origin.close());

for (const party of Object.values(PARTIES).flat()) {
  let version;
  try {
    version = party.version();
  } catch {
    version = undefined;
  }
  describe(version ?? party.name, { concurrency: 8, skip: version === undefined && `${party.name} is not installed` }, () => {
    const counts = { agree: 0, deviate: 0 };
    let server;
    before(async () => (server = await party.start?.(origin.port)));
    after(async () => {
      await server?.stop();
      console.log(`${party.name}: ${counts.agree} scenarios agree, ${counts.deviate} deviate as listed`);
    });
    for (const { name, scenario, parties } of scenarios()) {
      if (!parties.includes(party)) continue;
      test(name, async (t) => {
        const found = difference(...Object.values(await play({ scenario, party, origin, server })));
        const listed = deviations.get(`${name} ${party.name}`);
        if (!listed) {
          assert.deepEqual(found?.observed.split(" ; "), found?.expected.split(" ; "));
          counts.agree += 1;
          return;
        }
        assert.ok(found, `listed in deviations.tsv, and does not deviate`);
        assert.deepEqual(found, { expected: listed.expected, observed: listed.observed });
        counts.deviate += 1;
        t.diagnostic(`deviates: ${listed.reason}`);
      });
    }
  });
}
