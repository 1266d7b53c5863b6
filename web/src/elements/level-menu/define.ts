/*
 * At which level a rule speaks: a menu beside the finding's button, gone when something is chosen.
 */
import type { Level, Severity } from "../../engine/model";
import { LEVELS } from "../../engine/model";
import type { ToolWords } from "../../state/words";

export type Choice = Level | "on";

/** The chosen level, null when none was. Focus goes back to the button. */
export function openLevelMenu(words: ToolWords, button: HTMLElement, rule: string, own: Severity, now: Choice): Promise<Choice | null> {
  const menu = document.createElement("div");
  menu.className = "menu level-menu";
  menu.popover = "auto";
  menu.setAttribute("role", "menu");
  menu.setAttribute("aria-label", words.say("level.title", { rule }));
  // A positive note is on or off: it never becomes a complaint.
  const offered: readonly Choice[] = own === "fine" ? ["on", "off"] : ["on", ...LEVELS.filter((level) => level !== own)];
  const items = offered.map((choice) => {
    const item = document.createElement("button");
    item.type = "button";
    item.setAttribute("role", "menuitemradio");
    item.setAttribute("aria-checked", choice === now ? "true" : "false");
    item.tabIndex = -1;
    item.append(choice === "on" ? words.say("level.on", { severity: words.say(`level.own.${own}`) }) : words.say(`level.${choice}`));
    return item;
  });
  menu.append(...items);
  (button.closest(".wb") ?? document.body).append(menu);

  return new Promise((resolve) => {
    let chosen: Choice | null = null;
    offered.forEach((choice, at) => items[at]?.addEventListener("click", () => {
      chosen = choice;
      menu.hidePopover();
    }));
    menu.addEventListener("keydown", (event) => {
      const at = items.findIndex((item) => item === document.activeElement);
      const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
      if (event.key === "Tab") menu.hidePopover();
      if (to === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      items[to % items.length]?.focus();
    });
    menu.addEventListener("toggle", (event) => {
      if (event.newState === "open") return;
      const inside = menu.contains(document.activeElement) || document.activeElement === document.body;
      menu.remove();
      if (inside && button.isConnected) button.focus();
      resolve(chosen);
    });
    menu.showPopover();
    place(menu, button);
    items[Math.max(0, offered.indexOf(now))]?.focus();
  });
}

/** Below its button where there is room, above it where there is none. */
function place(menu: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const below = at.bottom + 4 + menu.offsetHeight <= window.innerHeight;
  menu.style.top = `${below ? at.bottom + 4 : Math.max(8, at.top - 4 - menu.offsetHeight)}px`;
  menu.style.right = `${Math.max(8, document.documentElement.clientWidth - at.right)}px`;
}
