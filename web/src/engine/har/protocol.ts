/*
 * What the page and the reader of archives say to each other. Findings travel as numbers; the text of an exchange stays
 * in the file until it is opened.
 */

/** Exchanges in the order of the file; the arrays run parallel. */
export interface Rows {
  /** Where each entry stands in the file. */
  readonly begin: Float64Array<ArrayBuffer>;
  readonly end: Float64Array<ArrayBuffer>;
  /** 0 without a response, UNREADABLE where the entry is none. */
  readonly status: Int16Array<ArrayBuffer>;
  /** Bytes of the messages. */
  readonly size: Uint32Array<ArrayBuffer>;
  readonly method: readonly string[];
  readonly url: readonly string[];
  readonly type: readonly string[];
  /** Words of the engine's `lintBatch`: per exchange the number of findings, then the findings. */
  readonly findings: Uint32Array<ArrayBuffer>;
}

export const UNREADABLE = -1;
/** The engine stopped on it. */
export const FAILED = -2;

export type Ended =
  | { readonly kind: "all" }
  /** The file ends before its list of entries does. */
  | { readonly kind: "cut" }
  /** There is no list of entries in it. */
  | { readonly kind: "no-archive" }
  | { readonly kind: "failed"; readonly reason: string };

export type ToReader = { readonly kind: "read"; readonly file: Blob; readonly explain: boolean };

export type FromReader =
  | { readonly kind: "rules"; readonly rules: readonly string[] }
  | { readonly kind: "rows"; readonly rows: Rows; readonly read: number }
  | { readonly kind: "ended"; readonly ended: Ended; readonly ms: number };
