//! What a client does in which situation. Natively and, but for the random ones, as wasm.

mod bot;
mod caring;
mod completing;
mod connecting;
#[cfg(not(target_arch = "wasm32"))]
mod folding;
mod following;
#[cfg(not(target_arch = "wasm32"))]
mod formatting;
mod history;
#[cfg(not(target_arch = "wasm32"))]
mod manners;
mod measuring;
mod mentions;
mod pane;
mod people;
mod reading;
mod rows;
mod sending;
mod slow;
mod stage;
mod tabs;
mod tray;
mod visits;
