//! The room itself as this member has it: its settings, what they may do in it, what is pinned to it.
//!
//! Not here: its messages. Invariant: after every event it is what a fresh `welcome` at the same seq would say.

use protocol::{Event, EventKind, Membership, Seq};

use crate::client::Client;

impl Client {
    /// The messages that are pinned to the room, the one pinned first first.
    #[must_use]
    pub fn pins(&self) -> &[Seq] {
        &self.pins
    }

    /// A number that grows whenever what the room holds of its members, settings or pins may have changed: what was asked of it
    /// before is old then.
    #[must_use]
    pub const fn turned(&self) -> u64 {
        self.turned
    }

    /// Folds what an event changes of the room itself.
    pub(crate) fn fold_room(&mut self, event: &Event) {
        if turns(&event.kind) {
            self.turned = self.turned.saturating_add(1);
        }
        match &event.kind {
            EventKind::Room(change) => {
                if let Some(room) = &mut self.room {
                    room.fold(change);
                }
            }
            EventKind::Member { member, .. } => {
                if let Some(me) = self.me.as_mut().filter(|me| me.id == member.id) {
                    let mut mine = Membership { role: me.role, ..Membership::default() };
                    mine.fold(event);
                    me.role = mine.role;
                }
            }
            EventKind::Pinned { target, on: true } if !self.pins.contains(target) => self.pins.push(*target),
            EventKind::Pinned { target, on: false } | EventKind::Deleted { target } => {
                self.pins.retain(|pin| pin != target);
            }
            EventKind::Pruned { floor } => self.pins.retain(|pin| pin >= floor),
            EventKind::Anonymised { targets, removed: true, .. } => {
                self.pins.retain(|pin| !targets.contains(pin));
            }
            EventKind::Pinned { .. }
            | EventKind::Anonymised { .. }
            | EventKind::Message { .. }
            | EventKind::Edited { .. }
            | EventKind::Reacted { .. }
            | EventKind::Unknown => {}
        }
    }
}

/// Whether a list of members, or the moderation log, is old after such an event.
const fn turns(kind: &EventKind) -> bool {
    match kind {
        EventKind::Room(_)
        | EventKind::Member { .. }
        | EventKind::Pinned { .. }
        | EventKind::Deleted { .. }
        | EventKind::Pruned { .. }
        | EventKind::Anonymised { .. } => true,
        EventKind::Message { .. }
        | EventKind::Edited { .. }
        | EventKind::Reacted { .. }
        | EventKind::Unknown => false,
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use protocol::{MemberId, Millis, Role};

    use super::*;
    use crate::{Input, Saved, Settings};

    const WELCOME: &str = r#"{"type":"welcome","protocol":1,"session":"s1","me":{"id":"ada","name":"Ada","role":"member"},
        "room":{"room":"lobby","title":"Lobby","topic":"","visibility":"public","kind":"public","slow_mode_ms":0,
        "retention_days":null,"posting":"everyone","created_at":1},"epoch":"e1","head":2,"floor":1,"recovered":false,
        "messages":[],"more":false,"more_before":false,"pins":[1],"roster":{"count":1,"members":[]},"read":0,
        "limits":{"text":4000,"frame_bytes":65536,"mentions":20,"attachments":0,"file_bytes":0,"send_per_s":5,
        "send_burst":20},"now":5,"heartbeat_ms":30000,"spread_ms":5000}"#;

    fn hearing(events: &[&str]) -> Client {
        let me = MemberId::parse("ada").expect("an id");
        let mut client =
            Client::new(Settings { me, seed: 1, zone_minutes: 0, words: markup::words_in }, Saved::default());
        let by = r#""at":5,"by":{"id":"bob","name":"Bob"}"#;
        let events = (3..).zip(events).map(|(seq, event)| format!(r#"{{"seq":{seq},{by},{event}}}"#));
        let events = format!(r#"{{"type":"events","events":[{}]}}"#, events.collect::<Vec<_>>().join(","));
        for input in [Input::Start, Input::Opened, Input::Frame(WELCOME.to_owned()), Input::Frame(events)] {
            client.apply(input, Millis(5));
        }
        client
    }

    #[test]
    fn settings_are_folded_into_the_room() {
        let client = hearing(&[r#""kind":"room","title":"Garden","retention_days":30"#]);
        let room = client.room().expect("it was welcomed");
        assert_eq!((room.title.as_str(), room.retention_days), ("Garden", Some(30)));
    }

    #[test]
    fn what_was_asked_of_the_room_is_old_after_an_event_about_the_room_and_not_after_a_message() {
        let turned = |event: &str| hearing(&[event]).turned() - hearing(&[]).turned();
        assert_eq!(turned(r#""kind":"message","text":"hello""#), 0);
        assert_eq!(turned(r#""kind":"pinned","target":2,"on":true"#), 1);
        assert_eq!(turned(r#""kind":"member","member":{"id":"cem","name":"Cem"},"change":"kicked""#), 1);
    }

    #[test]
    fn a_role_is_mine_if_it_is_about_me() {
        let role = |id: &str| {
            let event = format!(
                r#""kind":"member","member":{{"id":"{id}","name":"X"}},"change":"role","role":"owner""#
            );
            hearing(&[&event]).me().expect("it was welcomed").role
        };
        assert_eq!((role("ada"), role("cem")), (Role::Owner, Role::Member));
    }

    #[test]
    fn pins_come_go_and_fall_with_their_message() {
        let pins =
            |events: &[&str]| -> Vec<u64> { hearing(events).pins().iter().map(|seq| seq.value()).collect() };
        assert_eq!(pins(&[r#""kind":"pinned","target":2,"on":true"#]), [1, 2]);
        assert_eq!(pins(&[r#""kind":"pinned","target":1,"on":true"#]), [1]);
        assert!(pins(&[r#""kind":"pinned","target":1,"on":false"#]).is_empty());
        assert!(pins(&[r#""kind":"deleted","target":1"#]).is_empty());
    }
}
