/**
 * The package is several WebAssembly modules, so that a page loads what it uses: `validate` judges and parses messages and
 * knows status codes, `simulate` plays exchanges, `snippet` writes server code.
 */
import createEngine from "./engine.mjs";
import { rawEngine, type RawEngine } from "./engine.js";
import type { Factory } from "./factory.js";
import { rawSimulator, type RawSimulator } from "./simulator.js";
import { rawSnippets, type RawSnippets } from "./snippets.js";

export type Part = "validate" | "simulate" | "snippet";

/** The parts as they answer: JSON text. Those that were not loaded are absent. */
export interface RawParts {
  validate?: RawEngine;
  simulate?: RawSimulator;
  snippet?: RawSnippets;
}

export interface PartModule<Module, Raw> {
  file: string;
  /** Written out for each, since bundlers look for just this form. */
  beside: () => URL;
  factory: () => Promise<Factory<Module>> | Factory<Module>;
  /** A call that no other part has: the files import the same, so that one in the place of another would start. */
  call: keyof Module;
  raw: (module: Module) => Raw;
}

/** Of each part the file, where it is, and what makes an engine of it. One is at hand, others are asked for when they are wanted. */
export const modules = {
  validate: {
    file: "engine.wasm",
    beside: () => new URL("./engine.wasm", import.meta.url),
    factory: () => createEngine,
    call: "lint",
    raw: rawEngine,
  },
  simulate: {
    file: "simulator.wasm",
    beside: () => new URL("./simulator.wasm", import.meta.url),
    factory: async () => (await import("./simulator.mjs")).default,
    call: "simulate",
    raw: rawSimulator,
  },
  snippet: {
    file: "snippets.wasm",
    beside: () => new URL("./snippets.wasm", import.meta.url),
    factory: async () => (await import("./snippets.mjs")).default,
    call: "snippet",
    raw: rawSnippets,
  },
} as const;

export const allParts = Object.keys(modules) as Part[];
