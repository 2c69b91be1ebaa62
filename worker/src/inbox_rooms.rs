//! The rooms that a member keeps, as their Inbox knows them: what rooms told it, and nothing that rooms did not.
//!
//! Not here: what is unread; each room counts that itself. Invariant: of what one room told, the row with the highest number counts,
//! however often and in whatever order it comes.

use archive::{Row, Sql, SqlError, Value};
use protocol::{Millis, Slug, limits::MY_ROOMS, read_by_fields, read_by_tag, room::RoomKind};
use room::places::{Kept, RoomNews};
use serde::Serialize;

use crate::{
    columns::{instant, integer, text, word},
    inbox::Inbox,
};

/// What an Inbox is asked about its member's rooms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomsAsk {
    /// All that are kept. Whoever asks is here.
    List,
    /// Whether this one is.
    Look(Slug),
    /// A room has news for the member.
    Hear(FromRoom),
}

read_by_tag!(RoomsAsk {
    "list" => List,
    "look" => Look(one),
    "hear" => Hear(one),
});

/// What it answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomsAnswer {
    /// The rooms, in the order in which they came.
    Kept(Vec<KeptRoom>),
    /// The room is kept.
    Keeps,
    /// It is not, and could be.
    Free,
    /// It is not, and there are as many as there may be.
    Full,
    /// It knows.
    Heard,
}

read_by_tag!(RoomsAnswer {
    "kept" => Kept(one),
    "keeps" => Keeps,
    "free" => Free,
    "full" => Full,
    "heard" => Heard,
});

/// What a room tells a member's Inbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FromRoom {
    /// Which room.
    pub room: Slug,
    /// Grows with each row that the room sends.
    pub number: u64,
    /// What.
    pub news: RoomNews,
}

read_by_fields!(FromRoom { room, number, news });

/// A room that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeptRoom {
    /// Its slug.
    pub room: Slug,
    /// Its name, as the room told it when it came.
    pub title: String,
    /// What sort of room.
    pub kind: RoomKind,
}

read_by_fields!(KeptRoom { room, title, kind });

/// A row that is not kept any more remembers the number of what was told last, and nothing else.
pub const MIGRATION: &[&str] = &["CREATE TABLE rooms (
    room TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    kept INTEGER NOT NULL,
    kept_at INTEGER NOT NULL,
    heard INTEGER NOT NULL
) STRICT, WITHOUT ROWID"];

impl<S: Sql> Inbox<S> {
    /// Answers; every case writes at most one row.
    pub fn about_rooms(&self, ask: &RoomsAsk, now: Millis) -> Result<RoomsAnswer, SqlError> {
        Ok(match ask {
            RoomsAsk::List => {
                self.note_here(now)?;
                RoomsAnswer::Kept(self.kept()?)
            }
            RoomsAsk::Look(room) => self.look(room)?,
            RoomsAsk::Hear(told) => self.hear(told, now).map(|()| RoomsAnswer::Heard)?,
        })
    }

    fn kept(&self) -> Result<Vec<KeptRoom>, SqlError> {
        // The newest, should others have brought the member into more rooms than the list holds.
        let kept = "SELECT room, title, kind FROM (
                SELECT * FROM rooms WHERE kept = 1 ORDER BY kept_at DESC, room DESC LIMIT ?1
            ) ORDER BY kept_at, room";
        self.sql.query(kept, &[most()])?.iter().map(kept_room).collect()
    }

    fn look(&self, room: &Slug) -> Result<RoomsAnswer, SqlError> {
        let look = "SELECT EXISTS (SELECT 1 FROM rooms WHERE room = ?1 AND kept = 1),
            (SELECT count(*) FROM rooms WHERE kept = 1) >= ?2";
        let rows = self.sql.query(look, &[word(room.as_str()), most()])?;
        let row = rows.first().ok_or_else(|| SqlError("a statement gave no row".to_owned()))?;
        Ok(match (integer(row, 0)?, integer(row, 1)?) {
            (0, 0) => RoomsAnswer::Free,
            (0, _) => RoomsAnswer::Full,
            (_, _) => RoomsAnswer::Keeps,
        })
    }

    fn hear(&self, told: &FromRoom, now: Millis) -> Result<(), SqlError> {
        if self.has_departed()? {
            return Ok(());
        }
        let (title, kind, kept) = match &told.news {
            RoomNews::Kept(Kept { title, kind }) => (title.as_str(), name(*kind), 1),
            RoomNews::Gone => ("", "", 0),
        };
        let hear =
            "INSERT INTO rooms (room, title, kind, kept, kept_at, heard) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (room) DO UPDATE SET title = excluded.title, kind = excluded.kind,
                kept_at = CASE WHEN kept = 1 THEN kept_at ELSE excluded.kept_at END,
                kept = excluded.kept, heard = excluded.heard
            WHERE excluded.heard > heard";
        let number = instant(Millis(told.number));
        let row =
            [word(told.room.as_str()), word(title), word(kind), Value::Integer(kept), instant(now), number];
        self.sql.query(hear, &row).map(drop)
    }
}

fn kept_room(row: &Row) -> Result<KeptRoom, SqlError> {
    let room = Slug::parse(text(row, 0)?).map_err(|bad| SqlError(format!("a stored slug is none: {bad}")))?;
    Ok(KeptRoom { room, title: text(row, 1)?.to_owned(), kind: kind(text(row, 2)?) })
}

const fn name(kind: RoomKind) -> &'static str {
    match kind {
        RoomKind::Public => "public",
        RoomKind::Private => "private",
        RoomKind::Direct => "direct",
    }
}

fn kind(name: &str) -> RoomKind {
    match name {
        "private" => RoomKind::Private,
        "direct" => RoomKind::Direct,
        _ => RoomKind::Public,
    }
}

fn most() -> Value {
    Value::Integer(i64::try_from(MY_ROOMS).unwrap_or(i64::MAX))
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use archive::native::Native;
    use protocol::MemberId;

    use super::*;

    fn inbox() -> Inbox<Native> {
        Inbox::open(MemberId::parse("ada").unwrap(), Native::in_memory().unwrap()).unwrap()
    }

    fn ask(inbox: &Inbox<Native>, ask: &RoomsAsk) -> RoomsAnswer {
        inbox.about_rooms(ask, Millis(7)).unwrap()
    }

    fn slug(room: &str) -> Slug {
        Slug::parse(room).unwrap()
    }

    fn hear(inbox: &Inbox<Native>, room: &str, number: u64, news: RoomNews) {
        let told = RoomsAsk::Hear(FromRoom { room: slug(room), number, news });
        assert_eq!(ask(inbox, &told), RoomsAnswer::Heard);
    }

    fn kept(title: &str) -> RoomNews {
        RoomNews::Kept(Kept { title: title.to_owned(), kind: RoomKind::Direct })
    }

    fn titles(inbox: &Inbox<Native>) -> Vec<String> {
        match ask(inbox, &RoomsAsk::List) {
            RoomsAnswer::Kept(rooms) => rooms.into_iter().map(|room| room.title).collect(),
            other => panic!("{other:?}"),
        }
    }

    fn look(inbox: &Inbox<Native>, room: &str) -> RoomsAnswer {
        ask(inbox, &RoomsAsk::Look(slug(room)))
    }

    #[test]
    fn a_room_is_kept_from_its_news_on_until_other_news() {
        let inbox = inbox();
        assert_eq!(look(&inbox, "garden"), RoomsAnswer::Free);
        hear(&inbox, "garden", 1, kept("Bob"));
        let room = KeptRoom { room: slug("garden"), title: "Bob".to_owned(), kind: RoomKind::Direct };
        assert_eq!(ask(&inbox, &RoomsAsk::List), RoomsAnswer::Kept(vec![room]));
        assert_eq!(look(&inbox, "garden"), RoomsAnswer::Keeps);
        hear(&inbox, "garden", 2, RoomNews::Gone);
        assert_eq!(titles(&inbox), [""; 0]);
        assert_eq!(look(&inbox, "garden"), RoomsAnswer::Free);
    }

    #[test]
    fn what_comes_late_or_twice_changes_nothing() {
        let inbox = inbox();
        hear(&inbox, "garden", 3, kept("new"));
        hear(&inbox, "garden", 2, RoomNews::Gone);
        hear(&inbox, "garden", 1, kept("old"));
        hear(&inbox, "garden", 3, kept("new, again"));
        assert_eq!(titles(&inbox), ["new"]);
        hear(&inbox, "garden", 4, RoomNews::Gone);
        hear(&inbox, "garden", 3, kept("new"));
        assert_eq!(titles(&inbox), [""; 0]);
    }

    #[test]
    fn a_full_list_takes_no_more_but_what_others_bring_and_shows_the_newest() {
        let inbox = inbox();
        for number in 1..MY_ROOMS {
            hear(&inbox, &format!("room-{number:03}"), 1, kept(&format!("{number:03}")));
        }
        assert_eq!(look(&inbox, "one-more"), RoomsAnswer::Free);
        hear(&inbox, "room-200", 1, kept("200"));
        assert_eq!(look(&inbox, "one-more"), RoomsAnswer::Full);
        assert_eq!(look(&inbox, "room-200"), RoomsAnswer::Keeps);
        hear(&inbox, "room-201", 1, kept("201"));
        let titles = titles(&inbox);
        assert_eq!(titles.len(), MY_ROOMS);
        assert_eq!((titles[0].as_str(), titles[MY_ROOMS - 1].as_str()), ("002", "201"));
    }
}
