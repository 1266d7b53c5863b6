/** The command line: `statuslab lint`, `fix`, `simulate`, `status`, `snippet`. Exit codes: 0 nothing found, 1 findings, 2 misuse. */
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import type { Readable, Writable } from "node:stream";
import { parseArgs } from "node:util";

import { ConfigError, readConfig } from "./config-file.js";
import { decodeContent } from "./decode.js";
import { filesOf, unitOf, unitsOf, Unusable, type Unit } from "./inputs.js";
import { answerLines } from "./jsonl.js";
import { load } from "./load.js";
import { reporterOf, type Format, type Judged, type Reporter } from "./reporters.js";
import { mistakesText, traceAs, traceFormats } from "./simulate-command.js";
import { modelAnswer, writeSnippet } from "./snippet-command.js";
import { statusReport } from "./status-report.js";
import { add, conclusion, tally, type Source, type TextOptions } from "./text-report.js";
import type { DecisionCatalog } from "./trace-types.js";
import { traceWords } from "./trace-words.js";
import type { Catalog, Engine, Finding, LintOptions, Severity } from "./types.js";
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
type Scheme = "http" | "https" | null;

/** The command line or a file cannot be used; the message says why. */
class Misuse extends Error {}

const widest = 100;
const commands = ["lint", "fix", "simulate", "status", "snippet", "help", "version"] as const;

/** `argv` without the interpreter and the script. */
export async function main(terminal: Terminal): Promise<ExitCode> {
  try {
    return await run(terminal);
  } catch (error) {
    if (isClosedPipe(error)) return 0;
    if (!(error instanceof Misuse || error instanceof Unusable || error instanceof ConfigError)) throw error;
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
  if (command === "fix") return fix(terminal, values, operands, lang);
  if (command === "snippet") return snippet(terminal, values, operands, lang);
  if (command === "simulate") return simulate(terminal, values, operands, lang);
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
        config: { type: "string" },
        rule: { type: "string", multiple: true },
        unsafe: { type: "boolean" },
        write: { type: "boolean" },
        now: { type: "string" },
        explain: { type: "boolean" },
        jsonl: { type: "boolean" },
        framework: { type: "string" },
        status: { type: "string" },
        kind: { type: "string" },
        complete: { type: "boolean" },
        out: { type: "string" },
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

interface Setting {
  engine: Engine;
  options: LintOptions;
  text: TextOptions;
}

async function setting(terminal: Terminal, values: Values, lang: Language): Promise<Setting> {
  const text = textOptions(terminal, values, await catalog(lang), lang);
  const now = values.now === undefined ? null : time(values.now);
  const engine = await load();
  const sources = { file: values.config, folder: process.cwd(), settings: values.rule ?? [] };
  const config = await readConfig(sources, engine.rules());
  return { engine, options: { now, explain: values.explain ?? false, config }, text };
}

async function lint(terminal: Terminal, values: Values, operands: string[], lang: Language): Promise<ExitCode> {
  const format = oneOf("format", values.format ?? "text", ["text", "json", "sarif", "github", "markdown"]);
  const failOn = oneOf("fail-on", values["fail-on"] ?? "error", ["error", "warning"]);
  const scheme = values.scheme === undefined ? null : oneOf("scheme", values.scheme, ["http", "https"]);
  const { engine, options, text } = await setting(terminal, values, lang);
  const problems: string[] = [];
  const units = values.request === undefined
    ? unitsOf(operands.length === 0 ? ["-"] : operands, { stdin: announced(terminal), scheme, problem: (message) => void problems.push(message) })
    : [await withRequest(terminal, values.request, operands, scheme)];
  const report: Reporter = reporterOf(format satisfies Format, { text, version: await packageVersion() });
  let failed = false;
  let count = 0;
  // One exchange alone is told in another form than many, so the first waits for a second.
  let first: Judged | null = null;
  for await (const unit of units) {
    const judged = { unit, result: engine.lint(await decodeContent(engine, unit.exchange), options) };
    holdsMessages(judged);
    failed ||= judged.result.findings.some((finding) => reaches(finding.severity, failOn));
    if (++count === 1 && !unit.oneOfMany) {
      first = judged;
      continue;
    }
    const begin = count === 1 ? report.begin() : first === null ? "" : report.begin() + report.one(first);
    first = null;
    await write(terminal, begin + report.one(judged));
  }
  if (count === 0) throw new Misuse(problems[0] ?? "there is no exchange to judge");
  await write(terminal, first === null ? report.end() : report.alone(first));
  for (const problem of problems) terminal.stderr.write(`statuslab: ${problem}\n`);
  return problems.length > 0 ? 2 : failed ? 1 : 0;
}

async function withRequest(terminal: Terminal, request: string, operands: readonly string[], scheme: Scheme): Promise<Unit> {
  const [file, ...more] = operands;
  if (more.length > 0) throw new Misuse(`--request goes with one FILE; ${more.length + 1} were given`);
  if (file === "-" && request === "-") throw new Misuse("request and response cannot both come from standard input");
  const sources: Unit["sources"] = { request: await source(terminal, request) };
  if (file !== undefined) sources.response = await source(terminal, file);
  return { name: file ?? request, oneOfMany: false, exchange: { scheme, request: sources.request?.bytes ?? null, response: sources.response?.bytes ?? null }, sources };
}

function holdsMessages({ unit, result }: Judged): void {
  for (const side of ["request", "response"] as const) {
    const given = unit.sources[side];
    const nothing = result[side].length === 0 && !result.findings.some(({ on }) => on === side);
    if (given && nothing && !unit.oneOfMany) throw new Misuse(`${given.name} holds no HTTP message`);
  }
}

async function lintStream(terminal: Terminal, values: Values, operands: string[], lang: Language): Promise<ExitCode> {
  for (const option of ["request", "scheme", "format"] as const) {
    if (values[option] !== undefined) throw new Misuse(`--${option} does not go with --jsonl, where each line brings its own`);
  }
  if (operands.length > 0 && (operands.length > 1 || operands[0] !== "-")) throw new Misuse("--jsonl reads standard input and takes no FILE");
  const failOn = values["fail-on"] === undefined ? null : oneOf("fail-on", values["fail-on"], ["error", "warning"]);
  const { engine, options, text } = await setting(terminal, values, lang);
  let failed = false;
  let loaded: Engine | undefined = engine;
  const answers = answerLines(terminal.stdin as AsyncIterable<Uint8Array>, {
    catalog: text.catalog,
    load: async () => {
      const given = loaded ?? (await load());
      loaded = undefined;
      return given;
    },
    lint: options,
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

/** Texts come out as they went in, but for what was repaired; what is left to say goes to standard error. */
async function fix(terminal: Terminal, values: Values, operands: string[], lang: Language): Promise<ExitCode> {
  const failOn = oneOf("fail-on", values["fail-on"] ?? "error", ["error", "warning"]);
  const scheme = values.scheme === undefined ? null : oneOf("scheme", values.scheme, ["http", "https"]);
  const inPlace = values.write ?? false;
  if (operands.length > 1 && !inPlace) throw new Misuse("fix writes one message; for several files there is --write");
  if (inPlace && (operands.length === 0 || operands.includes("-"))) throw new Misuse("--write takes files");
  if (inPlace && values.request !== undefined) throw new Misuse("--write does not go with --request");
  const { engine, options, text } = await setting(terminal, values, lang);
  const files = inPlace ? (await Promise.all(operands.map(filesOf))).flat().filter((name) => /\.(http|txt)$/i.test(name)) : [operands[0] ?? "-"];
  const sum = tally([]);
  let made = 0;
  for (const name of files) {
    const unit = values.request === undefined ? unitOf(name, (await source(terminal, name)).bytes, scheme) : await withRequest(terminal, values.request, [name], scheme);
    const exchange = await decodeContent(engine, unit.exchange);
    const fixed = engine.fixAll(exchange, { ...options, unsafe: values.unsafe ?? false });
    made += fixed.rounds.reduce((count, round) => count + round.applied.length, 0);
    const left = { ...exchange, request: fixed.request, response: fixed.response };
    add(sum, engine.lint(left, options));
    const wanted = values.request === undefined ? [fixed.request, fixed.response] : [fixed.response];
    const bytes = Buffer.concat(wanted.filter((side) => side !== null));
    if (!inPlace) await write(terminal, bytes);
    else if (fixed.rounds.length > 0) await writeFile(name, bytes);
  }
  terminal.stderr.write(`${text.words.fixed(made)}; ${conclusion(sum, text)}\n`);
  return sum.counts.error > 0 || (failOn === "warning" && sum.counts.warning > 0) ? 1 : 0;
}

async function simulate(terminal: Terminal, values: Values, operands: string[], lang: Language): Promise<ExitCode> {
  const format = oneOf("format", values.format ?? "text", traceFormats);
  const [file = "-", ...more] = operands;
  if (more.length > 0) throw new Misuse("simulate takes one scenario: statuslab simulate scenario.json");
  const { bytes } = await source(terminal, file);
  const engine = await load({ parts: ["simulate"] });
  const result = engine.simulate(new TextDecoder().decode(bytes));
  if (!result.ok) throw new Misuse(mistakesText(result.mistakes, traceWords[lang]));
  const { colour, width } = textOptions(terminal, values, await catalog(lang), lang);
  const options = { decisions: await decisionCatalog(lang), words: traceWords[lang], colour, width, explain: values.explain ?? false, version: await packageVersion() };
  await write(terminal, traceAs(format, result.trace, options));
  return 0;
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

/** Of a code, or of a response that was seen. Exit code 1 where the framework cannot send it. */
async function snippet(terminal: Terminal, values: Values, operands: string[], lang: Language): Promise<ExitCode> {
  const engine = await load({ parts: ["snippet"] });
  const { targets } = engine.snippetFacts();
  const known = [...new Set(targets.flatMap(({ framework, id }) => [framework, id]))];
  const target = oneOf("framework", values.framework ?? "", known);
  const [file, ...more] = operands;
  if (more.length > 0) throw new Misuse("snippet takes one FILE");
  if ((file === undefined) === (values.status === undefined)) throw new Misuse("snippet takes --status CODE, or a FILE with a response");
  if (values.out !== undefined && !values.complete) throw new Misuse("--out goes with --complete");
  if (values.status !== undefined && !/^[1-9][0-9]{2}$/.test(values.status)) throw new Misuse(`${JSON.stringify(values.status)} is no status code: a status code has three digits`);
  try {
    const answer = file === undefined
      ? modelAnswer(engine, Number(values.status), values.kind, target)
      : engine.answerOf((await source(terminal, file)).bytes, values.request === undefined ? null : (await source(terminal, values.request)).bytes);
    const made = await writeSnippet(engine, { target, form: values.complete ? "complete" : "handler", answer, out: values.out, lang });
    await write(terminal, made.stdout);
    terminal.stderr.write(made.stderr);
    return made.possible ? 0 : 1;
  } catch (error) {
    if (error instanceof RangeError) throw new Misuse(error.message);
    throw error;
  }
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

function announced({ stdin, stderr }: Terminal): Terminal["stdin"] {
  if (stdin.isTTY) stderr.write("reading from the terminal; Ctrl-D ends it\n");
  return stdin;
}

async function standardInput(terminal: Terminal): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of announced(terminal) as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function catalog(lang: Language): Promise<Catalog> {
  return JSON.parse(await readFile(new URL(`./catalog/${lang}.json`, import.meta.url), "utf8")) as Catalog;
}

async function decisionCatalog(lang: Language): Promise<DecisionCatalog> {
  return JSON.parse(await readFile(new URL(`./catalog/decisions.${lang}.json`, import.meta.url), "utf8")) as DecisionCatalog;
}

async function packageVersion(): Promise<string> {
  const manifest = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8")) as { version: string };
  return manifest.version;
}

function lines(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

async function write({ stdout }: Terminal, text: string | Uint8Array): Promise<void> {
  if (text.length > 0 && !stdout.write(text)) await once(stdout, "drain");
}

function isClosedPipe(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "EPIPE";
}
