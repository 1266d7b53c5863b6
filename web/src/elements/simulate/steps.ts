/*
 * The steps as a list: what screen readers read, what the keyboard walks through, and on a phone the picture itself.
 * On a desk it lies over the picture, row by row, and only its focus is seen.
 */
import { html, nothing, type TemplateResult } from "lit";
import { classMap } from "lit/directives/class-map.js";
import { statusClass } from "../../engine/model";
import type { Play, Step } from "../../engine/play";
import type { LensWords } from "../../state/words";
import { layoutOf } from "./layout";
import { elapsed, messageLine, noteText, whoIs, type DecisionWords } from "./say";

export interface StepsModel {
  readonly play: Play;
  readonly step: number;
  readonly words: LensWords;
  readonly decisions: DecisionWords;
  readonly choose: (step: number) => void;
}

export function stepsView(model: StepsModel): TemplateResult {
  const { play, step: chosen, words, choose } = model;
  // The width changes nothing about rows.
  const { rows } = layoutOf(play, 800);
  return html`<ol class="steps" aria-label=${words.say("sim.steps")}>${rows.map(({ step, index, pause, timed }) => {
    const on = index === chosen;
    const name = classMap({ [`r-${step.kind}`]: true, "after-pause": pause > 0, on, todo: index > chosen });
    return html`<li class=${name}>${pause > 0 ? html`<span class="passes">${words.say("sim.pause", { time: elapsed(pause, words) })}</span>` : nothing}
      <button type="button" data-step=${index} tabindex=${on ? "0" : "-1"} aria-current=${on ? "step" : nothing} @click=${() => choose(index)}>
        <span class="when">${timed ? elapsed(step.at, words) : nothing}</span>${shown(step, model)}</button></li>`;
  })}</ol>`;
}

function shown(step: Step, { play, words, decisions }: StepsModel): TemplateResult {
  if (step.kind === "note") return html`<span class="what note"><span class="who">${whoIs(step.party, step, play.clients, words)}</span> ${noteText(step, words, decisions)}</span>`;
  const line = step.side === "request" ? html`<span class="mono">${messageLine(step, words)}</span>`
    : step.code === 0 ? html`<span>${messageLine(step, words)}</span>` : html`<span class="mono"><b class=${`c${statusClass(step.code)}`}>${step.code}</b> ${step.reason}</span>`;
  return html`<span class="what"><span class="who">${whoIs(step.from, step, play.clients, words)} <span aria-hidden="true">→</span> ${whoIs(step.to, step, play.clients, words)}</span>${line}${step.gist === "" ? nothing : html`<span class="gist mono">${step.gist}</span>`}</span>`;
}
