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
import { isDeepStrictEqual } from "node:util";

import { Run, startOrigin } from "./origin.mjs";
import { nginx, varnish } from "./parties/caches.mjs";
import { chromium, strangers } from "./parties/chromium.mjs";
import { curl } from "./parties/curl.mjs";
import { fetching } from "./parties/fetch.mjs";
import { authorities, move, script, seen, simulated } from "./scenario.mjs";

const { load } = await import("../../wasm/dist/index.js");
const engine = await load({ parts: ["simulate"] });
const here = (path) => new URL(path, import.meta.url);
const json = (url) => JSON.parse(readFileSync(url, "utf8"));
const table = (name) => readFileSync(here(name), "utf8").trim().split("\n").slice(1).map((line) => line.split("\t"));

const PARTIES = { clients: [curl, fetching], curl: [curl], browser: [chromium], caches: [nginx, varnish], nginx: [nginx] };
const ALL = [curl, fetching, chromium, nginx, varnish];

/** `{name, scenario, parties}` */
function* scenarios() {
  for (const [folder, parties] of Object.entries(PARTIES)) {
    for (const file of readdirSync(here(`scenarios/${folder}/`)).filter((file) => file.endsWith(".json")).sort()) {
      yield { name: `${folder}/${file.slice(0, -5)}`, scenario: json(here(`scenarios/${folder}/${file}`)), parties };
    }
  }
  for (const [preset, names] of table("presets.tsv")) {
    const { scenario } = json(here(`../../web/src/content/scenarios/${preset}.json`));
    yield { name: `preset/${preset}`, scenario, parties: names.split(" ").map((name) => ALL.find((party) => party.name === name)) };
  }
}

const COLUMNS = ["scenario", "party", "expected", "observed", "reason"];
const rows = table("deviations.tsv").map((cells) => Object.fromEntries(COLUMNS.map((column, i) => [column, cells[i] ?? ""])));

// A row about the scenario `*` is about all of them: where the simulator says the one, this party says the other.
const always = (party, text) =>
  rows.filter((row) => row.scenario === "*" && row.party === party).reduce((changed, row) => changed.replaceAll(row.expected, row.observed), text);

/** The moments whose accounts differ, each on one line as in the table. */
function differences(expected, observed) {
  const flat = (text) => text.replaceAll("\n", " ; ");
  return expected.map((text, i) => ({ expected: flat(text), observed: flat(observed[i]) })).filter((found) => found.expected !== found.observed);
}

const differencesOf = async ({ party, ...rest }) => {
  const { expected, observed } = await play({ party, ...rest });
  return differences(expected.map((text) => always(party.name, text)), observed);
};

let runs = 0;

async function play({ scenario, party, origin, server }) {
  const tag = (runs++).toString(36).padStart(2, "0");
  // What keeps responses counts their age in seconds: it begins with one.
  const start = (party.keeps ? Math.ceil(Date.now() / 1000 + 0.05) : Math.floor(Date.now() / 1000)) * 1000;
  const moved = party.prepare(move(scenario, start, tag));
  const { trace, mistakes } = engine.simulate(moved);
  assert.deepEqual(mistakes, undefined);
  const options = { start, tag, ...party.options };
  const run = new Run(script(moved, trace));
  origin.add(run, authorities(moved));
  const outcomes = new Map();
  await sleep(start + 20 - Date.now());
  await party.play({ scenario: moved, run, outcomes, start: Date.now(), port: origin.port, server });
  const expected = simulated(moved, trace, { ...options, outcomeOf: (outcome) => party.simulatedOutcome(outcome, trace, moved) });
  return { expected, observed: seen(moved, run, outcomes, options) };
}

const origin = await startOrigin(strangers);
after(() => origin.close());

const played = [...scenarios()];
console.log(`${played.length} scenarios`);

test("every row of the tables is about what is played, and every deviation has its reason", () => {
  for (const { name, parties } of played) assert.ok(!parties.includes(undefined), `${name}: unknown party`);
  for (const { scenario, party, reason } of rows) {
    assert.ok(scenario === "*" || played.some(({ name, parties }) => name === scenario && parties.some((each) => each.name === party)), `${scenario} ${party}`);
    assert.notEqual(reason, "", `${scenario} ${party}`);
  }
});

describe("differential", { concurrency: true }, () => {
  for (const party of ALL) {
    let version;
    try {
      version = party.version();
    } catch {
      version = undefined;
    }
    describe(version ?? party.name, { concurrency: party.concurrency, skip: version === undefined && `${party.name} is not there` }, () => {
      const counts = { agree: 0, deviate: 0, again: 0 };
      let server;
      before(async () => (server = await party.start?.(origin.port)));
      after(async () => {
        await server?.stop();
        console.log(`${party.name}: ${counts.agree} scenarios agree, ${counts.deviate} deviate as listed, ${counts.again} were played twice`);
      });
      for (const { name, scenario, parties } of played) {
        if (!parties.includes(party)) continue;
        test(name, async (t) => {
          const listed = rows.filter((row) => row.scenario === name && row.party === party.name);
          const asListed = (found) => isDeepStrictEqual(found, listed.map(({ expected, observed }) => ({ expected, observed })));
          let found = await differencesOf({ scenario, party, origin, server });
          // Real software lives by real seconds, which pass on a busy machine while it waits for its turn: once more, then it counts.
          if (!asListed(found)) {
            counts.again += 1;
            found = await differencesOf({ scenario, party, origin, server });
          }
          const shown = found.map((each) => [name, party.name, each.expected, each.observed, ""].join("\t")).join("\n");
          assert.ok(asListed(found), `deviations.tsv would say:\n${shown}\n`);
          counts[found.length === 0 ? "agree" : "deviate"] += 1;
          for (const { reason } of listed) t.diagnostic(`deviates: ${reason}`);
        });
      }
    });
  }
});
