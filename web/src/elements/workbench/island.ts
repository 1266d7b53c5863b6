import type { Catalog } from "../../engine/catalog";
import type { Exchange, Verdict } from "../../engine/model";

/** What a page knew when it was built; it stands in the element as JSON. */
export interface Island {
  /** Id of the example that is shown, empty for none. */
  readonly example: string;
  readonly exchange: Exchange;
  readonly verdict: Verdict | null;
  /** The words of the verdict; absent where the page loads all words before it shows anything. */
  readonly catalog?: Catalog;
  /** Where the site lives, with a slash at its end. */
  readonly base: string;
}
