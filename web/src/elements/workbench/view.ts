/*
 * The workbench as HTML: the page as it is built and the page that lives are the same template.
 */
import { html, nothing, type TemplateResult } from "lit";
import { countOf, checksLine, countsView, findingsList, type FindingsModel } from "../findings/view";
import { toBytes } from "../../engine/bytes";
import { statusClass, safeFixes, type Scheme, type Side, type StatusLine } from "../../engine/model";
import { isEmpty, verdictOf, type Notice, type Pane, type State } from "../../state/workbench";
import type { Cursor } from "../../editor/wire-editor";
import { LENSES, lensTabs, type LensHandlers } from "../lenses/lenses";
import { fileSize } from "./size";

export interface WorkbenchHandlers {
  fixAll(): void;
  examples(): void;
  openFile(): void;
  explain(): void;
  resetLevels(): void;
  exportAs(): void;
  backToArchive(): void;
  stepInArchive(step: 1 | -1): void;
  copyLink(): void;
  copyMarkdown(): void;
  reset(): void;
  openSaved(): void;
  openDefault(event: Event): void;
  acceptLink(): void;
  dismiss(): void;
  undoFixes(): void;
  keepLf(): void;
  checkNow(): void;
  tryAgain(): void;
  scheme(scheme: Scheme): void;
  endings(): void;
  pane(pane: Pane): void;
  /** To the other lenses. */
  readonly lenses: LensHandlers;
  /** To the client, without the scenario that the exchange may come from. */
  readonly send: LensHandlers;
}

export type CursorPlace = Cursor & { readonly byte: number; readonly bytes: number };

export interface WorkbenchModel extends FindingsModel {
  readonly state: State;
  readonly live: boolean;
  /** "Ctrl" or "⌘". */
  readonly modifier: string;
  readonly wire: (side: Side) => TemplateResult;
  readonly cursor: CursorPlace;
  /** Read out by screen readers when it changes. */
  readonly spoken: string;
  /** The table of the archive that is open. */
  readonly table: HTMLElement | null;
  readonly on: WorkbenchHandlers;
}

export function workbenchView(model: WorkbenchModel): TemplateResult {
  const { words, state, live } = model;
  const inTable = state.archive?.shown === true;
  return html`<div class="wb" data-pane=${state.pane} data-live=${live ? "yes" : nothing} data-table=${inTable ? "yes" : nothing}>
    ${model.table ?? nothing}
    ${bar(model)}
    ${archiveBar(model)}
    ${linkBanner(model)}
    <div class="cols">
      <div class="pane pane-message">
        <section class="side side-request" aria-labelledby="wb-request">
          <div class="ph"><h2 id="wb-request">${words.say("request")}</h2><span>${words.say("request.hint")}</span><span class="sp"></span>${schemeChoice(model)}</div>
          ${model.wire("request")}
        </section>
        <section class="side side-response" aria-labelledby="wb-response">
          <div class="ph"><h2 id="wb-response">${words.say("response")}</h2><span>${words.say("response.hint")}</span><span class="sp"></span>
            <button type="button" class="toggle live" aria-pressed=${state.endingsShown ? "true" : "false"} title=${words.say("endings.title")} @click=${model.on.endings}>¶ ${words.say("endings")}</button>
            ${LENSES.includes("simulate") ? html`<a class="toggle send" href=${model.links.simulate} title=${words.say("send.client.title")} @pointerenter=${model.on.send.prepare} @focus=${model.on.send.prepare} @click=${model.on.send.follow}>${words.say("send.client")}</a>` : nothing}</div>
          ${model.wire("response")}
        </section>
        ${foot(model)}
      </div>
      <section class="pane pane-findings" aria-labelledby="wb-findings">
        <div class="lens">${lensTabs("validate", "wb-findings", words, model.links, model.on.lenses, badgeCount(model))}
          <button type="button" class="toggle live" aria-pressed=${state.settings.explain ? "true" : "false"} title=${words.say("explain.title")} @click=${model.on.explain}>✓ ${words.say("explain")}</button></div>
        ${levelsLine(model)}
        <div class="list">${findings(model)}</div>
      </section>
    </div>
    <p class="unseen" role="status" aria-live="polite">${model.spoken}</p>
    <div class="notices" role="status">${state.notice === null ? nothing : notice(state.notice, model)}</div>
    ${paneBar(model)}
  </div>`;
}

function bar(model: WorkbenchModel): TemplateResult {
  const { words, state, on, modifier } = model;
  const verdict = verdictOf(state);
  const fixes = safeFixes(verdict?.findings ?? []);
  const request = verdict?.request ?? null;
  return html`<div class="xbar">
    <h1 class="tagline">${words.say("tagline")}</h1>
    ${request === null ? nothing : html`<span class="request-line mono" title=${`${request.method} ${request.target}`}>${request.method} ${request.target}</span><span class="arrow" aria-hidden="true">→</span>`}
    ${badges(model)}
    <p class="verdict" role="group" aria-label=${words.say("verdict")}>${verdictView(model)}</p>
    <button type="button" class="btn primary live fix-all" ?hidden=${fixes === 0} @click=${on.fixAll}>${words.say("fix.all", { n: fixes })}<kbd>${modifier} .</kbd></button>
    <button type="button" class="btn live" aria-haspopup="dialog" @click=${on.examples}>${words.say("examples")} <span aria-hidden="true">▾</span></button>
    <button type="button" class="btn live" title=${words.say("open.title")} @click=${on.openFile}>${words.say("open")}</button>
    <button type="button" class="btn live" popovertarget="wb-share" id="wb-share-button">${words.say("share")} <span aria-hidden="true">▾</span></button>
    <div id="wb-share" class="menu" popover @beforetoggle=${placeMenu}>
      <button type="button" @click=${on.copyLink}>${words.say("share.link")}<kbd>${modifier} S</kbd></button>
      <button type="button" @click=${on.copyMarkdown}>${words.say("share.markdown")}</button>
      <button type="button" @click=${on.exportAs}>${words.say("share.export")}</button>
      <button type="button" @click=${on.reset}>${words.say("share.reset")}</button>
    </div>
  </div>`;
}

/** Below its button, inside of the window. */
function placeMenu(event: Event): void {
  const menu = event.target;
  const button = document.getElementById("wb-share-button")?.getBoundingClientRect();
  if (!(menu instanceof HTMLElement) || button === undefined) return;
  menu.style.top = `${button.bottom + 4}px`;
  menu.style.right = `${Math.max(8, document.documentElement.clientWidth - button.right)}px`;
}

const MOST_BADGES = 3;

function badges({ state, catalog, links }: WorkbenchModel): TemplateResult {
  const statuses = verdictOf(state)?.statuses ?? [];
  const hidden = statuses.length - MOST_BADGES;
  const badge = ({ code, reason }: StatusLine): TemplateResult => {
    const known = catalog.status[String(code)];
    const text = html`${code}${reason === "" ? nothing : html` <span class="reason">${reason}</span>`}`;
    const name = `badge mono c${statusClass(code)}`;
    return known === undefined ? html`<span class=${name}>${text}</span>`
      : html`<a class=${name} href=${links.status(String(code))} title=${known.summary}>${text}</a>`;
  };
  return html`${hidden > 0 ? html`<span class="more">+${hidden}</span>` : nothing}${statuses.slice(-MOST_BADGES).map(badge)}`;
}

function verdictView({ state, words }: WorkbenchModel): TemplateResult | string {
  if (isEmpty(state.exchange)) return words.say("verdict.empty");
  switch (state.check.kind) {
    case "waiting":
      return words.say("verdict.waiting");
    case "large":
      return words.say("verdict.large", { size: fileSize(state.exchange, words) });
    case "failed":
      return words.say("verdict.failed");
    case "unavailable":
      return words.say("verdict.unavailable");
    case "known":
      return countsView(countOf(state.check.verdict), words);
  }
}

function badgeCount({ state }: WorkbenchModel): TemplateResult | typeof nothing {
  const counts = countOf(verdictOf(state));
  const all = counts.error + counts.warning + counts.info + counts.hint;
  if (state.check.kind !== "known" || all === 0) return nothing;
  return html`<span class="n ${counts.error > 0 ? "n-error" : ""}">${all}</span>`;
}

function schemeChoice({ state, words, on }: WorkbenchModel): TemplateResult {
  const choose = (event: Event): void => {
    if (event.target instanceof HTMLSelectElement) on.scheme(event.target.value === "http" ? "http" : "https");
  };
  const option = (scheme: Scheme): TemplateResult => html`<option value=${scheme} ?selected=${state.exchange.scheme === scheme}>${scheme}</option>`;
  return html`<select class="scheme live" aria-label=${words.say("scheme")} .value=${state.exchange.scheme} @change=${choose}>${option("https")}${option("http")}</select>`;
}

/** Where a cursor is before anybody has put it somewhere. */
export function startOf(text: string): CursorPlace {
  return { offset: 0, line: 1, column: 1, byte: 0, bytes: toBytes(text).length };
}

function foot({ cursor, words, state }: WorkbenchModel): TemplateResult {
  const verdict = verdictOf(state);
  return html`<div class="wb-foot">
    <span>${words.say("position", { line: cursor.line, column: cursor.column })}</span>
    <span>${words.say("bytes", { at: cursor.byte, of: cursor.bytes })}</span>
    ${verdict === null || verdict.ms === 0 ? nothing : html`<span class="ms">${words.say("checked.in", { ms: milliseconds(verdict.ms) })}</span>`}
    <span class="sp"></span><span class="private">${words.say("private")}</span>
  </div>`;
}

function milliseconds(ms: number): string {
  return ms < 0.1 ? "<0.1" : ms.toFixed(1);
}

function findings(model: WorkbenchModel): TemplateResult {
  const { state, words, links, on } = model;
  const plain = (title: string, text: string, action: TemplateResult | typeof nothing = nothing): TemplateResult =>
    html`<div class="plain"><p class="plain-title">${title}</p><p>${text}</p>${action}</div>`;
  if (isEmpty(state.exchange)) {
    return html`<div class="plain"><p class="plain-title">${words.say("nothing.yet")}</p><p>${words.say("nothing.yet.text")} <a class="u" href=${links.workbench} @click=${on.openDefault}>${words.say("nothing.yet.example")}</a></p></div>`;
  }
  switch (state.check.kind) {
    case "waiting":
      return plain(words.say("verdict.waiting"), words.say("waiting.text"));
    case "large": {
      const size = fileSize(state.exchange, words);
      const now = html`<button type="button" class="btn primary" @click=${on.checkNow}>${words.say("check.now")}</button>`;
      return plain(words.say("verdict.large", { size }), words.say("large.text", { size }), now);
    }
    case "failed":
      return plain(words.say("verdict.failed"), words.say("failed.text"));
    case "unavailable": {
      const again = html`<button type="button" class="btn" @click=${on.tryAgain}>${words.say("try.again")}</button>`;
      return plain(words.say("verdict.unavailable"), words.say("unavailable.text", { reason: state.check.reason }), again);
    }
    case "known": {
      const { verdict } = state.check;
      const fine = verdict.findings.length === 0 && state.rows.every((row) => row.gone);
      return html`${fine && state.rows.length === 0
        ? html`<div class="plain fine"><p class="plain-title"><span class="sev-ok" aria-hidden="true">✓</span>${words.say("nothing.here")}</p><p>${words.say("nothing.here.text", { n: verdict.checks })}</p></div>`
        : findingsList(model)}${checksLine(verdict, words, links)}`;
    }
  }
}

/** What is not judged as it usually is. */
function levelsLine({ state, words, on }: WorkbenchModel): TemplateResult | typeof nothing {
  const rules = Object.keys(state.settings.levels).sort();
  if (rules.length === 0) return nothing;
  const off = rules.filter((rule) => state.settings.levels[rule] === "off").length;
  const parts = [...(off === 0 ? [] : [words.counted("levels.off", off)]), ...(off === rules.length ? [] : [words.counted("levels.changed", rules.length - off)])];
  return html`<p class="levels" title=${rules.map((rule) => `${rule}: ${state.settings.levels[rule]}`).join("\n")}><span>${parts.join(words.say("levels.and"))}</span>
    <button type="button" class="btn quiet" @click=${on.resetLevels}>${words.say("levels.reset")}</button></p>`;
}

/** Where the exchange comes from, and the way back. */
function archiveBar({ state, words, on }: WorkbenchModel): TemplateResult | typeof nothing {
  const { archive, origin } = state;
  if (archive === null) return nothing;
  const step = (by: 1 | -1, name: "archive.previous" | "archive.next", sign: string): TemplateResult =>
    html`<button type="button" class="btn close" aria-label=${words.say(name)} title=${words.say(name)} @click=${() => on.stepInArchive(by)}>${sign}</button>`;
  return html`<nav class="from" aria-label=${archive.name}><button type="button" class="btn back" @click=${on.backToArchive}><span aria-hidden="true">‹</span><span>${words.say("archive.back", { name: archive.name })}</span></button>
    ${origin.kind !== "archive" ? nothing : html`<span class="nth">${words.say("archive.nth", { n: origin.row + 1 })}</span>${step(-1, "archive.previous", "↑")}${step(1, "archive.next", "↓")}<span class="shown">${words.say("archive.shown")}</span>`}</nav>`;
}

function linkBanner({ state, words, on }: WorkbenchModel): TemplateResult | typeof nothing {
  if (state.origin.kind !== "link" || state.origin.accepted) return nothing;
  return html`<div class="banner" role="note"><span aria-hidden="true" class="sev-warning">▲</span><span>${words.say("from.link")}</span><button type="button" class="btn" @click=${on.acceptLink}>${words.say("from.link.ok")}</button></div>`;
}

function notice(shown: Notice, { words, on }: WorkbenchModel): TemplateResult {
  const close = html`<button type="button" class="btn quiet close" aria-label=${words.say("dismiss")} title=${words.say("dismiss")} @click=${on.dismiss}>✕</button>`;
  const box = (text: string, more: TemplateResult | typeof nothing = nothing): TemplateResult =>
    html`<div class="notice"><p>${text}</p>${more}${close}</div>`;
  switch (shown.kind) {
    case "plain":
      return box(words.say(shown.word));
    case "said":
      return box(shown.text);
    case "fixed":
      return box(words.say("fixed.all", { n: shown.count }), html`<button type="button" class="btn" @click=${on.undoFixes}>${words.say("undo")}</button>`);
    case "paste":
      return box(words.say("paste.restored"), html`<button type="button" class="btn" @click=${on.keepLf}>${words.say("paste.keep")}</button>`);
    case "no-example":
      return box(words.say("broken.example", { id: shown.id }), html`<button type="button" class="btn" @click=${on.examples}>${words.say("examples")}</button>`);
    case "copy-by-hand":
      return box(words.say("copy.failed"), html`<textarea readonly rows="3" aria-label=${words.say("share")} .value=${shown.text} @focus=${selectAll}></textarea>`);
    case "broken-link": {
      const saved = shown.saved;
      const text = `${words.say(`broken.${shown.damage}`)} ${words.say(saved === null ? "broken.nothing" : "broken.saved")}`;
      if (saved === null) return box(text);
      return box(text, html`<pre class="saved" tabindex="0">${[saved.request, saved.response].filter((part) => part !== "").join("\n")}</pre>
        <button type="button" class="btn" @click=${on.openSaved}>${words.say("broken.open")}</button>`);
    }
  }
}

function selectAll(event: Event): void {
  if (event.target instanceof HTMLTextAreaElement) event.target.select();
}

function paneBar(model: WorkbenchModel): TemplateResult {
  const { state, words, on } = model;
  const counts = countOf(verdictOf(state));
  const all = counts.error + counts.warning + counts.info + counts.hint;
  const button = (pane: Pane, label: string): TemplateResult =>
    html`<button type="button" aria-pressed=${state.pane === pane ? "true" : "false"} @click=${() => on.pane(pane)}>${label}</button>`;
  return html`<div class="panes" role="group" aria-label=${words.say("panes")}>
    ${button("message", words.say("message"))}
    ${button("findings", `${words.say("validate")}${state.check.kind === "known" && all > 0 ? ` ${all}` : ""}`)}
  </div>`;
}
