//! The browser shell in a real browser: disk, tabs, keys, the screen for a fault.
#![cfg(target_arch = "wasm32")]

mod driving;
mod keys;
mod stored;
mod tabs;
mod whole;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
