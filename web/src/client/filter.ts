/*
 * Narrows a list while one types. Rows are hidden, never moved; groups without rows go with them.
 */
function attach(controls: HTMLElement): void {
  const list = controls.closest("[data-filtered]");
  const state = controls.querySelector<HTMLElement>("[data-none]");
  const text = controls.querySelector<HTMLInputElement>("input[type=search]");
  if (list === null || state === null || text === null) return;
  const rows = Array.from(list.querySelectorAll<HTMLElement>("[data-row]"), (row) => ({
    row,
    text: (row.textContent ?? "").toLowerCase(),
    severity: row.dataset["severity"],
  }));
  const groups = Array.from(list.querySelectorAll<HTMLElement>("[data-group]"), (group) => ({
    group,
    rows: [...group.querySelectorAll<HTMLElement>("[data-row]")],
    count: group.querySelector("[data-count]"),
  }));
  const choice = controls.querySelector<HTMLSelectElement>("select[name=group]");

  const apply = (): void => {
    const wanted = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = new Set(Array.from(controls.querySelectorAll<HTMLInputElement>("input:checked"), (box) => box.name));
    let found = 0;
    for (const { row, text: own, severity } of rows) {
      const fits = wanted.every((word) => own.includes(word)) && (severity === undefined || shown.has(severity));
      row.hidden = !fits;
      if (fits) found += 1;
    }
    const wantedGroup = choice?.value ?? "";
    if (wantedGroup !== "") found = 0;
    for (const { group, rows: own, count } of groups) {
      const inside = own.reduce((sum, row) => sum + (row.hidden ? 0 : 1), 0);
      group.hidden = inside === 0 || (wantedGroup !== "" && group.dataset["group"] !== wantedGroup);
      if (count !== null) count.textContent = String(inside);
      if (wantedGroup !== "" && !group.hidden) found += inside;
    }
    const told = found === rows.length ? "" : (state.dataset["shown"] ?? "").replace("{n}", String(found)).replace("{of}", String(rows.length));
    state.textContent = found === 0 ? (state.dataset["none"] ?? "") : told;
    history.replaceState(history.state, "", text.value ? `?q=${encodeURIComponent(text.value)}` : location.pathname);
  };

  controls.addEventListener("input", apply);
  text.value = new URLSearchParams(location.search).get("q") ?? "";
  if (text.value) apply();
}

for (const controls of document.querySelectorAll<HTMLElement>("[data-filter]")) attach(controls);
