/*
 * The snippet writer in the page itself, for pages that show the model answer of a code: one call takes microseconds and reads
 * nothing that somebody wrote. The lens has a worker instead.
 */
import { load, type Engine } from "statuslab";
import { writeExample } from "./snippets";
import type { SnippetTarget, Written } from "./written";

let engine: Promise<Engine> | null = null;

const writer = (): Promise<Engine> => (engine ??= load({ parts: ["snippet"] }));

export async function snippetTargets(): Promise<readonly SnippetTarget[]> {
  return (await writer()).snippetFacts().targets;
}

/** The cell of the matrix: `column` is one that goes with the code. */
export async function exampleSnippet(code: number, column: string, target: string): Promise<Written> {
  return writeExample(await writer(), code, column, target);
}
