import type { Behaviours, Catalog, DecisionCatalog } from "../../engine/catalog";
import type { Exchange } from "../../engine/model";
import type { Play } from "../../engine/play";
import type { Profile } from "./form";

/** What a scenario of the gallery is about, in the language of the page. */
export interface Story {
  readonly title: string;
  readonly text: string;
}

/** What the page knew when it was built; it stands in the element as JSON. */
export interface Island {
  /** Id of the scenario that is shown. */
  readonly scenario: string;
  readonly story: Story;
  readonly exchange: Exchange;
  readonly play: Play;
  readonly step: number;
  /** The words of its decisions; all words come later. */
  readonly decisions: DecisionCatalog;
  readonly behaviours: Behaviours;
  /** The words of what is found in it. */
  readonly catalog: Catalog;
  readonly profiles: readonly Profile[];
  /** Where the site lives, with a slash at its end. */
  readonly base: string;
}
