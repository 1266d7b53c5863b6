/*
 * The page's end of the service worker. A new worker waits until its site's pages are the ones on screen: the page
 * tells its build, and a waiting worker of the same build takes over when no older page is left to be harmed.
 */
import type { FromPage } from "../sw/messages";

export async function register(): Promise<void> {
  const build = document.querySelector<HTMLMetaElement>("meta[name=build]")?.content;
  const saveData = "connection" in navigator && (navigator.connection as { saveData?: boolean }).saveData === true;
  if (build === undefined || (saveData && navigator.serviceWorker.controller === null)) return;
  const offer = (worker: ServiceWorker | null): void => worker?.postMessage({ kind: "page-is", build } satisfies FromPage);
  const registration = await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  offer(registration.waiting);
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", () => offer(registration.waiting));
  });
}
