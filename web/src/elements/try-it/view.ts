/*
 * The workbench in a small frame, for a page that speaks of one response.
 */
import { html, nothing, type TemplateResult } from "lit";
import { findingsList, type FindingsModel } from "../findings/view";

export interface TryItModel extends FindingsModel {
  readonly wire: TemplateResult;
  readonly waiting: boolean;
  /** The same exchange in the workbench. */
  readonly href: string;
  readonly spoken: string;
}

export function tryItView(model: TryItModel): TemplateResult {
  const { words, href, wire, rows, waiting, spoken, verdict } = model;
  const fine = rows.length === 0 && verdict !== null;
  return html`<div class="tryit" role="group" aria-label=${words.say("try.title")}>
    <div class="tryit-head"><b>${words.say("try.title")}</b><span class="live">${words.say("try.hint")}</span><span class="sp"></span><a class="u" href=${href}>${words.say("try.open")}</a></div>
    <div class="tryit-cols">
      <div class="tryit-wire">${wire}</div>
      <div class="tryit-findings">${waiting ? html`<p class="tryit-plain">${words.say("verdict.waiting")}</p>` : nothing}${fine && !waiting
        ? html`<p class="tryit-plain"><span class="sev-ok" aria-hidden="true">✓</span> ${words.say("nothing.here")}</p>`
        : findingsList(model)}</div>
    </div>
    <p class="unseen" role="status" aria-live="polite">${spoken}</p>
  </div>`;
}
