// The cache in Node: ours as wasm beside http-cache-semantics, on the same exchanges, in interleaved rounds.
//   node tests/bench/simulate.mjs PAIRS SIMULATE_MODULE.cjs
// Both are given messages that have been read already, and asked the same two things of each response: may it be stored, may
// it answer a later request. The second figure of ours has a store and makes the answers; the peer makes the fields alone.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import CachePolicy from "http-cache-semantics";

const require = createRequire(import.meta.url);
const [pairsFile, moduleFile] = process.argv.slice(2);
if (!moduleFile) {
  console.error("usage: simulate.mjs PAIRS SIMULATE_MODULE.cjs");
  process.exit(2);
}
const text = readFileSync(pairsFile);
const start = Date.parse("2026-01-05T10:00:00Z");

/** The peer takes fields as an object with names in lower case. */
function readPairs() {
  const message = (lines) => {
    const [first, ...rest] = lines.trim().split("\n");
    return { first, headers: Object.fromEntries(rest.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(": ") + 2)])) };
  };
  const request = ({ first, headers }) => {
    const [method, target] = first.split(" ");
    const { host, pathname, search } = new URL(target);
    return { method, url: pathname + search, headers: { host, ...headers } };
  };
  return text.toString().split("\n==\n").map((exchange) => {
    const [asked, answered, later] = exchange.split("\n--\n").map(message);
    return { request: request(asked), response: { status: Number(answered.first), headers: answered.headers }, later: request(later) };
  });
}
const pairs = readPairs();

class Policy extends CachePolicy {
  now() {
    return Policy.time;
  }
}
const peer = {
  judge(rounds, shared) {
    let yes = 0;
    for (let round = 0; round < rounds; round += 1) {
      for (const { request, response, later } of pairs) {
        Policy.time = start + 50;
        const policy = new Policy(request, response, { shared });
        yes += policy.storable() ? 1 : 0;
        Policy.time = start + 10_000;
        yes += policy.satisfiesWithoutRevalidation(later) ? 1 : 0;
      }
    }
    return yes;
  },
  exchange(rounds, shared) {
    let answered = 0;
    for (let round = 0; round < rounds; round += 1) {
      const store = new Map();
      for (const { request, response, later } of pairs) {
        Policy.time = start + 50;
        const policy = new Policy(request, response, { shared });
        if (policy.storable()) store.set(request.headers.host + request.url, policy);
        Policy.time = start + 10_000;
        const stored = store.get(later.headers.host + later.url);
        answered += stored?.satisfiesWithoutRevalidation(later) && stored.responseHeaders() ? 1 : 0;
      }
    }
    return answered;
  },
};

const module = await require(resolve(moduleFile))();
const buffer = module._text_buffer(text.length);
module.HEAPU8.set(text, buffer);
if (module._read_pairs(buffer, text.length) !== pairs.length) throw new Error("the two have not read the same exchanges");
const ours = { judge: module._judge, exchange: module._exchange };

let met = true;
for (const shared of [false, true]) {
  for (const what of ["judge", "exchange"]) {
    const rounds = 2_000;
    const best = { ours: 0, peer: 0 };
    const yes = {};
    for (let turn = 0; turn < 12; turn += 1) {
      for (const [name, side] of Object.entries({ ours, peer })) {
        const begin = performance.now();
        yes[name] = side[what](rounds, shared) / rounds;
        // The first turns warm the compilers up.
        if (turn > 2) best[name] = Math.max(best[name], (pairs.length * rounds) / (performance.now() - begin) * 1000);
      }
    }
    const ratio = best.ours / best.peer;
    met &&= ratio > 1;
    const title = `${shared ? "shared" : "private"}, ${what === "judge" ? "two questions a response" : "with store and answers"}`;
    console.log(`${title}: wasm ${Math.round(best.ours)}/s (${yes.ours} yes), http-cache-semantics ${Math.round(best.peer)}/s (${yes.peer} yes), ratio ${ratio.toFixed(2)}`);
  }
}
console.log(`budget: more than http-cache-semantics: ${met ? "kept" : "not kept"}`);
process.exitCode = met ? 0 : 1;
