// Whole responses through the npm package in Node: bytes in, typed result out.
//   node tests/bench/lint.mjs CORPUS
import { readFileSync } from "node:fs";
import { load } from "../../wasm/dist/index.js";

const [corpusFile] = process.argv.slice(2);
if (!corpusFile) {
  console.error("usage: lint.mjs CORPUS");
  process.exit(2);
}
const bytes = readFileSync(corpusFile);
const heads = [];
for (let at = 0; at < bytes.length; ) {
  const size = bytes.readUInt32LE(at);
  heads.push(new Uint8Array(bytes.subarray(at + 4, at + 4 + size)));
  at += 4 + size;
}
const engine = await load();
const times = [];
let findings = 0;
for (let round = 0; round < 9; ++round) {
  const begin = performance.now();
  let runs = 0;
  do {
    for (const response of heads) findings += engine.lint({ response, scheme: "https" }).findings.length;
    ++runs;
  } while (performance.now() - begin < 200);
  times.push(((performance.now() - begin) * 1000) / (runs * heads.length));
}
times.sort((a, b) => a - b);
const median = times[times.length >> 1];
console.log(`wasm in Node ${process.version}: ${heads.length} heads, ${findings > 0 ? "with" : "no"} findings`);
console.log(`  load().lint    ${median.toFixed(2).padStart(8)} us a head (median), ${Math.round(1e6 / median)} heads/s`);
