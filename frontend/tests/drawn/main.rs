//! What the components draw, natively: each state that a person can meet, as the markup that a screen reader gets too.
#![cfg(not(target_arch = "wasm32"))]

mod around;
mod drawing;
mod timeline;
