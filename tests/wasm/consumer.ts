// What a user of the package writes. It only has to compile.
import { applyEdits, connect, describe, load, type Catalog, type Engine, type Finding, type Message } from "../../wasm/dist/index.js";

declare const catalog: Catalog;

export async function repaired(response: Uint8Array): Promise<Uint8Array> {
  const engine: Engine = await load();
  const { findings } = engine.lint({ response, request: null, scheme: "https" });
  const safe = findings.flatMap(({ fixes }) => fixes.filter(({ safe }) => safe).slice(0, 1));
  return safe[0] ? applyEdits(response, safe[0].edits) : response;
}

export const titles = (findings: Finding[]): string[] => findings.map((finding) => describe(finding, catalog).message);

export function name(message: Message): string {
  return message.kind === "request" ? `${message.method} ${message.target}` : `${message.status} ${message.reason}`;
}

export async function inBrowser(): Promise<string> {
  const remote = await connect(new Worker(new URL("worker.js", "https://example.org/"), { type: "module" }));
  const facts = await remote.status(204);
  remote.close();
  return facts.rows.map(({ phrase }) => phrase).join();
}

export function urgency(engine: Engine, line: string): number | undefined {
  const result = engine.structuredField({ type: "dictionary", lines: [line] });
  return result.ok ? undefined : result.error.begin;
}

export const sources = [
  () => load({ wasm: new Uint8Array() }),
  () => load({ wasm: fetch("/engine.wasm") }),
  () => load({ wasm: new URL("https://example.org/engine.wasm") }),
  (module: WebAssembly.Module) => load({ wasm: module }),
];
