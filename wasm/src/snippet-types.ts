/** What snippets are made of, as the engine reads and writes it (core/include/statuslab/snippet.h says what each means). */

export type AnswerKind =
  | "plain" | "redirect" | "created" | "conditional" | "ranges" | "preflight" | "challenge" | "retry" | "interim" | "upgrade"
  | "head" | "method" | "negotiation";

export type AnswerContent = "none" | "text" | "json" | "problem" | "html" | "bytes" | "stream" | "events";

export interface AnswerField {
  name: string;
  value: string;
}

/** A response to be sent. What is left out has its default: a plain 200 without content, to GET /. */
export interface Answer {
  kind?: AnswerKind;
  status?: number;
  reason?: string;
  fields?: AnswerField[];
  contentKind?: AnswerContent;
  content?: string;
  /** Instead of `content`, for bytes that are no UTF-8. */
  base64?: string;
  method?: string;
  path?: string;
  interim?: { status: number; fields: AnswerField[] }[];
}

export type SnippetVerdict = "possible" | "cannot" | "not-applicable";

/** The words are in `statuslab/catalog/snippets.<language>.json`, with {0}, {1} for the arguments. */
export interface SnippetNote {
  id: string;
  args: string[];
}

export interface SnippetFile {
  path: string;
  text: string;
}

export interface Snippet {
  verdict: SnippetVerdict;
  /** Why not; null where it is possible. */
  reason: SnippetNote | null;
  target: string;
  language: "javascript" | "python" | "java" | "go";
  /** Path of the file with the handlers; empty where there is none. */
  main: string;
  /** Where the verdict is `cannot`: the nearest right thing, if there is one. */
  files: SnippetFile[];
  /** Shell commands in the folder of the files, then the one that starts the server on 127.0.0.1, port PORT or 8000. */
  install: string[];
  start: string;
  notes: SnippetNote[];
}

export interface SnippetProject extends Snippet {
  /** One an answer, in their order; the app holds those that are possible. */
  verdicts: SnippetVerdict[];
}

export interface SnippetTarget {
  id: string;
  framework: string;
  name: string;
  version: string;
  language: Snippet["language"];
  runtime: string;
  server: string;
  packages: string[];
  verified: boolean;
}

export interface SnippetFacts {
  targets: SnippetTarget[];
  cases: { name: string; kind: AnswerKind; contentKind: AnswerContent }[];
  codes: number[];
}

export type SnippetForm = "handler" | "complete";
