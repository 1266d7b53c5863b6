import type { EngineModule } from "./engine.js";

/** Emscripten's factory. Its promise settles only if `instantiateWasm` calls `receive`. */
export default function createEngine(options: {
  instantiateWasm(
    imports: WebAssembly.Imports,
    receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): object;
  onAbort(reason: unknown): void;
  print(text: string): void;
  printErr(text: string): void;
}): PromiseLike<EngineModule>;
