/**
 * - `fetch`: engine.wasm could not be read
 * - `not-wasm`: what was read is not a WebAssembly module
 * - `refused`: the host does not allow WebAssembly to be compiled here
 * - `mismatch`: engine.wasm is not the one of this version of the package
 * - `memory`: the texts do not fit into the engine's memory
 * - `stopped`: the engine failed; this instance is of no use any more
 * - `protocol`: an answer has an unknown shape
 */
export type EngineErrorCode = "fetch" | "not-wasm" | "refused" | "mismatch" | "memory" | "stopped" | "protocol";

export class EngineError extends Error {
  override readonly name = "EngineError";
  readonly code: EngineErrorCode;

  constructor(code: EngineErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
