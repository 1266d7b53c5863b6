/*
 * JSON in an editor, with the mistakes of a reader at their places and completions from a JSON schema.
 * Text in, text out; mistakes come with JSON pointers (RFC 6901).
 */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, type Completion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json, jsonParseLinter } from "@codemirror/lang-json";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, syntaxHighlighting, syntaxTree } from "@codemirror/language";
import { setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { pathAt, rangeOf } from "./json-places";
import { valuesAt, type Schema } from "./json-schema";
import { wireTheme } from "./theme";

export interface JsonMistake {
  readonly pointer: string;
  readonly message: string;
}

export interface JsonEditorOptions {
  readonly text: string;
  readonly label: string;
  /** Said to screen readers: how to get out. */
  readonly description: string;
  readonly edited: (text: string) => void;
  /** Escape: the keyboard leaves the editor. */
  readonly left: () => void;
}

export class JsonEditor {
  readonly view: EditorView;
  #schema: Schema | null = null;

  constructor({ text, label, description, edited, left }: JsonEditorOptions) {
    this.view = new EditorView({
      state: EditorState.create({
        doc: text,
        extensions: [
          lineNumbers(), foldGutter(), history(), indentOnInput(), bracketMatching(), closeBrackets(), highlightActiveLine(), json(),
          syntaxHighlighting(classHighlighter),
          autocompletion({ override: [(context) => this.#complete(context)], icons: false }),
          // Tab is never caught: it leads on, as everywhere on the page.
          keymap.of([...closeBracketsKeymap, ...completionKeymap, { key: "Escape", run: () => (left(), true) }, ...defaultKeymap, ...historyKeymap, ...foldKeymap]),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ "aria-label": label, "aria-description": description, translate: "no", dir: "ltr", spellcheck: "false" }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) edited(update.state.sliceDoc());
          }),
          wireTheme,
        ],
      }),
    });
  }

  get text(): string {
    return this.view.state.sliceDoc();
  }

  /** A text that somebody else wrote; not reported back where it is the same. */
  replace(text: string): void {
    if (text !== this.text) this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } });
  }

  complete(schema: Schema | null): void {
    this.#schema = schema;
  }

  show(mistakes: readonly JsonMistake[]): void {
    const { state } = this.view;
    const tree = syntaxTree(state);
    const broken = jsonParseLinter()(this.view);
    const found = mistakes.map(({ pointer, message }): Diagnostic => {
      const range = rangeOf(tree, state.sliceDoc(), pointer);
      return { ...range, severity: "error", message: `${pointer === "" ? "" : `${pointer}: `}${message}` };
    });
    // Where the text is no JSON at all, the place of that says more.
    this.view.dispatch(setDiagnostics(state, broken.length > 0 ? broken : found));
  }

  #complete(context: CompletionContext): CompletionResult | null {
    if (this.#schema === null) return null;
    const { state, pos, explicit } = context;
    const word = context.matchBefore(/"?[\w-]*$/);
    if (word === null || (word.from === word.to && !explicit)) return null;
    const place = pathAt(syntaxTree(state), state.sliceDoc(), pos);
    const options = valuesAt(this.#schema, place).map(({ text, detail }): Completion => ({
      label: text, detail, apply: (view, _completion, from, to) => {
        // The quotation mark that was closed by itself goes with it.
        const end = view.state.sliceDoc(to, to + 1) === '"' && text.endsWith('"') ? to + 1 : to;
        const insert = place.kind === "name" && !/^\s*:/.test(view.state.sliceDoc(end)) ? `${text}: ` : text;
        view.dispatch({ changes: { from, to: end, insert }, selection: { anchor: from + insert.length } });
      },
    }));
    return { from: word.from, options, validFor: /^"?[\w-]*$/ };
  }
}
