// Starts the app. `app` are the bindings that wasm-bindgen makes; WASM_URL is filled in by the build.
import start from "app";

start({ module_or_path: WASM_URL }).catch((error) => {
  // A fault of the program itself has its own screen, which the program shows; this one is for a program that never began.
  if (!document.documentElement.hasAttribute("data-broken")) {
    document.getElementById("unable").hidden = false;
  }
  console.error(error);
});
