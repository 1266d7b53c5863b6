/*
 * What the snippet writer made of a response, as the page shows it.
 */
export type Form = "handler" | "complete";

/** One version of one framework. */
export interface SnippetTarget {
  readonly id: string;
  readonly framework: string;
  readonly name: string;
  readonly version: string;
  readonly language: string;
  readonly server: string;
  /** Every cell of its matrix was run. */
  readonly verified: boolean;
}

export interface SnippetFile {
  readonly path: string;
  readonly text: string;
}

/** Words are rows of the catalogue of notes, with {0}, {1} for the values. */
export interface SnippetNote {
  readonly id: string;
  readonly args: readonly string[];
}

export interface Written {
  readonly verdict: "possible" | "cannot" | "not-applicable";
  readonly reason: SnippetNote | null;
  readonly files: readonly SnippetFile[];
  /** Path of the file that holds the handlers. */
  readonly main: string;
  readonly install: readonly string[];
  readonly start: string;
  readonly notes: readonly SnippetNote[];
  /** Which cell of the matrix of proofs it is nearest to. */
  readonly cell: { readonly code: number; readonly column: string };
}

/** The one that holds the handlers. */
export const mainFile = ({ files, main }: Pick<Written, "files" | "main">): SnippetFile | null => files.find(({ path }) => path === main) ?? files[0] ?? null;

/** One framework on one server, in the versions that were run. */
export interface ProofRun {
  readonly framework: string;
  readonly server: string;
  /** A day, as YYYY-MM-DD. */
  readonly measured: string;
}

/** What a framework put on the wire when the cell was run last. */
export interface Proof extends ProofRun {
  readonly wire: string;
}

/** Of one target: the bytes by "204 none", one a server where several were run; the usual server first. */
export interface Proofs {
  readonly runs: readonly ProofRun[];
  readonly cells: Readonly<Record<string, readonly (readonly [number, string])[]>>;
}

export function proofsOf({ runs, cells }: Proofs, { code, column }: Written["cell"]): readonly Proof[] {
  return (cells[`${code} ${column}`] ?? []).flatMap(([index, wire]) => {
    const run = runs[index];
    return run === undefined ? [] : [{ ...run, wire }];
  });
}
