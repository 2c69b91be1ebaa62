//! Whom a message calls that a page shows while nobody looks at it.
//!
//! Not here: whether the reader wants to be told, and how; and messages of rooms that are not open, of which the server tells.

use protocol::{MemberId, Message, RoomInfo, http::Nudge, limits::EXCERPT_SCALARS, room::RoomKind};

/// What is said of a message that calls `me`: one of somebody else's that mentions me or everybody, or any in a direct room.
#[must_use]
pub fn nudge(message: &Message, me: &MemberId, room: &RoomInfo, title: &str) -> Option<Nudge> {
    let mentioned = message.mentions.iter().any(|member| member == me || member.is_everybody());
    let called = mentioned || room.kind == RoomKind::Direct;
    if !called || message.by.id == *me || message.deleted {
        return None;
    }
    let named = message.attachments.first().map(|file| file.name.as_str());
    let text = if message.text.is_empty() { named.unwrap_or_default() } else { &message.text };
    Some(Nudge {
        room: room.room.clone(),
        title: title.to_owned(),
        seq: message.seq,
        at: message.at,
        by: message.by.name.clone(),
        excerpt: text.chars().take(EXCERPT_SCALARS).collect(),
    })
}

#[cfg(test)]
mod tests {
    use protocol::{
        File, FileId, Member, Millis, Seq, Slug,
        room::{Posting, Visibility},
    };
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn id(id: &str) -> MemberId {
        MemberId::parse(id).unwrap()
    }

    fn room(kind: RoomKind) -> RoomInfo {
        RoomInfo {
            room: Slug::parse("garden").unwrap(),
            title: "Garden".to_owned(),
            topic: String::new(),
            visibility: Visibility::Private,
            kind,
            slow_mode_ms: 0,
            retention_days: None,
            posting: Posting::Everyone,
            created_at: Millis(0),
        }
    }

    fn message(mentions: &[&str]) -> Message {
        Message {
            seq: Seq::try_new(7).unwrap(),
            at: Millis(5),
            by: Member { id: id("bob"), name: "Bob".to_owned() },
            text: "x".repeat(EXCERPT_SCALARS + 1),
            edited_at: None,
            deleted: false,
            reply_to: None,
            mentions: mentions.iter().map(|member| id(member)).collect(),
            attachments: Vec::new(),
            reactions: Vec::new(),
            pinned: false,
        }
    }

    fn of(message: &Message, kind: RoomKind) -> Option<Nudge> {
        nudge(message, &id("ada"), &room(kind), "Garden")
    }

    #[test]
    fn a_mention_of_me_or_of_everybody_calls_me_and_so_does_all_that_is_said_directly() {
        assert_eq!(of(&message(&[]), RoomKind::Private), None);
        assert_eq!(of(&message(&["cyd"]), RoomKind::Public), None);
        let told = of(&message(&["cyd", "ada"]), RoomKind::Public).unwrap();
        assert_eq!((told.by.as_str(), told.title.as_str(), told.seq.value()), ("Bob", "Garden", 7));
        assert_eq!(told.excerpt.chars().count(), EXCERPT_SCALARS);
        assert!(of(&message(&["room"]), RoomKind::Private).is_some());
        assert!(of(&message(&[]), RoomKind::Direct).is_some());
    }

    #[test]
    fn what_i_wrote_and_what_is_gone_calls_nobody_and_a_file_is_called_by_its_name() {
        let own = Message { by: Member { id: id("ada"), name: "Ada".to_owned() }, ..message(&["ada"]) };
        assert_eq!(of(&own, RoomKind::Direct), None);
        let deleted = Message { deleted: true, ..message(&["ada"]) };
        assert_eq!(of(&deleted, RoomKind::Direct), None);
        let file = File {
            file: FileId::parse("f1").unwrap(),
            name: "plan.pdf".to_owned(),
            size: 1,
            media: "application/pdf".to_owned(),
            width: None,
            height: None,
        };
        let bare = Message { text: String::new(), attachments: vec![file], ..message(&[]) };
        assert_eq!(of(&bare, RoomKind::Direct).unwrap().excerpt, "plan.pdf");
    }
}
