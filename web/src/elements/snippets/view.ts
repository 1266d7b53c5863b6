/*
 * Snippets as HTML: the page as it is built and the page that lives are the same template.
 */
import { html, nothing, type TemplateResult } from "lit";
import type { Catalog } from "../../engine/catalog";
import { isEmpty } from "../../state/workbench";
import { count, statusClass, type Exchange, type Verdict } from "../../engine/model";
import type { Proof, SnippetFile, SnippetNote, SnippetTarget, Written } from "../../engine/written";
import { differences, tokensOf } from "../../wire/responses";
import { frameworksOf, type Choice } from "../../state/snippet-choice";
import type { LensWords, Words } from "../../state/words";
import { countsView } from "../findings/view";
import { lensTabs, type LensHandlers } from "../lenses/lenses";
import { diffLines } from "../fix-preview/diff";
import type { SiteLinks } from "../links";
import { wireView } from "../wire/view";
import type { Piece } from "./highlight";

export type Pane = "message" | "code";

export interface SnippetsHandlers {
  framework(framework: string): void;
  version(id: string): void;
  form(form: Choice["form"]): void;
  against(id: string): void;
  file(path: string): void;
  copy(): void;
  download(): void;
  examples(): void;
  copyLink(): void;
  pane(pane: Pane): void;
  dismiss(): void;
  readonly lenses: LensHandlers;
}

/** What stands beside the code that was asked for. */
export interface Against {
  readonly target: SnippetTarget;
  readonly written: Written;
  readonly file: SnippetFile | null;
  readonly lines: readonly (readonly Piece[])[];
  readonly proof: readonly Proof[];
}

export interface SnippetsModel {
  readonly words: Words;
  readonly lens: LensWords;
  readonly catalog: Catalog;
  readonly notes: Readonly<Record<string, string>>;
  readonly links: SiteLinks;
  readonly exchange: Exchange;
  readonly verdict: Verdict | null;
  readonly targets: readonly SnippetTarget[];
  readonly target: SnippetTarget | null;
  readonly choice: Choice;
  readonly written: Written | null;
  readonly against: Against | null;
  readonly file: SnippetFile | null;
  readonly lines: readonly (readonly Piece[])[];
  readonly wire: TemplateResult;
  readonly live: boolean;
  readonly pane: Pane;
  /** Why there is no code writer; null while all is well. */
  readonly trouble: string | null;
  readonly proof: readonly Proof[];
  readonly notice: string | null;
  readonly done: "copied" | "refused" | null;
  readonly on: SnippetsHandlers;
}

export function snippetsView(model: SnippetsModel): TemplateResult {
  const { words, lens, on, live, pane } = model;
  return html`<div class="wb snip" data-pane=${pane === "message" ? "message" : "findings"} data-live=${live ? "yes" : nothing} data-against=${model.against === null ? nothing : "yes"}>
    ${bar(model)}
    <div class="cols">
      <div class="pane pane-message">
        <section class="side side-response" aria-labelledby="snip-response">
          <div class="ph"><h2 id="snip-response">${words.say("response")}</h2><span>${lens.say("snip.response.hint")}</span></div>
          ${model.wire}
        </section>
      </div>
      <section class="pane pane-findings" aria-labelledby="snip-lens">
        <div class="lens">${lensTabs("snippets", "snip-lens", words, model.links, on.lenses)}</div>
        ${chooser(model)}
        <div class="list">${codeView(model)}</div>
      </section>
    </div>
    <div class="notices" role="status">${model.notice === null ? nothing : html`<div class="notice"><p>${model.notice}</p><button type="button" class="btn quiet close" aria-label=${words.say("dismiss")} @click=${on.dismiss}>✕</button></div>`}</div>
    <div class="panes" role="group" aria-label=${words.say("panes")}>${(["message", "code"] as const).map((one) => html`<button type="button" aria-pressed=${pane === one ? "true" : "false"} @click=${() => on.pane(one)}>${lens.say(`snip.pane.${one}`)}</button>`)}</div>
  </div>`;
}

function bar({ words, lens, catalog, links, verdict, exchange, on }: SnippetsModel): TemplateResult {
  const request = verdict?.request ?? null;
  return html`<div class="xbar">
    <h1 class="tagline">${lens.say("snip.tagline")}</h1>
    ${request === null ? nothing : html`<span class="request-line mono">${request.method} ${request.target}</span><span class="arrow" aria-hidden="true">→</span>`}
    ${(verdict?.statuses ?? []).slice(-3).map(({ code, reason }) => html`<a class=${`badge mono c${statusClass(code)}`} href=${links.status(String(code))} title=${catalog.status[String(code)]?.summary ?? ""}>${code}${reason === "" ? nothing : html` <span class="reason">${reason}</span>`}</a>`)}
    <p class="verdict" role="group" aria-label=${words.say("verdict")}>${isEmpty(exchange) ? words.say("verdict.empty") : verdict === null ? words.say("verdict.waiting") : countsView(count(verdict.findings), words)}</p>
    <button type="button" class="btn live" aria-haspopup="dialog" @click=${on.examples}>${words.say("examples")} <span aria-hidden="true">▾</span></button>
    <button type="button" class="btn live" @click=${on.copyLink}>${words.say("share.link")}</button>
  </div>`;
}

function chooser({ lens, targets, target, choice, on }: SnippetsModel): TemplateResult | typeof nothing {
  if (target === null) return nothing;
  const versions = targets.filter(({ framework }) => framework === target.framework);
  const walk = (event: KeyboardEvent): void => {
    const buttons = [...((event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>("[role=tab]"))];
    const at = buttons.indexOf(event.target as HTMLElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + buttons.length, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined || at === -1) return;
    event.preventDefault();
    const next = buttons[to % buttons.length];
    next?.focus();
    next?.click();
  };
  return html`<div class="chooser"><div class="tabs" role="tablist" aria-label=${lens.say("snip.frameworks")} @keydown=${walk}>${frameworksOf(targets).map(({ framework, name }) => {
    const on_ = framework === target.framework;
    return html`<button type="button" role="tab" id=${`snip-tab-${framework}`} aria-controls="snip-code" aria-selected=${on_ ? "true" : "false"} tabindex=${on_ ? "0" : "-1"} @click=${() => on.framework(framework)}>${name}</button>`;
  })}</div>
    <div class="options live"><select class="chip" aria-label=${lens.say("snip.version")} @change=${(event: Event) => {
      if (event.target instanceof HTMLSelectElement) on.version(event.target.value);
    }}>${versions.map(({ id, version }) => html`<option value=${id} ?selected=${id === target.id}>${version}</option>`)}</select>
    <select class="chip" aria-label=${lens.say("snip.form")} @change=${(event: Event) => {
      if (event.target instanceof HTMLSelectElement) on.form(event.target.value === "complete" ? "complete" : "handler");
    }}>${(["handler", "complete"] as const).map((form) => html`<option value=${form} ?selected=${form === choice.form}>${lens.say(`snip.form.${form}`)}</option>`)}</select>
    <select class="chip" aria-label=${lens.say("snip.against")} @change=${(event: Event) => {
      if (event.target instanceof HTMLSelectElement) on.against(event.target.value);
    }}><option value="" ?selected=${choice.against === ""}>${lens.say("snip.against.none")}</option>${targets.filter(({ id }) => id !== target.id).map(({ id, name, version }) => html`<option value=${id} ?selected=${id === choice.against}>${lens.say("snip.against.one", { framework: `${name} ${version}` })}</option>`)}</select></div></div>`;
}

function codeView(model: SnippetsModel): TemplateResult {
  const { lens, written, target, exchange, trouble, file } = model;
  const plain = (title: string, text: string): TemplateResult => html`<div class="plain"><p class="plain-title">${title}</p><p>${text}</p></div>`;
  if (isEmpty(exchange) || exchange.response === "") return plain(lens.say("snip.empty"), lens.say("snip.empty.text"));
  if (trouble !== null) return plain(lens.say("snip.unavailable", { reason: trouble }), "");
  if (written === null || target === null) return plain(lens.say("snip.waiting"), "");
  const framework = `${target.name} ${target.version}`;
  return html`<div id="snip-code" role="tabpanel" aria-labelledby=${`snip-tab-${target.framework}`} tabindex="0">
    ${refused(written, model)}
    ${model.against === null || model.against.target.id === target.id
      ? html`<div class="pair">${file === null ? nothing : html`<div>${filesView(model, file, framework)}</div>`}${proofView(model.proof, written.cell, lens)}</div>${limits(written, framework, model)}`
      : versusView(model, model.against, framework)}
    ${written.start === "" ? nothing : html`<section class="limits"><h3>${lens.say("snip.run")}</h3><pre class="shell" tabindex="0" translate="no">${[...written.install, written.start].join("\n")}</pre></section>`}
    <p class="proof"><span class=${target.verified ? "sev-ok" : "sev-warning"}><span aria-hidden="true">${target.verified ? "✓" : "▲"}</span> <b>${lens.say(target.verified ? "snip.proven" : "snip.not-run")}</b></span> ${target.verified ? [framework, target.server].filter((part) => part !== "").join(", ") : lens.say("snip.not-run.text")}</p>
  </div>`;
}

/** Why this is not what was asked for. */
function refused({ reason }: Written, { notes }: Pick<SnippetsModel, "notes">): TemplateResult | typeof nothing {
  return reason === null ? nothing : html`<div class="limits refused"><p><span class="sev-warning" aria-hidden="true">▲</span> ${noteText(reason, notes)}</p></div>`;
}

function limits({ notes }: Written, framework: string, model: Pick<SnippetsModel, "lens" | "notes">): TemplateResult | typeof nothing {
  return notes.length === 0 ? nothing : html`<section class="limits"><h3>${model.lens.say("snip.limits", { framework })}</h3><ul>${notes.map((note) => html`<li>${noteText(note, model.notes)}</li>`)}</ul></section>`;
}

/** Two frameworks beside each other: code, bytes, and what differs on the wire. */
function versusView(model: SnippetsModel, against: Against, framework: string): TemplateResult {
  const { lens, written, target, file, proof } = model;
  if (written === null || target === null) return html``;
  const other = `${against.target.name} ${against.target.version}`;
  // Versions of one framework have most lines in common; those that they have not are marked.
  const marks = target.framework === against.target.framework ? changedLines(file?.text ?? "", against.file?.text ?? "") : NO_MARKS;
  return html`<div class="versus">
      <div><h3 class="versus-name">${framework}</h3><div>${file === null ? nothing : filesView(model, file, framework, marks.a)}</div>
        <div>${proofView(proof, written.cell, lens)}</div><div>${limits(written, framework, model)}</div></div>
      <div><h3 class="versus-name">${other}</h3><div>${refused(against.written, model)}
        ${against.file === null ? nothing : codeLines(against.lines, lens.say("snip.code", { file: against.file.path, framework: other }), marks.b)}</div>
        <div>${proofView(against.proof, against.written.cell, lens)}</div><div>${limits(against.written, other, model)}</div></div>
    </div>
    ${differencesView(proof[0] ?? null, against.proof[0] ?? null, [framework, other], lens)}`;
}

function differencesView(a: Proof | null, b: Proof | null, names: readonly [string, string], lens: LensWords): TemplateResult {
  if (a === null || b === null) return html`<section class="limits"><h3>${lens.say("snip.differs")}</h3><p>${lens.say("snip.differs.unknown")}</p></section>`;
  const rows = differences(a.wire, b.wire);
  const cell = (text: string | null): TemplateResult => (text === null ? html`<td class="absent">${lens.say("snip.differs.absent")}</td>` : html`<td translate="no" dir="ltr">${text}</td>`);
  return html`<section class="limits differs"><h3>${lens.say("snip.differs")}</h3>${rows.length === 0 ? html`<p>${lens.say("snip.differs.none")}</p>` : html`<table>
    <thead><tr><th scope="col">${lens.say("snip.differs.part")}</th><th scope="col">${names[0]}</th><th scope="col">${names[1]}</th></tr></thead>
    <tbody>${rows.map((row) => html`<tr><th scope="row">${row.part === "field" ? row.field : lens.say(`snip.differs.${row.part}`)}</th>${cell(row.a)}${cell(row.b)}</tr>`)}</tbody></table>`}</section>`;
}

interface Marks {
  readonly a: ReadonlySet<number>;
  readonly b: ReadonlySet<number>;
}

const NO_MARKS: Marks = { a: new Set(), b: new Set() };

function changedLines(before: string, after: string): Marks {
  const marks = { a: new Set<number>(), b: new Set<number>() };
  let [a, b] = [0, 0];
  for (const { kind } of diffLines(before, after)) {
    if (kind === "removed") marks.a.add(a);
    if (kind === "added") marks.b.add(b);
    if (kind !== "added") a += 1;
    if (kind !== "removed") b += 1;
  }
  return marks;
}

function filesView({ lens, written, on, lines, done }: SnippetsModel, file: SnippetFile, framework: string, marks = NO_MARKS.a): TemplateResult {
  const files = written?.files ?? [];
  return html`${files.length < 2 ? nothing : html`<div class="files" role="group" aria-label=${lens.say("snip.files")}>${files.map(({ path }) => html`<button type="button" class="chip" aria-pressed=${path === file.path ? "true" : "false"} @click=${() => on.file(path)}>${path}</button>`)}</div>`}
    ${codeLines(lines, lens.say("snip.code", { file: file.path, framework }), marks)}
    <div class="actions live"><button type="button" class="btn primary" @click=${on.copy}>${lens.say("snip.copy")}</button>
      <button type="button" class="btn" @click=${on.download}>${lens.say("snip.download")}</button>
      <span role="status" class="done">${done === null ? nothing : lens.say(done === "copied" ? "snip.copied" : "snip.copy.failed")}</span></div>`;
}

/** Code in colours. `marked` are lines, from 0. */
export function codeLines(lines: readonly (readonly Piece[])[], label: string, marked: ReadonlySet<number> = NO_MARKS.a): TemplateResult {
  return html`<pre class="wire code" tabindex="0" role="group" translate="no" dir="ltr" aria-label=${label}>${lines.map((line, index) => html`<span class=${marked.has(index) ? "l on" : "l"}><i aria-hidden="true">${index + 1}</i><span>${line.map(({ text, name }) => (name === "" ? text : html`<span class=${name}>${text}</span>`))}${"\n"}</span></span>`)}</pre>`;
}

/** The bytes of a cell of the matrix, by default the nearest one; those of other servers fold. */
export function proofView(proof: readonly Proof[], cell: Written["cell"], lens: LensWords, word: "snip.wire.of" | "snip.wire.exact" = "snip.wire.of"): TemplateResult | typeof nothing {
  const [usual, ...others] = proof;
  if (usual === undefined) return nothing;
  const wire = (one: Proof): TemplateResult => wireView({ text: one.wire, tokens: tokensOf(one.wire), findings: [], selected: null, label: `${lens.say("snip.wire")} (${one.server})` });
  return html`<section class="on-wire" aria-label=${`${lens.say("snip.wire")} (${usual.framework})`}><div class="ph"><h3><span class="sev-ok" aria-hidden="true">✓</span> ${lens.say("snip.wire")}</h3></div>
    ${wire(usual)}
    <p class="proof">${lens.say(word, { ...usual, code: cell.code, kind: lens.known(`snip.kind.${cell.column}`) ?? cell.column })}</p>
    ${others.map((one) => html`<details><summary>${lens.say("snip.wire.elsewhere", { server: one.server })}</summary>${wire(one)}</details>`)}
  </section>`;
}

export function noteText({ id, args }: SnippetNote, notes: Readonly<Record<string, string>>): string {
  return (notes[id] ?? id).replace(/\{(\d+)\}/g, (whole, index: string) => args[Number(index)] ?? whole);
}
