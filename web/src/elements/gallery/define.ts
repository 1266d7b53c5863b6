import type { Words } from "../../state/words";
import type { SiteLinks } from "../links";
import "../dialog/dialog.css";
import { StatuslabGallery } from "./gallery";

if (customElements.get("statuslab-gallery") === undefined) customElements.define("statuslab-gallery", StatuslabGallery);

/** The id of the chosen example. */
export function openGallery(words: Words, links: SiteLinks): Promise<string | null> {
  const gallery = new StatuslabGallery();
  gallery.words = words;
  gallery.links = links;
  return gallery.ask();
}
