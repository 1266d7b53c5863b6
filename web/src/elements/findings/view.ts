/*
 * Findings as they are read: what is the case, what follows from it, the sentence of the specification, what to do.
 * One template for the list, for the hover card, and for the page as it arrives.
 */
import { html, nothing, type TemplateResult } from "lit";
import { classMap } from "lit/directives/class-map.js";
import { repeat } from "lit/directives/repeat.js";
import { describeFinding, shortCite, type Catalog } from "../../engine/catalog";
import { SEVERITIES, count, type Counts, type Finding, type Fix, type Verdict } from "../../engine/model";
import { SEVERITY_SHAPE } from "../../state/markdown";
import type { Row } from "../../state/order";
import type { Words } from "../../state/words";
import type { SiteLinks } from "../links";

export interface FindingContext {
  readonly words: Words;
  readonly catalog: Catalog;
  readonly links: SiteLinks;
  fix(finding: Finding, fix: Fix): void;
  /** Opens the choice of the rule's level beside its button. Absent where there is none. */
  level?(finding: Finding, button: HTMLElement): void;
}

export function findingBody(finding: Finding, { words, catalog, links, fix, level }: FindingContext): TemplateResult {
  const { message, summary, quote, cite, citeUrl, fixes } = describeFinding(finding, catalog);
  const severity = words.counted(`severity.${finding.severity}`, 1);
  const line = words.say(finding.on === "request" ? "line.request" : "line", { n: finding.line });
  return html`
    <h3><span class="ic sev-${finding.severity}" aria-hidden="true">${SEVERITY_SHAPE[finding.severity]}</span><span><span class="unseen">${severity}: </span>${message}</span></h3>
    ${summary === "" ? nothing : html`<p>${summary}</p>`}
    ${quote === "" ? nothing : html`<blockquote lang="en">${quote} <a class="u" href=${citeUrl} rel="external">${shortCite(cite)}</a></blockquote>`}
    <div class="row">
      ${finding.fixes.map((candidate, index) => html`<button type="button" class="btn live ${index === 0 ? "" : "quiet"}" @click=${() => fix(finding, candidate)}>${words.say(candidate.safe ? "fix.one" : "fix.check", { fix: fixes[index] ?? "" })}</button>`)}
      <small><a href=${links.rule(finding.rule)}>${finding.rule}</a> · ${line}</small>
      ${level === undefined ? nothing : html`<button type="button" class="btn quiet close live level" aria-haspopup="true" aria-label=${words.say("level", { rule: finding.rule })} title=${words.say("level", { rule: finding.rule })} @click=${(event: Event) => {
        if (event.currentTarget instanceof HTMLElement) level(finding, event.currentTarget);
      }}>⋯</button>`}
    </div>`;
}

export interface FindingsModel extends FindingContext {
  readonly rows: readonly Row[];
  readonly selected: string | null;
  readonly verdict: Verdict | null;
  select(finding: Finding): void;
  /** Enter on a finding: show its place. */
  show(finding: Finding): void;
}

export function findingsList(model: FindingsModel): TemplateResult {
  const { rows, selected, words, select } = model;
  const current = rows.some((row) => row.finding.key === selected && !row.gone) ? selected : rows.find((row) => !row.gone)?.finding.key;
  return html`<ol class="findings" aria-label=${words.say("findings")} @keydown=${(event: KeyboardEvent) => moveInList(event, model)}>
    ${repeat(rows, (row) => row.finding.key, ({ finding, gone }) => html`<li
      class=${classMap({ f: true, on: finding.key === selected && !gone, gone })}
      data-key=${finding.key}
      data-rule=${finding.rule}
      tabindex=${gone ? nothing : finding.key === current ? "0" : "-1"}
      aria-current=${finding.key === selected && !gone ? "true" : nothing}
      aria-hidden=${gone ? "true" : nothing}
      ?inert=${gone}
      @click=${(event: MouseEvent) => {
        if (!onControl(event)) select(finding);
      }}>${findingBody(finding, model)}</li>`)}
  </ol>`;
}

/** Links, buttons and text that is being selected keep their own meaning. */
function onControl(event: MouseEvent): boolean {
  const target = event.target;
  if (target instanceof Element && target.closest("a, button") !== null) return true;
  return (document.getSelection()?.toString() ?? "") !== "";
}

function moveInList(event: KeyboardEvent, { rows, select, show }: FindingsModel): void {
  const { target, currentTarget, key } = event;
  if (!(target instanceof HTMLElement) || !(currentTarget instanceof HTMLElement) || target.dataset["key"] === undefined) return;
  const present = rows.filter((row) => !row.gone).map((row) => row.finding);
  const at = present.findIndex((finding) => finding.key === target.dataset["key"]);
  if (key === "Enter") {
    const finding = present[at];
    if (finding !== undefined) show(finding);
  } else {
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: present.length - 1 }[key];
    const finding = to === undefined ? undefined : present[Math.max(0, Math.min(to, present.length - 1))];
    if (finding === undefined) return;
    select(finding);
    currentTarget.querySelector<HTMLElement>(`[data-key="${CSS.escape(finding.key)}"]`)?.focus();
  }
  event.preventDefault();
}

export function checksLine(verdict: Verdict, words: Words, links: SiteLinks): TemplateResult {
  const spoke = new Set(verdict.findings.map((finding) => finding.rule)).size;
  return html`<p class="checks">${words.counted("checks", verdict.checks)} · ${words.counted("spoke", spoke)} · <a class="u" href=${links.rules}>${words.say("what.was.checked")}</a></p>`;
}

export function countsView(counts: Counts, words: Words): TemplateResult {
  const present = SEVERITIES.filter((severity) => counts[severity] > 0);
  if (present.length === 0) return html`<span class="sev-ok"><span aria-hidden="true">✓</span> ${words.say("verdict.fine")}</span>`;
  return html`${present.map((severity) => html`<span class="sev-${severity}"><span aria-hidden="true">${SEVERITY_SHAPE[severity]}</span> <b>${words.number(counts[severity])}</b> <span class="sev-word">${words.counted(`severity.${severity}`, counts[severity])}</span></span>`)}`;
}

export function countOf(verdict: Verdict | null): Counts {
  return count(verdict?.findings ?? []);
}
