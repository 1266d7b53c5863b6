import clients from "generated/clients.json";
import type { LensWords } from "../../state/words";
import { BOOK } from "./contract";
import type { Profile } from "./form";

/** Who can stand for the client; "by the book" is the first. */
export function profiles(words: LensWords): readonly Profile[] {
  return clients.map(({ id, name, version }) => ({ id, name: id === BOOK ? words.say("sim.book") : /\d/.test(name) ? ofWhom(name, words) : `${name} ${numberIn(version)}`.trim() }));
}

/** "fetch() of undici 7" */
function ofWhom(name: string, words: LensWords): string {
  const [what = name, whose] = name.split(" of ");
  return whose === undefined ? name : words.say("sim.client.of", { what, whose });
}

/** The last version number outside of parentheses, in short. */
function numberIn(version: string): string {
  return version.replace(/\(.*?\)/g, "").match(/\d+(?:\.\d+)+/g)?.at(-1)?.split(".").slice(0, 2).join(".") ?? "";
}
