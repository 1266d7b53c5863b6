/** `statuslab snippet`: server code to standard output or into a folder, what is to be said about it to standard error. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import type { Answer, Snippet, SnippetForm, SnippetNote } from "./snippet-types.js";
import type { Engine } from "./types.js";
import type { Language } from "./words.js";

export interface SnippetOrder {
  target: string;
  form: SnippetForm;
  answer: Answer;
  out: string | undefined;
  lang: Language;
}

export interface SnippetOutput {
  stdout: string;
  stderr: string;
  possible: boolean;
}

/** Where no kind is asked for, the first of these that goes with the code. */
const usualCases = ["json", "none", "upgrade", "interim", "ranges"];

/** The model answer of the code. An unknown kind is a RangeError that names all. */
export function modelAnswer(engine: Engine, status: number, kind: string | undefined, target: string): Answer {
  const answers = (kind === undefined ? usualCases : [kind]).map((name) => engine.exampleAnswer(status, name));
  const fitting = answers.find((answer) => engine.snippet(answer, target).verdict !== "not-applicable");
  const chosen = fitting ?? answers[0];
  if (chosen === undefined) throw new RangeError(`there is no answer for ${status}`);
  return chosen;
}

export async function writeSnippet(engine: Engine, { target, form, answer, out, lang }: SnippetOrder): Promise<SnippetOutput> {
  const snippet = engine.snippet(answer, target, form);
  const words = await noteWords(lang);
  const notes = snippet.reason === null ? snippet.notes : [snippet.reason, ...snippet.notes];
  const stderr = notes.map((note) => `${sentence(note, words)}\n`).join("");
  const possible = snippet.verdict === "possible";
  if (out === undefined) return { stdout: printed(snippet), stderr, possible };
  for (const { path, text } of snippet.files) {
    const file = join(out, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  const steps = [...snippet.install, snippet.start].filter((step) => step !== "");
  return { stdout: steps.map((step) => `${step}\n`).join(""), stderr, possible };
}

/** One file as it is; several with their names. */
function printed({ files }: Snippet): string {
  if (files.length < 2) return files.map(({ text }) => text).join("");
  return files.map(({ path, text }) => `--- ${path}\n${text}`).join("\n");
}

async function noteWords(lang: Language): Promise<Record<string, string>> {
  const text = await readFile(new URL(`./catalog/snippets.${lang}.json`, import.meta.url), "utf8");
  return (JSON.parse(text) as { notes: Record<string, string> }).notes;
}

function sentence({ id, args }: SnippetNote, words: Record<string, string>): string {
  return (words[id] ?? id).replace(/\{(\d)\}/g, (whole, index: string) => args[Number(index)] ?? whole);
}
