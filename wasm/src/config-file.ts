/** Where the command line has its config from: `statuslab.json`, `--config`, `--rule`. */
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { configProblems, merged } from "./config.js";
import type { Config, RuleFacts } from "./types.js";

export class ConfigError extends Error {}

export interface ConfigSources {
  /** In place of the `statuslab.json` in this folder or the nearest one above it. */
  file: string | undefined;
  folder: string;
  /** `id=level`, before what the file says. */
  settings: readonly string[];
}

/** Null where nobody says anything. @throws {ConfigError} with everything that is wrong. */
export async function readConfig({ file, folder, settings }: ConfigSources, rules: readonly RuleFacts[]): Promise<Config | null> {
  const found = file === undefined ? await nearestFile(folder) : { name: file, text: await contents(file) };
  const own = fromSettings(settings);
  const problems = configProblems(own, rules).map((problem) => `--rule: ${problem}`);
  let config = own;
  if (found !== null) {
    const value = parsed(found.name, found.text);
    problems.unshift(...configProblems(value, rules).map((problem) => `${found.name}: ${problem}`));
    if (problems.length === 0) config = merged(value as Config, own);
  }
  if (problems.length > 0) throw new ConfigError(problems.join("; "));
  return found === null && settings.length === 0 ? null : config;
}

function fromSettings(settings: readonly string[]): Config {
  const pairs = settings.map((setting) => {
    const at = setting.lastIndexOf("=");
    if (at < 1) throw new ConfigError(`--rule is ID=LEVEL like etag-syntax=off, not ${JSON.stringify(setting)}`);
    return [setting.slice(0, at), setting.slice(at + 1)] as const;
  });
  return { rules: Object.fromEntries(pairs) as NonNullable<Config["rules"]> };
}

async function nearestFile(folder: string): Promise<{ name: string; text: string } | null> {
  for (let at = folder; ; at = dirname(at)) {
    const name = join(at, "statuslab.json");
    const text = await readFile(name, "utf8").catch((error: unknown) => {
      if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) return null;
      throw new ConfigError(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    });
    if (text !== null) return { name, text };
    if (dirname(at) === at) return null;
  }
}

async function contents(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new ConfigError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new ConfigError(`${name} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
