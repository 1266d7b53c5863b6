/*
 * The site without a network.
 *
 * What the workbench needs is stored when the worker is installed; files whose names carry their hash are stored
 * when first used and never asked for again. Pages come from the network whenever there is one, so that nobody is
 * held on old content; the stored copy answers when the network does not.
 */
import { ExpirationPlugin } from "workbox-expiration";
import { cleanupOutdatedCaches, matchPrecache, precacheAndRoute, type PrecacheEntry } from "workbox-precaching";
import { registerRoute, setCatchHandler, setDefaultHandler } from "workbox-routing";
import { CacheFirst, NetworkFirst } from "workbox-strategies";
import { isFromPage } from "./messages";

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: PrecacheEntry[] };
declare const STATUSLAB_BUILD: string;

const SLOW_SECONDS = 4;
const pages = new NetworkFirst({
  cacheName: "pages",
  networkTimeoutSeconds: SLOW_SECONDS,
  plugins: [new ExpirationPlugin({ maxEntries: 300 })],
});
const hashed = new CacheFirst({ cacheName: "hashed", plugins: [new ExpirationPlugin({ maxEntries: 300 })] });
const others = new NetworkFirst({ cacheName: "others", plugins: [new ExpirationPlugin({ maxEntries: 300 })] });

// Before the stored files: a stored page answers only when the network does not.
registerRoute(({ request }) => request.mode === "navigate", pages);
precacheAndRoute(self.__WB_MANIFEST);
registerRoute(({ url }) => url.pathname.startsWith("/_astro/"), hashed);
setDefaultHandler(({ request, ...rest }) =>
  new URL(request.url).origin === self.location.origin ? others.handle({ request, ...rest }) : fetch(request),
);

setCatchHandler(async ({ request }) => {
  if (request.mode !== "navigate") return Response.error();
  const { pathname } = new URL(request.url);
  const offline = pathname.startsWith("/zh-cn/") ? "/zh-cn/offline/" : "/offline/";
  return (await matchPrecache(pathname)) ?? (await matchPrecache(offline)) ?? Response.error();
});

cleanupOutdatedCaches();

// A page of this build is on screen while an older worker serves: take over, unless older pages are open too. They
// may still ask for files that only the older worker has.
self.addEventListener("message", (event) => {
  if (!isFromPage(event.data) || event.data.build !== STATUSLAB_BUILD) return;
  event.waitUntil(
    self.clients.matchAll({ type: "window", includeUncontrolled: true }).then((open) => (open.length <= 1 ? self.skipWaiting() : undefined)),
  );
});
