// Starts the app. `app` are the bindings that wasm-bindgen makes; WASM_URL is filled in by the build.
import start from "app";
import { keepInstalled } from "./installed.js";

start({ module_or_path: WASM_URL })
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
