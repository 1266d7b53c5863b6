/*
 * <statuslab-archive>: the exchanges of a HAR file as a table. Reading goes on in a worker; the table grows meanwhile and can
 * be filtered, sorted and scrolled. Only the rows in sight are in the page.
 */
import { elementScroll, observeElementOffset, observeElementRect, Virtualizer, defaultRangeExtractor } from "@tanstack/virtual-core";
import { LitElement, nothing, type TemplateResult } from "lit";
import type { Catalog } from "../../engine/catalog";
import { openEntry, readInWorker, type Ended, type Reader } from "../../engine/har/client";
import type { Exchange } from "../../engine/model";
import { Archive, isFiltered, NO_FILTER, type Column, type Filter, type Levels, type Sorting, type View } from "../../state/archive";
import type { ToolWords } from "../../state/words";
import type { SiteLinks } from "../links";
import { archiveView, type Phase } from "./view";

export interface Opened {
  readonly exchange: Exchange;
  /** Its place in the file, from 0. */
  readonly row: number;
}

export interface ArchiveEvents {
  open(opened: Opened): void;
  close(): void;
  /** The file holds no exchanges that could be shown; the sentence says why. */
  refused(sentence: string): void;
}

/** The table grows this often while the file is read. */
const GROW_MS = 250;
/** And every so many times all is counted again, which takes longer than a picture may. */
const COUNT_EVERY = 4;
const ROW_PX = 33;
const ROW_PX_NARROW = 61;
const NARROW = "(max-width: 720px)";

export class StatuslabArchive extends LitElement {
  words: ToolWords | null = null;
  catalog: Catalog | null = null;
  links: SiteLinks | null = null;
  events: ArchiveEvents | null = null;
  #levels: Levels = {};
  #file: Blob = new Blob();
  #name = "";
  #archive = new Archive();
  #phase: Phase = { kind: "reading", read: 0 };
  #reader: Reader | null = null;
  #filter: Filter = NO_FILTER;
  #sorting: Sorting = { column: "order", descending: false };
  #view: View | null = null;
  /** Place in the view, not in the file. */
  #active = 0;
  #allRules = false;
  #virtual: Virtualizer<HTMLElement, HTMLElement> | null = null;
  #unmount: (() => void) | null = null;
  #grow = 0;
  #steps = 0;
  #offset = 0;
  readonly #narrow = window.matchMedia(NARROW);

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  get name(): string {
    return this.#name;
  }

  get length(): number {
    return this.#archive.length;
  }

  /** Rows of the current view around the given one. */
  neighbour(row: number, step: 1 | -1): number | null {
    const rows = this.#rows();
    const at = rows.indexOf(row);
    return at === -1 ? null : (rows[at + step] ?? null);
  }

  set levels(levels: Levels) {
    this.#levels = levels;
    this.#archive.level(levels);
    this.#refresh();
  }

  read(file: Blob, name: string, explain: boolean): void {
    this.#file = file;
    this.#name = name;
    performance.mark("statuslab:har-begin");
    this.#reader = readInWorker(file, explain, {
      rules: (rules) => {
        this.#archive.rules = rules;
        this.#archive.level(this.#levels);
      },
      rows: (rows, read) => {
        this.#archive.append(rows);
        if (this.#phase.kind === "reading") this.#phase = { kind: "reading", read };
        this.#later();
      },
      ended: (ended, ms) => this.#ended(ended, ms),
    });
    this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#narrow.addEventListener("change", this.#resized);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#reader?.cancel();
    window.clearTimeout(this.#grow);
    this.#unmount?.();
    this.#unmount = null;
    this.#virtual = null;
    this.#narrow.removeEventListener("change", this.#resized);
  }

  /** Out of sight, or back at the place where it was. */
  show(shown: boolean): void {
    if (!shown) this.#offset = this.#scroller?.scrollTop ?? 0;
    this.hidden = !shown;
    if (!shown) return;
    this.requestUpdate();
    void this.updateComplete.then(() => {
      const scroller = this.#scroller;
      if (scroller === null) return;
      scroller.scrollTop = this.#offset;
      scroller.focus({ preventScroll: true });
    });
  }

  /** The exchange of a row, from the file. */
  async open(row: number): Promise<void> {
    const exchange = await openEntry(this.#file, this.#archive.begin[row] ?? 0, this.#archive.end[row] ?? 0);
    if (exchange === null) return;
    const at = this.#rows().indexOf(row);
    if (at !== -1) this.#moveTo(at);
    this.events?.open({ exchange, row });
  }

  #ended(ended: Ended, ms: number): void {
    const { words } = this;
    this.#reader = null;
    window.clearTimeout(this.#grow);
    this.#grow = 0;
    performance.mark("statuslab:har-read", { detail: { ms, exchanges: this.#archive.length } });
    if (words !== null && this.#archive.length === 0) {
      this.events?.refused(ended.kind === "failed" ? words.say("archive.failed", { name: this.#name, reason: ended.reason })
        : words.say(ended.kind === "no-archive" ? "archive.none" : "archive.empty", { name: this.#name }));
      return;
    }
    this.#phase = { kind: "ended", ended, ms };
    this.#refresh();
    void this.updateComplete.then(() => requestAnimationFrame(() => performance.mark("statuslab:har-shown")));
  }

  readonly #cancel = (): void => {
    this.#reader?.cancel();
    this.#reader = null;
    this.#phase = { kind: "stopped" };
    this.#refresh();
  };

  // ---- what is shown ---------------------------------------------------------------------------------------------

  #rows(): Uint32Array {
    this.#view ??= this.#archive.view(this.#filter, this.#sorting);
    return this.#view.rows;
  }

  #later(): void {
    if (this.#grow !== 0) return;
    this.#grow = window.setTimeout(() => {
      this.#grow = 0;
      this.#steps += 1;
      if (this.#view === null || this.#view.rows.length === 0 || !this.#isWhole || this.#steps % COUNT_EVERY === 0) return this.#refresh();
      this.#view = this.#archive.grown(this.#view);
      this.requestUpdate();
    }, this.#view === null || this.#view.rows.length === 0 ? 0 : GROW_MS);
  }

  /** All rows, in the order of the file. */
  get #isWhole(): boolean {
    return !isFiltered(this.#filter) && this.#sorting.column === "order" && !this.#sorting.descending;
  }

  #refresh(): void {
    this.#view = null;
    this.requestUpdate();
  }

  #setFilter(filter: Filter): void {
    this.#filter = filter;
    this.#active = 0;
    this.#refresh();
    const scroller = this.#scroller;
    if (scroller !== null) scroller.scrollTop = 0;
  }

  #sort(column: Column): void {
    // What one looks for is at the other end: the gravest, the largest.
    const first = column === "findings" || column === "size";
    const same = this.#sorting.column === column;
    this.#sorting = { column, descending: same ? !this.#sorting.descending : first };
    this.#active = 0;
    this.#refresh();
  }

  // ---- the rows in sight -----------------------------------------------------------------------------------------

  get #scroller(): HTMLElement | null {
    return this.querySelector<HTMLElement>(".ar-grid");
  }

  get #rowHeight(): number {
    return this.#narrow.matches ? ROW_PX_NARROW : ROW_PX;
  }

  readonly #resized = (): void => {
    this.#virtual?.measure();
    const facets = this.querySelector("details");
    if (facets !== null) facets.open = !this.#narrow.matches;
    this.requestUpdate();
  };

  #options(): ConstructorParameters<typeof Virtualizer<HTMLElement, HTMLElement>>[0] {
    return {
      count: this.#rows().length,
      getScrollElement: () => this.#scroller,
      estimateSize: () => this.#rowHeight,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      overscan: 8,
      // The heads of the columns stay in sight and cover what they are above of.
      scrollPaddingEnd: this.#narrow.matches ? 0 : ROW_PX,
      // Screen readers follow the active row, which is therefore always there.
      rangeExtractor: (range) => {
        const shown = defaultRangeExtractor(range);
        return shown.includes(this.#active) || this.#active >= range.count ? shown : [...shown, this.#active].sort((a, b) => a - b);
      },
      onChange: () => this.requestUpdate(),
    };
  }

  protected override willUpdate(): void {
    if (this.#virtual === null) this.#virtual = new Virtualizer(this.#options());
    else this.#virtual.setOptions(this.#options());
  }

  protected override updated(): void {
    const virtual = this.#virtual;
    if (virtual === null || this.#scroller === null) return;
    this.#unmount ??= virtual._didMount();
    virtual._willUpdate();
  }

  #moveTo(active: number): void {
    const last = this.#rows().length - 1;
    this.#active = Math.max(0, Math.min(active, last));
    this.#virtual?.scrollToIndex(this.#active, { align: "auto" });
    this.requestUpdate();
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
    const page = Math.max(1, Math.floor((this.#scroller?.clientHeight ?? 0) / this.#rowHeight) - 2);
    const to: Record<string, number> = {
      ArrowDown: this.#active + 1, ArrowUp: this.#active - 1, PageDown: this.#active + page, PageUp: this.#active - page, Home: 0, End: this.#rows().length - 1,
    };
    const target = to[event.key];
    if (target !== undefined) this.#moveTo(target);
    else if (event.key === "Enter") this.#openAt(this.#active);
    else return;
    event.preventDefault();
  };

  #openAt(place: number): void {
    const row = this.#rows()[place];
    if (row !== undefined) void this.open(row);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { words, catalog } = this;
    if (words === null || catalog === null) return nothing;
    const rows = this.#rows();
    const virtual = this.#virtual;
    return archiveView({
      words,
      catalog,
      archive: this.#archive,
      name: this.#name,
      size: this.#file.size,
      phase: this.#phase,
      filter: this.#filter,
      filtered: isFiltered(this.#filter),
      sorting: this.#sorting,
      rows,
      facets: this.#view?.facets ?? null,
      active: Math.min(this.#active, Math.max(0, rows.length - 1)),
      height: virtual?.getTotalSize() ?? 0,
      items: virtual?.getVirtualItems() ?? [],
      allRules: this.#allRules,
      on: {
        cancel: this.#cancel,
        close: () => this.events?.close(),
        filter: (filter) => this.#setFilter(filter),
        sort: (column) => this.#sort(column),
        direction: () => this.#sort(this.#sorting.column),
        key: this.#key,
        open: (place) => {
          this.#active = place;
          this.#openAt(place);
        },
        allRules: () => {
          this.#allRules = !this.#allRules;
          this.requestUpdate();
        },
      },
    });
  }
}
