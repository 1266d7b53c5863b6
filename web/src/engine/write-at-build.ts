/*
 * The snippet writer while the site is built: the first snippet arrives written, without any script.
 */
import { load, type Engine } from "statuslab";
import wasm from "statuslab/snippets.wasm?url&inline";
import type { Exchange } from "./model";
import { targetsOf, write, writeExample } from "./snippets";
import type { Form, SnippetTarget, Written } from "./written";

let engine: Promise<Engine> | null = null;

function writer(): Promise<Engine> {
  return (engine ??= load({ parts: { snippet: Buffer.from(wasm.slice(wasm.indexOf(",") + 1), "base64") } }));
}

export async function targetsAtBuild(): Promise<readonly SnippetTarget[]> {
  return targetsOf(await writer());
}

export async function writeAtBuild(exchange: Exchange, target: string, form: Form): Promise<Written> {
  return write(await writer(), exchange, target, form);
}

/** The model answer of a code in a column of the matrix. */
export async function exampleAtBuild(code: number, column: string, target: string): Promise<Written> {
  return writeExample(await writer(), code, column, target);
}
