/*
 * The common things of a scenario as a form. It changes members of the JSON and leaves the rest of it as it is.
 */
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { at, fieldsFrom, fieldsOf, fieldsText, isObject, putIn, WHERE, type Json, type JsonObject, type Where } from "../../engine/scenario";
import type { LensWords } from "../../state/words";
import { elapsed } from "./say";

export interface Profile {
  readonly id: string;
  readonly name: string;
}

export interface FormModel {
  readonly words: LensWords;
  /** The scenario as it is written. */
  readonly text: string;
  /** Null while the text is no JSON. */
  readonly scenario: JsonObject | null;
  readonly profiles: readonly Profile[];
  readonly change: (scenario: JsonObject) => void;
}

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
/** Seconds after which it is asked again. */
const AGAIN = [1, 10, 60, 3600] as const;

export function formView(model: FormModel): TemplateResult {
  const { words, scenario } = model;
  if (scenario === null) return html`<p class="quiet">${words.say("sim.form.unreadable")}</p>`;
  return html`<div class="chip-row" role="group" aria-label=${words.say("sim.form")}>
    ${select(model, scenario, WHERE.profile, words.say("sim.client"), model.profiles.map(({ id, name }) => [id, name]), model.profiles[0]?.id ?? "")}
    ${toggle(model, scenario, WHERE.privateCache, words.say("sim.add.private_cache"))}
    ${toggle(model, scenario, WHERE.sharedCache, words.say("sim.add.cdn"), { kind: "cdn" })}
    ${toggle(model, scenario, WHERE.proxy, words.say("sim.add.proxy"))}
    <button type="button" class="chip live" popovertarget="sim-more">${words.say("sim.request.more")} <span aria-hidden="true">▾</span></button>
    <div id="sim-more" class="menu more-form" popover @beforetoggle=${below}>${moreView(model, scenario)}</div>
  </div>`;
}

function below({ target }: Event): void {
  const button = document.querySelector("[popovertarget='sim-more']")?.getBoundingClientRect();
  if (!(target instanceof HTMLElement) || button === undefined) return;
  target.style.top = `${button.bottom + 4}px`;
  target.style.left = `${Math.max(8, Math.min(button.left, document.documentElement.clientWidth - 380))}px`;
}

function select({ change }: FormModel, scenario: JsonObject, where: Where, label: string, options: readonly (readonly [string, string])[], usual: string): TemplateResult | typeof nothing {
  if (options.length === 0) return nothing;
  const value = at(scenario, where);
  const now = typeof value === "string" ? value : usual;
  return html`<select class="chip live" aria-label=${label} .value=${live(now)} @change=${(event: Event) => {
    if (event.target instanceof HTMLSelectElement) change(putIn(scenario, where, event.target.value));
  }}>${options.map(([id, name]) => html`<option value=${id} ?selected=${id === now}>${name}</option>`)}</select>`;
}

/** A party takes part when it is described. */
function toggle({ change }: FormModel, scenario: JsonObject, where: Where, label: string, described: JsonObject = {}): TemplateResult {
  const on = isObject(at(scenario, where));
  return html`<button type="button" class="chip live" aria-pressed=${on ? "true" : "false"} @click=${() => change(putIn(scenario, where, on ? undefined : described))}><span aria-hidden="true">${on ? "✓" : "+"}</span> ${label}</button>`;
}

function moreView(model: FormModel, scenario: JsonObject): TemplateResult {
  const { words, change } = model;
  const put = (where: Where, to: Json | undefined): void => change(putIn(scenario, where, to));
  const text = (where: Where, usual: string): string => {
    const value = at(scenario, where);
    return typeof value === "string" ? value : usual;
  };
  const input = (where: Where, label: string, usual: string): TemplateResult => html`<label><span>${label}</span>
    <input type="text" spellcheck="false" autocomplete="off" .value=${live(text(where, usual))} @change=${(event: Event) => {
      if (event.target instanceof HTMLInputElement) put(where, event.target.value === usual ? undefined : event.target.value);
    }}></label>`;
  const area = (label: string, value: string, rows: number, to: (text: string) => void): TemplateResult => html`<label><span>${label}</span>
    <textarea rows=${rows} spellcheck="false" .value=${live(value)} @change=${(event: Event) => {
      if (event.target instanceof HTMLTextAreaElement) to(event.target.value);
    }}></textarea></label>`;
  const method = text(WHERE.method, "GET");
  const methods = METHODS.some((known) => known === method) ? METHODS : [...METHODS, method];
  const given = at(scenario, WHERE.given);
  return html`<div class="fields">
    <label><span>${words.say("sim.method")}</span><select @change=${(event: Event) => {
      if (event.target instanceof HTMLSelectElement) put(WHERE.method, event.target.value);
    }}>${methods.map((one) => html`<option ?selected=${one === method}>${one}</option>`)}</select></label>
    ${input(WHERE.target, words.say("sim.target"), "https://a.example/")}
    ${area(words.say("sim.fields"), fieldsText(fieldsOf(at(scenario, WHERE.fields))), 3, (value) => put(WHERE.fields, value.trim() === "" ? undefined : fieldsFrom(value)))}
    ${timesView(model, scenario)}
    <h3>${words.say("sim.origin")}</h3>
    ${given !== undefined ? html`<p class="quiet">${words.say("sim.origin.given")}</p>` : html`<label class="check"><input type="checkbox" ?checked=${at(scenario, [...WHERE.resource, "exists"]) !== false} @change=${(event: Event) => {
        if (event.target instanceof HTMLInputElement) put([...WHERE.resource, "exists"], event.target.checked ? undefined : false);
      }}> <span>${words.say("sim.origin.exists")}</span></label>
      ${input([...WHERE.resource, "representations", 0, "etag"], words.say("sim.origin.etag"), '"a"')}
      ${cacheControl(scenario, words, put)}`}
  </div>`;
}

/** Cache-Control is one of the fields that the resource sends for caches. */
function cacheControl(scenario: JsonObject, words: LensWords, put: (where: Where, to: Json | undefined) => void): TemplateResult {
  const where: Where = [...WHERE.resource, "cache", "fields"];
  const fields = fieldsOf(at(scenario, where));
  const now = fields.find(([name]) => name.toLowerCase() === "cache-control")?.[1] ?? "";
  const others = fields.filter(([name]) => name.toLowerCase() !== "cache-control");
  return html`<label><span>${words.say("sim.origin.cache")}</span><input type="text" spellcheck="false" autocomplete="off" .value=${live(now)} @change=${(event: Event) => {
    if (!(event.target instanceof HTMLInputElement)) return;
    const value = event.target.value.trim();
    const all = value === "" ? others : [["Cache-Control", value] as const, ...others];
    put(where, all.length === 0 ? undefined : all.map(([name, text]) => [name, text]));
  }}></label>`;
}

function timesView({ words, change }: FormModel, scenario: JsonObject): TemplateResult | typeof nothing {
  const steps = at(scenario, WHERE.steps);
  const list = Array.isArray(steps) ? (steps as readonly Json[]) : [];
  const second = list.length === 2 && at(list[0], ["do"]) === "request" && at(list[1], ["do"]) === "request" ? at(list[1], ["at_s"]) : undefined;
  // What the form cannot say stays in the JSON.
  if (list.length > 1 && typeof second !== "number") return html`<p class="quiet">${words.say("sim.form.json")}</p>`;
  const choices = typeof second === "number" && !AGAIN.some((one) => one === second) ? [...AGAIN, second] : AGAIN;
  return html`<label><span>${words.say("sim.times")}</span><select @change=${(event: Event) => {
    const seconds = event.target instanceof HTMLSelectElement ? Number(event.target.value) : 0;
    change(putIn(scenario, WHERE.steps, seconds === 0 ? undefined : [{ at_s: 0, do: "request" }, { at_s: seconds, do: "request" }]));
  }}><option value="0" ?selected=${second === undefined}>${words.say("sim.times.once")}</option>
    ${choices.map((seconds) => html`<option value=${seconds} ?selected=${seconds === second}>${words.say("sim.times.again", { time: elapsed(seconds * 1000, words) })}</option>`)}</select></label>`;
}
