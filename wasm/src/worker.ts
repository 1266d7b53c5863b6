/** The script of a worker that serves the engine; `connect` is the other end. Browsers: a module worker. */
import { serve, type Port } from "./remote.js";

const scope = globalThis as { WorkerGlobalScope?: unknown } & Partial<Port>;
if (typeof scope.WorkerGlobalScope === "function") {
  serve(globalThis as unknown as Port);
} else {
  // The name in a variable keeps bundlers for browsers from looking for it.
  const module = "node:worker_threads";
  void (import(/* @vite-ignore */ /* webpackIgnore: true */ module) as Promise<typeof import("node:worker_threads")>).then(({ parentPort }) => {
    if (parentPort) serve(parentPort);
  });
}
