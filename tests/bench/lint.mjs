// Whole responses through the npm package in Node: bytes in, typed result out.
//   node tests/bench/lint.mjs CORPUS
import { load } from "../../wasm/dist/index.js";
import { readCorpus } from "./corpus.mjs";

const [corpusFile] = process.argv.slice(2);
if (!corpusFile) {
  console.error("usage: lint.mjs CORPUS");
  process.exit(2);
}
const heads = readCorpus(corpusFile);
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
console.log(`wasm in Node ${process.version}: ${heads.length} messages, ${findings > 0 ? "with" : "no"} findings`);
console.log(`  load().lint    ${median.toFixed(2).padStart(8)} us a message (median), ${Math.round(1e6 / median)} messages/s`);
