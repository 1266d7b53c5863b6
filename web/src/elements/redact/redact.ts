/*
 * Before a message is given away: it holds secrets. The question is asked once for each time of copying.
 */
import { html, nothing, type TemplateResult } from "lit";
import type { ToolWords, Words } from "../../state/words";
import { DialogElement } from "../dialog/dialog";

export type RedactAnswer = "redact" | "as-it-is";

export class StatuslabRedact extends DialogElement<RedactAnswer> {
  words: Words | null = null;
  toolWords: ToolWords | null = null;
  /** What was found, in words. */
  secrets: readonly string[] = [];
  /** Whether there are repairs for them. */
  repairable = true;

  protected override opened(): void {
    const safe = this.querySelector<HTMLElement>(".btn.primary") ?? this.querySelector<HTMLElement>(".dlg-foot .btn");
    safe?.focus();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { words, toolWords, secrets } = this;
    if (words === null || toolWords === null) return nothing;
    return html`<dialog class="dlg" aria-labelledby="redact-title" aria-describedby="redact-text" @click=${this.beside}><div class="dlg-body">
      ${this.head("redact-title", toolWords.say("redact.title"), words.say("close"))}
      <p class="dlg-text" id="redact-text">${toolWords.counted("redact.text", secrets.length)}</p>
      <ul class="applied">${secrets.map((secret) => html`<li>${secret}</li>`)}</ul>
      <footer class="dlg-foot"><button type="button" class="btn" @click=${() => this.answer("as-it-is")}>${toolWords.say("redact.no")}</button>${
        this.repairable ? html`<button type="button" class="btn primary" @click=${() => this.answer("redact")}>${toolWords.say("redact.yes")}</button>` : nothing}</footer>
    </div></dialog>`;
  }
}
