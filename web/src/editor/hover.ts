/*
 * What a finding says, at the place it speaks of: on hover, and as a menu of repairs (Ctrl+.).
 */
import { StateEffect, StateField, type Extension } from "@codemirror/state";
import { closeHoverTooltips, EditorView, hoverTooltip, keymap, showTooltip, type Tooltip } from "@codemirror/view";
import type { Finding, Fix } from "../engine/model";
import { findingsAt } from "./findings";

export interface FindingActions {
  /** A finding as DOM: title, consequence, sentence of the RFC, repairs. */
  card(finding: Finding): HTMLElement;
  fixLabel(finding: Finding, index: number): string;
  apply(finding: Finding, fix: Fix): void;
  readonly fixAllLabel: () => string | null;
  fixAll(): void;
  readonly menuTitle: string;
  readonly noFix: string;
}

export function findingHover(actions: FindingActions): Extension {
  return hoverTooltip((view, position, side) => {
    const found = findingsAt(view, position, position)
      .filter((placed) => !(placed.from === position && side < 0 && placed.to > position) && !(placed.to === position && side > 0 && placed.from < position));
    const first = found[0];
    if (first === undefined) return null;
    return {
      pos: first.from,
      end: Math.max(first.to, first.from),
      above: true,
      create: () => {
        const dom = document.createElement("div");
        dom.className = "wire-hover";
        for (const placed of found) dom.append(actions.card(placed.finding));
        return { dom };
      },
    };
  }, { hideOnChange: true, hoverTime: 250 });
}

interface Choice {
  readonly label: string;
  run(): void;
}

const openMenu = StateEffect.define<Tooltip | null>();

const menuField = StateField.define<Tooltip | null>({
  create: () => null,
  update(tooltip, transaction) {
    for (const effect of transaction.effects) if (effect.is(openMenu)) return effect.value;
    return transaction.docChanged ? null : tooltip;
  },
  provide: (self) => showTooltip.from(self),
});

function choicesAt(view: EditorView, actions: FindingActions): Choice[] {
  const { from, to } = view.state.selection.main;
  const exact = findingsAt(view, from, to);
  const line = view.state.doc.lineAt(from);
  const near = exact.some(({ finding }) => finding.fixes.length > 0) ? exact : findingsAt(view, line.from, line.to);
  const choices = near.flatMap(({ finding }) => finding.fixes.map((fix, index): Choice => ({
    label: actions.fixLabel(finding, index),
    run: () => actions.apply(finding, fix),
  })));
  const all = actions.fixAllLabel();
  if (all !== null) choices.push({ label: all, run: () => actions.fixAll() });
  return choices;
}

function menuDom(view: EditorView, choices: readonly Choice[], actions: FindingActions): HTMLElement {
  const menu = document.createElement("div");
  menu.className = "wire-menu";
  menu.setAttribute("role", "menu");
  menu.setAttribute("aria-label", actions.menuTitle);
  const close = (): void => {
    view.dispatch({ effects: openMenu.of(null) });
    view.focus();
  };
  const items = choices.map((choice) => {
    const item = document.createElement("button");
    item.type = "button";
    item.setAttribute("role", "menuitem");
    item.tabIndex = -1;
    item.textContent = choice.label;
    item.addEventListener("click", () => {
      close();
      choice.run();
    });
    return item;
  });
  if (items.length === 0) {
    const empty = document.createElement("button");
    empty.type = "button";
    empty.setAttribute("role", "menuitem");
    empty.setAttribute("aria-disabled", "true");
    empty.tabIndex = -1;
    empty.textContent = actions.noFix;
    empty.addEventListener("click", close);
    items.push(empty);
  }
  menu.append(...items);
  menu.addEventListener("keydown", (event) => {
    const at = items.findIndex((item) => item === document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) items[to % items.length]?.focus();
    else if (event.key === "Escape" || event.key === "Tab") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  menu.addEventListener("focusout", (event) => {
    const stays = event.relatedTarget instanceof Node && menu.contains(event.relatedTarget);
    if (!stays && view.state.field(menuField) !== null) view.dispatch({ effects: openMenu.of(null) });
  });
  return menu;
}

export function quickFixes(actions: FindingActions): Extension {
  const open = (view: EditorView): boolean => {
    const choices = choicesAt(view, actions);
    view.dispatch({
      effects: [closeHoverTooltips, openMenu.of({
        pos: view.state.selection.main.head,
        above: false,
        create: () => {
          const dom = menuDom(view, choices, actions);
          return {
            dom,
            mount: () => {
              // The tooltip is measured and placed first; a hidden element takes no focus.
              requestAnimationFrame(() => requestAnimationFrame(() => dom.querySelector("button")?.focus({ preventScroll: true })));
            },
          };
        },
      })],
    });
    return true;
  };
  return [menuField, keymap.of([{ key: "Mod-.", run: open }])];
}
