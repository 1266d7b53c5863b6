/** Emscripten's factory of a module. Its promise settles only if `instantiateWasm` calls `receive`. */
export type Factory<Module> = (options: {
  instantiateWasm(imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void): object;
  onAbort(reason: unknown): void;
  print(text: string): void;
  printErr(text: string): void;
}) => PromiseLike<Module>;
