//! Whether somebody who is present is called so already. It reads; it changes nothing.
//!
//! Not here: how names look (crate names), and names that are kept everywhere.

use names::{Looks, suggest};
use protocol::{MemberId, Name, read_by_tag};
use serde::Serialize;

use crate::room::Room;

/// How a name stands in a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Likeness {
    /// Nobody else here is called so.
    Free,
    /// Somebody else is, or looks so; with another name that is free, where there is one.
    Taken(Option<Name>),
}

read_by_tag!(Likeness {
    "free" => Free,
    "taken" => Taken(one),
});

impl Room {
    /// How `name` would stand here, were `member` called so.
    #[must_use]
    pub fn likeness(&self, name: &Name, member: &MemberId) -> Likeness {
        let present = self.sessions.people().filter(|person| !person.sessions.is_empty());
        let others = present.filter(|person| person.kept.id != *member);
        let taken: Vec<Looks> = others.map(|person| Looks::of(&person.kept.name)).collect();
        let wanted = Looks::of(name.as_str());
        if taken.iter().any(|looks| looks.is_like(&wanted)) {
            Likeness::Taken(suggest(name, &taken))
        } else {
            Likeness::Free
        }
    }
}
