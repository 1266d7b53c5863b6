/*
 * The exchange and what is found in it, in the forms that others read: to be looked at, copied or saved.
 */
import { html, nothing, type TemplateResult } from "lit";
import type { ToolWords, Words } from "../../state/words";
import { DialogElement } from "../dialog/dialog";

export const FORMATS = ["text", "json", "sarif", "github", "markdown", "fixed"] as const;
export type Format = (typeof FORMATS)[number];

export interface Written {
  readonly text: string;
  readonly name: string;
  readonly type: string;
  /** The bytes of the file, where they are not the UTF-8 of the text. */
  readonly bytes?: Uint8Array<ArrayBuffer>;
}

type Progress = { readonly kind: "working" } | { readonly kind: "written"; readonly written: Written } | { readonly kind: "failed"; readonly reason: string };

export class StatuslabExport extends DialogElement<never> {
  static override properties = { format: { state: true }, progress: { state: true }, done: { state: true } };

  declare format: Format;
  declare progress: Progress;
  declare done: "copied" | "saved" | "refused" | null;
  words: Words | null = null;
  toolWords: ToolWords | null = null;
  write: ((format: Format) => Promise<Written>) | null = null;

  constructor() {
    super();
    this.format = "text";
    this.progress = { kind: "working" };
    this.done = null;
  }

  protected override opened(): void {
    this.#choose("text");
    this.querySelector<HTMLElement>("input:checked")?.focus();
  }

  #choose(format: Format): void {
    this.format = format;
    this.done = null;
    this.progress = { kind: "working" };
    this.write?.(format).then(
      (written) => {
        if (this.format === format) this.progress = { kind: "written", written };
      },
      (error: unknown) => {
        if (this.format === format) this.progress = { kind: "failed", reason: error instanceof Error ? error.message : String(error) };
      },
    );
  }

  async #copy({ text }: Written): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.done = "copied";
    } catch {
      this.done = "refused";
    }
  }

  #save({ text, name, type, bytes }: Written): void {
    const url = URL.createObjectURL(new Blob([bytes ?? text], { type }));
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    this.done = "saved";
  }

  protected override render(): TemplateResult | typeof nothing {
    const { words, toolWords } = this;
    if (words === null || toolWords === null) return nothing;
    return html`<dialog class="dlg dlg-wide dlg-export" aria-labelledby="export-title" @click=${this.beside}><div class="dlg-body">
      ${this.head("export-title", toolWords.say("export.title"), words.say("close"))}
      <fieldset class="formats"><legend class="unseen">${toolWords.say("export.format")}</legend>
        ${FORMATS.map((format) => html`<label><input type="radio" name="format" value=${format} ?checked=${format === this.format} @change=${() => this.#choose(format)}> ${toolWords.say(`export.${format}`)}</label>`)}</fieldset>
      <p class="dlg-text">${toolWords.say(`export.${this.format}.text`)}</p>
      ${this.#result(toolWords)}
    </div></dialog>`;
  }

  #result(words: ToolWords): TemplateResult {
    const { progress } = this;
    switch (progress.kind) {
      case "working":
        return html`<pre class="diff export-text" aria-busy="true"></pre>`;
      case "failed":
        return html`<p class="dlg-text" role="alert">${words.say("export.failed", { reason: progress.reason })}</p>`;
      case "written": {
        const { written } = progress;
        return html`<pre class="diff export-text" tabindex="0" translate="no" dir="ltr">${written.text === "" ? words.say("export.empty") : written.text}</pre>
          <footer class="dlg-foot"><span class="export-done" role="status">${this.done === null ? nothing : words.say(`export.done.${this.done}`)}</span>
            <button type="button" class="btn" @click=${() => void this.#copy(written)}>${words.say("export.copy")}</button>
            <button type="button" class="btn primary" @click=${() => this.#save(written)}>${words.say("export.save", { name: written.name })}</button></footer>`;
      }
    }
  }
}
