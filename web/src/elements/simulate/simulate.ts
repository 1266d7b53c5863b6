/*
 * <statuslab-simulate>: an exchange, played through everybody who has to do with it.
 *
 * As the workbench: the page arrives complete, and this element takes its place with the same template. Everything shown
 * follows from the State. The scenario is text; the picture, the steps and the exchange are what came of it.
 */
import type { TemplateResult } from "lit";
import type { Schema } from "../../editor/json-schema";
import { covers, languageOf, loadBehaviours, loadCatalog, loadDecisions, type Behaviours, type Catalog } from "../../engine/catalog";
import { EngineClient } from "../../engine/client";
import type { Exchange } from "../../engine/model";
import { exchangeOf, type MessageStep, type Play, type Step } from "../../engine/play";
import type { ClientRow, WhatIf } from "../../engine/protocol";
import { readScenario, scenarioOf, writeScenario, type JsonObject } from "../../engine/scenario";
import { pageTimers, spawnSimulator } from "../../engine/spawn";
import { exampleFragment, exampleIn, scenarioFragment, scenarioIn } from "../../state/example-link";
import { NOTHING_BESIDE, type Beside, type Linked } from "../../state/link";
import { loadExchange, loadSettings, pageStore, saveExchange, type Store } from "../../state/storage";
import { initial, messageAt, openingStep, reduce, stepOf, stepsOf, type Action, type Source, type State } from "../../state/simulate";
import { sameExchange } from "../../state/workbench";
import { loadLensWords, loadWords, type LensWords, type Words } from "../../state/words";
import { LensElement } from "../lenses/lens-element";
import { Crossing } from "../lenses/lenses";
import { siteLinks, type SiteLinks } from "../links";
import { isTyping, onMac } from "../workbench/keyboard";
import { breathe } from "../workbench/timing";
import type { Profile } from "./form";
import { readIsland } from "../island";
import type { Island, Story } from "./island";
import { stepText, type DecisionWords } from "./say";
import type { Speed } from "./transport";
import { simulateView, type Asked, type ExportKind, type SimulateHandlers, type SimulateModel } from "./view";

type JsonEditorModule = typeof import("../../editor/json-editor");

/** A step of the picture stays so long, at speed 1. */
const STEP_MS = 900;
/** Typing in the text has paused. */
const PAUSE_MS = 350;
const NARROWEST = 420;

const NOBODY: Island = { exchange: { request: "", response: "", scheme: "https" }, scenario: "", story: { title: "", text: "" }, step: 0, play: { parties: [], clients: 1, steps: [], outcomes: [], lasts: 0 }, decisions: {}, behaviours: {}, catalog: { language: "en", rules: {}, severities: { error: "", warning: "", info: "", hint: "", fine: "" }, status: {} }, profiles: [], base: "/" };

export class StatuslabSimulate extends LensElement {
  #home: Island = NOBODY;
  #state: State = initial(NOBODY.exchange, { kind: "own" }, null, 0);
  #play: Play | null = null;
  #words: Words | null = null;
  #lens: LensWords | null = null;
  #catalog: Catalog | null = null;
  #decisions: DecisionWords = {};
  #behaviours: Behaviours = {};
  #story: Story | null = null;
  #profiles: readonly Profile[] = [];
  #links: SiteLinks = siteLinks("/", "en");
  #client: EngineClient | null = null;
  #store: Store | null = null;
  #selected: number | null = null;
  #beside: Beside = NOTHING_BESIDE;
  #width = 760;
  #speed: Speed = 1;
  #clock = 0;
  #pause = 0;
  #text = "";
  /** It was opened and has not been shown yet. */
  #unseen = false;
  #editor: InstanceType<JsonEditorModule["JsonEditor"]> | null = null;
  #changes: Asked<readonly WhatIf[]> = { kind: "not-asked" };
  #clients: Asked<readonly ClientRow[]> = { kind: "not-asked" };
  #open: { changes: boolean; clients: boolean } = { changes: false, clients: false };
  #spoken = "";
  #sizes: ResizeObserver | null = null;

  protected override get engine(): EngineClient | null {
    return this.#client;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearTimeout(this.#clock);
    this.#sizes?.disconnect();
  }

  protected override render(): TemplateResult {
    return simulateView(this.#model());
  }

  protected override updated(): void {
    const stage = this.querySelector(".stage");
    if (stage === null || this.#sizes === null) return;
    this.#sizes.disconnect();
    this.#sizes.observe(stage);
  }

  // ---- beginning -------------------------------------------------------------------------------------------------

  protected override async begin(): Promise<void> {
    const language = languageOf(this.closest("[lang]")?.getAttribute("lang") ?? "en");
    const home = readIsland<Island>(this);
    if (home === null) return;
    this.#home = home;
    this.#links = siteLinks(home.base, language);
    this.#store = pageStore();
    this.#decisions = home.decisions;
    this.#behaviours = home.behaviours;
    this.#story = home.story;
    this.#profiles = home.profiles;
    this.#catalog = home.catalog;
    this.#play = home.play;
    this.#state = initial(home.exchange, { kind: "scenario", id: home.scenario }, home.play, home.step);
    this.#text = scenarioOf(home.exchange);
    this.#client = this.#newClient();
    const [words, lens] = await Promise.all([loadWords(language), loadLensWords(language)]);
    this.#words = words;
    this.#lens = lens;
    this.#sizes = new ResizeObserver(([entry]) => this.#resized(entry?.contentRect.width ?? 0));
    await this.#openWhatIsWanted();
    this.alive = true;
    this.requestUpdate();
    await this.updateComplete;
    this.dataset["ready"] = "yes";
    if (this.#state.run.kind === "played") void this.#reveal();
    this.#client.start();
    // The page has the words of its own example; all of them are as large as the page, and wait until it is painted.
    await breathe();
    await Promise.all([loadDecisions(language), loadBehaviours(language), loadCatalog(language)]).then(([decisions, behaviours, catalog]) => {
      this.#decisions = decisions;
      this.#behaviours = behaviours;
      this.#catalog = catalog;
      this.requestUpdate();
    }, () => undefined);
  }

  #resized(width: number): void {
    const wide = Math.max(NARROWEST, Math.floor(width));
    if (width === 0 || wide === this.#width) return;
    this.#width = wide;
    this.requestUpdate();
  }

  #newClient(): EngineClient {
    return new EngineClient(spawnSimulator, {
      ready: () => {
        if (this.#state.run.kind === "played") this.#judge();
        else if (this.#state.run.kind !== "failed") this.#run();
      },
      checked: (verdict, _exchange, ticket) => {
        if (ticket === this.#ticket) this.#do({ kind: "judged", verdict });
      },
      restarted: () => this.#do({ kind: "notice", notice: { kind: "plain", word: "restarted" } }),
      failed: (failure, reason) => {
        if (failure === "engine") this.#ran({ kind: "unavailable", reason });
      },
    }, pageTimers);
  }

  /** The address first, then what was here last time, then the scenario of the page. */
  async #openWhatIsWanted(): Promise<void> {
    const fragment = location.hash.slice(1);
    if (fragment !== "") {
      await this.openFragment(fragment);
      if (document.referrer.startsWith(`${location.origin}/`)) this.#do({ kind: "link-accepted" });
      return;
    }
    const kept = loadExchange(this.#store);
    if (kept !== null && kept.response + (kept.scenario ?? "") !== "" && !sameExchange(kept, this.#home.exchange)) this.#show(kept, { kind: "own" }, null);
  }

  protected override async openFragment(fragment: string): Promise<void> {
    const scenario = scenarioIn(fragment);
    if (scenario !== null) return this.#openScenario(scenario, "replace");
    const example = exampleIn(fragment);
    if (example !== null) {
      const { findPreset } = await import("../../state/presets");
      const preset = findPreset(example);
      if (preset === null) this.#do({ kind: "notice", notice: { kind: "no-scenario", id: example } });
      else this.#show(preset.exchange, { kind: "example", id: example }, null);
      return;
    }
    const decoded = (await this.codec()).decode(fragment);
    if (decoded.kind === "broken") {
      this.#do({ kind: "notice", notice: { kind: "broken-link", damage: decoded.damage, saved: decoded.saved } });
      return;
    }
    const { exchange, selected, beside } = decoded.linked;
    this.#selected = selected;
    this.#beside = beside;
    const kept = loadExchange(this.#store);
    this.#show(exchange, kept !== null && sameExchange(kept, exchange) ? { kind: "own" } : { kind: "link", accepted: false }, beside.step);
  }

  async #openScenario(id: string, history: "push" | "replace"): Promise<void> {
    if (id === this.#home.scenario) return this.openHome(history);
    const { findScenario } = await import("../../state/scenarios");
    const found = findScenario(id);
    if (found === null) {
      this.#do({ kind: "notice", notice: { kind: "no-scenario", id } });
      return;
    }
    const { language } = this.#words ?? { language: "en" };
    this.#story = { title: found.title[language], text: found.text[language] };
    if (history === "push") window.history.pushState(null, "", `#${scenarioFragment(id)}`);
    this.#show({ request: "", response: "", scheme: "https", scenario: writeScenario(found.scenario) }, { kind: "scenario", id }, null);
  }

  protected override openHome(history: "push" | "replace" = "replace"): void {
    if (history === "push") window.history.pushState(null, "", location.pathname + location.search);
    this.#story = this.#home.story;
    this.#show(this.#home.exchange, { kind: "scenario", id: this.#home.scenario }, this.#home.step);
  }

  #show(exchange: Exchange, source: Source, step: number | null): void {
    // The bar is always true: nothing is said of this exchange before it has been played.
    this.#play = exchange === this.#home.exchange ? this.#home.play : null;
    this.#text = scenarioOf(exchange);
    this.#editor?.replace(this.#text);
    this.#do({ kind: "opened", exchange, source, step });
    this.#unseen = true;
    this.#run();
    this.settle();
  }

  // ---- playing ---------------------------------------------------------------------------------------------------

  /** Lets the engine play what is on the desk. */
  #run(): void {
    const { revision } = this.#state;
    this.#changes = { kind: "not-asked" };
    this.#clients = { kind: "not-asked" };
    this.#client?.play(this.#text).then(
      (result) => {
        if (revision !== this.#state.revision) return;
        if (!result.ok) return this.#ran({ kind: "refused", errors: result.errors });
        this.#play = result.play;
        this.#ran({ kind: "played", play: result.play });
        if (this.#open.changes) this.#ask("changes");
        if (this.#open.clients) this.#ask("clients");
      },
      () => this.#ran({ kind: "failed" }),
    );
  }

  #ran(run: State["run"]): void {
    const { exchange } = this.#state;
    // Of a scenario the exchange is what came of it, until somebody edits it in Validate.
    const empty = exchange.request === "" && exchange.response === "";
    const filled = run.kind === "played" && empty && exchange.scenario !== undefined ? { ...exchange, ...exchangeOf(run.play) } : exchange;
    this.#do({ kind: "ran", run, revision: this.#state.revision, exchange: filled });
    if (this.#unseen) void this.#reveal();
    this.#editor?.show(run.kind === "refused" ? run.errors.map(({ pointer, expected }) => ({ pointer, message: this.#lens === null ? expected : `${this.#lens.say("sim.refused.expected")}: ${expected}` })) : []);
    this.#judge();
    this.settle();
  }

  /** The step at which a scenario is opened may be far down its picture. */
  async #reveal(): Promise<void> {
    this.#unseen = false;
    await this.updateComplete;
    const stage = this.querySelector(".stage");
    const step = this.querySelector(`.steps [data-step="${this.#state.step}"]`);
    if (stage === null || step === null) return;
    // The page itself stays where it is: on a phone its beginning says what this is about.
    const below = step.getBoundingClientRect().bottom - stage.getBoundingClientRect().bottom;
    stage.scrollTop = below > 0 ? stage.scrollTop + below + stage.clientHeight / 3 : 0;
  }

  #ticket = 0;

  /** The validator's word on the message of the selected step. */
  #judge(): void {
    const steps = stepsOf(this.#state);
    const message = steps[messageAt(steps, this.#state.step)];
    this.#ticket += 1;
    if (message?.kind !== "message") return;
    this.#client?.check(messageExchange(message, steps, this.#state.exchange.scheme), this.#ticket, loadSettings(this.#store));
  }

  #step(to: number, playing = false): void {
    const before = this.#state.step;
    this.#do({ kind: "stepped", to, playing });
    if (this.#state.step === before) return;
    this.#judge();
    this.settle();
    if (!playing) this.#speakStep();
    void this.updateComplete.then(() => {
      const button = this.querySelector<HTMLElement>(`.steps [data-step="${this.#state.step}"]`);
      if (document.activeElement instanceof HTMLElement && document.activeElement.dataset["step"] !== undefined) button?.focus();
      button?.scrollIntoView({ block: "nearest", behavior: "instant" });
    });
  }

  #toggle(): void {
    this.#do({ kind: "play", playing: !this.#state.playing });
    this.#judge();
    this.#tick();
  }

  #tick(): void {
    window.clearTimeout(this.#clock);
    if (!this.#state.playing) return;
    this.#clock = window.setTimeout(() => {
      const last = stepsOf(this.#state).length - 1;
      const next = this.#state.step + 1;
      this.#step(next, next < last);
      this.#tick();
    }, STEP_MS / this.#speed);
  }

  #speakStep(): void {
    const step = stepOf(this.#state);
    if (step === null || this.#lens === null) return;
    this.#spoken = stepText(step, this.#play?.clients ?? 1, this.#lens, this.#decisions);
    this.requestUpdate();
  }

  #ask(section: "changes" | "clients"): void {
    const { revision } = this.#state;
    const set = (value: Asked<never> | { kind: "known"; value: readonly never[] }): void => {
      if (revision !== this.#state.revision) return;
      if (section === "changes") this.#changes = value;
      else this.#clients = value;
      this.requestUpdate();
    };
    set({ kind: "working" });
    const asked: Promise<readonly unknown[]> | undefined = section === "changes" ? this.#client?.whatIf(this.#text) : this.#client?.clients(this.#text, this.#profiles);
    asked?.then((rows) => set({ kind: "known", value: rows as readonly never[] }), () => set({ kind: "failed" }));
  }

  // ---- state -----------------------------------------------------------------------------------------------------

  #do(action: Action): void {
    const before = this.#state;
    this.#state = reduce(before, action);
    if (this.#state !== before) this.requestUpdate();
  }

  /** Somebody changed the scenario, in the form or as text. */
  #edit(text: string, fromEditor: boolean): void {
    if (text === this.#text) return;
    this.#text = text;
    if (!fromEditor) this.#editor?.replace(text);
    this.#do({ kind: "edited", scenario: text });
    this.settle();
    window.clearTimeout(this.#pause);
    if (fromEditor) this.#pause = window.setTimeout(() => this.#run(), PAUSE_MS);
    else this.#run();
  }

  protected override keep(): void {
    const { source, exchange } = this.#state;
    if (source.kind === "own") saveExchange(this.#store, exchange);
  }

  #linked(): Linked {
    const { exchange } = this.#state;
    const step = stepsOf(this.#state).length === 0 ? null : this.#state.step;
    return { exchange, selected: this.#selected, settings: loadSettings(this.#store), beside: { ...this.#beside, step } };
  }

  protected override fragmentNow(): string | null {
    const { source, step, run, notice } = this.#state;
    // A link that could not be read stays in the address; which step is shown is known when the scenario has been played.
    if (run.kind === "waiting" || notice?.kind === "broken-link") return null;
    const opening = run.kind === "played" && step === openingStep(run.play);
    if (source.kind === "scenario" && source.id === this.#home.scenario && step === this.#home.step) return "";
    if (source.kind === "scenario" && opening) return scenarioFragment(source.id);
    if (source.kind === "example" && opening) return exampleFragment(source.id);
    return this.encodedNow(this.#linked());
  }

  async #fragment(linked: Linked): Promise<string | null> {
    return (await this.codec()).encode(linked);
  }

  // ---- sharing ---------------------------------------------------------------------------------------------------

  async #copyLink(): Promise<void> {
    this.#closeMenus();
    const { source, step, run } = this.#state;
    const short = source.kind === "scenario" && run.kind === "played" && step === openingStep(run.play) ? scenarioFragment(source.id) : null;
    const fragment = short ?? (await this.#fragment(this.#linked()));
    if (fragment === null) return this.#do({ kind: "notice", notice: { kind: "plain", word: "link.large" } });
    const link = `${location.origin}${location.pathname}#${fragment}`;
    try {
      await navigator.clipboard.writeText(link);
      this.#do({ kind: "notice", notice: { kind: "plain", word: "copied.link" } });
    } catch {
      this.#do({ kind: "notice", notice: { kind: "copy-by-hand", text: link } });
    }
  }

  async #exportAs(kind: ExportKind): Promise<void> {
    this.#closeMenus();
    const play = this.#play;
    const svg = this.querySelector<SVGSVGElement>("svg.seq");
    if (play === null || this.#lens === null) return;
    const { saveAs } = await import("./export");
    try {
      await saveAs(kind, { play, svg, scenario: this.#text, words: this.#lens, decisions: this.#decisions });
    } catch (error) {
      this.#do({ kind: "notice", notice: { kind: "said", text: this.#lens.say("sim.export.failed", { reason: error instanceof Error ? error.message : String(error) }) } });
    }
  }

  #closeMenus(): void {
    for (const menu of this.querySelectorAll<HTMLElement>("[popover]:popover-open")) menu.hidePopover();
  }

  // ---- dialogs and keys ------------------------------------------------------------------------------------------

  async #scenarios(): Promise<void> {
    if (this.#lens === null || this.#words === null) return;
    const { openScenarios } = await import("./gallery");
    const id = await openScenarios(this.#words, this.#lens, this.#links);
    if (id !== null) await this.#openScenario(id, "push");
  }

  async #help(): Promise<void> {
    if (this.#lens === null || this.#words === null) return;
    const { openKeys } = await import("./keys");
    await openKeys(this.#words, this.#lens, onMac() ? "⌘" : "Ctrl");
  }

  async #asText(): Promise<void> {
    this.#do({ kind: "as-text", shown: !this.#state.asText });
    if (!this.#state.asText) {
      await this.updateComplete;
      this.querySelector<HTMLElement>(".chips .toggle")?.focus();
      return;
    }
    await this.#makeEditor();
    this.#editor?.view.focus();
  }

  async #makeEditor(): Promise<void> {
    const lens = this.#lens;
    if (this.#editor !== null || lens === null) return;
    const { JsonEditor } = await import("../../editor/json-editor");
    this.#editor = new JsonEditor({
      text: this.#text, label: lens.say("sim.text.label"), description: lens.say("sim.text.help"),
      edited: (text) => this.#edit(text, true),
      left: () => this.querySelector<HTMLElement>(".chips .toggle")?.focus(),
    });
    this.requestUpdate();
    await this.updateComplete;
    void this.#client?.scenarioSchema().then((text) => this.#editor?.complete(JSON.parse(text) as Schema), () => undefined);
  }

  protected override pressed(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || this.#words === null) return;
    if (document.querySelector("dialog[open], [popover]:popover-open") !== null) return;
    const run = this.#shortcut(event);
    if (run === null) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  }

  #shortcut(event: KeyboardEvent): (() => void) | null {
    const mod = event.ctrlKey || event.metaKey;
    const { key, target } = event;
    if (mod) return key.toLowerCase() === "s" && !event.shiftKey && !event.altKey ? () => void this.#copyLink() : null;
    if (event.altKey) return null;
    const { step } = this.#state;
    if (key === "F8") return () => this.#step(step + (event.shiftKey ? -1 : 1));
    if (key === "F6") return () => this.#nextPane();
    if (isTyping(target)) return null;
    if (key === "?") return () => void this.#help();
    if (key === "e") return () => void this.#asText();
    if (key === "k") return () => this.#toggle();
    // A space on a button presses it, on a page that is longer than the window it scrolls.
    const free = !(target instanceof Element) || target.closest("button, a, summary, [tabindex='0']") === null;
    if (key === " " && (free || isStep(target))) return () => this.#toggle();
    const scrolls = target instanceof Element && (target.closest(".wire, .lenses") !== null || target.matches(".list"));
    if (scrolls) return null;
    const to = { ArrowRight: step + 1, ArrowDown: step + 1, ArrowLeft: step - 1, ArrowUp: step - 1, Home: 0, End: stepsOf(this.#state).length - 1 }[key];
    return to === undefined ? null : () => this.#step(to);
  }

  #nextPane(): void {
    const inSide = this.querySelector(".pane-findings")?.contains(document.activeElement) === true;
    this.#do({ kind: "pane", pane: inSide ? "picture" : "step" });
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(inSide ? ".steps [tabindex='0']" : ".pane-findings .list a, .pane-findings .list summary, .pane-findings .wire")?.focus());
  }

  // ---- the model of the view -------------------------------------------------------------------------------------

  #model(): SimulateModel {
    const words = this.#words;
    const lens = this.#lens;
    const catalog = this.#catalog;
    if (words === null || lens === null || catalog === null) throw new Error("rendered before its words were there");
    const scenario = readScenario(this.#text);
    return {
      words, lens, catalog, decisions: this.#decisions, behaviours: this.#behaviours, story: this.#story, links: this.#links, state: this.#covered(catalog), play: this.#play, width: this.#width, speed: this.#speed,
      modifier: onMac() ? "⌘" : "Ctrl", live: true, editor: this.#editor?.view.dom ?? null, spoken: this.#spoken,
      clientName: clientName(scenario, this.#profiles), changes: this.#changes, clients: this.#clients,
      form: { words: lens, text: this.#text, scenario, profiles: this.#profiles, change: (changed) => this.#edit(writeScenario(changed), false) },
      on: this.#handlers,
    };
  }

  /** Findings are told when there are words for them. */
  #covered(catalog: Catalog): State {
    const { verdict } = this.#state;
    return verdict === null || covers(catalog, verdict) ? this.#state : { ...this.#state, verdict: null };
  }

  readonly #handlers: SimulateHandlers = {
    step: (to) => this.#step(to),
    toggle: () => this.#toggle(),
    speed: (speed) => {
      this.#speed = speed;
      this.requestUpdate();
    },
    scenarios: () => void this.#scenarios(),
    copyLink: () => void this.#copyLink(),
    exportAs: (kind) => void this.#exportAs(kind),
    reset: () => {
      this.#closeMenus();
      this.openHome();
    },
    asText: () => void this.#asText(),
    pane: (pane) => this.#do({ kind: "pane", pane }),
    acceptLink: () => this.#do({ kind: "link-accepted" }),
    dismiss: () => this.#do({ kind: "notice", notice: null }),
    tryAgain: () => {
      this.#client?.start();
      this.#run();
    },
    openSaved: () => {
      const { notice } = this.#state;
      if (notice?.kind === "broken-link" && notice.saved !== null) this.#show(notice.saved, { kind: "link", accepted: false }, null);
    },
    take: (scenario) => this.#edit(scenario, false),
    openSection: (section, { target }) => {
      const open = target instanceof HTMLDetailsElement && target.open;
      this.#open = { ...this.#open, [section]: open };
      const asked = section === "changes" ? this.#changes : this.#clients;
      if (open && asked.kind === "not-asked") this.#ask(section);
    },
    lenses: new Crossing({ fragment: () => this.#fragment(this.#linked()), keep: () => saveExchange(this.#store, this.#state.exchange) }),
    edit: new Crossing({ fragment: () => this.#fragment(this.#linkedMessage()), keep: () => saveExchange(this.#store, this.#linkedMessage().exchange) }),
  };

  /** The message of the selected step as the exchange; the scenario goes along, for the way back. */
  #linkedMessage(): Linked {
    const steps = stepsOf(this.#state);
    const message = steps[messageAt(steps, this.#state.step)];
    const linked = this.#linked();
    if (message?.kind !== "message") return linked;
    return { ...linked, selected: null, exchange: { ...messageExchange(message, steps, this.#state.exchange.scheme), scenario: this.#text } };
  }
}

function isStep(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.dataset["step"] !== undefined;
}

/** A message with the one that it answers, or that answers it. */
function messageExchange(message: MessageStep, steps: readonly Step[], scheme: Exchange["scheme"]): Exchange {
  const partner = steps.find((step): step is MessageStep => step.kind === "message" && step.exchange === message.exchange && step.side !== message.side && !step.interim);
  const request = message.side === "request" ? message.text : (partner?.text ?? "");
  const own = (message.side === "request" ? message : partner)?.scheme ?? null;
  // A request alone is not to be blamed for its answer.
  return { request, response: message.side === "response" ? message.text : "", scheme: own ?? scheme };
}

function clientName(scenario: JsonObject | null, profiles: readonly Profile[]): string {
  const client = scenario?.["client"];
  const id = typeof client === "object" && client !== null && "profile" in client ? client.profile : undefined;
  return profiles.find((profile) => profile.id === id)?.name ?? profiles[0]?.name ?? "";
}
