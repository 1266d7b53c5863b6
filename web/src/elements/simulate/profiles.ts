import clients from "generated/clients.json";
import type { Profile } from "./form";

/** Who can stand for the client; "by the book" is the first. */
export function profiles(book: string): readonly Profile[] {
  return clients.map(({ id, name, version }) => ({ id, name: id === "by-the-book" ? book : /\d/.test(name) ? name : `${name} ${numberIn(version)}`.trim() }));
}

/** The last version number outside of parentheses, in short. */
function numberIn(version: string): string {
  return version.replace(/\(.*?\)/g, "").match(/\d+(?:\.\d+)+/g)?.at(-1)?.split(".").slice(0, 2).join(".") ?? "";
}
