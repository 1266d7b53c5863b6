/*
 * The scenarios: stories, then codes. Each is a link of its own: it can be copied or opened beside.
 */
import { html, nothing, type TemplateResult } from "lit";
import { statusClass } from "../../engine/model";
import { scenarioFragment } from "../../state/example-link";
import { scenarios, type ScenarioPreset } from "../../state/scenarios";
import type { LensWords, Words } from "../../state/words";
import "../dialog/dialog.css";
import { DialogElement } from "../dialog/dialog";
import type { SiteLinks } from "../links";

class StatuslabScenarios extends DialogElement<string> {
  static override properties = { query: { state: true } };

  declare query: string;
  words: Words | null = null;
  lens: LensWords | null = null;
  links: SiteLinks | null = null;

  constructor() {
    super();
    this.query = "";
  }

  protected override opened(): void {
    // On a phone the keyboard would hide what can be chosen.
    if (matchMedia("(pointer: fine)").matches) this.querySelector("input")?.focus();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { words, lens } = this;
    if (words === null || lens === null) return nothing;
    const wanted = this.query.trim().toLowerCase();
    const found = scenarios.filter(({ id, title, text }) => wanted === "" || [id, title[lens.language], text[lens.language]].some((part) => part.toLowerCase().includes(wanted)));
    const stories = found.filter(({ code }) => code === null);
    const codes = found.filter(({ code }) => code !== null);
    const group = (title: string, list: readonly ScenarioPreset[]): TemplateResult | typeof nothing => list.length === 0 ? nothing
      : html`<section><h3 class="story">${title}</h3><ul class="cards">${list.map((one) => this.#card(one, lens))}</ul></section>`;
    return html`<dialog class="dlg dlg-wide" aria-labelledby="scenarios-title" @click=${this.beside}><div class="dlg-body">
      ${this.head("scenarios-title", lens.say("sim.gallery.title"), words.say("close"))}
      <p class="dlg-text">${lens.say("sim.gallery.text")}</p>
      <input class="dlg-filter" type="search" autocomplete="off" spellcheck="false" aria-label=${lens.say("sim.gallery.filter")} placeholder=${lens.say("sim.gallery.filter")} .value=${this.query} @input=${(event: Event) => {
        if (event.target instanceof HTMLInputElement) this.query = event.target.value;
      }}>
      ${group(lens.say("sim.gallery.stories"), stories)}
      ${group(lens.say("sim.gallery.codes"), codes)}
      <p class="dlg-text" role="status">${found.length === 0 ? lens.say("sim.gallery.none") : nothing}</p>
    </div></dialog>`;
  }

  #card({ id, title, text, code }: ScenarioPreset, { language }: LensWords): TemplateResult {
    const open = (event: MouseEvent): void => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      this.answer(id);
    };
    const number = code === null || title[language].includes(String(code)) ? nothing : html`<span class=${`mono c${statusClass(code)}`}>${code}</span> `;
    return html`<li><a class="card" href=${`${this.links?.simulate ?? ""}#${scenarioFragment(id)}`} @click=${open}>
      <span class="card-title">${number}${title[language]}</span><span class="card-text">${text[language]}</span></a></li>`;
  }
}

/** The id of the chosen scenario. */
export function openScenarios(words: Words, lens: LensWords, links: SiteLinks): Promise<string | null> {
  if (customElements.get("statuslab-scenarios") === undefined) customElements.define("statuslab-scenarios", StatuslabScenarios);
  const gallery = new StatuslabScenarios();
  gallery.words = words;
  gallery.lens = lens;
  gallery.links = links;
  return gallery.ask();
}
