/*
 * Why a step is as it is: the questions its party asked itself, what it looked at, what followed, what else could have.
 */
import { html, nothing, type TemplateResult } from "lit";
import { classMap } from "lit/directives/class-map.js";
import { shortCite, type Behaviours } from "../../engine/catalog";
import { statusClass } from "../../engine/model";
import type { Decision, Step } from "../../engine/play";
import type { LensWords } from "../../state/words";
import { inputName, inputValue, partyName, valueText, type DecisionWords } from "./say";

/** The words of everything that is told of a decision. */
export interface WhyWords {
  readonly words: LensWords;
  readonly decisions: DecisionWords;
  readonly behaviours: Behaviours;
}

export function whyView(step: Step, all: WhyWords): TemplateResult {
  const { words } = all;
  const title = step.kind === "note" ? words.say("sim.why.note", { party: partyName(step.party, words) })
    : step.side === "request" ? words.say("sim.why.request", { party: partyName(step.from, words) })
      : words.say("sim.why", { status: step.code === 0 ? step.reason : step.code.toString() });
  return html`<section class="sec why" aria-labelledby="sim-why"><h3 id="sim-why">${title}</h3>
    ${step.decisions.length === 0 ? html`<p class="quiet">${words.say("sim.why.none")}</p>`
      : decisionsView(step.decisions, all)}</section>`;
}

/** What decided it first; the questions that were passed by on the way there, for whoever wants them. */
function decisionsView(all: readonly Decision[], why: WhyWords): TemplateResult {
  const list = (some: readonly Decision[]): TemplateResult => html`<ol>${some.map((decision) => decisionView(decision, why))}</ol>`;
  const telling = all.filter(({ answer, terminal }) => answer || terminal);
  const passed = all.filter(({ answer, terminal }) => !answer && !terminal);
  if (telling.length === 0 || passed.length < 3) return list(all);
  return html`${list(telling)}<details class="passed-by"><summary>${why.words.say("sim.why.passed", { n: passed.length })}</summary>${list(passed)}</details>`;
}

function decisionView(decision: Decision, why: WhyWords): TemplateResult {
  const { words, decisions } = why;
  const text = decisions[decision.id];
  const { answer, requirement, gives, terminal } = decision;
  const taken = text === undefined ? "" : answer ? text.yes : text.no;
  const other = text === undefined ? "" : answer ? text.no : text.yes;
  // A question that was passed by: what its yes would have meant is the road not taken.
  if (!answer && !terminal) {
    return html`<li class="passed"><span class="mark" aria-hidden="true">○</span>
      <div><p class="q">${text?.question ?? decision.id} <b>${words.say("sim.no")}</b></p>${inputsView(decision, why)}
        ${other === "" ? nothing : html`<p class="other">${words.say("sim.otherwise", { what: other })}</p>`}${alternativesView(decision, why)}</div>${citesView(decision, text)}</li>`;
  }
  return html`<li class=${classMap({ terminal, open: requirement === "open" })}>
    <span class=${`mark ${answer ? "sev-ok" : "no"}`} aria-hidden="true">${answer ? "✓" : "○"}</span>
    <div><p class="q">${text?.question ?? decision.id} <b>${words.say(answer ? "sim.yes" : "sim.no")}</b></p>
      ${taken === "" ? nothing : html`<p class="taken">${gives === 0 || taken.includes(String(gives)) ? nothing : html`<span class=${`mono code c${statusClass(gives)}`}>${gives}</span> `}${taken}${terminal ? html` <span class="made">${words.say("sim.terminal")}</span>` : nothing}</p>`}
      ${inputsView(decision, why)}
      ${other === "" ? nothing : html`<p class="other">${words.say("sim.otherwise", { what: other })}</p>`}
      ${requirement === "must" ? nothing : html`<p class=${`level level-${requirement}`}>${words.say(`sim.${requirement}`)}</p>`}
      ${alternativesView(decision, why)}
    </div>
    ${citesView(decision, text)}
  </li>`;
}

function citesView(decision: Decision, text: DecisionWords[string] | undefined): TemplateResult {
  return html`<span class="cites">${text === undefined ? decision.cite.map(shortCite).join(", ")
    : text.cite.map(({ cite, url }) => html`<a href=${url} rel="noreferrer" title=${cite}>${section(cite)}</a>`)}</span>`;
}

/** "RFC 9110 section 13.2.2" takes much room: the document is known by its number in the title. */
function section(cite: string): string {
  return shortCite(cite).replace(/^RFC 9110 (?=§)/, "");
}

function inputsView({ inputs }: Decision, { words, behaviours }: WhyWords): TemplateResult | typeof nothing {
  if (inputs.length === 0) return nothing;
  return html`<dl class="inputs">${inputs.map(({ name, value, present }) => html`<div><dt>${inputName(name, words, behaviours)}</dt><dd>${present ? inputValue({ name, value }, words)
    : behaviours[name] === undefined ? html`<i>${words.say("sim.absent")}</i>` : html`<span aria-hidden="true">◇</span> ${words.say("sim.unmeasured")}`}</dd></div>`)}</dl>`;
}

function alternativesView({ alternatives }: Decision, { words, decisions }: WhyWords): TemplateResult[] {
  return alternatives.map(({ policy, gives: leads }) => html`<p class="other">${words.say("sim.alternative", { policy: decisions[policy]?.yes ?? valueText(policy, words) })}${leads === 0 ? nothing : html` <span class=${`mono c${statusClass(leads)}`}>→ ${leads}</span>`}</p>`);
}
