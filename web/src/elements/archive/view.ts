/*
 * The table of an archive, its filter and its histograms as HTML.
 */
import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import type { VirtualItem } from "@tanstack/virtual-core";
import type { Catalog } from "../../engine/catalog";
import { FAILED, UNREADABLE, type Ended } from "../../engine/har/protocol";
import { statusClass } from "../../engine/model";
import {
  byCount, COLUMNS, GRAVITIES, NO_FILTER, toggled, type Archive, type Column, type Facets, type Filter, type Gravity, type Sorting,
} from "../../state/archive";
import { SEVERITY_SHAPE } from "../../state/markdown";
import type { ToolWords } from "../../state/words";
import { styled } from "../styled";

export type Phase =
  | { readonly kind: "reading"; readonly read: number }
  | { readonly kind: "stopped" }
  | { readonly kind: "ended"; readonly ended: Ended; readonly ms: number };

export interface ArchiveModel {
  readonly words: ToolWords;
  readonly catalog: Catalog;
  readonly archive: Archive;
  readonly name: string;
  readonly size: number;
  readonly phase: Phase;
  readonly filter: Filter;
  readonly filtered: boolean;
  readonly sorting: Sorting;
  readonly rows: Uint32Array;
  readonly facets: Facets | null;
  /** Place in `rows` that the keys are at. */
  readonly active: number;
  readonly height: number;
  readonly items: readonly VirtualItem[];
  readonly allRules: boolean;
  readonly on: {
    cancel(): void;
    close(): void;
    filter(filter: Filter): void;
    sort(column: Column): void;
    direction(): void;
    key(event: KeyboardEvent): void;
    open(place: number): void;
    allRules(): void;
  };
}

const RULES_SHOWN = 10;
const HOSTS_OFFERED = 200;

export function archiveView(model: ArchiveModel): TemplateResult {
  const { words, facets, filter, filtered, sorting, rows, allRules } = model;
  // Scrolling changes neither filter nor histograms.
  return html`<div class="ar">
    ${bar(model)}
    ${guard([facets, filter, sorting, filtered ? rows : null], () => filterBar(model))}
    <div class="ar-cols">
      <details class="ar-facets" ?open=${!window.matchMedia("(max-width: 720px)").matches}>
        <summary>${words.say("archive.facets")}</summary>
        ${guard([facets, filter, allRules], () => html`${codes(model)}${rules(model)}`)}
      </details>
      <div class="ar-main">${grid(model)}</div>
    </div>
  </div>`;
}

// ---- the file --------------------------------------------------------------------------------------------------------

function megabytes(bytes: number, words: ToolWords): string {
  return words.number(Math.round(bytes / 100_000) / 10);
}

function bar(model: ArchiveModel): TemplateResult {
  const { words, name, phase, archive, size, on } = model;
  const title = phase.kind === "reading" ? words.say("archive.reading", { name }) : name;
  return html`<header class="ar-bar">
    <h1 title=${name}>${title}</h1>
    <p class="ar-state">${state(model)}</p>
    ${phase.kind === "reading"
      ? html`<progress max=${size} .value=${phase.read} aria-label=${words.say("archive.reading", { name })}></progress>
        <button type="button" class="btn" @click=${on.cancel}>${words.say("archive.cancel")}</button>`
      : html`<span class="sp"></span>`}
    <button type="button" class="btn" title=${words.say("archive.close.title", { name })} @click=${on.close}>${words.say("archive.close")}</button>
    <p class="unseen" role="status">${phase.kind === "reading" ? "" : `${words.counted("archive.exchanges", archive.length)}. ${words.say("archive.help")}`}</p>
  </header>`;
}

function state({ words, phase, archive, size }: ArchiveModel): TemplateResult | string {
  if (phase.kind === "reading") return words.say("archive.progress", { n: archive.length, read: megabytes(phase.read, words), size: megabytes(size, words) });
  const count = words.counted("archive.exchanges", archive.length);
  const unreadable = archive.status.reduce((sum, status) => sum + (status === UNREADABLE ? 1 : 0), 0);
  const more = unreadable === 0 ? "" : ` ${words.counted("archive.unreadable", unreadable)}`;
  if (phase.kind === "stopped") return `${count}. ${words.say("archive.stopped")}${more}`;
  const { ended, ms } = phase;
  const what = ended.kind === "cut" ? words.say("archive.cut")
    : ended.kind === "failed" ? words.say("archive.failed", { name: "", reason: ended.reason })
    : words.say("archive.done", { size: megabytes(size, words), s: words.number(Math.max(0.1, Math.round(ms / 100) / 10)) });
  return html`${count} · ${what}${more} <span class="private">${words.say("archive.private")}</span>`;
}

// ---- the filter ------------------------------------------------------------------------------------------------------

function filterBar(model: ArchiveModel): TemplateResult {
  const { words, filter, filtered, facets, rows, archive, sorting, on } = model;
  const typed = (event: Event): void => {
    if (event.target instanceof HTMLInputElement) on.filter({ ...filter, text: event.target.value });
  };
  return html`<div class="ar-filter" role="search" aria-label=${words.say("archive.filter")}>
    <input type="search" .value=${live(filter.text)} placeholder=${words.say("archive.filter.text")} aria-label=${words.say("archive.filter.text")} autocomplete="off" spellcheck="false" @input=${typed}>
    <div class="ar-severities" role="group" aria-label=${words.say("archive.filter.severity")}>
      ${[...GRAVITIES, "none" as const].map((severity) => severityToggle(severity, model))}
    </div>
    ${choice("archive.filter.method", [...(facets?.methods ?? [])].sort(), filter.methods, model, (methods) => on.filter({ ...filter, methods }))}
    ${choice("archive.filter.host", byCount(facets?.hosts ?? new Map<string, number>()).slice(0, HOSTS_OFFERED), filter.hosts, model, (hosts) => on.filter({ ...filter, hosts }))}
    <span class="ar-sort">${sortChoice(sorting, model)}</span>
    <span class="sp"></span>
    <span class="ar-shown" role="status">${filtered ? words.say("archive.shown", { n: rows.length, of: archive.length }) : nothing}</span>
    <button type="button" class="btn" ?hidden=${!filtered} @click=${() => on.filter(NO_FILTER)}>${words.say("archive.filter.reset")}</button>
  </div>`;
}

function severityToggle(severity: Gravity | "none", { words, filter, facets, on }: ArchiveModel): TemplateResult {
  const n = facets?.severities.get(severity) ?? 0;
  const name = words.say(`severity.${severity}`);
  const shape = severity === "none" ? "✓" : SEVERITY_SHAPE[severity];
  return html`<button type="button" class="ar-toggle sev-${severity === "none" ? "ok" : severity}" aria-pressed=${filter.severities.has(severity) ? "true" : "false"}
    aria-label="${words.number(n)} ${name}" title=${words.say("archive.facet.title", { label: name, n })}
    @click=${() => on.filter({ ...filter, severities: toggled(filter.severities, severity) })}><span aria-hidden="true">${shape}</span> ${words.number(n)}</button>`;
}

function choice(
  label: "archive.filter.method" | "archive.filter.host", counted: readonly (readonly [string, number])[], chosen: ReadonlySet<string>,
  { words }: ArchiveModel, choose: (chosen: ReadonlySet<string>) => void,
): TemplateResult {
  const changed = (event: Event): void => {
    if (event.target instanceof HTMLSelectElement) choose(new Set(event.target.value === "" ? [] : [event.target.value]));
  };
  const [now = ""] = chosen;
  const offered = now === "" || counted.some(([value]) => value === now) ? counted : [[now, 0] as const, ...counted];
  return html`<select class="ar-choice" aria-label=${words.say(label)} .value=${live(now)} @change=${changed}><option value="">${words.say("archive.filter.any", { what: words.say(label) })}</option>
      ${offered.map(([value, n]) => html`<option value=${value} ?selected=${value === now}>${value} (${words.number(n)})</option>`)}</select>`;
}

/** Where the columns have no heads: on a phone. */
function sortChoice({ column, descending }: Sorting, { words, on }: ArchiveModel): TemplateResult {
  const changed = (event: Event): void => {
    const wanted = event.target instanceof HTMLSelectElement ? COLUMNS.find((name) => event.target instanceof HTMLSelectElement && name === event.target.value) : undefined;
    if (wanted !== undefined) on.sort(wanted);
  };
  const direction = words.say(descending ? "archive.sort.descending" : "archive.sort.ascending");
  return html`<select class="ar-choice" aria-label=${words.say("archive.sort")} .value=${live(column)} @change=${changed}>${COLUMNS.map((name) => html`<option value=${name} ?selected=${name === column}>${name === "order" ? words.say("archive.column.order.title") : words.say(`archive.column.${name}`)}</option>`)}</select>
    <button type="button" class="btn close" aria-label=${direction} title=${direction} @click=${on.direction}>${descending ? "↓" : "↑"}</button>`;
}

// ---- histograms ------------------------------------------------------------------------------------------------------

interface Bar {
  readonly label: TemplateResult | string;
  readonly name: string;
  readonly n: number;
  readonly chosen: boolean;
  toggle(): void;
}

function bars(all: readonly Bar[], words: ToolWords): TemplateResult {
  const most = Math.max(1, ...all.map(({ n }) => n));
  return html`<ul class="ar-bars">${all.map(({ label, name, n, chosen, toggle }) => html`<li>
    <button type="button" aria-pressed=${chosen ? "true" : "false"} title=${words.say("archive.facet.title", { label: name, n })} @click=${toggle}>
      <span class="ar-label">${label}</span><span class="ar-n">${words.number(n)}</span>
      <span class="ar-line" aria-hidden="true"><i ${styled({ width: `${(100 * n) / most}%` })}></i></span>
    </button></li>`)}</ul>`;
}

function codes(model: ArchiveModel): TemplateResult {
  const { words, facets, filter, catalog, on } = model;
  const counted = new Map(facets?.statuses);
  for (const status of filter.statuses) if (!counted.has(status)) counted.set(status, 0);
  const all = [...counted].sort((a, b) => a[0] - b[0]).map(([status, n]): Bar => ({
    label: html`<span class="mono c${statusClass(status)}">${statusText(status, words)}</span> ${catalog.status[String(status)]?.title.replace(/^\d+ /, "") ?? ""}`,
    name: statusText(status, words),
    n,
    chosen: filter.statuses.has(status),
    toggle: () => on.filter({ ...filter, statuses: toggled(filter.statuses, status) }),
  }));
  return html`<section aria-labelledby="ar-codes"><h2 id="ar-codes">${words.say("archive.codes")}</h2>${bars(all, words)}</section>`;
}

function rules(model: ArchiveModel): TemplateResult {
  const { words, facets, filter, archive, allRules, on } = model;
  const counted = new Map(facets?.rules);
  for (const rule of filter.rules) if (!counted.has(rule)) counted.set(rule, 0);
  const all = byCount(counted).map(([rule, n]): Bar => {
    const said = messageOf(rule, model);
    const severity = model.catalog.rules[archive.rules[rule] ?? ""]?.severity ?? "info";
    return {
      label: html`<span class="sev-${severity}" aria-hidden="true">${SEVERITY_SHAPE[severity]}</span> ${said}`,
      name: said,
      n,
      chosen: filter.rules.has(rule),
      toggle: () => on.filter({ ...filter, rules: toggled(filter.rules, rule) }),
    };
  });
  const shown = allRules ? all : all.filter(({ chosen }, at) => at < RULES_SHOWN || chosen);
  const more = all.length <= RULES_SHOWN ? nothing
    : html`<button type="button" class="btn quiet" @click=${on.allRules}>${allRules ? words.say("archive.rules.fewer") : words.say("archive.rules.more", { n: all.length })}</button>`;
  return html`<section aria-labelledby="ar-rules"><h2 id="ar-rules">${words.say("archive.rules")}</h2>${bars(shown, words)}${more}</section>`;
}

/** What the rule says, without the values of a message. */
function messageOf(rule: number, { archive, catalog }: ArchiveModel): string {
  const id = archive.rules[rule] ?? "";
  return catalog.rules[id]?.message.replace(/\{\w+\}/g, "…") ?? id;
}

function statusText(status: number, words: ToolWords): string {
  return status > 0 ? String(status) : words.say("archive.no.status");
}

// ---- the table -------------------------------------------------------------------------------------------------------

function grid(model: ArchiveModel): TemplateResult {
  const { words, name, rows, active, height, items, on } = model;
  return html`<div class="ar-grid" role="grid" tabindex="0" aria-label=${words.say("archive.table", { name })} aria-rowcount=${rows.length + 1} aria-colcount=${COLUMNS.length}
      aria-activedescendant=${rows.length === 0 ? nothing : `ar-row-${active}`} @keydown=${on.key}>
    <div class="ar-heads" role="rowgroup"><div class="ar-row ar-head" role="row" aria-rowindex="1">${COLUMNS.map((column) => head(column, model))}</div></div>
    ${rows.length === 0 && model.phase.kind !== "reading" ? html`<p class="ar-nothing">${words.say("archive.nothing")}</p>` : nothing}
    <div class="ar-body" role="rowgroup" ${styled({ height: `${height}px` })}>${repeat(items, ({ index }) => index, (item) => guarded(item, model))}</div>
  </div>`;
}

function head(column: Column, { words, sorting, on }: ArchiveModel): TemplateResult {
  const sorted = sorting.column === column ? (sorting.descending ? "descending" : "ascending") : "none";
  const title = column === "order" ? words.say("archive.column.order.title") : nothing;
  return html`<div role="columnheader" class="ar-${column}" aria-sort=${sorted}><button type="button" title=${title} @click=${() => on.sort(column)}>${words.say(`archive.column.${column}`)}${
    sorted === "none" ? nothing : html`<span aria-hidden="true">${sorting.descending ? "↓" : "↑"}</span>`}</button></div>`;
}

/** A row stays as it is while it is scrolled: a picture costs the rows that come, not those that are there. */
function guarded(item: VirtualItem, model: ArchiveModel): unknown {
  return guard([model.facets, model.rows[item.index], item.start, item.size, item.index === model.active], () => row(item, model));
}

function row(item: VirtualItem, model: ArchiveModel): TemplateResult {
  const { words, archive, rows, active, on } = model;
  const place = item.index;
  const at = rows[place] ?? 0;
  const status = archive.status[at] ?? 0;
  const url = archive.url[at] ?? "";
  const host = archive.host[at] ?? "";
  const split = host === "" ? 0 : url.indexOf(host) + host.length;
  return html`<div class="ar-row ${place === active ? "on" : ""}" role="row" id="ar-row-${place}" aria-rowindex=${place + 2} aria-selected=${place === active ? "true" : "false"}
      ${styled({ transform: `translateY(${item.start}px)`, height: `${item.size}px` })} @click=${() => on.open(place)}>
    <div role="gridcell" class="ar-order">${words.number(at + 1)}</div>
    <div role="gridcell" class="ar-method mono">${archive.method[at]}</div>
    <div role="gridcell" class="ar-status mono c${statusClass(status)}" title=${status === 0 ? words.say("archive.no.status.title") : nothing}>${statusText(status, words)}</div>
    <div role="gridcell" class="ar-url mono" title=${url}><span class="ar-host">${url.slice(url.startsWith("https://") ? 8 : 0, split)}</span>${url.slice(split)}</div>
    <div role="gridcell" class="ar-type">${archive.type[at]}</div>
    <div role="gridcell" class="ar-size">${size(archive.size[at] ?? 0, words)}</div>
    <div role="gridcell" class="ar-findings">${findings(at, status, model)}</div>
  </div>`;
}

function findings(row: number, status: number, model: ArchiveModel): TemplateResult | string {
  const { words, archive } = model;
  if (status === UNREADABLE) return words.say("archive.row.unreadable");
  if (status === FAILED) return words.say("archive.row.failed");
  const { rules, counts } = archive.findings(row);
  const [gravest] = rules;
  if (gravest === undefined) return html`<span class="sev-ok" aria-hidden="true">✓</span><span class="unseen">${words.say("archive.row.fine")}</span>`;
  const present = GRAVITIES.filter((severity) => counts[severity] > 0);
  return html`${present.map((severity) => html`<span class="sev-${severity}"><span aria-hidden="true">${SEVERITY_SHAPE[severity]}</span><span class="unseen">${words.say(`severity.${severity}`)}</span> ${counts[severity]}</span> `)}<span class="ar-first">${messageOf(gravest, model)}</span>`;
}

function size(bytes: number, words: ToolWords): string {
  if (bytes < 1000) return words.say("archive.bytes", { n: bytes });
  if (bytes < 1_000_000) return words.say("archive.kilobytes", { n: Math.round(bytes / 100) / 10 });
  return words.say("archive.megabytes", { n: Math.round(bytes / 100_000) / 10 });
}
