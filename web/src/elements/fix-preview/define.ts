import type { Catalog } from "../../engine/catalog";
import type { FixPlan } from "../../engine/fix-all";
import type { Words } from "../../state/words";
import "../dialog/dialog.css";
import { StatuslabFixPreview } from "./fix-preview";

if (customElements.get("statuslab-fix-preview") === undefined) customElements.define("statuslab-fix-preview", StatuslabFixPreview);

/** The plan, when it is to be carried out. */
export function openFixPreview(words: Words, catalog: Catalog, plan: Promise<FixPlan>): Promise<FixPlan | null> {
  const preview = new StatuslabFixPreview();
  preview.words = words;
  preview.catalog = catalog;
  void preview.show(plan);
  return preview.ask();
}
