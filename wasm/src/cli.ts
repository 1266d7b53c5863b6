/** The command line: `statuslab lint`, `statuslab status`. Exit codes: 0 nothing found, 1 findings, 2 misuse. */
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { isAbsolute, sep } from "node:path";
import type { Readable, Writable } from "node:stream";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

import { answerLines, jsonFinding } from "./jsonl.js";
import { load } from "./load.js";
import { sarif } from "./sarif.js";
import { statusReport } from "./status-report.js";
import { textReport, type Source, type TextOptions } from "./text-report.js";
import type { Catalog, Finding, LintOptions, LintResult, Severity, Side } from "./types.js";
import { usage } from "./usage.js";
import { languages, words, type Language } from "./words.js";

/** What the command line uses of a process. */
export interface Terminal {
  argv: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  stdin: Readable & { isTTY?: boolean };
  stdout: Writable & { isTTY?: boolean; columns?: number };
  stderr: Writable;
}

type ExitCode = 0 | 1 | 2;

/** The command line or a file cannot be used; the message says why. */
class Misuse extends Error {}

const widest = 100;
const commands = ["lint", "status", "help", "version"] as const;

/** `argv` without the interpreter and the script. */
export async function main(terminal: Terminal): Promise<ExitCode> {
  try {
    return await run(terminal);
  } catch (error) {
    if (isClosedPipe(error)) return 0;
    if (!(error instanceof Misuse)) throw error;
    terminal.stderr.write(`statuslab: ${error.message}\n`);
    return 2;
  }
}

async function run(terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parsed(terminal.argv);
  const lang = oneOf("lang", values.lang ?? "en", languages);
  const [command, ...operands] = positionals;
  if (values.help || command === "help") {
    await write(terminal, usage[lang]);
    return 0;
  }
  if (values.version || command === "version") {
    await write(terminal, `statuslab ${await packageVersion()}\n`);
    return 0;
  }
  if (command === "lint") return values.jsonl ? lintStream(terminal, values, operands, lang) : lint(terminal, values, operands, lang);
  if (command === "status") return status(terminal, values, operands, lang);
  const what = command === undefined ? "a command is missing" : `${JSON.stringify(command)} is no command`;
  throw new Misuse(`${what}; there are ${commands.join(", ")}`);
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        request: { type: "string" },
        scheme: { type: "string" },
        format: { type: "string" },
        "fail-on": { type: "string" },
        now: { type: "string" },
        explain: { type: "boolean" },
        jsonl: { type: "boolean" },
        lang: { type: "string" },
        color: { type: "string" },
        help: { type: "boolean", short: "h" },
        version: { type: "boolean" },
      },
    });
  } catch (error) {
    throw new Misuse(error instanceof Error ? error.message : String(error));
  }
}

type Values = ReturnType<typeof parsed>["values"];

async function lint(terminal: Terminal, values: Values, operands: string[], lang: Language): Promise<ExitCode> {
  const format = oneOf("format", values.format ?? "text", ["text", "json", "sarif"]);
  const failOn = oneOf("fail-on", values["fail-on"] ?? "error", ["error", "warning"]);
  const scheme = values.scheme === undefined ? null : oneOf("scheme", values.scheme, ["http", "https"]);
  const options = textOptions(terminal, values, await catalog(lang), lang);
  const [file, ...more] = operands;
  if (more.length > 0) throw new Misuse(`one FILE at a time; ${more.length + 1} were given (see --jsonl for many exchanges)`);
  if (file === "-" && values.request === "-") throw new Misuse("request and response cannot both come from standard input");

  const sources: Partial<Record<Side, Source>> = {};
  if (values.request !== undefined) sources.request = await source(terminal, values.request);
  if (file !== undefined || values.request === undefined) sources.response = await source(terminal, file ?? "-");
  const engine = await load();
  const result = engine.lint({ scheme, request: sources.request?.bytes ?? null, response: sources.response?.bytes ?? null }, lintOptions(values));
  for (const side of ["request", "response"] as const) {
    const given = sources[side];
    const nothing = result[side].length === 0 && !result.findings.some(({ on }) => on === side);
    if (given && nothing) throw new Misuse(`${given.name} holds no HTTP message`);
  }

  await write(terminal, await report(format, result, sources, options));
  return result.findings.some((finding) => reaches(finding.severity, failOn)) ? 1 : 0;
}

async function report(format: "text" | "json" | "sarif", result: LintResult, sources: Partial<Record<Side, Source>>, options: TextOptions): Promise<string> {
  if (format === "text") return textReport(result, sources, options);
  const { catalog } = options;
  if (format === "sarif") return lines(sarif(result, uris(sources), { catalog, version: await packageVersion() }));
  return lines({ findings: result.findings.map((finding) => jsonFinding(finding, catalog)), checks: result.checks });
}

async function lintStream(terminal: Terminal, values: Values, operands: string[], lang: Language): Promise<ExitCode> {
  for (const option of ["request", "scheme", "format"] as const) {
    if (values[option] !== undefined) throw new Misuse(`--${option} does not go with --jsonl, where each line brings its own`);
  }
  if (operands.length > 0 && (operands.length > 1 || operands[0] !== "-")) throw new Misuse("--jsonl reads standard input and takes no FILE");
  const failOn = values["fail-on"] === undefined ? null : oneOf("fail-on", values["fail-on"], ["error", "warning"]);
  let failed = false;
  const answers = answerLines(terminal.stdin as AsyncIterable<Uint8Array>, {
    catalog: await catalog(lang),
    load,
    lint: lintOptions(values),
    onFinding(finding: Finding) {
      failed ||= failOn !== null && reaches(finding.severity, failOn);
    },
    onError() {
      failed ||= failOn !== null;
    },
  });
  for await (const answer of answers) await write(terminal, answer);
  return failed ? 1 : 0;
}

async function status(terminal: Terminal, values: Values, operands: string[], lang: Language): Promise<ExitCode> {
  const format = oneOf("format", values.format ?? "text", ["text", "json"]);
  const [code, ...more] = operands;
  if (code === undefined || more.length > 0) throw new Misuse("status takes one code: statuslab status 204");
  if (!/^[0-9]{3}$/.test(code)) throw new Misuse(`${JSON.stringify(code)} is no status code: a status code has three digits`);
  const engine = await load();
  const facts = engine.status(Number(code));
  const options = textOptions(terminal, values, await catalog(lang), lang);
  if (format === "json") {
    const rows = facts.rows.map((row) => ({ ...row, ...options.catalog.status[row.key] }));
    await write(terminal, lines({ ...facts, rows }));
    return 0;
  }
  const standIn = facts.treatedAs === facts.code ? null : engine.status(facts.treatedAs);
  await write(terminal, statusReport(facts, standIn, options));
  return 0;
}

function textOptions(terminal: Terminal, values: Values, words_: Catalog, lang: Language): TextOptions {
  const color = oneOf("color", values.color ?? "auto", ["auto", "always", "never"]);
  const { NO_COLOR, TERM } = terminal.env;
  const inTerminal = terminal.stdout.isTTY === true && !NO_COLOR && TERM !== "dumb";
  return {
    catalog: words_,
    words: words[lang],
    colour: color === "always" || (color === "auto" && inTerminal),
    width: Math.min(terminal.stdout.columns ?? widest, widest),
  };
}

function lintOptions(values: Values): LintOptions {
  return { now: values.now === undefined ? null : time(values.now), explain: values.explain ?? false };
}

// RFC 3339 section 5.6: date and time with an offset, so that the time zone of this machine has no say.
function time(text: string): Date {
  const date = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.test(text) ? new Date(text) : null;
  if (date === null || Number.isNaN(date.getTime())) throw new Misuse(`--now is a time like 2026-11-25T12:00:00Z, not ${JSON.stringify(text)}`);
  return date;
}

function oneOf<const T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new Misuse(`--${option} is ${allowed.join(" or ")}, not ${JSON.stringify(value)}`);
  return found;
}

function reaches(severity: Severity, least: "error" | "warning"): boolean {
  return severity === "error" || severity === least;
}

async function source(terminal: Terminal, file: string): Promise<Source> {
  const bytes = file === "-" ? await standardInput(terminal) : await contents(file);
  const name = file === "-" ? "stdin" : file;
  if (bytes.length === 0) throw new Misuse(`${name} is empty`);
  return { name, bytes };
}

async function contents(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new Misuse(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function standardInput({ stdin, stderr }: Terminal): Promise<Uint8Array> {
  if (stdin.isTTY) stderr.write("reading a response from the terminal; Ctrl-D ends it\n");
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdin as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function uris(sources: Partial<Record<Side, Source>>): Partial<Record<Side, Source>> {
  const renamed: Partial<Record<Side, Source>> = {};
  for (const side of ["request", "response"] as const) {
    const given = sources[side];
    if (given) renamed[side] = { ...given, name: uri(given.name) };
  }
  return renamed;
}

function uri(name: string): string {
  return isAbsolute(name) ? pathToFileURL(name).href : name.split(sep).map(encodeURIComponent).join("/");
}

async function catalog(lang: Language): Promise<Catalog> {
  return JSON.parse(await readFile(new URL(`./catalog/${lang}.json`, import.meta.url), "utf8")) as Catalog;
}

async function packageVersion(): Promise<string> {
  const manifest = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8")) as { version: string };
  return manifest.version;
}

function lines(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

async function write({ stdout }: Terminal, text: string): Promise<void> {
  if (!stdout.write(text)) await once(stdout, "drain");
}

function isClosedPipe(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "EPIPE";
}
