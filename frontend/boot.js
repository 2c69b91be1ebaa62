// Starts the app. `app` are the bindings that wasm-bindgen makes; WASM_URL is filled in by the build.
import start from "app";

start({ module_or_path: WASM_URL });
