import { typedEngine, type RawEngine } from "./engine.js";
import { EngineError } from "./errors.js";
import type { Factory } from "./factory.js";
import { allParts, modules, type Part, type PartModule, type RawParts } from "./parts.js";
import type { Engine } from "./types.js";

/** A path counts only in Node; anywhere else a string is a URL. */
export type WasmSource = BufferSource | WebAssembly.Module | Response | PromiseLike<Response> | URL | string;

export interface LoadOptions {
  /** Where engine.wasm comes from. Left out: the file beside this module, through `fs` in Node, else through `fetch`. */
  wasm?: WasmSource;
  /**
   * What the engine is wanted for; calls for anything else throw `not-loaded`. By name, or with the source of each file. Left
   * out: all in Node, where the files are at hand; `validate` elsewhere, where each is a download, and wherever `wasm` is given.
   */
  parts?: readonly Part[] | Partial<Record<Part, WasmSource>>;
}

/**
 * A new engine with a memory of its own.
 * @throws {EngineError} when a module cannot be had or is refused; never leaves its promise pending.
 */
export async function load(options: LoadOptions = {}): Promise<Engine> {
  return typedEngine(await loadParts(options));
}

/** The part `validate` alone; its answers are left as JSON text. */
export async function loadRaw({ wasm }: Pick<LoadOptions, "wasm"> = {}): Promise<RawEngine> {
  return loadPart(modules.validate, wasm);
}

/** As `load`; answers are left as JSON text. */
export async function loadParts(options: LoadOptions = {}): Promise<RawParts> {
  const loaded: RawParts = {};
  await Promise.all(
    partsOf(options).map(async ([part, source]) => {
      // Each name goes with its own module; the compiler cannot follow that through a loop.
      if (part === "validate") loaded.validate = await loadPart(modules.validate, source);
      else if (part === "simulate") loaded.simulate = await loadPart(modules.simulate, source);
      else loaded.snippet = await loadPart(modules.snippet, source);
    }),
  );
  return loaded;
}

function partsOf({ wasm, parts }: LoadOptions): [Part, WasmSource | undefined][] {
  const named = parts ?? (inNode() && wasm === undefined ? allParts : (["validate"] as const));
  const list: [Part, WasmSource | undefined][] = Array.isArray(named)
    ? named.map((part: Part) => [part, part === "validate" ? wasm : undefined])
    : (Object.entries(named) as [Part, WasmSource][]);
  for (const [part] of list) {
    if (!Object.hasOwn(modules, part)) throw new TypeError(`load({ parts }) has ${allParts.join(", ")}, not ${JSON.stringify(part)}`);
  }
  return list;
}

async function loadPart<Module, Raw>(part: PartModule<Module, Raw>, source: WasmSource | undefined): Promise<Raw> {
  const [factory, module] = await Promise.all([factoryOf(part), compileAs(part.file, source ?? besideThisModule(part))]);
  const loaded = await instantiate(part, factory, module);
  if (typeof loaded[part.call] !== "function") throw new EngineError("mismatch", `what was given as ${part.file} is another file of the package`);
  return part.raw(loaded);
}

async function factoryOf<Module, Raw>(part: PartModule<Module, Raw>): Promise<Factory<Module>> {
  try {
    return await part.factory();
  } catch (cause) {
    throw new EngineError("fetch", `the script of ${part.file} could not be loaded: ${reason(cause)}`, cause);
  }
}

/** A module alone, to be handed to `load` several times or to another thread. */
export function compile(source: WasmSource): Promise<WebAssembly.Module> {
  return compileAs("engine.wasm", source);
}

async function compileAs(file: string, source: WasmSource): Promise<WebAssembly.Module> {
  const given = await source;
  if (isModule(given)) return given;
  if (isResponse(given)) return compileResponse(given);
  if (isBytes(given)) return compileBytes(given, "what load() was given");
  if (typeof given === "string" || tag(given) === "URL") return compileLocation(given, file);
  throw new TypeError(`load({ wasm }) takes bytes, a WebAssembly.Module, a Response or where ${file} is`);
}

function besideThisModule<Module, Raw>({ file, beside }: PartModule<Module, Raw>): URL {
  try {
    return beside();
  } catch (cause) {
    const option = file === modules.validate.file ? "load({ wasm })" : "load({ parts })";
    throw new EngineError("fetch", `this host does not tell where the package is; pass ${file} as ${option}`, cause);
  }
}

function inNode(): boolean {
  return typeof process === "object" && process?.versions?.node !== undefined;
}

function tag(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

// By name and not by class: a module or a response may come from another frame or from the host's own implementation.
function isModule(value: unknown): value is WebAssembly.Module {
  return tag(value) === "WebAssembly.Module";
}

function isBytes(value: unknown): value is BufferSource {
  return ArrayBuffer.isView(value) || tag(value) === "ArrayBuffer";
}

function isResponse(value: unknown): value is Response {
  return typeof value === "object" && value !== null && "arrayBuffer" in value && "ok" in value;
}

async function compileLocation(location: URL | string, file: string): Promise<WebAssembly.Module> {
  const url = typeof location === "string" ? absoluteUrl(location) : location;
  if (inNode() && (url === null || url.protocol === "file:")) return compileBytes(await readFile(url ?? location, file), String(location));
  let response: Response;
  try {
    response = await fetch(url ?? location);
  } catch (cause) {
    throw new EngineError("fetch", `${location} could not be fetched: ${reason(cause)}`, cause);
  }
  return compileResponse(response);
}

function absoluteUrl(location: string): URL | null {
  // A scheme of one letter is a Windows drive.
  return /^[A-Za-z][A-Za-z0-9+.-]+:/.test(location) ? new URL(location) : null;
}

async function readFile(location: URL | string, file: string): Promise<BufferSource> {
  // The name in a variable keeps bundlers for browsers from looking for it.
  const module = "node:fs/promises";
  const fs = (await import(/* @vite-ignore */ /* webpackIgnore: true */ module)) as typeof import("node:fs/promises");
  try {
    return await fs.readFile(location);
  } catch (cause) {
    throw new EngineError("fetch", `${file} could not be read: ${reason(cause)}`, cause);
  }
}

async function compileResponse(response: Response): Promise<WebAssembly.Module> {
  const where = response.url || "the response that load() was given";
  if (!response.ok) throw new EngineError("fetch", `${where} was answered with ${response.status} ${response.statusText}`.trimEnd());
  // Streaming insists on the media type; hosts that do not know .wasm send another.
  const isWasm = /^application\/wasm\s*(;|$)/i.test(response.headers?.get("content-type") ?? "");
  if (isWasm && typeof WebAssembly.compileStreaming === "function") {
    return compiled(WebAssembly.compileStreaming(response), where);
  }
  return compileBytes(await response.arrayBuffer(), where);
}

async function compileBytes(source: BufferSource, where: string): Promise<WebAssembly.Module> {
  const bytes = ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
  const isWasm = bytes[0] === 0 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d;
  if (!isWasm) {
    const start = JSON.stringify(new TextDecoder().decode(bytes.subarray(0, 16)));
    throw new EngineError("not-wasm", `${where} is not a WebAssembly module: ${bytes.length} bytes that begin with ${start}`);
  }
  return compiled(WebAssembly.compile(source), where);
}

async function compiled(module: Promise<WebAssembly.Module>, where: string): Promise<WebAssembly.Module> {
  try {
    return await module;
  } catch (cause) {
    const text = reason(cause);
    if (/unsafe-eval|content security policy/i.test(text)) {
      throw new EngineError("refused", `the page's Content-Security-Policy needs 'wasm-unsafe-eval' in script-src (${text})`, cause);
    }
    if (/disallowed by embedder/i.test(text)) {
      throw new EngineError("refused", `this host runs only modules it compiled itself: pass the imported module as load({ wasm }) (${text})`, cause);
    }
    throw new EngineError("not-wasm", `${where} could not be compiled: ${text}`, cause);
  }
}

function instantiate<Module, Raw>({ file }: PartModule<Module, Raw>, create: Factory<Module>, module: WebAssembly.Module): Promise<Module> {
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown): void => {
      const text = reason(cause);
      reject(
        cause instanceof WebAssembly.LinkError
          ? new EngineError("mismatch", `${file} is not the one of this version of the package (${text})`, cause)
          : new EngineError("stopped", `the engine did not start: ${text}`, cause),
      );
    };
    const created = create({
      // The factory's own promise stays pending when this fails, so the failure takes its own way out.
      instantiateWasm(imports, receive) {
        WebAssembly.instantiate(module, imports).then((instance) => receive(instance, module)).catch(fail);
        return {};
      },
      onAbort: fail,
      print: () => undefined,
      printErr: () => undefined,
    });
    created.then(resolve, fail);
  });
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
