//! The rooms of a member as a list shows them: those that they keep, the lobby, and the one that is open.
//!
//! Not here: who is in them, and how the list comes to the page. Invariant: each room stands there once, and the open one always.

use protocol::{Slug, http::MyRoom, room::RoomKind};

/// The room that is there from the start, and for everybody.
pub const LOBBY: &str = "lobby";

/// A room in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomLine {
    /// Its slug.
    pub room: Slug,
    /// Its name for this member.
    pub title: String,
    /// What sort of room.
    pub kind: RoomKind,
    /// Messages that were not read, as far as is known.
    pub unread: u32,
    /// Those of them that call the member.
    pub mentions: u32,
    /// Whether it is the open one.
    pub open: bool,
    /// Of a direct room: whether the other is here, as far as is known.
    pub here: bool,
}

/// The room that is open, as its client has it: newer than any list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenLine {
    /// Its slug.
    pub room: Slug,
    /// Its title and sort, once they are known.
    pub known: Option<(String, RoomKind)>,
    /// Messages that were not read.
    pub unread: u32,
    /// Those of them that call the member.
    pub mentions: u32,
}

/// What all rooms together ask of a member, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Call {
    /// Everything is read.
    Nothing,
    /// Something is not.
    Unread,
    /// Something that is not read is meant for the member: it names them, or stands in a direct room.
    ForMe,
}

/// All of them: the lobby first, then those that are kept in the order in which they came, then the open one if it is not kept.
#[must_use]
pub fn room_list(kept: &[MyRoom], open: Option<&OpenLine>) -> Vec<RoomLine> {
    let lobby = Slug::parse(LOBBY).ok().map(|room| unread_nothing(room, RoomKind::Public));
    let mut lines: Vec<RoomLine> = lobby.into_iter().collect();
    for room in kept {
        put(&mut lines, listed(room));
    }
    if let Some(open) = open {
        let held = lines.iter().position(|line| line.room == open.room);
        let at = held.unwrap_or_else(|| {
            lines.push(unread_nothing(open.room.clone(), RoomKind::Public));
            lines.len().saturating_sub(1)
        });
        if let Some(line) = lines.get_mut(at) {
            show(line, open);
        }
    }
    lines
}

/// The most that any of the rooms asks.
#[must_use]
pub fn call(lines: &[RoomLine]) -> Call {
    lines.iter().map(call_of).max().unwrap_or(Call::Nothing)
}

fn call_of(line: &RoomLine) -> Call {
    match line {
        RoomLine { unread: 0, mentions: 0, .. } => Call::Nothing,
        RoomLine { mentions: 0, kind, .. } if *kind != RoomKind::Direct => Call::Unread,
        RoomLine { .. } => Call::ForMe,
    }
}

/// A direct room is called after the other of the two, which the room
/// itself cannot know.
fn show(line: &mut RoomLine, open: &OpenLine) {
    line.open = true;
    line.unread = open.unread;
    line.mentions = open.mentions;
    if let Some((title, kind)) = &open.known {
        line.kind = *kind;
        if *kind != RoomKind::Direct || line.title == line.room.as_str() {
            line.title.clone_from(title);
        }
    }
}

fn put(lines: &mut Vec<RoomLine>, line: RoomLine) {
    match lines.iter_mut().find(|held| held.room == line.room) {
        Some(held) => *held = line,
        None => lines.push(line),
    }
}

fn listed(room: &MyRoom) -> RoomLine {
    RoomLine {
        room: room.room.clone(),
        title: room.title.clone(),
        kind: room.kind,
        unread: room.unread.unwrap_or_default(),
        mentions: room.mentions.unwrap_or_default(),
        open: false,
        here: room.here,
    }
}

fn unread_nothing(room: Slug, kind: RoomKind) -> RoomLine {
    RoomLine { title: room.to_string(), room, kind, unread: 0, mentions: 0, open: false, here: false }
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn slug(slug: &str) -> Slug {
        Slug::parse(slug).unwrap()
    }

    fn kept(room: &str, kind: RoomKind, unread: u32) -> MyRoom {
        let title = room.to_uppercase();
        let counts = Some(unread);
        MyRoom {
            room: slug(room),
            title,
            kind,
            head: None,
            read: None,
            unread: counts,
            mentions: counts,
            other: None,
            here: false,
        }
    }

    fn shown(kept: &[MyRoom], open: Option<&OpenLine>) -> Vec<String> {
        let shown = |line: &RoomLine| {
            let open = if line.open { " open" } else { "" };
            format!("{} {} {}/{}{open}", line.room, line.title, line.unread, line.mentions)
        };
        room_list(kept, open).iter().map(shown).collect()
    }

    #[test]
    fn the_lobby_is_there_for_whoever_keeps_nothing() {
        assert_eq!(shown(&[], None), ["lobby lobby 0/0"]);
    }

    #[test]
    fn a_kept_lobby_stands_first_with_its_counts_and_once() {
        let kept = [kept("build", RoomKind::Public, 2), kept("lobby", RoomKind::Public, 3)];
        assert_eq!(shown(&kept, None), ["lobby LOBBY 3/3", "build BUILD 2/2"]);
    }

    #[test]
    fn the_open_room_has_the_counts_of_its_client() {
        let known = Some(("Building".to_owned(), RoomKind::Public));
        let open = OpenLine { room: slug("build"), known, unread: 1, mentions: 0 };
        assert_eq!(
            shown(&[kept("build", RoomKind::Public, 9)], Some(&open)),
            ["lobby lobby 0/0", "build Building 1/0 open"]
        );
    }

    #[test]
    fn an_open_room_that_is_not_kept_stands_last() {
        let open = OpenLine { room: slug("garden"), known: None, unread: 0, mentions: 0 };
        assert_eq!(
            shown(&[kept("build", RoomKind::Public, 0)], Some(&open)),
            ["lobby lobby 0/0", "build BUILD 0/0", "garden garden 0/0 open"]
        );
    }

    #[test]
    fn all_rooms_together_ask_as_much_as_the_one_that_asks_most() {
        let line = |kind, unread, mentions| RoomLine { unread, mentions, ..unread_nothing(slug("a"), kind) };
        let read = line(RoomKind::Public, 0, 0);
        let unread = line(RoomKind::Public, 3, 0);
        assert_eq!(call(&[]), Call::Nothing);
        assert_eq!(call(&[read.clone(), line(RoomKind::Direct, 0, 0)]), Call::Nothing);
        assert_eq!(call(&[unread.clone(), read.clone()]), Call::Unread);
        assert_eq!(call(&[unread.clone(), line(RoomKind::Private, 9, 1), read.clone()]), Call::ForMe);
        assert_eq!(call(&[unread, line(RoomKind::Direct, 1, 0), read]), Call::ForMe);
    }

    #[test]
    fn the_other_of_a_direct_room_is_here_as_the_list_says_open_or_not() {
        let kept = [MyRoom { here: true, ..kept("d", RoomKind::Direct, 0) }, kept("e", RoomKind::Direct, 0)];
        let open = OpenLine { room: slug("d"), known: None, unread: 0, mentions: 0 };
        for open in [None, Some(&open)] {
            let here: Vec<bool> = room_list(&kept, open).iter().map(|line| line.here).collect();
            assert_eq!(here, [false, true, false], "the lobby, and the two");
        }
    }

    #[test]
    fn an_open_direct_room_keeps_the_name_of_the_other() {
        let known = Some(("Ada, Bob".to_owned(), RoomKind::Direct));
        let open = OpenLine { room: slug("d"), known, unread: 0, mentions: 0 };
        assert_eq!(shown(&[kept("d", RoomKind::Direct, 1)], Some(&open))[1], "d D 0/0 open");
    }
}
