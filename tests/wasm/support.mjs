// What the tests of the package share: where the built package is, its words, and a way to run its command line.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

export const packageDirectory = new URL("../../wasm/", import.meta.url);
export const dist = new URL("dist/", packageDirectory);
export const wasmUrl = new URL("engine.wasm", dist);

if (!existsSync(wasmUrl)) throw new Error("the package is not built: run scripts/build package");

/** Any module of the built package, also those that it does not export. */
export const built = (name) => import(new URL(`${name}.js`, dist).href);

export const manifest = JSON.parse(readFileSync(new URL("package.json", packageDirectory), "utf8"));
export const catalog = (language) => JSON.parse(readFileSync(new URL(`catalog/${language}.json`, dist), "utf8"));

export const bytes = (text) => new TextEncoder().encode(text);
/** One character a byte. */
export const latin1 = (text) => new Uint8Array(Buffer.from(text, "latin1"));

/** A response that the engine has something to say about, and one that it has not. */
export const broken = "HTTP/1.1 204 No Content\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Length: 0\r\n\r\n";
export const sound = "HTTP/1.1 204 No Content\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n";

/** Runs the command line in a process of its own. `stdin`: a string, bytes, or nothing. */
export function statuslab(args, { stdin = "", env = {}, cwd, onSpawn } = {}) {
  const { NO_COLOR, FORCE_COLOR, ...inherited } = process.env;
  const child = spawn(process.execPath, [new URL("cli.mjs", packageDirectory).pathname, ...args], { cwd, env: { ...inherited, ...env } });
  const output = { stdout: [], stderr: [] };
  child.stdout.on("data", (chunk) => output.stdout.push(chunk));
  child.stderr.on("data", (chunk) => output.stderr.push(chunk));
  child.stdin.on("error", () => undefined); // It may end before it has read all.
  if (onSpawn) onSpawn(child);
  else child.stdin.end(stdin);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) =>
      resolve({ code, signal, stdout: Buffer.concat(output.stdout).toString(), stderr: Buffer.concat(output.stderr).toString() }),
    );
  });
}
