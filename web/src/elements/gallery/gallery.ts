/*
 * The examples, by story. Each is a link of its own: it can be copied or opened beside.
 */
import { html, nothing, type TemplateResult } from "lit";
import { exampleFragment } from "../../state/example-link";
import { presets, STORIES, type Preset, type Story } from "../../state/presets";
import type { Words } from "../../state/words";
import { statusClass } from "../../engine/model";
import { DialogElement } from "../dialog/dialog";
import type { SiteLinks } from "../links";

export class StatuslabGallery extends DialogElement<string> {
  words: Words | null = null;
  links: SiteLinks | null = null;

  protected override render(): TemplateResult | typeof nothing {
    const { words } = this;
    if (words === null) return nothing;
    return html`<dialog class="dlg dlg-wide" aria-labelledby="gallery-title" @click=${this.beside}><div class="dlg-body">
      ${this.head("gallery-title", words.say("gallery.title"), words.say("close"))}
      <p class="dlg-text">${words.say("gallery.text")}</p>
      ${STORIES.map((story) => this.#story(story, words))}
    </div></dialog>`;
  }

  #story(story: Story, words: Words): TemplateResult {
    return html`<section><h3 class="story">${words.say(`gallery.story.${story}`)}</h3>
      <ul class="cards">${presets.filter((preset) => preset.story === story).map((preset) => this.#card(preset, words))}</ul></section>`;
  }

  #card(preset: Preset, words: Words): TemplateResult {
    const code = Number(/HTTP\/[\d.]+ (\d{3})(?![\s\S]*HTTP\/[\d.]+ \d{3})/.exec(preset.exchange.response)?.[1] ?? 0);
    const open = (event: MouseEvent): void => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      this.answer(preset.id);
    };
    return html`<li><a class="card" href=${`${this.links?.workbench ?? ""}#${exampleFragment(preset.id)}`} @click=${open}>
      <span class="card-title">${titleWithCode(preset.title[words.language], code)}</span>
      <span class="card-text">${preset.text[words.language]}</span></a></li>`;
  }
}

/** The code in its colour: where the title names it, or else before the title. */
function titleWithCode(title: string, code: number): TemplateResult {
  const number = html`<span class="mono c${statusClass(code)}">${code}</span>`;
  const at = title.indexOf(String(code));
  if (at === -1) return html`${number} ${title}`;
  return html`${title.slice(0, at)}${number}${title.slice(at + 3)}`;
}
