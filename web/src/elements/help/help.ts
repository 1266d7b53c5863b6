import { html, nothing, type TemplateResult } from "lit";
import type { Words } from "../../state/words";
import { DialogElement } from "../dialog/dialog";

export class StatuslabHelp extends DialogElement<never> {
  words: Words | null = null;
  modifier = "Ctrl";

  protected override render(): TemplateResult | typeof nothing {
    const { words, modifier } = this;
    if (words === null) return nothing;
    const row = (what: string, ...keys: readonly string[][]): TemplateResult =>
      html`<tr><th scope="row">${what}</th><td>${keys.map((chord, index) => html`${index === 0 ? nothing : " / "}${chord.map((key) => html`<kbd>${key}</kbd> `)}`)}</td></tr>`;
    return html`<dialog class="dlg" aria-labelledby="help-title" @click=${this.beside}><div class="dlg-body">
      ${this.head("help-title", words.say("help.title"), words.say("close"))}
      <p class="dlg-text">${words.say("help.text")}</p>
      <table class="keys"><tbody>
        ${row(words.say("command.next"), ["F8"])}
        ${row(words.say("command.previous"), ["Shift", "F8"])}
        ${row(words.say("help.quick-fix"), [modifier, "."])}
        ${row(words.say("help.undo"), [modifier, "Z"])}
        ${row(words.say("help.escape"), ["Esc"])}
        ${row(words.say("help.panes"), ["F6"], ["Shift", "F6"])}
        ${row(words.say("help.arrows"), ["↑"], ["↓"])}
        ${row(words.say("help.enter"), ["Enter"])}
        ${row(words.say("help.palette"), [modifier, "K"])}
        ${row(words.say("command.copy-link"), [modifier, "S"])}
        ${row(words.say("command.check"), [modifier, "Enter"])}
        ${row(words.say("help.title"), ["?"])}
      </tbody></table>
    </div></dialog>`;
  }
}
