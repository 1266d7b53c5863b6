/*
 * <statuslab-code-snippets>: the handler that sends a code, on the page of the code. src/client/code-snippets.ts loads it when it
 * comes into sight; until then, and without scripts, what was written at the build stands in it.
 */
import { LitElement, type TemplateResult } from "lit";
import { languageOf, loadSnippetNotes } from "../../engine/catalog";
import { exampleSnippet, snippetTargets } from "../../engine/snippet-writer";
import { mainFile, proofsOf, type Proof, type SnippetTarget, type Written } from "../../engine/written";
import { FIRST, loadChoice, saveChoice, targetOf, type Choice } from "../../state/snippet-choice";
import { pageStore } from "../../state/storage";
import { loadLensWords, type LensWords } from "../../state/words";
import { highlighted, type Piece } from "../snippets/highlight";
import { proofLoader } from "../snippets/proofs";
import { readIsland } from "../island";
import type { Island } from "./island";
import { codeSnippetsView } from "./view";

interface Shown {
  readonly written: Written;
  readonly lines: readonly (readonly Piece[])[];
  readonly proof: readonly Proof[];
}

export class StatuslabCodeSnippets extends LitElement {
  #island: Island | null = null;
  #link = "";
  #words: LensWords | null = null;
  #notes: Readonly<Record<string, string>> = {};
  #targets: readonly SnippetTarget[] = [];
  #choice: Choice = FIRST;
  #versions: Readonly<Record<string, string>> = {};
  #column = "";
  #shown: Shown | null = null;
  #trouble: string | null = null;
  #done: "copied" | "refused" | null = null;
  #proofs = proofLoader("/");

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#island === null) void this.#begin();
  }

  protected override shouldUpdate(): boolean {
    return this.#words !== null && (this.#shown !== null || this.#trouble !== null);
  }

  protected override willUpdate(): void {
    if (!this.hasUpdated) this.replaceChildren();
  }

  protected override render(): TemplateResult | undefined {
    const words = this.#words;
    const island = this.#island;
    if (words === null || island === null) return undefined;
    return codeSnippetsView({
      words, notes: this.#notes, targets: this.#targets, target: targetOf(this.#choice, this.#targets), columns: island.columns, column: this.#column,
      ...(this.#shown ?? { written: null, lines: [], proof: [] }), trouble: this.#trouble, done: this.#done, link: this.#link,
      choose: (target) => this.#choose(target),
      showColumn: (column) => {
        this.#column = column;
        void this.#write();
      },
      copy: () => void this.#copy(),
    });
  }

  async #begin(): Promise<void> {
    const island = readIsland<Island>(this);
    if (island === null) return;
    this.#island = island;
    this.#proofs = proofLoader(island.base);
    this.#column = island.columns[0] ?? "none";
    this.#link = this.querySelector("a")?.getAttribute("href") ?? "";
    const language = languageOf(this.closest("[lang]")?.getAttribute("lang") ?? "en");
    const remembered = loadChoice(pageStore());
    this.#choice = remembered.choice;
    this.#versions = remembered.versions;
    try {
      [this.#words, this.#notes, this.#targets] = await Promise.all([loadLensWords(language), loadSnippetNotes(language), snippetTargets()]);
      await this.#write();
      this.dataset["ready"] = "yes";
    } catch (error) {
      // The link is still there; what is missing is only the code in place.
      this.#trouble = error instanceof Error ? error.message : String(error);
      this.requestUpdate();
    }
  }

  async #write(): Promise<void> {
    const island = this.#island;
    const target = targetOf(this.#choice, this.#targets);
    if (island === null || target === null) return;
    const column = this.#column;
    const written = await exampleSnippet(island.code, column, target.id);
    const file = mainFile(written);
    const [lines, proofs] = await Promise.all([file === null ? [] : highlighted(file.path, file.text), this.#proofs(target.id)]);
    if (column !== this.#column || target !== targetOf(this.#choice, this.#targets)) return;
    this.#done = null;
    this.#shown = { written, lines, proof: proofsOf(proofs, written.cell) };
    this.requestUpdate();
  }

  #choose(id: string): void {
    const target = this.#targets.find((one) => one.id === id);
    if (target === undefined) return;
    this.#choice = { ...this.#choice, target: id };
    this.#versions = { ...this.#versions, [target.framework]: id };
    saveChoice(pageStore(), this.#choice, this.#versions);
    void this.#write();
  }

  async #copy(): Promise<void> {
    const written = this.#shown?.written;
    const file = written === undefined ? null : mainFile(written);
    try {
      await navigator.clipboard.writeText(file?.text ?? "");
      this.#done = "copied";
    } catch {
      this.#done = "refused";
    }
    this.requestUpdate();
  }
}
