/*
 * Search over the pages of this language. Loaded, index and all, when it is first opened.
 */
import type { Pagefind } from "./pagefind";
import tables from "../words/search.json";

const MOST_HITS = 12;
const words = document.documentElement.lang.startsWith("zh") ? tables["zh-CN"] : tables.en;

let index: Promise<Pagefind> | null = null;
let dialog: HTMLDialogElement | null = null;

function loadIndex(): Promise<Pagefind> {
  const path = "/pagefind/pagefind.js";
  index ??= (import(/* @vite-ignore */ path) as Promise<Pagefind>).then(
    async (pagefind) => {
      await pagefind.init();
      return pagefind;
    },
    (error: unknown) => {
      index = null;
      throw error;
    },
  );
  return index;
}

export function open(): void {
  dialog ??= build();
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("input")?.select();
  loadIndex().catch(() => undefined);
}

function build(): HTMLDialogElement {
  const element = document.createElement("dialog");
  element.className = "search-dialog";
  element.setAttribute("aria-label", words.label);

  const input = document.createElement("input");
  input.type = "search";
  input.placeholder = words.label;
  input.setAttribute("aria-label", words.label);
  input.setAttribute("aria-describedby", "search-state");
  input.autocomplete = "off";
  input.spellcheck = false;

  const close = document.createElement("button");
  close.type = "button";
  close.textContent = words.close;
  close.addEventListener("click", () => element.close());

  const state = document.createElement("p");
  state.id = "search-state";
  state.setAttribute("role", "status");
  state.textContent = words.hint;

  const hits = document.createElement("ul");
  const head = document.createElement("div");
  head.append(input, close);
  element.append(head, state, hits);
  document.body.append(element);

  let asked = 0;
  input.addEventListener("input", () => {
    const ticket = ++asked;
    void answer(input.value.trim(), () => ticket === asked, state, hits);
  });
  element.addEventListener("keydown", (event) => move(event, input, hits));
  element.addEventListener("click", (event) => {
    const leaves = event.target === element || (event.target instanceof Element && event.target.closest("a") !== null);
    if (leaves) element.close();
  });
  return element;
}

function move(event: KeyboardEvent, input: HTMLInputElement, hits: HTMLElement): void {
  const links = [...hits.querySelectorAll("a")];
  if (event.key === "Enter" && event.target === input && !event.isComposing) {
    links[0]?.click();
    return;
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  const at = links.indexOf(document.activeElement as HTMLAnchorElement);
  const to = event.key === "ArrowDown" ? at + 1 : at - 1;
  (to < 0 ? input : links[Math.min(to, links.length - 1)])?.focus();
}

async function answer(query: string, isCurrent: () => boolean, state: HTMLElement, hits: HTMLElement): Promise<void> {
  if (query === "") {
    hits.replaceChildren();
    state.textContent = words.hint;
    return;
  }
  let pagefind: Pagefind;
  try {
    pagefind = await loadIndex();
  } catch {
    if (isCurrent()) state.textContent = words.failed;
    return;
  }
  const found = await pagefind.debouncedSearch(segmented(query), {}, 120);
  if (found === null || !isCurrent()) return;
  const shown = await Promise.all(found.results.slice(0, MOST_HITS).map((result) => result.data()));
  if (!isCurrent()) return;
  const code = /^\d{3}$/.test(query) ? `/status/${query}/` : null;
  const ordered = code === null ? shown : shown.toSorted((a, b) => Number(b.url.endsWith(code)) - Number(a.url.endsWith(code)));
  state.textContent = say(query, found.results.length);
  hits.replaceChildren(...ordered.map(({ url, meta, excerpt }) => hit(url, meta["title"] ?? url, excerpt)));
}

function say(query: string, hits: number): string {
  if (hits === 0) return words.none.replace("{query}", () => query);
  return hits === 1 ? words.one : words.many.replace("{n}", String(hits));
}

/** The index of Chinese pages holds words, and a query has to be in words too. */
function segmented(query: string): string {
  if (!/\p{Script=Han}/u.test(query) || !("Segmenter" in Intl)) return query;
  const segmenter = new Intl.Segmenter("zh", { granularity: "word" });
  return [...segmenter.segment(query)]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment)
    .join(" ");
}

function hit(url: string, title: string, excerpt: string): HTMLLIElement {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = url;
  const name = document.createElement("b");
  name.textContent = title;
  const text = document.createElement("span");
  text.append(...marked(excerpt));
  link.append(name, text);
  item.append(link);
  return item;
}

/** The excerpt is HTML of our own pages; only its marks are taken over, everything else as text. */
function marked(excerpt: string): Node[] {
  const parsed = new DOMParser().parseFromString(excerpt, "text/html");
  return [...parsed.body.childNodes].map((node) => {
    if (node.nodeName !== "MARK") return document.createTextNode(node.textContent ?? "");
    const mark = document.createElement("mark");
    mark.textContent = node.textContent;
    return mark;
  });
}
