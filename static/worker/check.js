// Lets a check-out, a check-in or a point-étape open where there is no network: its page and what it loads are answered from what was kept.
const KEPT = "checks";
const CHECK = /^\/p\/[^/]+\/bookings\/\d+\/(check-out|check-in|point-etape)$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  if (request.method !== "GET" || !(CHECK.test(pathname) || pathname.includes("/static/"))) return;
  event.respondWith(
    fetch(request).catch(async () => {
      const kept = await (await caches.open(KEPT)).match(request.url, { ignoreVary: true });
      return kept || Response.error();
    }),
  );
});
