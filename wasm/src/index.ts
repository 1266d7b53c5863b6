export type * from "./types.js";
export { EngineError, type EngineErrorCode } from "./errors.js";
export { compile, load, type LoadOptions, type WasmSource } from "./load.js";
export { describe } from "./describe.js";
export { applyEdits } from "./edits.js";
export { configProblems } from "./config.js";
export { connect, serve, type ConnectOptions, type Port, type RemoteEngine } from "./remote.js";
