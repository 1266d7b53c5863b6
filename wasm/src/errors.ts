/**
 * - `fetch`: a file of the package could not be read
 * - `not-wasm`: what was read is not a WebAssembly module
 * - `refused`: the host does not allow WebAssembly to be compiled here
 * - `mismatch`: a .wasm file is not the one of this version of the package
 * - `memory`: the texts do not fit into the engine's memory
 * - `stopped`: the engine failed; this instance is of no use any more
 * - `protocol`: an answer has an unknown shape
 * - `not-loaded`: the call belongs to a part that `load({ parts })` was not asked for
 */
export type EngineErrorCode = "fetch" | "not-wasm" | "refused" | "mismatch" | "memory" | "stopped" | "protocol" | "not-loaded";

export class EngineError extends Error {
  override readonly name = "EngineError";
  readonly code: EngineErrorCode;

  constructor(code: EngineErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

export function refuse(call: string): never {
  throw new EngineError("protocol", `the engine's answer to ${call} has an unknown shape: engine.wasm is of another version`);
}
