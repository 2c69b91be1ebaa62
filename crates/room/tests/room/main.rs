//! The room, told in scripts: `ada opens; bob opens; ada sends "hi"; bob drops` against the printed effects.

mod alarms;
mod basics;
mod commands;
mod crowds;
mod files;
mod floods;
mod handing_over;
mod hibernation;
mod hooks;
mod importing;
mod likeness;
mod membership;
mod moderation;
mod notify;
mod places;
mod resume;
mod retention;
mod rights;
mod script;
mod shown;
mod signals;
mod tally;
mod trouble;
mod unruly;
mod world;
