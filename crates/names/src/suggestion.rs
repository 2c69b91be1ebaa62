//! Another name for whoever wanted one that somebody has.

use protocol::{Name, limits::NAME_SCALARS};

use crate::{kept::is_kept, likeness::Looks};

/// Numbers that are tried. Who finds a hundred alike chooses better by themselves.
const TRIES: u32 = 100;

/// The name with the first number behind it that looks like none of `taken`; of a kept one, that it is not it. `None` where there is
/// none to offer.
#[must_use]
pub fn suggest(wanted: &Name, taken: &[Looks]) -> Option<Name> {
    let base = if is_kept(wanted.as_str()) { format!("Not {wanted}") } else { wanted.to_string() };
    let plain = std::iter::once(base.clone()).filter(|base| *base != wanted.as_str());
    let numbered = (2..TRIES).map(|number| with_number(&base, number));
    plain.chain(numbered).find_map(|name| {
        let looks = Looks::of(&name);
        let is_free = taken.iter().all(|other| !looks.is_like(other)) && !is_kept(&name);
        is_free.then(|| Name::parse(&name).ok()).flatten()
    })
}

fn with_number(base: &str, number: u32) -> String {
    let number = format!(" {number}");
    let start: String = base.chars().take(NAME_SCALARS.saturating_sub(number.len())).collect();
    start + &number
}
