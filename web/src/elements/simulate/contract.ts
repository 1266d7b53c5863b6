/*
 * The client contract: what each client makes of the same scenario, side by side. What rests on no measurement is marked where
 * it stands: the profile follows the book there.
 */
import { html, nothing, type TemplateResult } from "lit";
import type { Behaviours } from "../../engine/catalog";
import { statusClass } from "../../engine/model";
import type { ClientRow } from "../../engine/protocol";
import type { LensWords } from "../../state/words";
import { elapsed, inputName } from "./say";

/** It is no client that could be measured. */
export const BOOK = "by-the-book";

export interface ContractModel {
  readonly rows: readonly ClientRow[];
  readonly words: LensWords;
  readonly behaviours: Behaviours;
  readonly take: (scenario: string) => void;
}

export function contractView({ rows, words, behaviours, take }: ContractModel): TemplateResult {
  const told = rows.map((row) => ({ row, cells: row.id === BOOK ? [] : row.inputs.filter(({ name }) => behaviours[name] !== undefined) }));
  const all = told.flatMap(({ cells }) => cells);
  return html`<p class="quiet signs"><span>${MEASURED} ${words.say("sim.measured")}</span><span>${NOT_MEASURED} ${words.say("sim.unmeasured")}</span>
      <span>${words.say("sim.clients.count", { n: all.filter(({ present }) => !present).length, of: all.length })}</span></p>
    <table class="mini contract"><thead><tr>
      <th scope="col">${words.say("sim.clients.client")}</th><th scope="col">${words.say("sim.clients.gets")}</th><th scope="col" class="number">${words.say("sim.clients.requests")}</th>
      <th scope="col" class="number time">${words.say("sim.clients.time")}</th><th scope="col">${words.say("sim.clients.basis")}</th></tr></thead>
      <tbody>${told.map(({ row, cells }) => html`<tr><th scope="row"><button type="button" class="linklike" @click=${() => take(row.scenario)}>${row.name}</button></th>
        <td class="mono">${row.outcomes.map(({ code, error }, index) => html`${index === 0 ? nothing : ", "}${outcome(code, error, words)}`)}</td>
        <td class="number">${row.requests}</td><td class="number time">${elapsed(row.lasts, words)}</td><td>${row.id === BOOK ? words.say("sim.clients.book") : basis(cells, words, behaviours)}</td></tr>`)}</tbody></table>`;
}

const MEASURED = html`<span class="sev-ok" aria-hidden="true">✓</span>`;
const NOT_MEASURED = html`<span class="not-measured" aria-hidden="true">◇</span>`;

function basis(cells: ClientRow["inputs"], words: LensWords, behaviours: Behaviours): TemplateResult | typeof nothing {
  if (cells.length === 0) return nothing;
  const missing = cells.filter(({ present }) => !present);
  if (missing.length === 0) return html`${MEASURED} ${words.say("sim.measured")}`;
  return html`<details><summary>${NOT_MEASURED} ${words.say("sim.clients.missing", { n: missing.length, of: cells.length })}</summary>
    <ul>${missing.map(({ name }) => html`<li>${inputName(name, words, behaviours)}</li>`)}</ul></details>`;
}

/** The status that the caller gets, or why it gets none. */
export function outcome(code: number, error: string, words: LensWords): TemplateResult | string {
  return code === 0 ? (words.known(`sim.reason.${error}`) ?? error) : html`<b class=${`c${statusClass(code)}`}>${code}</b>`;
}
