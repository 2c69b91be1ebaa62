// The app kept in the browser: it opens at once on a second visit, and without a network.
//
// Not here: anything that people wrote; that lies in IndexedDB. The invariant: what is kept is one whole build. The build fills in
// VERSION, SHELL (every address that the app loads).

const KEPT = `edgewise-${VERSION}`;
const PAGE = "/";
// Where addresses begin that only the server can answer: wrangler.toml says the same.
const WORKER = ["/api/", "/healthz", "/readyz", "/metrics"];

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOlderBuilds()));
self.addEventListener("message", (event) => event.data === "take over" && self.skipWaiting());
self.addEventListener("fetch", (event) => {
  const address = kept(event.request);
  if (address) event.respondWith(answer(address, event.request));
});

async function keep() {
  const page = await fetch(PAGE, { cache: "no-cache" });
  const text = await page.clone().text();
  // In the middle of a deployment the page may be another build's: then it is tried again at the next visit.
  const foreign = SHELL.find((address) => !text.includes(address));
  if (!page.ok || foreign) throw new Error(`the page does not load ${foreign ?? "now"}: it is another build's`);
  const cache = await caches.open(KEPT);
  await Promise.all([cache.put(PAGE, page), cache.addAll(SHELL)]);
}

async function forgetOlderBuilds() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("edgewise-") && name !== KEPT).map((name) => caches.delete(name)));
}

// The address under which the answer is kept; undefined for what goes to the network. Every room's address is the page's.
function kept(request) {
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return undefined;
  if (WORKER.some((prefix) => pathname.startsWith(prefix))) return undefined;
  if (request.mode === "navigate") return PAGE;
  return SHELL.includes(pathname) ? pathname : undefined;
}

async function answer(address, request) {
  const cache = await caches.open(KEPT);
  return (await cache.match(address)) ?? fetch(request);
}
