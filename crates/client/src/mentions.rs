//! Whom a text calls: `@name`, by the names that the client knows, and `@room`.
//!
//! Not here: whether they may be called, which the room decides. Invariant: code and links call nobody, and neither does a name that
//! goes on: `@Ada` does not call Ad, and `me@Ada` calls nobody.

use litemap::LiteMap;
use protocol::{Draft, MemberId, Role, limits::MENTIONS};

use crate::client::Client;

/// What calls the whole room.
const ROOM: &str = "room";

impl Client {
    /// Adds to a draft whom its text calls, each once, as many as a message may.
    pub(crate) fn call(&self, draft: &mut Draft) {
        let everybody = MemberId::everybody();
        let mut known: LiteMap<&MemberId, &str> = LiteMap::new_vec();
        known.extend(self.timeline.messages().map(|message| (&message.by.id, message.by.name.as_str())));
        known.extend(self.roll.names());
        if self.me.as_ref().is_some_and(|me| me.role >= Role::Moderator) {
            known.insert(&everybody, ROOM);
        }
        for words in (self.settings.words)(&draft.text) {
            add(&words, &known, &mut draft.mentions);
        }
    }
}

fn add(words: &str, known: &LiteMap<&MemberId, &str>, called: &mut Vec<MemberId>) {
    for (at, _) in words.match_indices('@') {
        let Some((before, after)) = words.split_at_checked(at) else { continue };
        let Some(after) = after.strip_prefix('@') else { continue };
        if before.ends_with(char::is_alphanumeric) {
            continue;
        }
        let named = known.iter().filter(|(_, name)| begins(after, name));
        // "Ada Lovelace" is meant where both she and an Ada are there.
        let longest = named.clone().map(|(_, name)| name.len()).max();
        for (member, _) in named.filter(|(_, name)| Some(name.len()) == longest) {
            if !called.contains(member) && called.len() < MENTIONS {
                called.push((*member).clone());
            }
        }
    }
}

/// Whether `text` begins with this name, in whatever case, and the name ends there.
fn begins(text: &str, name: &str) -> bool {
    let mut rest = text.chars();
    let same =
        |(a, b): (Option<char>, char)| a.is_some_and(|a| a == b || a.to_lowercase().eq(b.to_lowercase()));
    let is_there = !name.is_empty() && name.chars().all(|c| same((rest.next(), c)));
    is_there && !rest.as_str().starts_with(char::is_alphanumeric)
}
