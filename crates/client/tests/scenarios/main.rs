//! What a client does in which situation. Natively and, but for the random ones, as wasm.

mod bot;
mod connecting;
#[cfg(not(target_arch = "wasm32"))]
mod folding;
mod following;
mod history;
#[cfg(not(target_arch = "wasm32"))]
mod manners;
mod measuring;
mod mentions;
mod people;
mod reading;
mod rows;
mod sending;
mod stage;
