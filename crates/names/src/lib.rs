//! What people may be called: names made one by RFC 8266, names that look like another's, names that are kept.
//!
//! Not here: who is called what; that is asked of rooms and inboxes. The tables of Unicode's normal forms are not here either, since
//! they are larger than a Worker has room for: whoever runs this brings a function that composes, and every platform has one.
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod kept;
mod likeness;
mod suggestion;

use protocol::{Name, text::BadText};

pub use kept::is_kept;
pub use likeness::Looks;
pub use suggestion::suggest;

/// Rounds after which a name must stay as it is (RFC 8266, section 2.3: one, and at most three more).
const ROUNDS: usize = 4;

/// Asks for the picture of a character instead of its plain form; keyboards put it behind emoji, where it changes nothing.
const PICTURE: char = '\u{fe0f}';

/// A name as RFC 8266 enforces it: NFKC by `compose`, single spaces, nothing invisible; 1–32 scalar values. It is the same however
/// often it is enforced.
///
/// # Errors
/// [`BadText`] says what is wrong with it.
pub fn enforce(raw: &str, compose: impl Fn(&str) -> String) -> Result<Name, BadText> {
    let mut name = Name::parse(&compose(&raw.replace(PICTURE, "")))?;
    for _ in 1..ROUNDS {
        let next = Name::parse(&compose(name.as_str()))?;
        if next == name {
            return Ok(name);
        }
        name = next;
    }
    Err(BadText::Unsettled)
}
