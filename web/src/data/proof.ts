/*
 * The proof of snippets as counts: every cell is in one of them.
 */
import { frameworks, matrix, namedRuns, type NamedRuns } from "./frameworks";
import type { MatrixCell } from "./types";

const sum = (key: "proven" | "cannot" | "failed"): number => matrix.runs.reduce((total, run) => total + run[key], 0);

/** Cells that make no sense do so in every run. */
const senseless = matrix.rows.reduce((total, { proven }) => total + proven.filter((count) => count === null).length, 0);

export const proofCounts = {
  codes: matrix.rows.length,
  columns: matrix.columns.length,
  runs: matrix.runs.length,
  cells: (matrix.rows.length * matrix.columns.length * matrix.runs.length).toLocaleString("en"),
  proven: sum("proven").toLocaleString("en"),
  cannot: sum("cannot").toLocaleString("en"),
  failed: sum("failed"),
  na: (senseless * matrix.runs.length).toLocaleString("en"),
  senseless,
} as const;

/** Cells by the runs that they are in: codes and columns, each once. */
export function places(cells: readonly MatrixCell[]): { readonly runs: readonly string[]; readonly codes: readonly string[]; readonly columns: readonly string[] }[] {
  const byRun = Map.groupBy(cells, ({ run }) => run ?? "");
  const found = [...byRun].map(([run, own]) => ({ run, codes: unique(own.map(({ code }) => code)), columns: unique(own.map(({ column }) => column)) }));
  return [...Map.groupBy(found, ({ codes, columns }) => `${codes} ${columns}`).values()].map((same) => ({
    runs: same.map(({ run }) => run), codes: same[0]?.codes ?? [], columns: same[0]?.columns ?? [],
  }));
}

const unique = (all: readonly string[]): string[] => [...new Set(all)];

const place = (framework: string): number => frameworks.findIndex(({ id }) => id === framework);

/** In the order of the frameworks. */
export const proofRuns = [...matrix.runs].sort((a, b) => place(a.run.framework) - place(b.run.framework));

const all = proofRuns.map(({ run }) => run);

export const runsNamed = (ids: readonly string[]): NamedRuns[] => namedRuns(all.filter(({ id }) => ids.includes(id)), all);

/** What can be sent with a code. */
export const columnsOf = (code: string): readonly string[] => matrix.columns.filter((_, at) => (matrix.rows.find((row) => row.code === code)?.proven[at] ?? null) !== null);
