/*
 * The sequence diagram. It says nothing that the list of steps beside it does not say: for screen readers it is one
 * picture with a name, and the list is what they read.
 */
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from "lit";
import { classMap } from "lit/directives/class-map.js";
import { statusClass } from "../../engine/model";
import type { MessageStep, NoteStep, Party, Play } from "../../engine/play";
import type { LensWords } from "../../state/words";
import { fit, HEAD, layoutOf, ROW, textWidth, type Layout, type Row } from "./layout";
import { elapsed, noteText, partyName, type DecisionWords } from "./say";

const MONO = 7.25;
const SANS = 6.7;
const TIP = 9;

export interface PictureModel {
  readonly play: Play;
  readonly step: number;
  readonly width: number;
  /** What stands below the name of a party. */
  readonly names: Readonly<Partial<Record<Party, string>>>;
  readonly words: LensWords;
  readonly decisions: DecisionWords;
}

export function pictureView(model: PictureModel): TemplateResult {
  const { play, words, width } = model;
  const layout = layoutOf(play, width);
  const label = words.say("sim.picture", { steps: play.steps.length, parties: new Intl.ListFormat(words.language).format(play.parties.map((party) => partyName(party, words))) });
  // The heads once more: they stay while what is below them is scrolled. What is exported is the picture.
  return html`<svg class="heads" viewBox=${`0 0 ${width} ${HEAD - 8}`} width=${width} height=${HEAD - 8} aria-hidden="true">
      <rect class="back" width=${width} height=${HEAD - 8}></rect>${headsView(layout, model)}
    </svg><svg class="seq" viewBox=${`0 0 ${width} ${layout.height}`} width=${width} height=${layout.height} role="img" aria-label=${label}>
      ${play.parties.map((party) => svg`<path class="lane" d=${`M${layout.lane(party)} ${HEAD - 12}V${layout.height - 8}`}></path>`)}
      ${headsView(layout, model)}${layout.rows.map((row) => rowView(row, layout, model))}
    </svg>`;
}

function headsView(layout: Layout, { play, names, words }: PictureModel): SVGTemplateResult[] {
  const box = Math.min(150, layout.laneWidth - 10);
  return play.parties.map((party) => {
    const x = layout.lane(party);
    const name = names[party] ?? "";
    return svg`<rect class="party" x=${x - box / 2} y="10" width=${box} height="40" rx="7"></rect>
      <text class="name" x=${x} y=${name === "" ? 35 : 28} text-anchor="middle">${fit(partyName(party, words), box - 8, SANS)}</text>
      ${name === "" ? nothing : svg`<text class="sub" x=${x} y="43" text-anchor="middle">${fit(name, box - 8, 6)}</text>`}`;
  });
}

function rowView(row: Row, layout: Layout, model: PictureModel): SVGTemplateResult {
  const { step, index, y } = row;
  const name = classMap({ row: true, on: index === model.step, todo: index > model.step });
  return svg`${row.pause > 0 ? pauseView(row, layout, model) : nothing}
    <g class=${name}>
      ${index === model.step ? svg`<rect class="band" x="0" y=${y} width=${layout.width} height=${ROW[step.kind]}></rect>` : nothing}
      ${row.timed ? svg`<text class="t" x="8" y=${y + 33}>${elapsed(step.at, model.words)}</text>` : nothing}
      ${step.kind === "message" ? arrow(step, y, layout, model) : note(step, y, layout, model)}
    </g>`;
}

function pauseView({ y, pause }: Row, layout: Layout, { words }: PictureModel): SVGTemplateResult {
  const text = words.say("sim.pause", { time: elapsed(pause, words) });
  const width = textWidth(text, 6.6) + 16;
  const middle = layout.width / 2;
  const at = y - ROW.pause / 2;
  return svg`<path class="gap" d=${`M62 ${at}H${layout.width - 16}`}></path><rect class="gap-back" x=${middle - width / 2} y=${at - 9} width=${width} height="18"></rect>
    <text class="t" x=${middle} y=${at + 4} text-anchor="middle">${text}</text>`;
}

function arrow(step: MessageStep, y: number, layout: Layout, { play, words }: PictureModel): SVGTemplateResult {
  const from = layout.lane(step.from);
  const to = layout.lane(step.to);
  const right = to >= from;
  const line = y + 29;
  const tip = right ? -TIP : TIP;
  const d = from === to ? `M${from} ${line - 10}h34v10h-24` : `M${from} ${line}H${to + tip}`;
  const reach = Math.abs(to - from) - 24;
  // A label may run over lanes in which nothing happens.
  const room = from === to ? layout.laneWidth / 2 : Math.max(reach, 40);
  const x = right ? from + 12 : from - 12;
  const anchor = right ? "start" : "end";
  const last = play.steps.at(-1) === step;
  return svg`<path class=${`a${step.interim ? " interim" : ""}${last ? " last" : ""}`} pathLength="1" d=${d}></path>
    <path class="tip" d=${from === to ? `M${from} ${line}l9 -4.5v9z` : `M${to} ${line}l${tip} -4.5v9z`}></path>
    ${play.clients > 1 && (step.from === "client" || step.to === "client") ? svg`<circle class="which" cx=${layout.lane("client") - 16} cy=${line} r="8"></circle><text class="sub" x=${layout.lane("client") - 16} y=${line + 4} text-anchor="middle">${step.client + 1}</text>` : nothing}
    <text class="m" x=${x} y=${y + 21} text-anchor=${anchor}>${label(step, room, words)}</text>`;
}

function label(step: MessageStep, room: number, words: LensWords): SVGTemplateResult {
  if (step.side === "request") return svg`${fit([`${step.method} ${step.target}`.trim(), step.gist].filter((part) => part !== "").join(", "), room, MONO)}`;
  if (step.code === 0) return svg`${fit(words.say("sim.no-status"), room, SANS)}`;
  const code = String(step.code);
  const rest = step.gist === "" ? step.reason : step.gist;
  return svg`<tspan class=${`code c${statusClass(step.code)}`}>${code}</tspan> ${fit(rest, room - textWidth(code, MONO) - MONO, MONO)}`;
}

function note(step: NoteStep, y: number, layout: Layout, { words, decisions }: PictureModel): SVGTemplateResult {
  const said = noteText(step, words, decisions);
  const whole = step.party === "network" ? words.say("sim.step.note", { party: partyName("network", words), what: said }) : said;
  const text = fit(whole, layout.width - 120, SANS);
  const width = textWidth(text, SANS) + 26;
  const x = Math.max(62, Math.min(layout.lane(step.party) - width / 2, layout.width - width - 8));
  return svg`<rect class="dec" x=${x} y=${y + 6} width=${width} height="24" rx="12"></rect><text class="d" x=${x + width / 2} y=${y + 22} text-anchor="middle">${text}</text>`;
}
