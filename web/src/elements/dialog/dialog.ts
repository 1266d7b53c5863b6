/*
 * A native dialog as a question: opened, answered once, gone. Focus returns to where it was.
 */
import { LitElement, html, type TemplateResult } from "lit";

export abstract class DialogElement<Answer> extends LitElement {
  #answer: Answer | null = null;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** The answer, or null when the dialog was left without one. */
  ask(): Promise<Answer | null> {
    document.body.append(this);
    return new Promise((resolve) => {
      void this.updateComplete.then(() => {
        const dialog = this.dialog;
        dialog.addEventListener("close", () => {
          this.remove();
          resolve(this.#answer);
        }, { once: true });
        dialog.showModal();
        this.opened();
      });
    });
  }

  protected get dialog(): HTMLDialogElement {
    const dialog = this.renderRoot.querySelector("dialog");
    if (dialog === null) throw new Error(`${this.localName} has no dialog`);
    return dialog;
  }

  protected opened(): void {}

  protected answer(answer: Answer): void {
    this.#answer = answer;
    this.dialog.close();
  }

  protected leave(): void {
    this.dialog.close();
  }

  /** A click beside the dialog leaves it. */
  protected readonly beside = (event: MouseEvent): void => {
    if (event.target === this.dialog) this.leave();
  };

  protected head(id: string, title: string, close: string): TemplateResult {
    return html`<header class="dlg-head"><h2 id=${id}>${title}</h2><button type="button" class="btn quiet close" aria-label=${close} title=${close} @click=${() => this.leave()}>✕</button></header>`;
  }
}
