/*
 * The simulation as HTML: the page as it is built and the page that lives are the same template.
 */
import { html, nothing, type TemplateResult } from "lit";
import { classMap } from "lit/directives/class-map.js";
import type { Behaviours, Catalog } from "../../engine/catalog";
import { count, statusClass, type Verdict } from "../../engine/model";
import { messagesOf, type MessageStep, type Party, type Play, type ScenarioError, type Step } from "../../engine/play";
import type { ClientRow, WhatIf } from "../../engine/protocol";
import { isGone, keptAt, storedBy, type Kept } from "../../state/kept";
import { messageAt, stepOf, stepsOf, type Notice, type Pane, type State } from "../../state/simulate";
import type { LensWords, Words } from "../../state/words";
import { countsView, findingsList } from "../findings/view";
import { LENSES, lensTabs, type LensHandlers } from "../lenses/lenses";
import type { SiteLinks } from "../links";
import { wireView } from "../wire/view";
import { contractView, outcome } from "./contract";
import { formView, type FormModel } from "./form";
import type { Story } from "./island";
import { pictureView } from "./picture";
import { changeText, elapsed, partyName, type DecisionWords } from "./say";
import { stepsView } from "./steps";
import { transportView, type Speed } from "./transport";
import { whyView } from "./why";

export interface SimulateHandlers {
  step(to: number): void;
  toggle(): void;
  speed(speed: Speed): void;
  scenarios(): void;
  copyLink(): void;
  exportAs(kind: ExportKind): void;
  reset(): void;
  asText(): void;
  pane(pane: Pane): void;
  acceptLink(): void;
  dismiss(): void;
  tryAgain(): void;
  openSaved(): void;
  /** Play a scenario that was found by trying. */
  take(scenario: string): void;
  /** The sections that cost something are filled when they are opened. */
  openSection(section: "changes" | "clients", event: Event): void;
  readonly lenses: LensHandlers;
  /** The message of the selected step, to Validate and to Snippets. */
  readonly edit: LensHandlers;
}

export const EXPORTS = ["har", "json", "scenario", "markdown", "curl", "svg", "png"] as const;
export type ExportKind = (typeof EXPORTS)[number];

/** What is worked out when somebody asks for it. */
export type Asked<T> = { readonly kind: "not-asked" } | { readonly kind: "working" } | { readonly kind: "known"; readonly value: T } | { readonly kind: "failed" };

export interface SimulateModel {
  readonly words: Words;
  readonly lens: LensWords;
  readonly catalog: Catalog;
  readonly decisions: DecisionWords;
  readonly behaviours: Behaviours;
  /** What the scenario is about, where it is one of the gallery. */
  readonly story: Story | null;
  readonly links: SiteLinks;
  readonly state: State;
  /** What was played last, also while a newer scenario cannot be read. */
  readonly play: Play | null;
  readonly width: number;
  readonly speed: Speed;
  readonly modifier: string;
  readonly live: boolean;
  readonly form: FormModel;
  readonly editor: HTMLElement | null;
  readonly clientName: string;
  readonly changes: Asked<readonly WhatIf[]>;
  readonly clients: Asked<readonly ClientRow[]>;
  readonly spoken: string;
  readonly on: SimulateHandlers;
}

export function simulateView(given: SimulateModel): TemplateResult {
  // While another scenario is being played, the picture of the last one stays, at its end.
  const last = Math.max(0, (given.play?.steps.length ?? 0) - 1);
  const model: SimulateModel = { ...given, state: { ...given.state, step: Math.min(given.state.step, last) } };
  const { lens, state, on, live } = model;
  return html`<div class="wb sim" data-pane=${state.pane === "picture" ? "message" : "findings"} data-live=${live ? "yes" : nothing}>
    ${bar(model)}
    ${state.source.kind === "link" && !state.source.accepted ? html`<div class="banner" role="note"><span aria-hidden="true" class="sev-warning">▲</span><span>${lens.say("sim.from.link")}</span><button type="button" class="btn" @click=${on.acceptLink}>${model.words.say("from.link.ok")}</button></div>` : nothing}
    <div class="cols">
      <section class="pane pane-message" aria-label=${lens.say("sim.steps")}>
        <div class="chips">${formView(model.form)}<span class="sp"></span>
          <button type="button" class="toggle live" aria-pressed=${state.asText ? "true" : "false"} @click=${on.asText}>${lens.say(state.asText ? "sim.as-picture" : "sim.as-text")}</button></div>
        ${state.asText ? textView(model) : html`${storyView(model)}${stageView(model)}`}
        ${transportView({ play: model.play, step: state.step, playing: state.playing, speed: model.speed, words: lens, decisions: model.decisions, on })}
      </section>
      <section class="pane pane-findings" aria-labelledby="sim-lens">
        <div class="lens">${lensTabs("simulate", "sim-lens", model.words, model.links, on.lenses)}</div>
        <div class="list">${side(model)}</div>
      </section>
    </div>
    <p class="unseen" role="status" aria-live="polite">${model.spoken}</p>
    <div class="notices" role="status">${state.notice === null ? nothing : noticeView(state.notice, model)}</div>
    ${paneBar(model)}
  </div>`;
}

function bar(model: SimulateModel): TemplateResult {
  const { lens, words, play, on, modifier } = model;
  const first = play === null ? undefined : messagesOf(play)[0];
  return html`<div class="xbar">
    <h1 class=${classMap({ tagline: true, crowded: (play?.outcomes.length ?? 0) > 2 })}>${lens.say("sim.tagline")}</h1>
    ${first === undefined ? nothing : html`<span class="request-line mono" title=${`${first.method} ${first.target}`}>${first.method} ${first.target}</span><span class="arrow" aria-hidden="true">→</span>`}
    ${play === null ? nothing : badges(play, model)}
    <p class="verdict" role="group" aria-label=${words.say("verdict")}>${verdict(model)}</p>
    <button type="button" class="btn live" aria-haspopup="dialog" @click=${on.scenarios}>${lens.say("sim.scenarios")} <span aria-hidden="true">▾</span></button>
    <button type="button" class="btn live" popovertarget="sim-export" id="sim-export-button" ?disabled=${play === null}>${lens.say("sim.export")} <span aria-hidden="true">▾</span></button>
    <div id="sim-export" class="menu" popover @beforetoggle=${place("sim-export-button")}>${EXPORTS.map((kind) => html`<button type="button" @click=${() => on.exportAs(kind)}>${lens.say(`sim.export.${kind}`)}</button>`)}</div>
    <button type="button" class="btn live" popovertarget="sim-share" id="sim-share-button">${words.say("share")} <span aria-hidden="true">▾</span></button>
    <div id="sim-share" class="menu" popover @beforetoggle=${place("sim-share-button")}>
      <button type="button" @click=${on.copyLink}>${words.say("share.link")}<kbd>${modifier} S</kbd></button>
      <button type="button" @click=${on.reset}>${words.say("share.reset")}</button>
    </div>
  </div>`;
}

/** Below its button, inside of the window. */
function place(buttonId: string): (event: Event) => void {
  return ({ target }) => {
    const button = document.getElementById(buttonId)?.getBoundingClientRect();
    if (!(target instanceof HTMLElement) || button === undefined) return;
    target.style.top = `${button.bottom + 4}px`;
    target.style.right = `${Math.max(8, document.documentElement.clientWidth - button.right)}px`;
  };
}

const MOST_BADGES = 3;

function badges(play: Play, { links, lens, catalog }: SimulateModel): TemplateResult {
  const shown = play.outcomes.slice(-MOST_BADGES);
  return html`${play.outcomes.length > MOST_BADGES ? html`<span class="more" title=${lens.counted("sim.more", play.outcomes.length - MOST_BADGES)}>+${play.outcomes.length - MOST_BADGES}<span class="unseen"> ${lens.counted("sim.more", play.outcomes.length - MOST_BADGES)}</span></span>` : nothing}${shown.map(({ code, reason, error }) => code === 0
    ? html`<span class="badge mono c5">${lens.say("sim.error", { error: lens.known(`sim.reason.${error}`) ?? error })}</span>`
    : html`<a class=${`badge mono c${statusClass(code)}`} href=${links.status(String(code))} title=${catalog.status[String(code)]?.summary ?? ""}>${code}${reason === "" ? nothing : html` <span class="reason">${reason}</span>`}</a>`)}`;
}

function verdict({ state, play, lens }: SimulateModel): TemplateResult | string {
  switch (state.run.kind) {
    case "waiting":
      return lens.say("sim.waiting");
    case "refused":
      return html`<span class="sev-error"><span aria-hidden="true">●</span> ${lens.counted("sim.refused", state.run.errors.length)}</span>`;
    case "failed":
      return lens.say("sim.failed");
    case "unavailable":
      return lens.say("sim.unavailable");
    case "played": {
      if (play === null) return "";
      const last = play.steps.at(-1);
      const told = `${lens.counted("sim.messages", messagesOf(play).length)} · ${lens.say("sim.lasts", { time: elapsed(play.lasts, lens) })}`;
      // What follows would have changed the results, too.
      if (last?.kind !== "note" || last.event?.id !== "too-many-events") return told;
      return html`${told} <span class="sev-warning"><span aria-hidden="true">▲</span> ${lens.say("sim.event.too-many-events")}</span>`;
    }
  }
}

function stageView(model: SimulateModel): TemplateResult {
  const { state, play, lens, on, words } = model;
  const plain = (title: string, text: string, more: TemplateResult | typeof nothing = nothing): TemplateResult =>
    html`<div class="plain"><p class="plain-title">${title}</p><p>${text}</p>${more}</div>`;
  if (state.run.kind === "refused") return html`<div class="stage">${mistakesView(state.run.errors, model)}</div>`;
  if (state.run.kind === "failed") return html`<div class="stage">${plain(lens.say("sim.failed"), lens.say("sim.failed.text"))}</div>`;
  if (state.run.kind === "unavailable") {
    const again = html`<button type="button" class="btn" @click=${on.tryAgain}>${words.say("try.again")}</button>`;
    return html`<div class="stage">${plain(lens.say("sim.unavailable"), lens.say("sim.unavailable.text", { reason: state.run.reason }), again)}</div>`;
  }
  if (play === null) return html`<div class="stage">${plain(lens.say("sim.waiting"), lens.say("sim.waiting.text"))}</div>`;
  const names = namesOf(model, play);
  return html`<div class="stage"><div class="scene">
    ${pictureView({ play, step: state.step, width: model.width, words: lens, decisions: model.decisions, names })}
    ${stepsView({ play, step: state.step, words: lens, decisions: model.decisions, choose: on.step })}
  </div>${legendView(play, lens)}</div>`;
}

function storyView({ story, state }: SimulateModel): TemplateResult | typeof nothing {
  if (story === null || state.source.kind !== "scenario") return nothing;
  return html`<div class="story"><p class="story-title">${story.title}</p><p>${story.text}</p></div>`;
}

/** What the signs of the picture mean. */
function legendView({ clients, steps }: Play, lens: LensWords): TemplateResult {
  const sign = (name: string, text: string): TemplateResult => html`<li><span class=${`sign sign-${name}`} aria-hidden="true">${name === "client" ? "1" : nothing}</span>${text}</li>`;
  return html`<ul class="legend">${sign("message", lens.say("sim.legend.message"))}
    ${steps.some((step) => step.kind === "message" && step.interim) ? sign("interim", lens.say("sim.legend.interim")) : nothing}
    ${sign("note", lens.say("sim.legend.note"))}
    ${clients > 1 ? sign("client", lens.say("sim.legend.client")) : nothing}</ul>`;
}

function namesOf({ state, clientName, lens }: SimulateModel, play: Play): Partial<Record<Party, string>> {
  const kept = keptAt(stepsOf(state), state.step);
  const stored = (party: Party): string => {
    const n = storedBy(kept, party);
    return n === 0 ? "" : lens.counted("sim.stored", n);
  };
  return Object.fromEntries(play.parties.map((party) => [party, party !== "client" ? stored(party) : play.clients === 1 ? clientName : `${clientName} · ${lens.counted("sim.nclients", play.clients)}`]));
}

export function mistakesView(errors: readonly ScenarioError[], { lens, on, state }: SimulateModel): TemplateResult {
  return html`<div class="mistakes" role="alert"><p class="plain-title">${lens.counted("sim.refused", errors.length)}</p>
    <ul>${errors.map(({ pointer, value, expected }) => html`<li><code>${pointer === "" ? lens.say("sim.refused.whole") : pointer}</code>
      <p>${lens.say("sim.refused.stands")} <code>${value === "" ? lens.say("sim.refused.missing") : value}</code>; ${lens.say("sim.refused.expected")}: ${expected}</p></li>`)}</ul>
    ${state.asText ? nothing : html`<button type="button" class="btn" @click=${on.asText}>${lens.say("sim.as-text")}</button>`}</div>`;
}

function textView(model: SimulateModel): TemplateResult {
  const { state, form, editor } = model;
  return html`<div class="stage text">
    ${editor === null ? html`<pre class="wire" tabindex="0">${form.text}</pre>` : html`<div class="json-mount">${editor}</div>`}
    ${state.run.kind === "refused" ? mistakesView(state.run.errors, model) : nothing}
  </div>`;
}

// ---- the right side ------------------------------------------------------------------------------------------------

function side(model: SimulateModel): TemplateResult | typeof nothing {
  const step = stepOf(model.state);
  if (step === null) return nothing;
  const steps = stepsOf(model.state);
  const message = steps[messageAt(steps, model.state.step)];
  return html`${whyView(step, { words: model.lens, decisions: model.decisions, behaviours: model.behaviours })}
    ${message?.kind === "message" ? wireSection(message, model) : nothing}
    ${changesSection(model)}
    ${keptSection(steps, model)}
    ${clientsSection(model)}`;
}

function wireSection(message: MessageStep, model: SimulateModel): TemplateResult {
  const { lens, words, state, links, on } = model;
  const response = message.side === "response";
  const verdict = state.verdict;
  const title = lens.say("sim.wire", { from: partyName(message.from, lens), to: partyName(message.to, lens) });
  return html`<section class="sec on-wire" aria-labelledby="sim-wire">
    <div class="ph"><h3 id="sim-wire">${title}</h3><span class="sp"></span>
      ${response && LENSES.includes("snippets") ? html`<a class="u live" data-message href=${links.snippets} @pointerenter=${on.edit.prepare} @focus=${on.edit.prepare} @click=${on.edit.follow}>${lens.say("sim.wire.snippet")}</a>` : nothing}
      <a class="u live" data-message href=${links.workbench} @pointerenter=${on.edit.prepare} @focus=${on.edit.prepare} @click=${on.edit.follow}>${lens.say(response ? "sim.wire.edit" : "sim.wire.validate")}</a></div>
    ${wireView({ text: message.text, tokens: verdict?.tokens[message.side] ?? [], findings: onSide(verdict, message.side), selected: null, label: title })}
    ${verdict === null ? nothing : foundView(verdict, message.side, words, model)}
  </section>`;
}

function onSide(verdict: Verdict | null, side: MessageStep["side"]): Verdict["findings"] {
  return verdict === null ? [] : verdict.findings.filter(({ on }) => on === side);
}

function foundView(verdict: Verdict, side: MessageStep["side"], words: Words, { catalog, links }: SimulateModel): TemplateResult | typeof nothing {
  const findings = onSide(verdict, side);
  if (findings.length === 0) return html`<p class="found">${countsView(count([]), words)}</p>`;
  const ignore = (): void => undefined;
  return html`<div class="found-list">${findingsList({
    words, catalog, links, verdict, selected: null, fix: ignore, select: ignore, show: ignore,
    // It is mended in Validate.
    rows: findings.map((finding) => ({ finding: { ...finding, fixes: [] }, gone: false })),
  })}</div>`;
}

function changesSection({ lens, changes, on }: SimulateModel): TemplateResult {
  return html`<details class="sec live" @toggle=${(event: Event) => on.openSection("changes", event)}><summary><h3>${lens.say("sim.changes")}</h3></summary>
    <p class="quiet">${lens.say("sim.changes.text")}</p>${asked(changes, lens.say("sim.changes.working"), lens, (rows) => rows.length === 0 ? html`<p class="quiet">${lens.say("sim.changes.none")}</p>`
      : html`<table class="mini"><tbody>${rows.map((row) => {
        const what = whatOf(row, lens);
        return html`<tr><th scope="row">${what}</th><td class="mono">→ ${outcome(row.code, row.error, lens)}</td><td><button type="button" class="linklike" aria-label=${lens.say("sim.change.try.of", { what })} @click=${() => on.take(row.scenario)}>${lens.say("sim.change.try")}</button></td></tr>`;
      })}</tbody></table>`)}</details>`;
}

function whatOf({ word, values }: WhatIf, lens: LensWords): string {
  return lens.say(`sim.change.${word}`, values);
}

function asked<T>(what: Asked<T>, working: string, lens: LensWords, show: (value: T) => TemplateResult): TemplateResult {
  switch (what.kind) {
    case "not-asked":
    case "working":
      return html`<p class="quiet" role="status">${working}</p>`;
    case "failed":
      return html`<p class="quiet" role="status">${lens.say("sim.failed")}</p>`;
    case "known":
      return show(what.value);
  }
}

function keptSection(steps: readonly Step[], { state, lens }: SimulateModel): TemplateResult {
  const kept = keptAt(steps, state.step);
  return html`<details class="sec kept"><summary><h3>${lens.say("sim.kept")} <span class="n">${kept.filter((one) => !isGone(one)).length}</span></h3></summary>
    ${kept.length === 0 ? html`<p class="quiet">${lens.say("sim.kept.none")}</p>`
      : html`<table class="mini"><thead><tr><th scope="col">${lens.say("sim.kept.column.who")}</th><th scope="col">${lens.say("sim.kept.column.what")}</th><th scope="col">${lens.say("sim.kept.column.state")}</th></tr></thead>
        <tbody>${kept.map((one) => html`<tr class=${one.now ? "now" : ""}><td>${partyName(one.party, lens)}</td><td>${lens.say(`sim.what.${one.what}`)} <span class="mono">${one.key}</span>${one.to === null ? nothing : html` ${lens.say("sim.kept.to", { party: partyName(one.to, lens) })}`}</td><td>${keptState(one, lens)}</td></tr>`)}</tbody></table>`}</details>`;
}

function keptState(one: Kept, lens: LensWords): string {
  if (one.what === "connection") return lens.known(`sim.connection.${one.value}`) ?? one.value;
  if (isGone(one)) return one.value === "" ? lens.say("sim.gone") : `${lens.say("sim.gone")}: ${one.value}`;
  if (one.fresh !== null) return changeText({ ...one, fresh: { ...one.fresh, age: one.fresh.age + one.since } }, lens);
  return one.value;
}

function clientsSection({ lens, clients, behaviours, on }: SimulateModel): TemplateResult {
  return html`<details class="sec live" @toggle=${(event: Event) => on.openSection("clients", event)}><summary><h3>${lens.say("sim.clients")}</h3></summary>
    <p class="quiet">${lens.say("sim.clients.text")}</p>${asked(clients, lens.say("sim.clients.working"), lens, (rows) => contractView({ rows, words: lens, behaviours, take: on.take }))}</details>`;
}

// ---- small things --------------------------------------------------------------------------------------------------

function noticeView(shown: Notice, { words, lens, on }: SimulateModel): TemplateResult {
  const close = html`<button type="button" class="btn quiet close" aria-label=${words.say("dismiss")} title=${words.say("dismiss")} @click=${on.dismiss}>✕</button>`;
  const box = (text: string, more: TemplateResult | typeof nothing = nothing): TemplateResult => html`<div class="notice"><p>${text}</p>${more}${close}</div>`;
  switch (shown.kind) {
    case "plain":
      return box(shown.word === "copied.link" ? lens.say("sim.copied") : words.say(shown.word));
    case "said":
      return box(shown.text);
    case "no-scenario":
      return box(lens.say("sim.no-scenario", { id: shown.id }), html`<button type="button" class="btn" @click=${on.scenarios}>${lens.say("sim.scenarios")}</button>`);
    case "copy-by-hand":
      return box(words.say("copy.failed"), html`<textarea readonly rows="3" aria-label=${words.say("share")} .value=${shown.text}></textarea>`);
    case "broken-link":
      return shown.saved === null ? box(`${words.say(`broken.${shown.damage}`)} ${words.say("broken.nothing")}`)
        : box(`${words.say(`broken.${shown.damage}`)} ${words.say("broken.saved")}`, html`<pre class="saved" tabindex="0">${shown.saved.scenario ?? shown.saved.response}</pre>
          <button type="button" class="btn" @click=${on.openSaved}>${words.say("broken.open")}</button>`);
  }
}

function paneBar({ state, lens, words, on }: SimulateModel): TemplateResult {
  const button = (pane: Pane): TemplateResult => html`<button type="button" aria-pressed=${state.pane === pane ? "true" : "false"} @click=${() => on.pane(pane)}>${lens.say(`sim.pane.${pane}`)}</button>`;
  return html`<div class="panes" role="group" aria-label=${words.say("panes")}>${button("picture")}${button("step")}</div>`;
}
