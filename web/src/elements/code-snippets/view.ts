import { html, nothing, type TemplateResult } from "lit";
import type { Proof, SnippetTarget, Written } from "../../engine/written";
import type { LensWords } from "../../state/words";
import type { Piece } from "../snippets/highlight";
import { codeLines, noteText, proofView } from "../snippets/view";

export interface CodeSnippetsModel {
  readonly words: LensWords;
  readonly notes: Readonly<Record<string, string>>;
  readonly targets: readonly SnippetTarget[];
  readonly target: SnippetTarget | null;
  readonly columns: readonly string[];
  readonly column: string;
  readonly written: Written | null;
  readonly lines: readonly (readonly Piece[])[];
  readonly proof: readonly Proof[];
  readonly trouble: string | null;
  readonly done: "copied" | "refused" | null;
  /** The code in the lens. */
  readonly link: string;
  choose(target: string): void;
  showColumn(column: string): void;
  copy(): void;
}

export function codeSnippetsView(model: CodeSnippetsModel): TemplateResult {
  const { words, target, written, trouble } = model;
  if (trouble !== null) return html`<p>${words.say("snip.unavailable", { reason: trouble })} <a href=${model.link}>${words.say("snip.open")}</a></p>`;
  if (target === null || written === null) return html`<p>${words.say("snip.waiting")}</p>`;
  const framework = `${target.name} ${target.version}`;
  const notes = [...(written.reason === null ? [] : [written.reason]), ...written.notes];
  return html`<div class="csnip">
    <div class="csnip-head">${choice(words.say("snip.framework"), model.targets.map(({ id, name, version }) => [id, `${name} ${version}`]), target.id, model.choose)}
      ${choice(words.say("snip.kind"), model.columns.map((column) => [column, words.known(`snip.kind.${column}`) ?? column]), model.column, model.showColumn)}
      <span class="sp"></span><a href=${model.link}>${words.say("snip.open")}</a></div>
    ${model.lines.length === 0 ? nothing : html`${codeLines(model.lines, words.say("snip.code", { file: written.main, framework }))}
      <div class="csnip-foot"><button type="button" class="csnip-copy" @click=${model.copy}>${words.say("snip.copy")}</button>
      <span role="status">${model.done === null ? nothing : words.say(model.done === "copied" ? "snip.copied" : "snip.copy.failed")}</span></div>`}
    ${notes.length === 0 ? nothing : html`<ul class="csnip-notes" aria-label=${words.say("snip.limits", { framework })}>${notes.map((note) => html`<li>${noteText(note, model.notes)}</li>`)}</ul>`}
    ${proofView(model.proof, written.cell, words, "snip.wire.exact")}
  </div>`;
}

function choice(label: string, options: readonly (readonly [string, string])[], chosen: string, choose: (value: string) => void): TemplateResult {
  return html`<select aria-label=${label} @change=${(event: Event) => {
    if (event.target instanceof HTMLSelectElement) choose(event.target.value);
  }}>${options.map(([value, text]) => html`<option value=${value} ?selected=${value === chosen}>${text}</option>`)}</select>`;
}
