// The app kept in the browser: it opens at once on a second visit, and without a network. And what shows notifications, of which a
// push service tells when no page is open, and a page when nobody looks at it.
//
// Not here: anything that people wrote; that lies in IndexedDB. The invariant: what is kept is one whole build. The build fills in
// VERSION, SHELL (every address that the page loads), WORDS (other languages' files: a page asks for its own to be kept) and CHUNKS
// (what it loads when it first needs it, and what is kept from then on).

const KEPT = `edgewise-${VERSION}`;
const PAGE = "/";
// How a page begins that has something to tell while nobody looks at it.
const NUDGE = "nudge ";
// Where addresses begin that only the server can answer: wrangler.toml says the same.
const WORKER = ["/api/", "/healthz", "/readyz", "/metrics"];

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOlderBuilds()));
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
  else if (WORDS.includes(event.data.keep)) event.waitUntil(keepWords(event.data.keep));
  else if (String(event.data).startsWith(NUDGE)) event.waitUntil(notifyUnlessQuiet(JSON.parse(event.data.slice(NUDGE.length)), event.source));
});
self.addEventListener("push", (event) => event.data && event.waitUntil(notify(event.data.json())));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(lead(event.notification.data));
});
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

async function keepWords(address) {
  const cache = await caches.open(KEPT);
  if (!(await cache.match(address))) await cache.add(address);
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
  return [SHELL, WORDS, CHUNKS].some((addresses) => addresses.includes(pathname)) ? pathname : undefined;
}

async function answer(address, request) {
  const cache = await caches.open(KEPT);
  const held = await cache.match(address);
  if (held) return held;
  const fetched = await fetch(request);
  if (fetched.ok && CHUNKS.includes(address)) await cache.put(address, fetched.clone());
  return fetched;
}

// Of what a push service brings, the server has left out quiet rooms already.
async function notifyUnlessQuiet(nudge, teller) {
  const answer = await fetch("/api/me/push");
  if (answer.ok && !(await answer.json()).quiet.includes(nudge.room)) await notify(nudge, teller);
}

// Of each room the newest. What somebody looks at need not be said; a page that tells of it knows that nobody looks at that page.
async function notify({ room, title, seq, at, by, excerpt }, teller) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (pages.some((page) => page.id !== teller?.id && page.visibilityState === "visible" && isIn(page, room))) return;
  const heading = by === title ? by : `${by} · ${title}`;
  await self.registration.showNotification(heading, { body: excerpt, tag: room, timestamp: at, icon: "/favicon.svg", data: `/r/${room}/${seq}` });
}

function isIn(page, room) {
  const { pathname } = new URL(page.url);
  return [`/r/${room}`, room === "lobby" && "/"].includes(pathname) || pathname.startsWith(`/r/${room}/`);
}

// To the message: in a page that is open, or in a new one.
async function lead(address) {
  const [page] = await self.clients.matchAll({ type: "window" });
  if (!page) return self.clients.openWindow(address);
  page.postMessage({ go: address });
  await page.focus();
}
