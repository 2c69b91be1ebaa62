//! What the components draw, natively: each state that a person can meet, as the markup that a screen reader gets too.
#![cfg(not(target_arch = "wasm32"))]

mod account;
mod announced;
mod around;
mod design;
mod drawing;
mod emoji;
mod files;
mod guests;
mod languages;
mod literals;
mod notifications;
mod screens;
mod timeline;
