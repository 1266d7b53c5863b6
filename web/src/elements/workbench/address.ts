/*
 * The exchange in the address of the page. The codec is fetched when a text of one's own is to be written or read.
 */
import { isAsItIs, type Origin } from "../../state/workbench";
import { exampleFragment } from "../../state/example-link";
import type { Linked } from "../../state/link";

type Codec = typeof import("../../state/link");

export type History = "replace" | "push";

export class Address {
  /** The example of the page itself: it needs no words. */
  readonly #home: string;
  #codec: Codec | null = null;

  constructor(home: string) {
    this.#home = home;
  }

  async codec(): Promise<Codec> {
    this.#codec ??= await import("../../state/link");
    return this.#codec;
  }

  get fragment(): string {
    return location.hash.slice(1);
  }

  write(origin: Origin, linked: Linked, history: History): void {
    if (origin.kind === "archive") return;
    const fragment = this.#short(origin) ?? this.#encode(linked);
    if (fragment === null || fragment === this.fragment) return;
    const address = fragment === "" ? location.pathname + location.search : `#${fragment}`;
    if (history === "push") window.history.pushState(null, "", address);
    else window.history.replaceState(window.history.state, "", address);
  }

  /** A link to be given away; null when the exchange is too large for one. */
  async link(origin: Origin, linked: Linked): Promise<string | null> {
    const fragment = await this.carried(origin, linked);
    return fragment === null ? null : `${location.origin}${location.pathname}#${fragment}`;
  }

  /** The fragment that has all of it, on any lens. */
  async carried(origin: Origin, linked: Linked): Promise<string | null> {
    const example = origin.kind === "example" && isAsItIs(linked.settings);
    return example ? exampleFragment(origin.id) : (await this.codec()).encode(linked);
  }

  /** The levels of rules are not in it: this browser keeps them. A link to be given away has them. */
  #short(origin: Origin): string | null {
    if (origin.kind !== "example") return null;
    return origin.id === this.#home ? "" : exampleFragment(origin.id);
  }

  /** Too large an exchange leaves the address bare; without the codec it stays as it is for the moment. */
  #encode(linked: Linked): string | null {
    return this.#codec === null ? null : (this.#codec.encode(linked) ?? "");
  }
}
