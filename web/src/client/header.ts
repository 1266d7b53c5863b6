/*
 * What the header and the frame do: theme, search, sheets on small screens, offline. Small, because every page has it.
 */
const root = document.documentElement;

function switchTheme(button: HTMLElement): void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const label = (): void => {
    const next = root.dataset["theme"] === "dark" ? button.dataset["light"] : button.dataset["dark"];
    button.setAttribute("aria-label", next ?? "");
    button.title = next ?? "";
  };
  const stored = (): string | null => {
    try {
      return localStorage.getItem("starlight-theme");
    } catch {
      return null;
    }
  };
  const show = (theme: string): void => {
    root.dataset["theme"] = theme;
    label();
  };
  button.addEventListener("click", () => {
    const next = root.dataset["theme"] === "dark" ? "light" : "dark";
    try {
      // What the system says anyway is no choice: it goes on following the system.
      if (next === (system.matches ? "dark" : "light")) localStorage.removeItem("starlight-theme");
      else localStorage.setItem("starlight-theme", next);
    } catch {
      // Without storage the choice lasts as long as the page.
    }
    show(next);
  });
  system.addEventListener("change", () => {
    if (!stored()) show(system.matches ? "dark" : "light");
  });
  window.addEventListener("storage", (event) => {
    if (event.key === "starlight-theme") show(event.newValue ?? (system.matches ? "dark" : "light"));
  });
  label();
}

function openSearch(): void {
  void import("./search").then(({ open }) => open());
}

for (const button of document.querySelectorAll<HTMLElement>("[data-theme-switch]")) switchTheme(button);
for (const button of document.querySelectorAll<HTMLElement>("[data-search]")) {
  button.addEventListener("click", openSearch);
  if (/Mac|iP(hone|ad|od)/.test(navigator.platform)) button.querySelector("kbd")!.textContent = "⌘ K";
}

// Whoever wants the keys for something else, such as the workbench's palette, takes them first.
window.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || event.shiftKey) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    openSearch();
  }
});

// A link inside a sheet leads away from it.
document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element) || event.target.closest("a") === null) return;
  const sheet = event.target.closest<HTMLElement>("[popover]");
  if (sheet?.matches(":popover-open")) sheet.hidePopover();
});

// The folded list beside the page shows where one is.
const side = document.getElementById("side");
const current = side?.querySelector<HTMLElement>("[aria-current=page]");
if (side && current && side.scrollHeight > side.clientHeight) {
  side.scrollTop = current.offsetTop - side.clientHeight / 2;
}

if ("serviceWorker" in navigator && import.meta.env.PROD) {
  const whenIdle = window.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 2000));
  // Where storage is blocked there is no worker, and the page is whole without it.
  const start = (): unknown => import("./offline").then(({ register }) => register()).catch(() => undefined);
  window.addEventListener("load", () => whenIdle(() => void start()));
}
