/*
 * Ctrl+K: every command, every status code, every rule, from one line. A combobox with a list below it.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { Catalog } from "../../engine/catalog";
import type { Words, WordKey } from "../../state/words";
import { DialogElement } from "../dialog/dialog";
import type { SiteLinks } from "../links";
import { find, type Entry } from "./search";

export interface Command {
  readonly id: WordKey extends infer Key ? (Key extends `command.${infer Id}` ? Id : never) : never;
  readonly keys: string;
  run(): void;
}

interface Item extends Entry {
  readonly keys: string;
  readonly href: string | null;
  readonly command: Command | null;
}

export class StatuslabPalette extends DialogElement<Command> {
  static override properties = { query: { state: true }, active: { state: true } };

  declare query: string;
  declare active: number;
  words: Words | null = null;
  #items: readonly Item[] = [];

  constructor() {
    super();
    this.query = "";
    this.active = 0;
  }

  fill(words: Words, catalog: Catalog, links: SiteLinks, commands: readonly Command[]): void {
    this.words = words;
    this.#items = [
      ...commands.map((command): Item => ({
        group: "commands", id: command.id, title: words.say(`command.${command.id}`), detail: "", keys: command.keys, href: null, command,
      })),
      ...Object.entries(catalog.status).map(([key, { title, summary }]): Item => ({
        group: "codes", id: key, title: title.startsWith(key.slice(0, 3)) ? title : `${key.slice(0, 3)} ${title}`, detail: summary, keys: "", href: links.status(key), command: null,
      })),
      ...Object.entries(catalog.rules).map(([id, { message, summary }]): Item => ({
        group: "rules", id, title: message.replace(/\{[^}]+\}/g, "…"), detail: `${id} · ${summary}`, keys: "", href: links.rule(id), command: null,
      })),
    ];
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("query")) this.active = 0;
  }

  protected override updated(): void {
    this.querySelector("[aria-selected='true']")?.scrollIntoView({ block: "nearest" });
  }

  protected override opened(): void {
    this.querySelector("input")?.focus();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { words } = this;
    if (words === null) return nothing;
    const found = this.#found();
    return html`<dialog class="dlg dlg-palette" aria-label=${words.say("palette.title")} @click=${this.beside}><div class="dlg-body">
      <input type="text" role="combobox" aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list" autocomplete="off" spellcheck="false"
        aria-label=${words.say("palette.placeholder")} placeholder=${words.say("palette.placeholder")}
        aria-activedescendant=${found.length === 0 ? nothing : `palette-${this.active}`}
        .value=${live(this.query)} @input=${this.#typed} @keydown=${this.#key}>
      <div class="palette-list" id="palette-list" role="listbox" aria-label=${words.say("palette.title")}>${this.#groups(found, words)}</div>
      ${found.length === 0 ? html`<p class="dlg-text">${words.say("palette.none")}</p>` : nothing}
      <p class="unseen" role="status">${words.counted("palette.count", found.length)}</p>
    </div></dialog>`;
  }

  #groups(found: readonly Item[], words: Words): TemplateResult[] {
    const groups = [...new Set(found.map((item) => item.group))];
    return groups.map((group) => html`<div role="group" aria-labelledby=${`palette-group-${group}`}>
      <div class="palette-group" id=${`palette-group-${group}`}>${words.say(`palette.${group}`)}</div>
      ${found.map((item, index) => item.group === group ? this.#option(item, index) : nothing)}
    </div>`);
  }

  #option(item: Item, index: number): TemplateResult {
    return html`<div class="palette-item" role="option" id=${`palette-${index}`} aria-selected=${index === this.active ? "true" : "false"}
      @click=${(event: MouseEvent) => this.#choose(item, event.ctrlKey || event.metaKey)} @mousemove=${() => {
        this.active = index;
      }}><span class="palette-title">${item.title}</span><span class="palette-detail">${item.detail}</span>${item.keys === "" ? nothing : html`<kbd>${item.keys}</kbd>`}</div>`;
  }

  #found(): Item[] {
    return find(this.#items, this.query) as Item[];
  }

  readonly #typed = (event: Event): void => {
    if (event.target instanceof HTMLInputElement) this.query = event.target.value;
  };

  readonly #key = (event: KeyboardEvent): void => {
    const found = this.#found();
    const to = { ArrowDown: this.active + 1, ArrowUp: this.active - 1 + found.length, PageDown: Math.min(this.active + 8, found.length - 1), PageUp: Math.max(this.active - 8, 0) }[event.key];
    if (to !== undefined && found.length > 0) this.active = to % found.length;
    else if (event.key === "Enter") {
      const item = found[this.active];
      if (item !== undefined) this.#choose(item, event.ctrlKey || event.metaKey);
    } else return;
    event.preventDefault();
  };

  #choose(item: Item, beside: boolean): void {
    if (item.command !== null) this.answer(item.command);
    else if (item.href !== null) {
      if (beside) window.open(item.href, "_blank", "noopener");
      else location.assign(item.href);
      this.leave();
    }
  }
}
