/*
 * <statuslab-workbench>: one exchange, judged as it is typed.
 *
 * The page arrives complete; this element takes its place, with the same template, as soon as its words are there.
 * Everything shown follows from the State; everything that happens is an Action. Editors hold the text while it is
 * edited, the worker holds the engine; both can be replaced without losing anything.
 */
import { LitElement, html, render, type TemplateResult } from "lit";
import type { Catalog, Language } from "../../engine/catalog";
import { covers, describeFinding, languageOf, loadCatalog } from "../../engine/catalog";
import { Offsets } from "../../engine/bytes";
import { EngineClient } from "../../engine/client";
import type { FixPlan } from "../../engine/fix-all";
import { SIDES, safeFixes, type Exchange, type Finding, type Fix, type Settings, type Severity, type Side, type Verdict } from "../../engine/model";
import { redaction, secretsOf } from "../../engine/redact";
import { pageTimers, spawnWorker } from "../../engine/spawn";
import type { Cursor, WireEvents } from "../../editor/wire-editor";
import { exampleIn } from "../../state/example-link";
import type { Beside, Linked } from "../../state/link";
import { toMarkdown } from "../../state/markdown";
import { forgetExchange, loadExchange, loadMarks, loadSettings, pageStore, saveExchange, saveMarks, saveSettings, type Store } from "../../state/storage";
import { loadToolWords, loadWords, type Words } from "../../state/words";
import {
  findingsOf, initial, isEmpty, LARGE_BYTES, neighbour, reduce, sameExchange, shownOn, verdictOf, withLevel, type Action, type Notice, type Origin, type State,
} from "../../state/workbench";
import { findingBody } from "../findings/view";
import { Crossing } from "../lenses/lenses";
import { siteLinks, type SiteLinks } from "../links";
import { wireView } from "../wire/view";
import type { Opened, StatuslabArchive } from "../archive/archive";
import { Address, type History } from "./address";
import { chooseFile, watchFiles, type FileTarget } from "./files";
import { readIsland } from "../island";
import type { Island } from "./island";
import { isTyping, onMac } from "./keyboard";
import { SpanningFixes, type Editors } from "./spanning-fixes";
import { spokenVerdict } from "./speech";
import { breathe, painted, pressed } from "./timing";
import { byteLength } from "./size";
import { startOf, workbenchView, type CursorPlace, type WorkbenchHandlers, type WorkbenchModel } from "./view";

interface Opening {
  readonly notice?: Notice;
  /** Position of the finding to select when the verdict is there. */
  readonly select?: number | null;
  readonly settings?: Settings;
  readonly beside?: Beside;
  readonly history?: History;
}

type EditorModule = typeof import("../../editor/wire-editor");

/** Typing has paused: the list settles, the address and the store follow. */
const PAUSE_MS = 700;
/** A check of 4 KB takes about one. */
const MOST_WAIT_MS = 3;

export class StatuslabWorkbench extends LitElement {
  #state: State = initial({ request: "", response: "", scheme: "https" }, null, null);
  #home: Island | null = null;
  #words: Words | null = null;
  /** First what the page brought for its own verdict, then the whole. */
  #catalog: Catalog | null = null;
  #wholeCatalog: Promise<void> | null = null;
  #language: Language = "en";
  #links: SiteLinks = siteLinks("/", "en");
  #client: EngineClient | null = null;
  /** The page's own picture has been replaced. */
  #alive = false;
  #address = new Address("");
  /** What the other lenses have selected, for the way back. */
  #beside: Beside = { step: null, snippet: "" };
  readonly #editors: Editors = {};
  readonly #spanning = new SpanningFixes(this.#editors);
  #store: Store | null = null;
  #storageComplaint = false;
  #cursor: CursorPlace = startOf("");
  #offsets: { readonly text: string; readonly offsets: Offsets } | null = null;
  #pause = 0;
  #selectWhenJudged: number | null = null;
  #keepLf: (() => void) | null = null;
  #spoken = "";
  #painting = false;
  #focusAfterRender: Side | null = null;
  #table: StatuslabArchive | null = null;
  #whenJudged: (() => void) | null = null;
  #unwatchFiles: (() => void) | null = null;

  /** In the page's own tree: its styles are the page's, and without script the same HTML is there. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#words === null) void this.#begin();
    else this.#client?.start();
    document.addEventListener("keydown", this.#key, true);
    document.addEventListener("click", this.#search, true);
    window.addEventListener("hashchange", this.#followAddress);
    window.addEventListener("popstate", this.#popped);
    this.#unwatchFiles = watchFiles(this.#files);
    window.addEventListener("pagehide", this.#rest);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("keydown", this.#key, true);
    document.removeEventListener("click", this.#search, true);
    window.removeEventListener("hashchange", this.#followAddress);
    window.removeEventListener("popstate", this.#popped);
    this.#unwatchFiles?.();
    window.removeEventListener("pagehide", this.#rest);
    this.#client?.stop();
  }

  protected override shouldUpdate(): boolean {
    return this.#alive;
  }

  protected override willUpdate(): void {
    if (!this.hasUpdated) this.replaceChildren();
  }

  protected override render(): TemplateResult {
    return workbenchView(this.#model());
  }

  protected override updated(): void {
    this.#mountEditors();
    const inTable = this.#state.archive?.shown === true;
    if (this.#table !== null && this.#table.hidden === inTable) this.#table.show(inTable);
    if (this.#focusAfterRender !== null) {
      this.#editors[this.#focusAfterRender]?.focus();
      this.#focusAfterRender = null;
    }
  }

  // ---- beginning -------------------------------------------------------------------------------------------------

  async #begin(): Promise<void> {
    const language = languageOf(this.closest("[lang]")?.getAttribute("lang") ?? "en");
    this.#language = language;
    const home = readIsland<Island>(this);
    if (home === null) return;
    this.#home = home;
    this.#address = new Address(home.example);
    this.#links = siteLinks(home.base, language);
    this.#store = pageStore();
    this.#state = { ...initial(home.exchange, home.example, home.verdict), endingsShown: loadMarks(this.#store), settings: loadSettings(this.#store) };
    this.#cursor = startOf(home.exchange.response);
    this.#client = this.#newClient();
    // Without editors there is still a verdict, and the message to read.
    const editor = import("../../editor/wire-editor").catch(() => null);
    const [words, module] = await Promise.all([loadWords(language), editor]);
    this.#words = words;
    this.#catalog ??= home.catalog ?? null;
    await this.#openWhatIsWanted();
    if (module !== null) await this.#makeEditors(module, words);
    this.#alive = true;
    this.requestUpdate();
    await this.updateComplete;
    // The page has the verdict of its own example; compiling the engine takes the processor from what is shown first.
    this.#client.start();
    void this.#loadWholeCatalog();
  }

  /** Where it cannot be had, rules are called by their ids; the next call tries again. */
  #loadWholeCatalog(): Promise<void> {
    const loaded = (catalog: Catalog): void => {
      this.#catalog = catalog;
      this.requestUpdate();
    };
    const failed = (): void => {
      this.#wholeCatalog = null;
    };
    return (this.#wholeCatalog ??= loadCatalog(this.#language).then(loaded, failed));
  }

  /** Out of sight, and not in one go: what the page shows until then answers to scrolling and clicks in between. */
  async #makeEditors(module: EditorModule, words: Words): Promise<void> {
    for (const side of SIDES) {
      await breathe();
      this.#editors[side] = new module.WireEditor({
        side,
        text: this.#state.exchange[side],
        label: words.say(side),
        description: words.say("editor.help"),
        endingsShown: this.#state.endingsShown,
        judged: { ...shownOn(this.#state, side), selected: this.#state.selected },
        events: this.#editorEvents(side, words),
      });
    }
    await breathe();
  }

  #newClient(): EngineClient {
    return new EngineClient(spawnWorker, {
      ready: () => {
        this.#do({ kind: "engine-ready" });
        // A text that stopped the engine twice is not tried a third time.
        if (this.#state.check.kind !== "failed") this.#check();
      },
      checked: (verdict, _exchange, revision) => {
        if (this.#catalog !== null && covers(this.#catalog, verdict)) this.#judged(verdict, revision);
        else void this.#loadWholeCatalog().then(() => this.#judged(verdict, revision));
      },
      restarted: () => this.#do({ kind: "notice", notice: { kind: "plain", word: "restarted" } }),
      failed: (failure, reason) => this.#do(failure === "task" ? { kind: "check-failed" } : { kind: "engine-unavailable", reason }),
    }, pageTimers);
  }

  /** The address first, then what was here last time, then the example. */
  async #openWhatIsWanted(): Promise<void> {
    if (this.#address.fragment !== "") {
      await this.#openFragment(this.#address.fragment);
      // From a page of this site, whose texts are the site's own.
      if (document.referrer.startsWith(`${location.origin}/`)) this.#do({ kind: "link-accepted" });
      return;
    }
    const kept = loadExchange(this.#store);
    if (kept === null || this.#home === null || sameExchange(kept, this.#home.exchange)) return;
    this.#open(kept, { kind: "own" }, { notice: { kind: "plain", word: "restored" } });
  }

  /** A hand, a link or the back button; what this page writes itself makes no event. */
  readonly #followAddress = (): void => {
    if (this.#inArchive() !== null && this.#address.fragment === "") return;
    if (this.#address.fragment === "") this.#openHome();
    else void this.#openFragment(this.#address.fragment);
  };

  async #openFragment(fragment: string): Promise<void> {
    const example = exampleIn(fragment);
    if (example !== null) return this.#openExample(example);
    const decoded = (await this.#address.codec()).decode(fragment);
    switch (decoded.kind) {
      case "exchange": {
        const { exchange, selected, settings, beside } = decoded.linked;
        // One's own text, found again by reloading or going back, needs no warning.
        const kept = loadExchange(this.#store);
        const own = kept !== null && sameExchange(kept, exchange);
        this.#open(exchange, own ? { kind: "own" } : { kind: "link", accepted: false }, { select: selected, settings, beside });
        return;
      }
      case "broken":
        this.#do({ kind: "notice", notice: { kind: "broken-link", damage: decoded.damage, saved: decoded.saved } });
        return;
    }
  }

  async #openExample(id: string, history: History = "replace"): Promise<void> {
    if (id === this.#home?.example) {
      this.#openHome(history);
      return;
    }
    const { findPreset } = await import("../../state/presets");
    const preset = findPreset(id);
    if (preset === null) this.#do({ kind: "notice", notice: { kind: "no-example", id } });
    else this.#open(preset.exchange, { kind: "example", id }, { history });
  }

  #openHome(history: History = "replace"): void {
    if (this.#home !== null) this.#open(this.#home.exchange, { kind: "example", id: this.#home.example }, { history });
  }

  #open(exchange: Exchange, origin: Origin, more: Opening = {}): void {
    this.#selectWhenJudged = more.select ?? null;
    this.#beside = more.beside ?? { step: null, snippet: this.#beside.snippet };
    this.#do({ kind: "opened", exchange, origin, ...(more.notice === undefined ? {} : { notice: more.notice }), ...(more.settings === undefined ? {} : { settings: more.settings }) });
    for (const side of SIDES) this.#editors[side]?.replace(exchange[side]);
    this.#cursor = startOf(exchange.response);
    this.#check();
    this.#writeAddress(more.history);
    this.#later();
  }

  // ---- files and archives ----------------------------------------------------------------------------------------

  readonly #files: FileTarget = {
    archive: (file, name) => void this.#openArchive(file, name),
    message: (text) => {
      const { scheme } = this.#state.exchange;
      const isRequest = /^[A-Z]+ \S+ HTTP\/\d/.test(text);
      this.#open({ request: isRequest ? text : "", response: isRequest ? "" : text, scheme }, { kind: "own" }, { history: "push" });
    },
    tooLarge: (name, bytes) => {
      const words = this.#words;
      if (words !== null) this.#do({ kind: "notice", notice: { kind: "said", text: words.say("open.large", { name, size: words.number(Math.round(bytes / 100_000) / 10) }) } });
    },
    over: (shown) => this.#showDrop(shown),
  };

  #showDrop(shown: boolean): void {
    const there = document.querySelector(".wb-drop");
    if (!shown) there?.remove();
    if (!shown || there !== null || this.#words === null) return;
    const drop = document.createElement("div");
    drop.className = "wb-drop";
    drop.append(document.createElement("p"));
    drop.firstElementChild?.append(this.#words.say("drop.here"));
    document.body.append(drop);
  }

  async #openArchive(file: Blob, name: string): Promise<void> {
    await this.#loadWholeCatalog();
    const catalog = this.#catalog;
    if (catalog === null) return;
    const { newArchive } = await import("../archive/define");
    const table = await newArchive(catalog, this.#links, {
      open: (opened) => this.#openFromArchive(opened),
      close: () => this.#closeArchive(),
      refused: (text) => {
        this.#closeArchive();
        this.#do({ kind: "notice", notice: { kind: "said", text } });
      },
    });
    table.levels = this.#state.settings.levels;
    // What is on the desk may be of the archive before.
    if (this.#state.origin.kind === "archive") this.#openHome();
    this.#table = table;
    this.#do({ kind: "archive", archive: { name, shown: true } });
    window.history.pushState({ archive: "table" }, "", location.pathname + location.search);
    table.read(file, name, false);
    table.hidden = true;
  }

  #openFromArchive({ exchange, row }: Opened): void {
    const fromTable = this.#state.archive?.shown === true;
    const here = location.pathname + location.search;
    if (fromTable) window.history.pushState({ archive: row }, "", here);
    else window.history.replaceState({ archive: row }, "", here);
    this.#open(exchange, { kind: "archive", row });
    if (fromTable) void this.updateComplete.then(() => this.querySelector<HTMLElement>(".from .back")?.focus());
  }

  #backToArchive(): void {
    const { archive } = this.#state;
    if (archive === null || archive.shown) return;
    window.history.pushState({ archive: "table" }, "", location.pathname + location.search);
    this.#showTable(true);
  }

  #showTable(shown: boolean): void {
    const { archive } = this.#state;
    if (archive === null) return;
    this.#do({ kind: "archive", archive: { ...archive, shown } });
  }

  #closeArchive(): void {
    this.#table = null;
    this.#do({ kind: "archive", archive: null });
    window.history.replaceState(null, "");
    if (this.#state.origin.kind === "archive") this.#openHome();
    else this.#writeAddress();
    this.#focusAfterRender = "response";
    this.requestUpdate();
  }

  #stepInArchive(step: 1 | -1): void {
    const { origin } = this.#state;
    const row = origin.kind === "archive" ? this.#table?.neighbour(origin.row, step) : undefined;
    if (row !== undefined && row !== null) void this.#table?.open(row);
  }

  /** The place in the archive that this entry of the history stands for, null outside of one. */
  #inArchive(): number | "table" | null {
    const state: unknown = window.history.state;
    if (this.#table === null || typeof state !== "object" || state === null || !("archive" in state)) return null;
    return state.archive === "table" || typeof state.archive === "number" ? state.archive : null;
  }

  readonly #popped = (): void => {
    const place = this.#inArchive();
    if (place === "table") this.#showTable(true);
    else if (this.#state.archive !== null) {
      this.#showTable(false);
      if (place !== null && this.#address.fragment === "") void this.#table?.open(place);
      else if (this.#state.origin.kind === "archive") this.#followAddress();
    }
  };

  // ---- state -----------------------------------------------------------------------------------------------------

  #do(action: Action): void {
    const before = this.#state;
    this.#state = reduce(before, action);
    if (this.#state === before) return;
    const judgedChanged = before.check !== this.#state.check || before.selected !== this.#state.selected;
    // Not at once: an editor that reports a change is not to be touched before it has drawn it.
    if (judgedChanged) queueMicrotask(() => this.#judgeEditors());
    if (before.endingsShown !== this.#state.endingsShown) {
      for (const editor of Object.values(this.#editors)) editor.showEndings(this.#state.endingsShown);
    }
    const unseen = action.kind === "edited" && before.check === this.#state.check && before.notice === this.#state.notice && before.origin.kind !== "link";
    if (!unseen) this.requestUpdate();
  }

  /** Findings and colours of the current text. An older verdict stays on its marks, which move with the text. */
  #judgeEditors(): void {
    const { check, selected, revision } = this.#state;
    if (check.kind === "known" && check.revision !== revision) return;
    for (const side of SIDES) this.#editors[side]?.judge({ ...shownOn(this.#state, side), selected });
  }

  #check(): void {
    const { exchange, revision } = this.#state;
    if (isEmpty(exchange)) {
      this.#client?.forget();
      this.#do({ kind: "judged", verdict: NOTHING, revision });
      return;
    }
    if (exchange.request.length + exchange.response.length > LARGE_BYTES / 4 && byteLength(exchange) > LARGE_BYTES) {
      this.#client?.forget();
      this.#do({ kind: "too-large" });
      return;
    }
    this.#client?.check(exchange, revision, this.#state.settings);
  }

  #judged(verdict: Verdict, revision: number): void {
    const select = this.#selectWhenJudged;
    this.#do({ kind: "judged", verdict, revision, select });
    if (revision !== this.#state.revision) return;
    this.#selectWhenJudged = null;
    // After the picture: the first list that Intl puts into words takes half the time of one.
    void this.updateComplete.then(breathe).then(() => this.#speakUnlessTyping());
    this.#whenJudged?.();
    this.#whenJudged = null;
    const now = this.#painting;
    void this.updateComplete.then(() => painted(revision, now));
  }

  #edited(side: Side, text: string, began: number): void {
    this.#do({ kind: "edited", side, text });
    pressed(this.#state.revision, began);
    this.#check();
    this.#later();
    if (this.#client?.shares === true) requestAnimationFrame(() => this.#takeAlong());
  }

  /** The picture with the new letter is being made: its findings belong into it, if they are a moment away at most. */
  #takeAlong(): void {
    this.#painting = true;
    this.#client?.collect(performance.now() + MOST_WAIT_MS, () => performance.now());
    this.#painting = false;
  }

  #later(): void {
    if (this.#state.origin.kind !== "example") void this.#address.codec();
    window.clearTimeout(this.#pause);
    this.#pause = window.setTimeout(() => {
      const wasTyping = this.#state.typing;
      this.#do({ kind: "paused" });
      if (wasTyping) this.#speak();
      this.#rest();
    }, PAUSE_MS);
  }

  /** Address and store follow the text. Also when the page is left in the middle of a word. */
  readonly #rest = (): void => {
    this.#writeAddress();
    const { exchange, origin } = this.#state;
    if (origin.kind !== "own") return;
    const saving = saveExchange(this.#store, exchange);
    if (saving === "saved" || this.#storageComplaint) return;
    this.#storageComplaint = true;
    this.#do({ kind: "notice", notice: { kind: "plain", word: saving === "full" ? "storage.full" : "storage.blocked" } });
  };

  #writeAddress(history: History = "replace"): void {
    // A link that could not be read stays in the address: reloading a newer page may read it.
    if (this.#state.notice?.kind !== "broken-link") this.#address.write(this.#state.origin, this.#linked(), history);
  }

  #linked(): Linked {
    const at = findingsOf(this.#state).findIndex((finding) => finding.key === this.#state.selected);
    return { exchange: this.#state.exchange, selected: at === -1 ? null : at, settings: this.#state.settings, beside: this.#beside };
  }

  /** The exchange alone: its response is what is answered, whatever scenario it came from. */
  #linkedAsGiven(): Linked {
    const { scenario: _scenario, ...exchange } = this.#state.exchange;
    return { ...this.#linked(), exchange, beside: { ...this.#beside, step: null } };
  }

  #speakUnlessTyping(): void {
    if (!this.#state.typing) this.#speak();
  }

  #speak(): void {
    const words = this.#words;
    const verdict = verdictOf(this.#state);
    if (words === null || verdict === null || isEmpty(this.#state.exchange)) return;
    this.#spoken = spokenVerdict(verdict, words);
    this.requestUpdate();
  }

  // ---- editors ---------------------------------------------------------------------------------------------------

  #mountEditors(): void {
    for (const mount of this.querySelectorAll<HTMLElement>(".mount")) {
      const editor = this.#editors[mount.dataset["side"] === "request" ? "request" : "response"];
      if (editor === undefined || editor.view.dom.parentElement === mount) continue;
      mount.replaceChildren(editor.view.dom);
      this.dataset["ready"] = "editor";
    }
  }

  #editorEvents(side: Side, words: Words): WireEvents {
    return {
      edited: (text, began) => this.#edited(side, text, began),
      moved: (cursor, edited, finding) => this.#moved(side, cursor, edited, finding),
      left: () => this.#leave(side),
      pasteRestored: (keep) => {
        this.#keepLf = keep;
        this.#do({ kind: "notice", notice: { kind: "paste" } });
      },
      crossed: (fixes, direction) => this.#spanning.crossed(side, fixes, direction),
      card: (finding) => this.#card(finding),
      fixLabel: (finding, index) => this.#fixLabel(finding, index, words),
      apply: (finding, fix) => this.#fix(finding, fix),
      fixAllLabel: () => {
        const fixes = safeFixes(findingsOf(this.#state));
        return fixes === 0 ? null : words.say("fix.all", { n: fixes });
      },
      fixAll: () => void this.#fixAll(),
      menuTitle: words.say("fix.menu"),
      noFix: words.say("fix.none"),
    };
  }

  #moved(side: Side, cursor: Cursor, edited: boolean, finding: Finding | null): void {
    const text = this.#state.exchange[side];
    if (this.#offsets?.text !== text) this.#offsets = { text, offsets: new Offsets(text) };
    const { offsets } = this.#offsets;
    this.#cursor = { ...cursor, byte: offsets.toByte(cursor.offset), bytes: offsets.byteLength };
    if (finding !== null && finding.key !== this.#state.selected) {
      this.#do({ kind: "selected", key: finding.key });
      void this.updateComplete.then(() => this.#row(finding.key)?.scrollIntoView({ block: "nearest" }));
    }
    // After a change the verdict comes in a moment and shows the cursor as well.
    if (!edited || this.#state.check.kind !== "known") this.requestUpdate();
  }

  #leave(side: Side): void {
    const words = this.#words;
    if (words === null) return;
    this.#spoken = words.say(`editor.left.${side}`);
    this.requestUpdate();
    const next = side === "request" ? this.querySelector<HTMLElement>(".side-response .toggle") : this.querySelector<HTMLElement>(".findings [tabindex='0'], .list a, .list button");
    if (next === null || next.offsetParent === null) this.querySelector<HTMLElement>(".panes [aria-pressed='false'], .xbar .btn:not([hidden])")?.focus();
    else next.focus();
  }

  #card(finding: Finding): HTMLElement {
    const card = document.createElement("div");
    card.className = "f";
    const context = this.#findingContext();
    if (context !== null) render(findingBody(finding, context), card);
    return card;
  }

  #fixLabel(finding: Finding, index: number, words: Words): string {
    const label = this.#catalog === null ? "" : (describeFinding(finding, this.#catalog).fixes[index] ?? "");
    return words.say(finding.fixes[index]?.safe === true ? "fix.one" : "fix.check", { fix: label });
  }

  // ---- findings and fixes ----------------------------------------------------------------------------------------

  #row(key: string): HTMLElement | null {
    return this.querySelector<HTMLElement>(`.findings > [data-key="${CSS.escape(key)}"]`);
  }

  #select(finding: Finding, focus: boolean): void {
    this.#do({ kind: "selected", key: finding.key });
    if (focus) this.#do({ kind: "pane", pane: "message" });
    this.#editors[finding.on]?.select(finding, focus);
    void this.updateComplete.then(() => {
      this.#row(finding.key)?.scrollIntoView({ block: "nearest" });
      if (focus) this.#editors[finding.on]?.focus();
    });
    this.#later();
  }

  #step(step: 1 | -1): void {
    const finding = neighbour(this.#state, step);
    if (finding === null) return;
    const inList = document.activeElement instanceof HTMLElement && this.querySelector(".findings")?.contains(document.activeElement) === true;
    this.#select(finding, !inList);
    if (inList) void this.updateComplete.then(() => this.#row(finding.key)?.focus());
  }

  #fix(finding: Finding, fix: Fix): void {
    const editor = this.#editors[finding.on];
    if (editor === undefined || this.#state.check.kind !== "known" || this.#state.check.revision !== this.#state.revision) return;
    editor.apply([fix.changes], null);
    this.#spoken = this.#words?.say("fix.done", { fix: this.#fixLabelOf(finding, fix) }) ?? "";
    this.#settle();
  }

  #fixLabelOf(finding: Finding, fix: Fix): string {
    const index = finding.fixes.indexOf(fix);
    return this.#catalog === null ? "" : (describeFinding(finding, this.#catalog).fixes[index] ?? finding.rule);
  }

  /** A fix is not typing: the list takes its new order at once. */
  #settle(): void {
    this.#do({ kind: "paused" });
  }

  async #fixAll(): Promise<void> {
    await this.#loadWholeCatalog();
    const words = this.#words;
    const catalog = this.#catalog;
    const client = this.#client;
    if (words === null || catalog === null || client === null || safeFixes(findingsOf(this.#state)) === 0) return;
    const { openFixPreview } = await import("../fix-preview/define");
    const plan = await openFixPreview(words, catalog, client.planFixes(this.#state.exchange, this.#state.settings));
    if (plan !== null) this.#apply(plan);
  }

  #apply(plan: FixPlan): void {
    if (!sameExchange(plan.before, this.#state.exchange)) return;
    this.#spanning.apply(plan);
    this.#settle();
    this.#do({ kind: "notice", notice: { kind: "fixed", count: plan.applied.length } });
    this.#editors.response?.focus();
  }

  #undoFixes(): void {
    this.#do({ kind: "notice-dismissed" });
    this.#spanning.undo();
  }

  // ---- levels ----------------------------------------------------------------------------------------------------

  async #chooseLevel(finding: Finding, button: HTMLElement): Promise<void> {
    const words = this.#words;
    if (words === null) return;
    const [{ openLevelMenu }, toolWords] = await Promise.all([import("../level-menu/define"), loadToolWords(words.language)]);
    const own = this.#catalog?.rules[finding.rule]?.severity ?? finding.severity;
    const choice = await openLevelMenu(toolWords, button, finding.rule, own, this.#state.settings.levels[finding.rule] ?? "on");
    if (choice !== null) this.#set(withLevel(this.#state.settings, finding.rule, choice === "on" ? null : choice));
  }

  #set(settings: Settings): void {
    this.#do({ kind: "settings", settings });
    saveSettings(this.#store, settings);
    if (this.#table !== null) this.#table.levels = settings.levels;
    this.#check();
    this.#later();
  }

  #toggleExplain(): void {
    this.#set({ ...this.#state.settings, explain: !this.#state.settings.explain });
  }

  #resetLevels(): void {
    this.#set({ ...this.#state.settings, levels: {} });
  }

  // ---- sharing ---------------------------------------------------------------------------------------------------

  async #copyLink(): Promise<void> {
    this.#closeMenus();
    if (!(await this.#maySecretsGo())) return;
    const link = await this.#address.link(this.#state.origin, this.#linked());
    if (link === null) this.#do({ kind: "notice", notice: { kind: "plain", word: "link.large" } });
    else await this.#copy(link, "copied.link");
    this.#writeAddress();
  }

  async #copyMarkdown(): Promise<void> {
    this.#closeMenus();
    if (!(await this.#maySecretsGo())) return;
    await this.#copy(await this.#markdown(), "copied.markdown");
  }

  async #markdown(): Promise<string> {
    await this.#loadWholeCatalog();
    const words = this.#words;
    const catalog = this.#catalog;
    if (words === null || catalog === null) return "";
    const word = (severity: Severity): string => words.counted(`severity.${severity}`, 1);
    const findings = findingsOf(this.#state).map((finding) => ({ finding, described: describeFinding(finding, catalog) }));
    return toMarkdown(this.#state.exchange, findings, await this.#address.link(this.#state.origin, this.#linked()), {
      request: words.say("request"), response: words.say("response"), nothing: words.say("nothing.here"), open: words.say("try.open"),
      severities: { error: word("error"), warning: word("warning"), info: word("info"), hint: word("hint"), fine: word("fine") },
    });
  }

  /** Asks where there are secrets; after redacting, their findings are gone. False: nothing is to be copied. */
  async #maySecretsGo(): Promise<boolean> {
    const words = this.#words;
    const catalog = this.#catalog;
    const verdict = verdictOf(this.#state);
    if (words === null || catalog === null || verdict === null) return true;
    const secrets = secretsOf(verdict.findings, catalog);
    if (secrets.length === 0) return true;
    const { askToRedact } = await import("../redact/define");
    const answer = await askToRedact(words, secrets.map((finding) => describeFinding(finding, catalog).message), secrets.some(({ fixes }) => fixes.length > 0));
    if (answer === "redact") {
      const judged = this.#nextVerdict();
      this.#spanning.apply(redaction(this.#state.exchange, secrets, verdict));
      this.#settle();
      await judged;
    }
    return answer !== null;
  }

  /** Resolves when the engine has spoken about the text that comes next, or has had its time. */
  #nextVerdict(): Promise<void> {
    return new Promise((resolve) => {
      this.#whenJudged = resolve;
      window.setTimeout(resolve, 1000);
    });
  }

  async #export(): Promise<void> {
    this.#closeMenus();
    await this.#loadWholeCatalog();
    const words = this.#words;
    const catalog = this.#catalog;
    const client = this.#client;
    if (words === null || catalog === null || client === null) return;
    const { exchange, settings } = this.#state;
    const { openExport } = await import("../export/define");
    await openExport(words, {
      exchange, catalog, report: () => client.report(exchange, settings), fixed: () => client.planFixes(exchange, settings), markdown: () => this.#markdown(),
    });
  }

  async #copy(text: string, word: "copied.link" | "copied.markdown"): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.#do({ kind: "notice", notice: { kind: "plain", word } });
    } catch {
      this.#do({ kind: "notice", notice: { kind: "copy-by-hand", text } });
    }
  }

  #reset(): void {
    this.#closeMenus();
    forgetExchange(this.#store);
    this.#openHome();
  }

  #clear(): void {
    this.#open({ request: "", response: "", scheme: this.#state.exchange.scheme }, { kind: "own" });
    this.#focusAfterRender = "response";
    this.requestUpdate();
  }

  #closeMenus(): void {
    for (const menu of this.querySelectorAll<HTMLElement>("[popover]:popover-open")) menu.hidePopover();
  }

  // ---- dialogs and keys ------------------------------------------------------------------------------------------

  async #examples(): Promise<void> {
    const words = this.#words;
    if (words === null) return;
    const { openGallery } = await import("../gallery/define");
    const id = await openGallery(words, this.#links);
    if (id === null) return;
    await this.#openExample(id, "push");
  }

  async #help(): Promise<void> {
    const words = this.#words;
    if (words === null) return;
    const { openHelp } = await import("../help/define");
    await openHelp(words, onMac() ? "⌘" : "Ctrl");
  }

  async #palette(): Promise<void> {
    await this.#loadWholeCatalog();
    const words = this.#words;
    const catalog = this.#catalog;
    if (words === null || catalog === null) return;
    const { openPalette } = await import("../palette/define");
    const mod = onMac() ? "⌘" : "Ctrl";
    const command = await openPalette(words, catalog, this.#links, [
      { id: "examples", keys: "", run: () => void this.#examples() },
      { id: "open", keys: "", run: () => chooseFile(this.#files) },
      ...(this.#state.archive === null ? [] : [{ id: "archive" as const, keys: "", run: () => this.#backToArchive() }]),
      { id: "fix-all", keys: `${mod} .`, run: () => void this.#fixAll() },
      { id: "next", keys: "F8", run: () => this.#step(1) },
      { id: "previous", keys: "Shift F8", run: () => this.#step(-1) },
      { id: "copy-link", keys: `${mod} S`, run: () => void this.#copyLink() },
      { id: "copy-markdown", keys: "", run: () => void this.#copyMarkdown() },
      { id: "export", keys: "", run: () => void this.#export() },
      { id: "explain", keys: "", run: () => this.#toggleExplain() },
      { id: "levels", keys: "", run: () => this.#resetLevels() },
      { id: "check", keys: `${mod} Enter`, run: () => this.#checkNow() },
      { id: "endings", keys: "", run: () => this.#toggleEndings() },
      { id: "scheme", keys: "", run: () => this.#scheme(this.#state.exchange.scheme === "http" ? "https" : "http") },
      { id: "request", keys: "F6", run: () => this.#goTo("request") },
      { id: "response", keys: "F6", run: () => this.#goTo("response") },
      { id: "findings", keys: "F6", run: () => this.#goTo("findings") },
      { id: "clear", keys: "", run: () => this.#clear() },
      { id: "reset", keys: "", run: () => this.#reset() },
      { id: "help", keys: "?", run: () => void this.#help() },
    ]);
    command?.run();
  }

  #goTo(place: Side | "findings"): void {
    this.#do({ kind: "pane", pane: place === "findings" ? "findings" : "message" });
    void this.updateComplete.then(() => {
      if (place === "findings") this.querySelector<HTMLElement>(".findings [tabindex='0'], .list a, .list button")?.focus();
      else this.#editors[place]?.focus();
    });
  }

  #nextPane(back: boolean): void {
    const places = ["request", "response", "findings"] as const;
    const now = this.#editors.request?.focused === true ? 0 : this.#editors.response?.focused === true ? 1
      : this.querySelector(".pane-findings")?.contains(document.activeElement) === true ? 2 : back ? 3 : -1;
    this.#goTo(places[(now + (back ? -1 : 1) + 3) % 3] ?? "response");
  }

  #toggleEndings(): void {
    const shown = !this.#state.endingsShown;
    this.#do({ kind: "endings", shown });
    saveMarks(this.#store, shown);
  }

  #scheme(scheme: "http" | "https"): void {
    this.#do({ kind: "scheme", scheme });
    this.#check();
    this.#later();
  }

  #checkNow(): void {
    this.#client?.check(this.#state.exchange, this.#state.revision, this.#state.settings);
  }

  /** The search of the page's header is the palette here: it knows the commands as well. */
  readonly #search = (event: MouseEvent): void => {
    const button = event.target instanceof Element && event.target.closest("[data-search]") !== null;
    if (!button || this.#words === null) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void this.#palette();
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || this.#words === null) return;
    if (document.querySelector("dialog[open]") !== null) return;
    const mod = event.ctrlKey || event.metaKey;
    const run = this.#shortcut(event, mod);
    if (run === null) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };

  #shortcut(event: KeyboardEvent, mod: boolean): (() => void) | null {
    if (this.#state.archive?.shown === true) return mod && event.key.toLowerCase() === "k" ? () => void this.#palette() : null;
    const inEditor = this.#editors.request?.focused === true || this.#editors.response?.focused === true;
    if (mod && !event.altKey && !event.shiftKey) {
      if (event.key.toLowerCase() === "k") return () => void this.#palette();
      if (event.key.toLowerCase() === "s") return () => void this.#copyLink();
      if (event.key === "Enter") return () => this.#checkNow();
      if (event.key === "." && !inEditor) return () => void this.#fixAll();
      return null;
    }
    if (mod || event.altKey) return null;
    if (event.key === "F8") return () => this.#step(event.shiftKey ? -1 : 1);
    if (event.key === "F6") return () => this.#nextPane(event.shiftKey);
    if (event.key === "?" && !isTyping(event.target)) return () => void this.#help();
    return null;
  }

  // ---- the model of the view -------------------------------------------------------------------------------------

  #findingContext(): Pick<WorkbenchModel, "words" | "catalog" | "links" | "fix"> | null {
    if (this.#words === null || this.#catalog === null) return null;
    return { words: this.#words, catalog: this.#catalog, links: this.#links, fix: (finding, fix) => this.#fix(finding, fix) };
  }

  #model(): WorkbenchModel {
    const context = this.#findingContext();
    if (context === null) throw new Error("rendered before its words were there");
    const state = this.#state;
    return {
      ...context,
      level: (finding, button) => void this.#chooseLevel(finding, button),
      state,
      rows: state.rows,
      selected: state.selected,
      verdict: verdictOf(state),
      live: true,
      modifier: onMac() ? "⌘" : "Ctrl",
      cursor: this.#cursor,
      spoken: this.#spoken,
      table: this.#table,
      wire: (side) => this.#wire(side),
      select: (finding) => this.#select(finding, false),
      show: (finding) => this.#select(finding, true),
      on: this.#handlers,
    };
  }

  #wire(side: Side): TemplateResult {
    if (this.#editors[side] !== undefined) return html`<div class="mount" data-side=${side}></div>`;
    return wireView({
      ...shownOn(this.#state, side),
      text: this.#state.exchange[side],
      selected: this.#state.selected,
      label: this.#words?.say(side) ?? "",
    });
  }

  readonly #handlers: WorkbenchHandlers = {
    fixAll: () => void this.#fixAll(),
    examples: () => void this.#examples(),
    openFile: () => chooseFile(this.#files),
    backToArchive: () => this.#backToArchive(),
    explain: () => this.#toggleExplain(),
    resetLevels: () => this.#resetLevels(),
    exportAs: () => void this.#export(),
    stepInArchive: (step) => this.#stepInArchive(step),
    copyLink: () => void this.#copyLink(),
    copyMarkdown: () => void this.#copyMarkdown(),
    reset: () => this.#reset(),
    openSaved: () => {
      const { notice } = this.#state;
      if (notice?.kind === "broken-link" && notice.saved !== null) this.#open(notice.saved, { kind: "link", accepted: false });
    },
    openDefault: (event) => {
      event.preventDefault();
      this.#openHome();
    },
    acceptLink: () => this.#do({ kind: "link-accepted" }),
    dismiss: () => this.#do({ kind: "notice-dismissed" }),
    undoFixes: () => this.#undoFixes(),
    keepLf: () => {
      this.#keepLf?.();
      this.#keepLf = null;
      this.#do({ kind: "notice-dismissed" });
    },
    checkNow: () => this.#checkNow(),
    tryAgain: () => {
      this.#client?.start();
      this.#check();
    },
    lenses: new Crossing({
      fragment: () => this.#address.carried(this.#state.origin, this.#linked()),
      keep: () => saveExchange(this.#store, this.#state.exchange),
    }),
    send: new Crossing({
      fragment: () => this.#address.carried(this.#state.origin, this.#linkedAsGiven()),
      keep: () => saveExchange(this.#store, this.#linkedAsGiven().exchange),
    }),
    scheme: (scheme) => this.#scheme(scheme),
    endings: () => this.#toggleEndings(),
    pane: (pane) => this.#do({ kind: "pane", pane }),
  };
}

const NOTHING: Verdict = { findings: [], tokens: { request: [], response: [] }, request: null, statuses: [], checks: 0, ms: 0 };
