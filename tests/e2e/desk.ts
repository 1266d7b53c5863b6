/*
 * The workbench as a person meets it: what can be seen, and keys.
 */
import { expect, test as base, type Locator, type Page } from "@playwright/test";

export type Side = "request" | "response";

export class Desk {
  readonly page: Page;
  /** What the console complained about. */
  readonly complaints: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") this.complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.complaints.push(String(error)));
  }

  async open(path = "/"): Promise<void> {
    await this.page.goto(path);
    await this.ready();
  }

  async ready(): Promise<void> {
    await this.page.locator("statuslab-workbench[data-ready=editor]").waitFor();
    await expect(this.verdict).not.toContainText(/starts in a moment|马上开始/);
  }

  get verdict(): Locator {
    return this.page.locator(".wb .verdict");
  }

  get badges(): Locator {
    return this.page.locator(".wb .badge");
  }

  get findings(): Locator {
    return this.page.locator(".wb .findings > .f:not(.gone)");
  }

  get notice(): Locator {
    return this.page.locator(".wb .notice");
  }

  get selected(): Locator {
    return this.page.locator(".wb .findings > .f.on");
  }

  get fixAll(): Locator {
    return this.page.locator(".wb .fix-all");
  }

  editor(side: Side = "response"): Locator {
    return this.page.locator(`.wb .cm-content[data-side=${side}]`);
  }

  /** The text of an editor with its real line ends, as the element under test holds it. */
  async text(side: Side = "response"): Promise<string> {
    return this.editor(side).evaluate(textOf);
  }

  /** Replaces the whole text, as somebody who pastes. */
  async paste(text: string, side: Side = "response"): Promise<void> {
    await this.editor(side).focus();
    await this.page.keyboard.press("Control+a");
    await this.editor(side).evaluate((content, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", pasted);
      content.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  }

  async clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Puts the cursor behind the first occurrence of a text. */
  async cursorAfter(text: string, side: Side = "response"): Promise<void> {
    await this.editor(side).focus();
    await this.editor(side).evaluate(putCursorAfter, text);
  }
}

/* Run in the page: the editor is the element's own, found from its content. */

interface View {
  readonly state: { sliceDoc(): string };
  dispatch(change: { selection: { anchor: number } }): void;
}

type Content = Element & { readonly cmTile?: { readonly view?: View; readonly root?: { readonly view: View } } };

function textOf(content: Element): string {
  const tile = (content as Content).cmTile;
  const view = tile?.view ?? tile?.root?.view;
  if (view === undefined) throw new Error("no editor");
  return view.state.sliceDoc();
}

function putCursorAfter(content: Element, text: string): void {
  const tile = (content as Content).cmTile;
  const view = tile?.view ?? tile?.root?.view;
  const at = view?.state.sliceDoc().indexOf(text) ?? -1;
  if (view === undefined || at === -1) throw new Error(`no ${JSON.stringify(text)} in the editor`);
  view.dispatch({ selection: { anchor: at + text.length } });
}

export const test = base.extend<{ desk: Desk }>({
  desk: async ({ page }, use) => {
    await use(new Desk(page));
  },
});

export { expect };

export const RAW_204 = 'HTTP/1.1 204 No Content\r\nDate: Sun, 22 Nov 2026 09:30:00 GMT\r\nContent-Length: 16\r\n\r\n{"deleted":true}';
