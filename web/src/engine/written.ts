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

/** What a framework put on the wire when the cell was run last. */
export interface Proof {
  readonly server: string;
  readonly wire: string;
}

/** By "204 none". */
export type Proofs = Readonly<Record<string, Proof>>;
