/** What the page knew when it was built: it stands in the element as JSON, written by this site's own build. */
export function readIsland<Island>(element: HTMLElement): Island | null {
  const json = element.querySelector("script[type='application/json']")?.textContent;
  return json === undefined || json === null ? null : (JSON.parse(json) as Island);
}
