/*
 * What the elements of Simulate and Snippets share. The page arrives complete and its element takes its place with the same
 * template; the address follows what is on the desk, and what is on the desk follows the address.
 */
import { LitElement } from "lit";
import type { EngineClient } from "../../engine/client";
import type { Linked } from "../../state/link";

type Codec = typeof import("../../state/link");

/** Address and store follow after so long. */
const REST_MS = 700;

export abstract class LensElement extends LitElement {
  /** It has its words and its exchange: what the page brought is replaced. */
  protected alive = false;
  #codec: Codec | null = null;
  #later = 0;

  protected abstract readonly engine: EngineClient | null;
  protected abstract begin(): Promise<void>;
  /** What the page shows by itself. */
  protected abstract openHome(): void;
  protected abstract openFragment(fragment: string): Promise<void>;
  /** What the address says now; null where it cannot be said yet. */
  protected abstract fragmentNow(): string | null;
  /** In the store, where it is somebody's own. */
  protected abstract keep(): void;
  protected abstract pressed(event: KeyboardEvent): void;

  /** In the page's own tree: its styles are the page's, and without script the same HTML is there. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.engine === null) void this.begin();
    else this.engine.start();
    document.addEventListener("keydown", this.#key, true);
    window.addEventListener("hashchange", this.#followAddress);
    window.addEventListener("popstate", this.#followAddress);
    window.addEventListener("pagehide", this.#rest);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("keydown", this.#key, true);
    window.removeEventListener("hashchange", this.#followAddress);
    window.removeEventListener("popstate", this.#followAddress);
    window.removeEventListener("pagehide", this.#rest);
    this.engine?.stop();
  }

  protected override shouldUpdate(): boolean {
    return this.alive;
  }

  protected override willUpdate(): void {
    if (!this.hasUpdated) this.replaceChildren();
  }

  protected async codec(): Promise<Codec> {
    return (this.#codec ??= await import("../../state/link"));
  }

  /** The fragment of an exchange: "" where it is too large for an address, null while the codec is on its way. */
  protected encodedNow(linked: Linked): string | null {
    return this.#codec === null ? null : (this.#codec.encode(linked) ?? "");
  }

  /** Something changed: store and address follow after a moment. */
  protected settle(): void {
    void this.codec();
    window.clearTimeout(this.#later);
    this.#later = window.setTimeout(this.#rest, REST_MS);
  }

  readonly #rest = (): void => {
    this.keep();
    const fragment = this.fragmentNow();
    if (fragment === null || fragment === location.hash.slice(1)) return;
    window.history.replaceState(window.history.state, "", fragment === "" ? location.pathname + location.search : `#${fragment}`);
  };

  readonly #followAddress = (): void => {
    const fragment = location.hash.slice(1);
    if (fragment === "") this.openHome();
    else if (fragment !== this.fragmentNow()) void this.openFragment(fragment);
  };

  readonly #key = (event: KeyboardEvent): void => this.pressed(event);
}
