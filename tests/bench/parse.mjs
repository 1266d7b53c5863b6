// Response heads into spans in Node: our parser as wasm beside undici's llhttp wasm, in interleaved rounds.
//   node tests/bench/parse.mjs CORPUS PARSE_MODULE.cjs
// Both get the bytes copied into their heap, and the host has every span's begin and end: it reads ours from the heap,
// llhttp calls it for each name and value.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

const require = createRequire(import.meta.url);
const [corpusFile, moduleFile] = process.argv.slice(2);
if (!moduleFile) {
  console.error("usage: parse.mjs CORPUS PARSE_MODULE.cjs");
  process.exit(2);
}

function readCorpus(file) {
  const bytes = readFileSync(file);
  const heads = [];
  for (let at = 0; at < bytes.length; ) {
    const size = bytes.readUInt32LE(at);
    heads.push(new Uint8Array(bytes.subarray(at + 4, at + 4 + size)));
    at += 4 + size;
  }
  return heads;
}

async function statuslab(heads) {
  const module = await require(resolve(moduleFile))();
  const buffer = module._text_buffer(4096);
  const wordsOfLine = 6;
  let read = 0;
  return () => {
    let sum = 0;
    for (const head of heads) {
      module.HEAPU8.set(head, buffer);
      const result = module._parse_spans(buffer, head.length) >> 2;
      const words = module.HEAPU32;
      const fields = words[result + 2];
      const end = (words[result + 3] >> 2) + fields * wordsOfLine;
      for (let at = words[result + 3] >> 2; at < end; at += wordsOfLine)
        read ^= words[at] ^ words[at + 1] ^ words[at + 2] ^ words[at + 3];
      sum += words[result] + fields;
    }
    return read === -1 ? 0 : sum;
  };
}

function llhttp(heads, file) {
  let status = 0;
  let spans = [];
  const span = (_parser, at, size) => (spans.push(at, at + size), 0);
  const nothing = () => 0;
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(require(file)), {
    env: {
      wasm_on_url: nothing,
      wasm_on_status: nothing,
      wasm_on_message_begin: nothing,
      wasm_on_header_field: span,
      wasm_on_header_value: span,
      wasm_on_headers_complete: (_parser, code) => ((status = code), 2),
      wasm_on_body: nothing,
      wasm_on_message_complete: nothing,
    },
  });
  const buffer = exports.malloc(4096);
  const response = 2;
  return () => {
    let sum = 0;
    for (const head of heads) {
      const parser = exports.llhttp_alloc(response);
      spans = [];
      new Uint8Array(exports.memory.buffer, buffer, 4096).set(head);
      exports.llhttp_execute(parser, buffer, head.length);
      exports.llhttp_free(parser);
      sum += status + spans.length / 4;
    }
    return sum;
  };
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

const heads = readCorpus(corpusFile);
const contenders = [
  { name: "statuslab wasm", run: await statuslab(heads), times: [] },
  { name: "undici llhttp wasm", run: llhttp(heads, "undici/lib/llhttp/llhttp-wasm.js"), times: [] },
  { name: "undici llhttp simd", run: llhttp(heads, "undici/lib/llhttp/llhttp_simd-wasm.js"), times: [] },
];
const sums = contenders.map((contender) => contender.run());
if (new Set(sums).size !== 1) {
  console.error(`the parsers do not agree on statuses and field counts: ${sums}`);
  process.exit(1);
}
for (let round = 0; round < 15; ++round) {
  for (const contender of contenders) {
    const begin = performance.now();
    let runs = 0;
    do {
      contender.run();
      ++runs;
    } while (performance.now() - begin < 60);
    contender.times.push(((performance.now() - begin) * 1e6) / (runs * heads.length));
  }
}
const own = median(contenders[0].times);
console.log(`wasm in Node ${process.version}: ${heads.length} heads`);
for (const { name, times } of contenders) {
  const time = median(times);
  console.log(`  ${name.padEnd(20)} ${time.toFixed(1).padStart(8)} ns a head (median)   statuslab / it = ${(own / time).toFixed(3)}`);
}
