//! An empty archive to run scripts on: over rusqlite natively, over Node's SQLite on wasm.

use sim::world::Ground;

#[cfg(not(target_family = "wasm"))]
pub fn ground() -> Ground {
    Ground::new(archive::native::Native::in_memory().expect("a SQLite")).expect("an archive")
}

#[cfg(target_family = "wasm")]
pub fn ground() -> Ground {
    Ground::new(archive::node::Node::in_memory().expect("a SQLite")).expect("an archive")
}
