/*
 * <statuslab-try-it>: one response, checked as it is typed. Comes to life when it comes into sight.
 */
import { LitElement, html, render, type TemplateResult } from "lit";
import { describeFinding, languageOf, loadCatalog, type Catalog } from "../../engine/catalog";
import { EngineClient } from "../../engine/client";
import type { Finding, Fix } from "../../engine/model";
import { pageTimers, spawnWorker } from "../../engine/spawn";
import type { WireEditor } from "../../editor/wire-editor";
import { encode } from "../../state/link";
import { loadWords, type Words } from "../../state/words";
import { initial, reduce, shownOn, verdictOf, type Action, type State } from "../../state/workbench";
import { findingBody } from "../findings/view";
import { siteLinks, type SiteLinks } from "../links";
import { wireView } from "../wire/view";
import { readIsland } from "../island";
import type { Island } from "../workbench/island";
import { spokenVerdict } from "../workbench/speech";
import { tryItView } from "./view";

type EditorModule = typeof import("../../editor/wire-editor");

const PAUSE_MS = 700;

export class StatuslabTryIt extends LitElement {
  #state: State = initial({ request: "", response: "", scheme: "https" }, null, null);
  #words: Words | null = null;
  #catalog: Catalog | null = null;
  #links: SiteLinks = siteLinks("/", "en");
  #client: EngineClient | null = null;
  #module: EditorModule | null = null;
  #editor: WireEditor | null = null;
  #spoken = "";
  #pause = 0;
  #sight: IntersectionObserver | null = null;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sight = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      this.#sight?.disconnect();
      void this.#begin();
    }, { rootMargin: "200px" });
    this.#sight.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sight?.disconnect();
    this.#client?.stop();
  }

  async #begin(): Promise<void> {
    const island = readIsland<Island>(this);
    if (this.#words !== null || island === null) return;
    const language = languageOf(this.closest("[lang]")?.getAttribute("lang") ?? "en");
    this.#links = siteLinks(island.base, language);
    this.#state = initial(island.exchange, null, island.verdict);
    this.#client = new EngineClient(spawnWorker, {
      ready: () => {
        this.#do({ kind: "engine-ready" });
        if (this.#state.check.kind !== "known") this.#check();
      },
      checked: (verdict, _exchange, revision) => {
        this.#do({ kind: "judged", verdict, revision });
        if (!this.#state.typing) this.#speak();
      },
      restarted: () => undefined,
      failed: (failure, reason) => this.#do(failure === "task" ? { kind: "check-failed" } : { kind: "engine-unavailable", reason }),
    }, pageTimers);
    this.#client.start();
    const [words, catalog, module] = await Promise.all([loadWords(language), loadCatalog(language), import("../../editor/wire-editor")]);
    this.#words = words;
    this.#catalog = catalog;
    this.#module = module;
    this.requestUpdate();
  }

  #do(action: Action): void {
    const before = this.#state;
    this.#state = reduce(before, action);
    // Not at once: an editor that reports a change is not to be touched before it has drawn it.
    if (before.check !== this.#state.check || before.selected !== this.#state.selected) queueMicrotask(() => this.#judgeEditor());
    this.requestUpdate();
  }

  #judgeEditor(): void {
    const { check, revision, selected } = this.#state;
    if (check.kind === "known" && check.revision !== revision) return;
    this.#editor?.judge({ ...shownOn(this.#state, "response"), selected });
  }

  #check(): void {
    this.#client?.check(this.#state.exchange, this.#state.revision);
  }

  #edited(text: string): void {
    this.#do({ kind: "edited", side: "response", text });
    this.#check();
    window.clearTimeout(this.#pause);
    this.#pause = window.setTimeout(() => {
      this.#do({ kind: "paused" });
      this.#speak();
    }, PAUSE_MS);
  }

  #speak(): void {
    const verdict = verdictOf(this.#state);
    if (this.#words === null || verdict === null) return;
    this.#spoken = spokenVerdict(verdict, this.#words);
    this.requestUpdate();
  }

  #fix(fix: Fix): void {
    if (this.#state.check.kind !== "known" || this.#state.check.revision !== this.#state.revision) return;
    this.#editor?.apply([fix.changes], null);
    this.#do({ kind: "paused" });
  }

  #select(finding: Finding, focus: boolean): void {
    this.#do({ kind: "selected", key: finding.key });
    this.#editor?.select(finding, focus);
  }

  protected override shouldUpdate(): boolean {
    return this.#module !== null;
  }

  protected override willUpdate(): void {
    if (!this.hasUpdated) this.replaceChildren();
  }

  protected override render(): TemplateResult | undefined {
    const words = this.#words;
    const catalog = this.#catalog;
    if (words === null || catalog === null) return undefined;
    const verdict = verdictOf(this.#state);
    const fragment = encode({ exchange: this.#state.exchange, selected: null });
    return tryItView({
      words,
      catalog,
      links: this.#links,
      verdict,
      rows: this.#state.rows,
      selected: this.#state.selected,
      waiting: this.#state.check.kind !== "known",
      wire: this.#module === null ? wireView({ text: "", tokens: [], findings: [], selected: null, label: "" }) : html`<div class="mount"></div>`,
      href: this.#links.workbench + (fragment === null ? "" : `#${fragment}`),
      spoken: this.#spoken,
      fix: (_finding, fix) => this.#fix(fix),
      select: (finding) => this.#select(finding, false),
      show: (finding) => this.#select(finding, true),
    });
  }

  protected override updated(): void {
    const mount = this.querySelector<HTMLElement>(".mount");
    const words = this.#words;
    const catalog = this.#catalog;
    if (this.#module === null || mount === null || this.#editor !== null || words === null || catalog === null) return;
    const context = { words, catalog, links: this.#links, fix: (_finding: Finding, fix: Fix) => this.#fix(fix) };
    this.#editor = new this.#module.WireEditor({
      parent: mount,
      side: "response",
      text: this.#state.exchange.response,
      label: words.say("response"),
      description: words.say("editor.help"),
      endingsShown: false,
      judged: { findings: [], tokens: [], selected: null },
      events: {
        edited: (text) => this.#edited(text),
        moved: (_cursor, _edited, finding) => {
          if (finding !== null) this.#do({ kind: "selected", key: finding.key });
        },
        left: () => this.querySelector<HTMLElement>(".findings [tabindex='0'], .tryit-head a")?.focus(),
        pasteRestored: () => undefined,
        crossed: () => undefined,
        card: (finding) => {
          const card = document.createElement("div");
          card.className = "f";
          render(findingBody(finding, context), card);
          return card;
        },
        fixLabel: (finding, index) =>
          words.say(finding.fixes[index]?.safe === true ? "fix.one" : "fix.check", { fix: describeFinding(finding, catalog).fixes[index] ?? "" }),
        apply: (_finding, fix) => this.#fix(fix),
        fixAllLabel: () => null,
        fixAll: () => undefined,
        menuTitle: words.say("fix.menu"),
        noFix: words.say("fix.none"),
      },
    });
    this.#judgeEditor();
    this.dataset["ready"] = "editor";
  }
}
