/*
 * From lens to lens with the exchange as it is. Links are real: they can be opened beside, and lead to the bare lens
 * where no script runs.
 */
import { html, nothing, type TemplateResult } from "lit";
import type { Words } from "../../state/words";
import type { SiteLinks } from "../links";

export type Lens = "validate" | "simulate" | "snippets";
/** Those that there are. */
export const LENSES: readonly Lens[] = ["validate", "simulate", "snippets"];

export interface LensHandlers {
  /** Somebody is about to follow a link: its address gets the exchange. */
  readonly prepare: (event: Event) => void;
  readonly follow: (event: MouseEvent) => void;
}

export const NO_LENS_HANDLERS: LensHandlers = { prepare: () => undefined, follow: () => undefined };

const path = (lens: Lens, links: SiteLinks): string => (lens === "validate" ? links.workbench : links[lens]);
const name = (lens: Lens, words: Words): string => words.say(lens === "validate" ? "validate" : `lens.${lens}`);

/** The tabs; the lens of the page is a heading among them. */
export function lensTabs(current: Lens, id: string, words: Words, links: SiteLinks, on: LensHandlers, count: TemplateResult | typeof nothing = nothing): TemplateResult {
  return html`<nav class="lenses" aria-label=${words.say("lenses")}>${LENSES.map((lens) => lens === current
    ? html`<h2 id=${id}>${name(lens, words)} ${count}</h2>`
    : html`<a href=${path(lens, links)} @pointerenter=${on.prepare} @focus=${on.prepare} @click=${on.follow}>${name(lens, words)}</a>`)}</nav>`;
}

export interface Carried {
  /** Without "#"; null where the exchange is too large for an address. */
  fragment(): Promise<string | null>;
  /** Then the other lens finds it in the store. */
  keep(): void;
}

export class Crossing implements LensHandlers {
  readonly #carried: Carried;

  constructor(carried: Carried) {
    this.#carried = carried;
  }

  readonly prepare = (event: Event): void => {
    const link = event.currentTarget;
    if (link instanceof HTMLAnchorElement) void this.#carried.fragment().then((fragment) => (link.hash = fragment ?? ""));
  };

  readonly follow = (event: MouseEvent): void => {
    const link = event.currentTarget;
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    void this.#carried.fragment().then((fragment) => {
      if (fragment === null) this.#carried.keep();
      goTo(link.pathname, fragment);
    });
  };
}

export function goTo(pathname: string, fragment: string | null): void {
  location.assign(fragment === null || fragment === "" ? pathname : `${pathname}#${fragment}`);
}
