import type { Catalog } from "../../engine/catalog";
import { loadToolWords } from "../../state/words";
import type { SiteLinks } from "../links";
import { StatuslabArchive, type ArchiveEvents } from "./archive";
import "./archive.css";

if (customElements.get("statuslab-archive") === undefined) customElements.define("statuslab-archive", StatuslabArchive);

export type { StatuslabArchive } from "./archive";

export async function newArchive(catalog: Catalog, links: SiteLinks, events: ArchiveEvents): Promise<StatuslabArchive> {
  const archive = new StatuslabArchive();
  archive.words = await loadToolWords(catalog.language === "zh-CN" ? "zh-CN" : "en");
  archive.catalog = catalog;
  archive.links = links;
  archive.events = events;
  return archive;
}
