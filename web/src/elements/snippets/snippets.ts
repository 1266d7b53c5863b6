/*
 * <statuslab-snippets>: the response on the left, the code that sends it on the right.
 */
import { html, type TemplateResult } from "lit";
import { languageOf, loadCatalog, loadSnippetNotes, type Catalog } from "../../engine/catalog";
import { EngineClient } from "../../engine/client";
import { AS_IT_IS, type Exchange, type Settings, type Verdict } from "../../engine/model";
import { pageTimers, spawnSnippetWriter } from "../../engine/spawn";
import { mainFile, proofsOf, type Proof, type SnippetFile, type SnippetTarget, type Written } from "../../engine/written";
import type { WireEditor } from "../../editor/wire-editor";
import { exampleFragment, exampleIn } from "../../state/example-link";
import { NOTHING_BESIDE, type Beside, type Linked } from "../../state/link";
import { choiceText, FIRST, loadChoice, readChoice, saveChoice, targetOf, versionFor, type Choice } from "../../state/snippet-choice";
import { loadExchange, loadSettings, pageStore, saveExchange, type Store } from "../../state/storage";
import { sameExchange } from "../../state/workbench";
import { loadLensWords, loadWords, type LensWords, type Words } from "../../state/words";
import { LensElement } from "../lenses/lens-element";
import { Crossing } from "../lenses/lenses";
import { siteLinks, type SiteLinks } from "../links";
import { wireView } from "../wire/view";
import { breathe } from "../workbench/timing";
import { highlighted, plain, type Piece } from "./highlight";
import { readIsland } from "../island";
import type { Island } from "./island";
import { proofLoader } from "./proofs";
import { snippetsView, type Against, type Pane, type SnippetsHandlers, type SnippetsModel } from "./view";

type Source = { readonly kind: "example"; readonly id: string } | { readonly kind: "other" } | { readonly kind: "own" };

const NOTHING: Exchange = { request: "", response: "", scheme: "https" };

export class StatuslabSnippets extends LensElement {
  #words: Words | null = null;
  #lens: LensWords | null = null;
  #catalog: Catalog | null = null;
  #notes: Readonly<Record<string, string>> = {};
  #links: SiteLinks = siteLinks("/", "en");
  #home: Exchange = NOTHING;
  #homeExample = "";
  #exchange: Exchange = NOTHING;
  #source: Source = { kind: "other" };
  #settings: Settings = AS_IT_IS;
  #selected: number | null = null;
  #beside: Beside = NOTHING_BESIDE;
  #verdict: Verdict | null = null;
  #targets: readonly SnippetTarget[] = [];
  #choice: Choice = FIRST;
  #versions: Readonly<Record<string, string>> = {};
  #written: Written | null = null;
  #against: Against | null = null;
  #path = "";
  #lines: readonly (readonly Piece[])[] = [];
  #revision = 0;
  #client: EngineClient | null = null;
  #editor: WireEditor | null = null;
  #store: Store | null = null;
  #pane: Pane = "code";
  #trouble: string | null = null;
  #proof: readonly Proof[] = [];
  #proofs = proofLoader("/");
  #notice: string | null = null;
  #done: "copied" | "refused" | null = null;

  protected override get engine(): EngineClient | null {
    return this.#client;
  }

  protected override render(): TemplateResult {
    return snippetsView(this.#model());
  }

  protected override updated(): void {
    const mount = this.querySelector(".mount");
    if (mount !== null && this.#editor !== null && this.#editor.view.dom.parentElement !== mount) mount.replaceChildren(this.#editor.view.dom);
  }

  protected override async begin(): Promise<void> {
    const language = languageOf(this.closest("[lang]")?.getAttribute("lang") ?? "en");
    const home = readIsland<Island>(this);
    if (home === null) return;
    this.#proofs = proofLoader(home.base);
    this.#links = siteLinks(home.base, language);
    this.#store = pageStore();
    this.#settings = loadSettings(this.#store);
    this.#home = home.exchange;
    this.#homeExample = home.example;
    this.#exchange = home.exchange;
    this.#source = { kind: "example", id: home.example };
    this.#verdict = home.verdict;
    this.#targets = home.targets;
    this.#written = home.written;
    this.#notes = home.notes;
    this.#catalog = home.catalog;
    const remembered = loadChoice(this.#store);
    this.#choice = remembered.choice;
    this.#versions = remembered.versions;
    this.#client = this.#newClient();
    const editor = import("../../editor/wire-editor").catch(() => null);
    const [words, lens, module] = await Promise.all([loadWords(language), loadLensWords(language), editor]);
    this.#words = words;
    this.#lens = lens;
    await this.#openWhatIsWanted();
    if (module !== null) this.#makeEditor(module.WireEditor, words);
    this.#pickFile();
    this.alive = true;
    this.requestUpdate();
    await this.updateComplete;
    this.dataset["ready"] = "yes";
    this.#client.start();
    await breathe();
    await Promise.all([loadSnippetNotes(language), loadCatalog(language)]).then(([notes, whole]) => {
      this.#notes = notes;
      this.#catalog = whole;
      this.requestUpdate();
    }, () => undefined);
  }

  #newClient(): EngineClient {
    return new EngineClient(spawnSnippetWriter, {
      ready: () => {
        void this.#client?.snippetTargets().then((targets) => {
          this.#targets = targets;
          this.#write();
        });
        this.#check();
      },
      checked: (verdict, _exchange, revision) => {
        if (revision !== this.#revision) return;
        this.#verdict = verdict;
        this.#editor?.judge({ findings: verdict.findings.filter(({ on }) => on === "response"), tokens: verdict.tokens.response, selected: null });
        this.requestUpdate();
      },
      restarted: () => undefined,
      failed: (failure, reason) => {
        if (failure === "engine") this.#trouble = reason;
        this.requestUpdate();
      },
    }, pageTimers);
  }

  #makeEditor(Editor: typeof WireEditor, words: Words): void {
    const label = words.say("response");
    this.#editor = new Editor({
      side: "response", text: this.#exchange.response, label, description: words.say("editor.help"), endingsShown: false,
      judged: { findings: [], tokens: this.#verdict?.tokens.response ?? [], selected: null },
      events: {
        edited: (text) => this.#edit(text),
        moved: () => undefined,
        left: () => this.querySelector<HTMLElement>(".tabs [aria-selected=true], .lenses a")?.focus(),
        pasteRestored: () => undefined,
        crossed: () => undefined,
        card: () => document.createElement("div"),
        fixLabel: () => "",
        apply: () => undefined,
        fixAllLabel: () => null,
        fixAll: () => undefined,
        menuTitle: words.say("fix.menu"),
        noFix: words.say("fix.none"),
      },
    });
  }

  // ---- the exchange ----------------------------------------------------------------------------------------------

  async #openWhatIsWanted(): Promise<void> {
    const fragment = location.hash.slice(1);
    if (fragment !== "") return this.openFragment(fragment);
    const kept = loadExchange(this.#store);
    if (kept !== null && kept.response !== "" && !sameExchange(kept, this.#home)) this.#show(kept, { kind: "own" });
  }

  protected override openHome(): void {
    this.#show(this.#home, { kind: "example", id: this.#homeExample });
  }

  protected override async openFragment(fragment: string): Promise<void> {
    const example = exampleIn(fragment);
    if (example !== null) {
      const { findPreset } = await import("../../state/presets");
      const preset = findPreset(example);
      if (preset === null) this.#say(this.#words?.say("broken.example", { id: example }) ?? null);
      else this.#show(preset.exchange, { kind: "example", id: example });
      return;
    }
    const decoded = (await this.codec()).decode(fragment);
    if (decoded.kind === "broken") return this.#say(this.#words?.say(`broken.${decoded.damage}`) ?? null);
    const { exchange, selected, settings, beside } = decoded.linked;
    this.#selected = selected;
    this.#settings = settings;
    this.#beside = beside;
    if (beside.snippet !== "") this.#choice = readChoice(beside.snippet);
    this.#show(exchange, { kind: "other" });
  }

  #show(exchange: Exchange, source: Source): void {
    this.#exchange = exchange;
    this.#source = source;
    this.#editor?.replace(exchange.response);
    this.#changed();
  }

  #edit(response: string): void {
    this.#exchange = { ...this.#exchange, response };
    this.#source = { kind: "own" };
    this.#changed();
  }

  #changed(): void {
    this.#revision += 1;
    this.#done = null;
    this.#check();
    this.#write();
    this.settle();
    this.requestUpdate();
  }

  #check(): void {
    this.#client?.check(this.#exchange, this.#revision, this.#settings);
  }

  // ---- the code --------------------------------------------------------------------------------------------------

  #write(): void {
    const target = targetOf(this.#choice, this.#targets);
    if (target === null || this.#exchange.response === "") return;
    void this.#writeAgainst();
    const revision = this.#revision;
    const { form } = this.#choice;
    this.#client?.snippet(this.#exchange, target.id, form).then(
      (written) => {
        if (revision !== this.#revision || target !== targetOf(this.#choice, this.#targets) || form !== this.#choice.form) return;
        this.#written = written;
        this.#trouble = null;
        this.#pickFile();
        void this.#prove(target.id, written);
      },
      () => undefined,
    );
  }

  /** What the nearest cell of the matrix put on the wire, where the runs are on record. */
  async #proofOf(target: string, { cell }: Written): Promise<readonly Proof[]> {
    return proofsOf(await this.#proofs(target), cell);
  }

  async #prove(target: string, written: Written): Promise<void> {
    const proof = await this.#proofOf(target, written);
    if (written !== this.#written) return;
    this.#proof = proof;
    this.requestUpdate();
  }

  /** The same response in the framework that stands beside it. */
  async #writeAgainst(): Promise<void> {
    const { against, form } = this.#choice;
    const target = this.#targets.find(({ id }) => id === against);
    const revision = this.#revision;
    const written = target === undefined || this.#exchange.response === "" ? null : await this.#client?.snippet(this.#exchange, target.id, form).catch(() => null);
    if (target === undefined || written === null || written === undefined) {
      this.#against = null;
      return this.requestUpdate();
    }
    const file = mainFile(written);
    const [lines, proof] = await Promise.all([file === null ? [] : highlighted(file.path, file.text), this.#proofOf(target.id, written)]);
    if (revision !== this.#revision || against !== this.#choice.against || form !== this.#choice.form) return;
    this.#against = { target, written, file, lines, proof };
    this.requestUpdate();
  }

  #file(): SnippetFile | null {
    const files = this.#written?.files ?? [];
    return files.find(({ path }) => path === this.#path) ?? files.find(({ path }) => path === this.#written?.main) ?? files[0] ?? null;
  }

  /** Plain at once, in colours when its parser is there. */
  #pickFile(path = this.#path): void {
    this.#path = path;
    const file = this.#file();
    this.#lines = file === null ? [] : plain(file.text);
    this.requestUpdate();
    if (file === null) return;
    void highlighted(file.path, file.text).then((lines) => {
      if (this.#file() !== file) return;
      this.#lines = lines;
      this.requestUpdate();
    });
  }

  #choose(choice: Choice): void {
    this.#choice = choice;
    const target = targetOf(choice, this.#targets);
    if (target !== null) this.#versions = { ...this.#versions, [target.framework]: target.id };
    saveChoice(this.#store, choice, this.#versions);
    this.#path = "";
    this.#done = null;
    this.#write();
    this.settle();
    this.requestUpdate();
  }

  async #copyCode(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.#file()?.text ?? "");
      this.#done = "copied";
    } catch {
      this.#done = "refused";
    }
    this.requestUpdate();
  }

  /** The complete project, whatever is shown. */
  async #download(): Promise<void> {
    const target = targetOf(this.#choice, this.#targets);
    if (target === null) return;
    const complete = this.#choice.form === "complete" && this.#written !== null ? this.#written : await this.#client?.snippet(this.#exchange, target.id, "complete");
    if (complete === undefined) return;
    const { saveZip } = await import("./zip");
    saveZip(`${target.framework}-${this.#verdict?.statuses.at(-1)?.code ?? "answer"}`, complete);
  }

  // ---- address ---------------------------------------------------------------------------------------------------

  protected override keep(): void {
    if (this.#source.kind === "own") saveExchange(this.#store, this.#exchange);
  }

  #linked(): Linked {
    return { exchange: this.#exchange, selected: this.#selected, settings: this.#settings, beside: { ...this.#beside, snippet: choiceText(this.#choice) } };
  }

  protected override fragmentNow(): string | null {
    if (this.#source.kind === "example" && this.#choice.target === "") return this.#source.id === this.#homeExample ? "" : exampleFragment(this.#source.id);
    return this.encodedNow(this.#linked());
  }

  async #fragment(): Promise<string | null> {
    if (this.#source.kind === "example" && this.#choice.target === "") return exampleFragment(this.#source.id);
    return (await this.codec()).encode(this.#linked());
  }

  async #copyLink(): Promise<void> {
    const fragment = await this.#fragment();
    const words = this.#words;
    if (words === null) return;
    if (fragment === null) return this.#say(words.say("link.large"));
    try {
      await navigator.clipboard.writeText(`${location.origin}${location.pathname}#${fragment}`);
      this.#say(words.say("copied.link"));
    } catch {
      this.#say(words.say("copy.failed"));
    }
  }

  #say(notice: string | null): void {
    this.#notice = notice;
    this.requestUpdate();
  }

  async #examples(): Promise<void> {
    if (this.#words === null) return;
    const { openGallery } = await import("../gallery/define");
    const id = await openGallery(this.#words, { ...this.#links, workbench: this.#links.snippets });
    if (id !== null) await this.openFragment(exampleFragment(id));
  }

  protected override pressed(event: KeyboardEvent): void {
    const mod = event.ctrlKey || event.metaKey;
    if (!mod || event.key.toLowerCase() !== "s" || event.shiftKey || event.altKey || event.defaultPrevented) return;
    event.preventDefault();
    void this.#copyLink();
  }

  // ---- the model of the view -------------------------------------------------------------------------------------

  #model(): SnippetsModel {
    const words = this.#words;
    const lens = this.#lens;
    const catalog = this.#catalog;
    if (words === null || lens === null || catalog === null) throw new Error("rendered before its words were there");
    const wire = this.#editor === null
      ? wireView({ text: this.#exchange.response, tokens: this.#verdict?.tokens.response ?? [], findings: [], selected: null, label: words.say("response") })
      : html`<div class="mount"></div>`;
    return {
      words, lens, catalog, notes: this.#notes, links: this.#links, exchange: this.#exchange, verdict: this.#verdict, targets: this.#targets, target: targetOf(this.#choice, this.#targets),
      choice: this.#choice, written: this.#written, against: this.#against, file: this.#file(), lines: this.#lines, wire, live: true, pane: this.#pane, trouble: this.#trouble, proof: this.#proof, notice: this.#notice, done: this.#done,
      on: this.#handlers,
    };
  }

  readonly #handlers: SnippetsHandlers = {
    framework: (framework) => {
      const target = versionFor(framework, this.#targets, this.#versions);
      if (target !== null) this.#choose({ ...this.#choice, target: target.id });
    },
    version: (target) => this.#choose({ ...this.#choice, target }),
    form: (form) => this.#choose({ ...this.#choice, target: targetOf(this.#choice, this.#targets)?.id ?? "", form }),
    against: (against) => this.#choose({ ...this.#choice, target: targetOf(this.#choice, this.#targets)?.id ?? "", against }),
    file: (path) => {
      this.#done = null;
      this.#pickFile(path);
    },
    copy: () => void this.#copyCode(),
    download: () => void this.#download(),
    examples: () => void this.#examples(),
    copyLink: () => void this.#copyLink(),
    pane: (pane) => {
      this.#pane = pane;
      this.requestUpdate();
    },
    dismiss: () => this.#say(null),
    lenses: new Crossing({ fragment: () => this.#fragment(), keep: () => saveExchange(this.#store, this.#exchange) }),
  };
}
