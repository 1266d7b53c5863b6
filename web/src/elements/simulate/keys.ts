import { html, nothing, type TemplateResult } from "lit";
import type { LensWords, Words } from "../../state/words";
import "../dialog/dialog.css";
import { DialogElement } from "../dialog/dialog";

class StatuslabSimulateKeys extends DialogElement<never> {
  words: Words | null = null;
  lens: LensWords | null = null;
  modifier = "Ctrl";

  protected override render(): TemplateResult | typeof nothing {
    const { words, lens, modifier } = this;
    if (words === null || lens === null) return nothing;
    const row = (what: string, ...keys: readonly string[][]): TemplateResult =>
      html`<tr><th scope="row">${what}</th><td>${keys.map((chord, index) => html`${index === 0 ? nothing : " / "}${chord.map((key) => html`<kbd>${key}</kbd> `)}`)}</td></tr>`;
    return html`<dialog class="dlg" aria-labelledby="sim-keys-title" @click=${this.beside}><div class="dlg-body">
      ${this.head("sim-keys-title", words.say("help.title"), words.say("close"))}
      <p class="dlg-text">${lens.say("sim.help.text")}</p>
      <table class="keys"><tbody>
        ${row(lens.say("sim.help.step"), ["→"], ["←"])}
        ${row(lens.say("sim.help.play"), ["K"], ["Space"])}
        ${row(lens.say("sim.help.ends"), ["Home"], ["End"])}
        ${row(lens.say("sim.help.text-key"), ["E"])}
        ${row(lens.say("sim.help.panes"), ["F6"])}
        ${row(lens.say("sim.help.link"), [modifier, "S"])}
        ${row(words.say("help.palette"), [modifier, "K"])}
        ${row(words.say("help.title"), ["?"])}
      </tbody></table>
    </div></dialog>`;
  }
}

export async function openKeys(words: Words, lens: LensWords, modifier: string): Promise<void> {
  if (customElements.get("statuslab-simulate-keys") === undefined) customElements.define("statuslab-simulate-keys", StatuslabSimulateKeys);
  const keys = new StatuslabSimulateKeys();
  keys.words = words;
  keys.lens = lens;
  keys.modifier = modifier;
  await keys.ask();
}
