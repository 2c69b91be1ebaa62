// Has the browser keep the app, and offers a newer build when one is there.
//
// It stands apart from the program, so that the way out of a broken build does not lead through that build. Nobody's page is
// loaded again without their word: what is being read stays where it is.

import { address } from "./words.js";

const LOOK_EVERY_MS = 60 * 60 * 1000;

export async function keepInstalled() {
  const container = navigator.serviceWorker;
  // A page over plain http has none.
  if (!container) return;
  container.addEventListener("message", ({ data }) => data.go && go(data.go));
  const registration = await container.register("/service.js");
  offerWhenReady(registration, container);
  lookForNewer(registration);
  if (address) (await container.ready).active.postMessage({ keep: address });
}

function offerWhenReady(registration, container) {
  // The first build that is kept replaces none.
  const offer = () => container.controller && registration.waiting && show(registration, container);
  offer();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", offer));
}

function show(registration, container) {
  const bar = document.getElementById("fresh");
  bar.hidden = false;
  bar.querySelector("button").onclick = () => {
    // Another tab may have taken it already.
    if (!registration.waiting) return location.reload();
    container.addEventListener("controllerchange", () => location.reload(), { once: true });
    registration.waiting.postMessage("take over");
  };
}

// A tab that is open for days is told, too.
function lookForNewer(registration) {
  let looked = Date.now();
  const look = () => {
    if (document.hidden || Date.now() - looked < LOOK_EVERY_MS) return;
    looked = Date.now();
    registration.update().catch(() => {}); // No network: the next look finds out.
  };
  setInterval(look, LOOK_EVERY_MS);
  document.addEventListener("visibilitychange", look);
}

// Where a notification leads, as if its link had been followed on this page.
function go(address) {
  history.pushState(null, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
}
