// The same messages through this engine and through the linters of others, in turns, in one run. Processor time counts, so
// that other work on the machine does not.
//   node linters.mjs CORPUS BENCH_LINT PYTHON
// Fails below what issue 3 asks for: native 50 times httplint, WebAssembly in Node 25 times.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

import { load } from "../../wasm/dist/index.js";
import { readCorpus } from "./corpus.mjs";

const [corpus, native, python] = process.argv.slice(2);
const messages = readCorpus(corpus);
const engine = await load();
const rounds = 3;

function wasm() {
  const begin = process.cpuUsage();
  let done = 0;
  let used = 0;
  while (used < 1e6) {
    for (const response of messages) engine.lint({ response, scheme: "https" });
    done += messages.length;
    const { user, system } = process.cpuUsage(begin);
    used = user + system;
  }
  return (done * 1e6) / used;
}

wasm();
const rates = { native: [], wasm: [], httplint: [], HTTPolice: [] };
for (let round = 0; round < rounds; ++round) {
  rates.native.push(Number(execFileSync(native, ["--rate", corpus], { encoding: "utf8" })));
  rates.wasm.push(wasm());
  const script = fileURLToPath(new URL("linters.py", import.meta.url));
  const others = JSON.parse(execFileSync(python, ["-W", "ignore", script, corpus, "3"], { encoding: "utf8" }));
  for (const [name, rate] of Object.entries(others)) rates[name].push(rate);
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const httplint = median(rates.httplint);
console.log(`${messages.length} responses with content, median of ${rounds} rounds, per second of processor time`);
for (const [name, values] of Object.entries(rates)) {
  console.log(`  ${name.padEnd(10)} ${median(values).toFixed(0).padStart(8)} messages/s  ${(median(values) / httplint).toFixed(1).padStart(8)} x httplint`);
}
const low = [["native", 50], ["wasm", 25]].filter(([name, least]) => median(rates[name]) < least * httplint);
for (const [name, least] of low) console.error(`${name} is below ${least} x httplint`);
process.exitCode = low.length > 0 ? 1 : 0;
