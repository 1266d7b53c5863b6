import { readFileSync } from "node:fs";

/** The file that make_corpus.py wrote. */
export function readCorpus(path) {
  const bytes = readFileSync(path);
  const messages = [];
  for (let at = 0; at < bytes.length; ) {
    const size = bytes.readUInt32LE(at);
    messages.push(new Uint8Array(bytes.subarray(at + 4, at + 4 + size)));
    at += 4 + size;
  }
  return messages;
}
