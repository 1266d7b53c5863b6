import createEngine from "./engine.mjs";
import { rawEngine, typedEngine, type EngineModule, type RawEngine } from "./engine.js";
import { EngineError } from "./errors.js";
import type { Engine } from "./types.js";

/** A path counts only in Node; anywhere else a string is a URL. */
export type WasmSource = BufferSource | WebAssembly.Module | Response | PromiseLike<Response> | URL | string;

export interface LoadOptions {
  /** Where engine.wasm comes from. Left out: the file beside this module, through `fs` in Node, else through `fetch`. */
  wasm?: WasmSource;
}

/**
 * A new engine with a memory of its own.
 * @throws {EngineError} when the module cannot be had or is refused; never leaves its promise pending.
 */
export async function load(options: LoadOptions = {}): Promise<Engine> {
  return typedEngine(await loadRaw(options));
}

/** As `load`; the engine's answers are left as JSON text. */
export async function loadRaw(options: LoadOptions = {}): Promise<RawEngine> {
  return rawEngine(await instantiate(await compile(options.wasm ?? besideThisModule())));
}

/** The module alone, to be handed to `load` several times or to another thread. */
export async function compile(source: WasmSource): Promise<WebAssembly.Module> {
  const given = await source;
  if (isModule(given)) return given;
  if (isResponse(given)) return compileResponse(given);
  if (isBytes(given)) return compileBytes(given, "what load() was given");
  if (typeof given === "string" || tag(given) === "URL") return compileLocation(given);
  throw new TypeError("load({ wasm }) takes bytes, a WebAssembly.Module, a Response or where engine.wasm is");
}

function besideThisModule(): URL {
  try {
    return new URL("./engine.wasm", import.meta.url);
  } catch (cause) {
    throw new EngineError("fetch", "this host does not tell where the package is; pass engine.wasm as load({ wasm })", cause);
  }
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

async function compileLocation(location: URL | string): Promise<WebAssembly.Module> {
  const inNode = typeof process === "object" && process?.versions?.node !== undefined;
  const url = typeof location === "string" ? absoluteUrl(location) : location;
  if (inNode && (url === null || url.protocol === "file:")) return compileBytes(await readFile(url ?? location), String(location));
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

async function readFile(location: URL | string): Promise<BufferSource> {
  // The name in a variable keeps bundlers for browsers from looking for it.
  const module = "node:fs/promises";
  const fs = (await import(/* @vite-ignore */ /* webpackIgnore: true */ module)) as typeof import("node:fs/promises");
  try {
    return await fs.readFile(location);
  } catch (cause) {
    throw new EngineError("fetch", `engine.wasm could not be read: ${reason(cause)}`, cause);
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

function instantiate(module: WebAssembly.Module): Promise<EngineModule> {
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown): void => {
      const text = reason(cause);
      reject(
        cause instanceof WebAssembly.LinkError
          ? new EngineError("mismatch", `engine.wasm is not the one of this version of the package (${text})`, cause)
          : new EngineError("stopped", `the engine did not start: ${text}`, cause),
      );
    };
    const created = createEngine({
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
