import type { Catalog } from "../../engine/catalog";
import type { Words } from "../../state/words";
import type { SiteLinks } from "../links";
import "../dialog/dialog.css";
import { StatuslabPalette, type Command } from "./palette";

if (customElements.get("statuslab-palette") === undefined) customElements.define("statuslab-palette", StatuslabPalette);

/** The chosen command, to be run when the dialog is gone. Codes and rules are followed at once. */
export function openPalette(words: Words, catalog: Catalog, links: SiteLinks, commands: readonly Command[]): Promise<Command | null> {
  const palette = new StatuslabPalette();
  palette.fill(words, catalog, links, commands);
  return palette.ask();
}
