/*
 * Play, pause, step, and the line of virtual time.
 */
import { html, svg, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { Play } from "../../engine/play";
import { nearest, positions } from "../../state/timeline";
import type { LensWords } from "../../state/words";
import { elapsed, stepText, type DecisionWords } from "./say";

export const LINE = 1000;
export const SPEEDS = [0.5, 1, 2, 4] as const;
export type Speed = (typeof SPEEDS)[number];

export interface TransportModel {
  readonly play: Play | null;
  readonly step: number;
  readonly playing: boolean;
  readonly speed: Speed;
  readonly words: LensWords;
  readonly decisions: DecisionWords;
  readonly on: {
    step(to: number): void;
    toggle(): void;
    speed(speed: Speed): void;
  };
}

export function transportView({ play, step, playing, speed, words, decisions, on }: TransportModel): TemplateResult {
  const steps = play?.steps ?? [];
  const places = positions(steps.map(({ at }) => at), LINE);
  const now = steps[step];
  const scrub = (event: Event): void => {
    if (event.target instanceof HTMLInputElement) on.step(nearest(places, Number(event.target.value)));
  };
  // A step to the next place of the line may be smaller than the line's own.
  const walk = (event: KeyboardEvent): void => {
    const to = { ArrowRight: step + 1, ArrowUp: step + 1, ArrowLeft: step - 1, ArrowDown: step - 1, Home: 0, End: steps.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    on.step(to);
  };
  const none = steps.length === 0;
  return html`<div class="transport live" role="group" aria-label=${words.say("sim.play")}>
    <button type="button" class="btn" ?disabled=${none || step === 0} aria-label=${words.say("sim.back")} title=${`${words.say("sim.back")} (←)`} @click=${() => on.step(step - 1)}><span aria-hidden="true">◀</span></button>
    <button type="button" class="btn primary play" ?disabled=${none} @click=${on.toggle}><span aria-hidden="true">${playing ? "❚❚" : "▶"}</span> ${words.say(playing ? "sim.pause.button" : "sim.play")}</button>
    <button type="button" class="btn" ?disabled=${none || step >= steps.length - 1} aria-label=${words.say("sim.forward")} title=${`${words.say("sim.forward")} (→)`} @click=${() => on.step(step + 1)}><span aria-hidden="true">▶|</span></button>
    <div class="track">${lineView(places, step)}
      <input type="range" min="0" max=${LINE} step="1" ?disabled=${none} .value=${live(String(Math.round(places[step] ?? 0)))} aria-label=${words.say("sim.scrub")}
        aria-valuetext=${now === undefined ? "" : `${words.say("sim.position", { n: step + 1, of: steps.length })}, ${elapsed(now.at, words)}, ${stepText(now, play?.clients ?? 1, words, decisions)}`}
        @input=${scrub} @keydown=${walk}></div>
    <span class="mono nth">${none ? "" : words.say("sim.position", { n: step + 1, of: steps.length })}</span>
    <select class="scheme speed" aria-label=${words.say("sim.speed")} @change=${(event: Event) => {
      const chosen = event.target instanceof HTMLSelectElement ? Number(event.target.value) : 1;
      on.speed(SPEEDS.find((one) => one === chosen) ?? 1);
    }}>${SPEEDS.map((one) => html`<option value=${one} ?selected=${one === speed}>${one}×</option>`)}</select>
  </div>`;
}

/** In percent, so that dots stay round however long the line is. */
function lineView(places: readonly number[], step: number): TemplateResult {
  const percent = (place: number): string => `${((100 * place) / LINE).toFixed(2)}%`;
  return html`<svg width="100%" height="12" aria-hidden="true"><line class="all" x1="0" y1="6" x2="100%" y2="6"></line><line class="done" x1="0" y1="6" x2=${percent(places[step] ?? 0)} y2="6"></line>
    ${places.map((place, index) => svg`<circle class=${index <= step ? "d" : ""} cx=${percent(place)} cy="6" r="4"></circle>`)}</svg>`;
}
