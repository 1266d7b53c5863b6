/*
 * A response of the page through the snippet writer. Runs in the worker, and in Node when the page is built.
 */
import type * as Wire from "statuslab";
import { given } from "./check";
import type { Exchange } from "./model";
import type { Form, SnippetTarget, Written } from "./written";

export type Writer = Pick<Wire.Engine, "snippet" | "answerOf" | "snippetFacts">;

export function targetsOf(engine: Writer): readonly SnippetTarget[] {
  return engine.snippetFacts().targets;
}

export function write(engine: Writer, exchange: Exchange, target: string, form: Form): Written {
  const { response, request } = given(exchange);
  const answer = engine.answerOf(response ?? new Uint8Array(), request);
  const { kind = "plain", contentKind = "none", status = 200 } = answer;
  return { ...engine.snippet(answer, target, form), cell: { code: status, column: kind === "plain" ? contentKind : kind } };
}

/** The model answer of a code in a column of the matrix. */
export function writeExample(engine: Pick<Wire.Engine, "snippet" | "exampleAnswer">, code: number, column: string, target: string): Written {
  return { ...engine.snippet(engine.exampleAnswer(code, column), target, "handler"), cell: { code, column } };
}
