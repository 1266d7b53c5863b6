/*
 * What frameworks put on the wire, their names of status codes, and the proof of snippets.
 */
import file from "generated/frameworks.json";
import matrixFile from "generated/matrix.json";
import { fromBytes } from "../engine/bytes";
import { describeFinding, type Catalog } from "../engine/catalog";
import { checkAtBuild } from "../engine/check-at-build";
import type { Exchange, Finding } from "../engine/model";
import { encode } from "../state/link";
import { lastResponse } from "../wire/responses";
import type { Language } from "./language";
import type { BehaviourCase, BehaviourRow, ConstantRow, FrameworkRow, MatrixFile, Outcome, Run } from "./types";
import { listed, type Words } from "./words";
import type { Severity } from "statuslab";

export const frameworks: readonly FrameworkRow[] = file.frameworks;
export const runs: readonly Run[] = file.runs;
export const cases: readonly BehaviourCase[] = file.cases;
export const constants: readonly ConstantRow[] = file.constants;
export const matrix: MatrixFile = matrixFile;

export const FRAMEWORKS_PATH = "/frameworks/";
export const CONSTANTS_PATH = "/frameworks/constants/";
export const PROOF_PATH = "/frameworks/proof/";
export const frameworkPath = (id: string): string => `${FRAMEWORKS_PATH}${id}/`;

const byId = new Map(runs.map((run) => [run.id, run]));

export function runOf(id: string): Run {
  const run = byId.get(id);
  if (run === undefined) throw new Error(`no run ${id}`);
  return run;
}

export const runsOf = (framework: string): readonly Run[] => runs.filter((run) => run.framework === framework);

/** The day of the measurement; days where they differ. */
export const measuredOn = (some: readonly Run[]): string => [...new Set(some.map(({ measured }) => measured))].sort().join(", ");

const hasServers = ({ framework, version }: Run, all = runs): boolean => all.filter((run) => run.framework === framework && run.version === version).length > 1;

export interface NamedRuns {
  readonly framework: string;
  /** "Express 5.3.0, 4.22.3". */
  readonly name: string;
  /** Empty where it is all that the framework was run on. */
  readonly servers: readonly string[];
}

/** Runs by framework, in few words; `all` are those that there were. */
export function namedRuns(some: readonly Run[], all = runs): NamedRuns[] {
  return groupBy(some, ({ framework }) => framework).map((own) => {
    const [first] = own;
    if (first === undefined) throw new Error("a group of none");
    const whole = own.length === all.filter(({ framework }) => framework === first.framework).length;
    return {
      framework: first.framework,
      name: `${first.name} ${[...new Set(own.map(({ version }) => version))].join(", ")}`,
      servers: whole || !hasServers(first, all) ? [] : own.map(({ server }) => server),
    };
  });
}

/** "Django 5.2.19 on gunicorn". */
export const onServers = (name: string, servers: readonly string[], words: Words): string =>
  servers.length === 0 ? name : words("wire.on", { framework: name, servers: listed(servers, words) });

/** "Express 5.3.0 on node:http 24.21.0; …". */
export const versionsOf = (some: readonly Run[], words: Words): string =>
  groupBy(some, ({ name, version }) => `${name} ${version}`)
    .map((same) => onServers(`${same[0]?.name} ${same[0]?.version}`, same.map(serverName), words))
    .join(words("list.semicolon"));

export const serverName = ({ server, serverVersion }: Run): string => `${server} ${serverVersion}`;

/** The same within the page of the framework: what tells its runs apart. */
export const shortRunName = (run: Run): string => (hasServers(run) ? serverName(run) : `${run.name} ${run.version}`);

/** One thing that code asked for, and what became of it. */
export interface Behaviour extends BehaviourRow {
  readonly exchange: Exchange;
  /** The code on the wire, as it stands there; empty where nothing came. */
  readonly status: string;
  /** Bytes behind the header section of the last response. */
  readonly rest: number;
  /** What the validator calls an error or a warning in the response. */
  readonly findings: readonly Finding[];
  /** The worst of how the connection fared and what was found. */
  readonly severity: Severity;
}

/** Complete, and a client knows it; complete, but only because the connection ended; or harm for whoever reads it. */
const GRAVITY: Readonly<Record<Outcome, Severity>> = {
  kept: "fine", closed: "fine", "until-close": "info", desync: "error", hangs: "error", truncated: "error", nothing: "error",
};
const ORDER: readonly Severity[] = ["error", "warning", "info", "hint", "fine"];
const worst = (all: readonly Severity[]): Severity => ORDER.find((severity) => all.includes(severity)) ?? "fine";

async function judge(row: BehaviourRow): Promise<Behaviour> {
  const wire = bytesIn(row.wire);
  // The servers stood on loopback, without TLS.
  const exchange: Exchange = { request: fromBytes(bytesIn(row.request)), response: fromBytes(wire), scheme: "http" };
  const findings = wire.length === 0 ? [] : (await checkAtBuild(exchange)).findings.filter(({ on, severity }) => on === "response" && (severity === "error" || severity === "warning"));
  const { status, rest } = lastResponse(Array.from(wire, (byte) => String.fromCharCode(byte)).join(""));
  return { ...row, exchange, status, rest: rest.length, findings, severity: worst([GRAVITY[row.outcome], ...findings.map(({ severity }) => severity)]) };
}

let judged: Promise<readonly Behaviour[]> | null = null;

export const behaviours = (): Promise<readonly Behaviour[]> => (judged ??= Promise.all(file.behaviour.map(judge)));

const bytesIn = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** What is wrong with it, in words with its values. */
export const faultsOf = ({ findings }: Behaviour, catalog: Catalog): string[] => [...new Set(findings.map((finding) => describeFinding(finding, catalog).message))];

/** Asked for with more than a GET of its own path. */
export const hasOwnRequest = ({ exchange, case: id }: Behaviour): boolean => exchange.request !== `GET /${id} HTTP/1.1\r\nHost: a.example\r\n\r\n`;

export function workbenchLink({ exchange }: Behaviour, language: Language): string | null {
  const fragment = exchange.response === "" ? null : encode({ exchange, selected: null });
  return fragment === null ? null : `${language === "en" ? "/" : "/zh-cn/"}#${fragment}`;
}

/** Those with the same `key`, in their order. */
export function groupBy<T>(all: readonly T[], key: (one: T) => string): T[][] {
  return [...Map.groupBy(all, key).values()];
}

export const caseOf = (id: string): BehaviourCase => {
  const found = cases.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no case ${id}`);
  return found;
};
