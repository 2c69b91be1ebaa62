// Starts the app. `app` are the bindings that wasm-bindgen makes; WASM_URL is filled in by the build.
import start from "app";
import { goAhead } from "./ahead.js";
import { keepInstalled } from "./installed.js";
import { speak } from "./words.js";

// What was chosen in the settings; none is as the system has it.
try {
  const theme = localStorage.getItem("edgewise.theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // A browser that keeps nothing has nothing to tell.
}

// Whoever is new sees what was said last before the program takes the page, which keeps it busy for a while. Where the network is
// faster than the room, it waits for that so long at most.
const PATIENCE_MS = 300;

// All come at once; the program, compiled as it comes, begins when it knows what to say.
const program = WebAssembly.compileStreaming(fetch(WASM_URL));
const patience = program.then(() => new Promise((over) => setTimeout(over, PATIENCE_MS)));
Promise.all([speak(), Promise.race([goAhead(), patience])])
  .then(() => start({ module_or_path: program }))
  .catch((error) => {
    // A fault of the program itself has its own screen, which the program shows; this one is for a program that never began.
    if (!document.documentElement.hasAttribute("data-broken")) {
      document.getElementById("unable").hidden = false;
    }
    console.error(error);
  })
  // After the app, which it must not slow down; and after its fault, which a newer build may have mended.
  .then(keepInstalled)
  // A browser may keep nothing for us: the app then comes from the network each time.
  .catch((error) => console.warn(error));

// The first writer of dates costs a slow phone a tenth of a second, and the program's own nothing after it: it is made while nobody waits.
setTimeout(() => new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "full", timeStyle: "short" }));
