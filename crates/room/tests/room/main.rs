//! The room, told in scripts: `ada opens; bob opens; ada sends "hi"; bob drops` against the printed effects.

mod basics;
mod script;
mod shown;
mod world;
