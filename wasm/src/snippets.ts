import { EngineError } from "./errors.js";
import { callsInto, type Heap } from "./heap.js";
import type { Answer, Snippet, SnippetFacts, SnippetForm, SnippetProject } from "./snippet-types.js";

/** What snippets.wasm exports. Texts are JSON in UTF-8; messages are bytes. */
export interface SnippetsModule extends Heap {
  snippet(request: number, size: number): string;
  project(request: number, size: number): string;
  example(status: number, name: number, size: number): string;
  answer(response: number, responseSize: number, request: number, requestSize: number): string;
  facts(): string;
  version(): string;
}

/** The part's answers as it writes them. */
export interface RawSnippets {
  readonly version: string;
  snippet(answer: Answer, target: string, form: SnippetForm): string;
  project(answers: readonly Answer[], target: string): string;
  example(status: number, name: string): string;
  answer(response: Uint8Array, request?: Uint8Array | null): string;
  facts(): string;
}

export function rawSnippets(module: SnippetsModule): RawSnippets {
  const { guarded, withBytes, withText } = callsInto(module);
  return {
    version: guarded(() => module.version()),
    snippet: (answer, target, form) =>
      guarded(() => withText(JSON.stringify({ answer, target, form }), (pointer, size) => module.snippet(pointer, size))),
    project: (answers, target) =>
      guarded(() => withText(JSON.stringify({ answers, target }), (pointer, size) => module.project(pointer, size))),
    example: (status, name) => guarded(() => withText(name, (pointer, size) => module.example(status, pointer, size))),
    answer: (response, request) =>
      guarded(() =>
        withBytes(response, (pointer, size) =>
          withBytes(request, (requestPointer, requestSize) => module.answer(pointer, size, requestPointer, requestSize)),
        ),
      ),
    facts: () => guarded(() => module.facts()),
  };
}

interface Mistakes {
  mistakes: { pointer: string; value: string; expected: string }[];
}

/** The answer, or a RangeError that says what is wrong with the request. */
function accepted(json: string, member: string): object {
  const value: unknown = JSON.parse(json);
  if (typeof value === "object" && value !== null) {
    if (member in value) return value;
    if ("mistakes" in value) {
      const { mistakes } = value as Mistakes;
      throw new RangeError(mistakes.map(({ pointer, value: given, expected }) => `${pointer}: ${given} is not ${expected}`).join("; "));
    }
  }
  throw new EngineError("protocol", "the engine's answer about a snippet has an unknown shape: snippets.wasm is of another version");
}

export const snippetResult = (json: string): Snippet => accepted(json, "files") as Snippet;
export const projectResult = (json: string): SnippetProject => accepted(json, "verdicts") as SnippetProject;
export const answerResult = (json: string): Required<Omit<Answer, "base64">> & Pick<Answer, "base64"> =>
  (accepted(json, "answer") as { answer: Required<Omit<Answer, "base64">> & Pick<Answer, "base64"> }).answer;
export const factsResult = (json: string): SnippetFacts => accepted(json, "targets") as SnippetFacts;
