import type { Catalog } from "../../engine/catalog";
import type { Exchange, Verdict } from "../../engine/model";
import type { SnippetTarget, Written } from "../../engine/written";

/** What the page knew when it was built; it stands in the element as JSON. */
export interface Island {
  readonly example: string;
  readonly exchange: Exchange;
  readonly verdict: Verdict;
  readonly targets: readonly SnippetTarget[];
  readonly written: Written;
  readonly notes: Readonly<Record<string, string>>;
  readonly catalog: Catalog;
  readonly base: string;
}
