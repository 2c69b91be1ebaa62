//! One shard of the Directory: the public rooms whose slugs fall to it, what they were founded as, and who founded them.
//!
//! Not here: the object; how rooms are looked for (directory_page.rs). Invariant: a slug is given once, even if its room is gone;
//! `lobby` is there from the start.

use archive::{Sql, SqlError, Value};
use protocol::{
    MemberId, Millis, RoomInfo, Slug,
    http::ListedRoom,
    read_by_fields, read_by_tag,
    room::{Posting, RoomKind, Visibility},
};
use serde::Serialize;

use crate::{
    columns::{instant, integer, text, word},
    directory_page::{Looking, words},
    limits::DIRECTORY_SHARDS,
};

/// What a shard is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DirectoryAsk {
    /// Whether there is such a room.
    Find {
        /// Its slug.
        room: Slug,
    },
    /// Takes a slug for a new room.
    Create(Listing),
    /// The rooms behind a slug that bear all of some words.
    List(Looking),
    /// How a room is now. Of reports that overtook each other the one with the highest number counts.
    Report(Report),
    /// A room is gone. Its slug is never given again.
    Bury(Slug),
    /// Whether the shard can write.
    Probe,
}

read_by_tag!(DirectoryAsk {
    "find" => Find { room },
    "create" => Create(one),
    "list" => List(one),
    "report" => Report(one),
    "bury" => Bury(one),
    "probe" => Probe,
});

/// What it answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DirectoryAnswer {
    /// The room that is there.
    Found(Listing),
    /// There is none.
    Unknown,
    /// The slug belongs to this room now.
    Created,
    /// It belonged to another room already.
    Taken,
    /// The rooms that were looked for, in the order of their slugs.
    Listed(Vec<ListedRoom>),
    /// The shard knows it now.
    Heard,
    /// It can.
    Writes,
}

read_by_tag!(DirectoryAnswer {
    "found" => Found(one),
    "unknown" => Unknown,
    "created" => Created,
    "taken" => Taken,
    "listed" => Listed(one),
    "heard" => Heard,
    "writes" => Writes,
});

/// How a public room is at a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// What the Directory shows of it.
    pub room: ListedRoom,
    /// Grows with each report of the room.
    pub number: u64,
}

read_by_fields!(Report { room, number });

/// A public room, as it was founded. What it is now, the room itself knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listing {
    /// The room.
    pub info: RoomInfo,
    /// Who made it; nobody made the lobby.
    pub owner: Option<MemberId>,
}

read_by_fields!(Listing { info, owner });

/// A shard over its storage.
#[derive(Debug)]
pub struct Directory<S: Sql> {
    shard: u32,
    pub(crate) sql: S,
}

const MIGRATIONS: &[&[&str]] = &[
    &[
        "CREATE TABLE rooms (room TEXT PRIMARY KEY, listing TEXT NOT NULL) STRICT, WITHOUT ROWID",
        "CREATE TABLE probe (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL) STRICT",
    ],
    // What each room last reported; `words` is what is looked through. `heard` is the number of that report.
    &[
        "ALTER TABLE rooms ADD COLUMN title TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE rooms ADD COLUMN topic TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE rooms ADD COLUMN words TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE rooms ADD COLUMN online INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE rooms ADD COLUMN head INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE rooms ADD COLUMN heard INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE rooms ADD COLUMN gone INTEGER NOT NULL DEFAULT 0",
        "UPDATE rooms SET title = json_extract(listing, '$.info.title'), topic = json_extract(listing, '$.info.topic')",
        "UPDATE rooms SET words = lower(room || ' ' || title || ' ' || topic)",
    ],
];

impl<S: Sql> Directory<S> {
    /// Opens the shard of this number.
    pub fn open(shard: u32, sql: S) -> Result<Self, SqlError> {
        archive::migrate(&sql, MIGRATIONS)?;
        Ok(Self { shard, sql })
    }

    /// Answers; every case is one statement that writes at most one row.
    pub fn answer(&self, ask: &DirectoryAsk, now: Millis) -> Result<DirectoryAnswer, SqlError> {
        match ask {
            DirectoryAsk::Find { room } => self.find(room, now),
            DirectoryAsk::Create(listing) => self.create(listing, now),
            DirectoryAsk::List(looking) => {
                self.lobby_if_here(now)?;
                self.list(looking).map(DirectoryAnswer::Listed)
            }
            DirectoryAsk::Report(report) => self.hear(report),
            DirectoryAsk::Bury(room) => self.bury(room),
            DirectoryAsk::Probe => self.probe(now),
        }
    }

    fn find(&self, room: &Slug, now: Millis) -> Result<DirectoryAnswer, SqlError> {
        let find = "SELECT listing, gone FROM rooms WHERE room = ?1";
        let rows = self.sql.query(find, &[word(room.as_str())])?;
        match rows.first() {
            Some(row) if integer(row, 1)? != 0 => Ok(DirectoryAnswer::Unknown),
            Some(row) => protocol::decode(text(row, 0)?)
                .map(DirectoryAnswer::Found)
                .map_err(|error| SqlError(format!("a listing cannot be read: {error}"))),
            None if room.as_str() == LOBBY => {
                let lobby = lobby(room, now);
                self.insert(&lobby)?;
                Ok(DirectoryAnswer::Found(lobby))
            }
            None => Ok(DirectoryAnswer::Unknown),
        }
    }

    /// Nobody may have asked for the lobby yet, and it is there all the same.
    fn lobby_if_here(&self, now: Millis) -> Result<(), SqlError> {
        match Slug::parse(LOBBY) {
            Ok(lobby) if shard(&lobby) == self.shard => self.find(&lobby, now).map(drop),
            Ok(_) | Err(_) => Ok(()),
        }
    }

    fn create(&self, listing: &Listing, now: Millis) -> Result<DirectoryAnswer, SqlError> {
        let room = &listing.info.room;
        if let DirectoryAnswer::Found(_) = self.find(room, now)? {
            return Ok(DirectoryAnswer::Taken);
        }
        // Not found is not free: the slug of a room that is gone stays taken.
        let rows = self.sql.query("SELECT 1 FROM rooms WHERE room = ?1", &[word(room.as_str())])?;
        if !rows.is_empty() {
            return Ok(DirectoryAnswer::Taken);
        }
        self.insert(listing).map(|()| DirectoryAnswer::Created)
    }

    fn hear(&self, Report { room, number }: &Report) -> Result<DirectoryAnswer, SqlError> {
        let hear = "UPDATE rooms SET title = ?2, topic = ?3, words = ?4, online = ?5, head = ?6, heard = ?7
            WHERE room = ?1 AND heard < ?7 AND gone = 0";
        let row = [
            word(room.room.as_str()),
            word(&room.title),
            word(&room.topic),
            word(&words(&room.room, &room.title, &room.topic)),
            Value::Integer(room.members_online.into()),
            instant(Millis(room.head.value())),
            instant(Millis(*number)),
        ];
        self.sql.query(hear, &row).map(|_| DirectoryAnswer::Heard)
    }

    fn bury(&self, room: &Slug) -> Result<DirectoryAnswer, SqlError> {
        let bury =
            "UPDATE rooms SET gone = 1, listing = '', title = '', topic = '', words = '' WHERE room = ?1";
        self.sql.query(bury, &[word(room.as_str())]).map(|_| DirectoryAnswer::Heard)
    }

    fn probe(&self, now: Millis) -> Result<DirectoryAnswer, SqlError> {
        let write =
            "INSERT INTO probe (id, at) VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET at = excluded.at";
        self.sql.query(write, &[instant(now)]).map(|_| DirectoryAnswer::Writes)
    }

    fn insert(&self, listing: &Listing) -> Result<(), SqlError> {
        let stored = serde_json::to_string(listing).map_err(|error| SqlError(error.to_string()))?;
        let info = &listing.info;
        let insert = "INSERT INTO rooms (room, listing, title, topic, words) VALUES (?1, ?2, ?3, ?4, ?5)";
        let words = words(&info.room, &info.title, &info.topic);
        let row = [info.room.as_str(), &stored, &info.title, &info.topic, &words].map(word);
        self.sql.query(insert, &row).map(drop)
    }
}

/// The room that everybody comes to first.
pub const LOBBY: &str = "lobby";

/// Which shard knows a slug: the same everywhere and for ever, since a slug never moves.
pub fn shard(room: &Slug) -> u32 {
    fnv(room.as_str()) % DIRECTORY_SHARDS
}

/// FNV-1a.
pub fn fnv(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// A public room as it begins.
pub fn founded(room: Slug, title: String, topic: String, created_at: Millis) -> RoomInfo {
    RoomInfo {
        room,
        title,
        topic,
        visibility: Visibility::Public,
        kind: RoomKind::Public,
        slow_mode_ms: 0,
        retention_days: None,
        posting: Posting::Everyone,
        created_at,
    }
}

fn lobby(room: &Slug, now: Millis) -> Listing {
    let topic = "Where everybody starts.".to_owned();
    Listing { info: founded(room.clone(), "Lobby".to_owned(), topic, now), owner: None }
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use archive::native::Native;
    use protocol::Seq;

    use super::*;

    fn directory() -> Directory<Native> {
        Directory::open(3, Native::in_memory().unwrap()).unwrap()
    }

    fn slug(slug: &str) -> Slug {
        Slug::parse(slug).unwrap()
    }

    fn listing(room: &str, owner: &str) -> Listing {
        let info = founded(slug(room), room.to_owned(), String::new(), Millis(5));
        Listing { info, owner: MemberId::parse(owner).ok() }
    }

    fn find(directory: &Directory<Native>, room: &str) -> DirectoryAnswer {
        directory.answer(&DirectoryAsk::Find { room: slug(room) }, Millis(7)).unwrap()
    }

    #[test]
    fn the_lobby_is_there_from_the_start_and_stays_as_it_was_first_seen() {
        let directory = directory();
        let DirectoryAnswer::Found(first) = find(&directory, "lobby") else { panic!("no lobby") };
        let again = DirectoryAsk::Find { room: slug("lobby") };
        assert_eq!(directory.answer(&again, Millis(99)).unwrap(), DirectoryAnswer::Found(first.clone()));
        assert_eq!((first.info.title.as_str(), first.owner), ("Lobby", None));
    }

    #[test]
    fn a_slug_is_given_once() {
        let directory = directory();
        let create =
            |owner| directory.answer(&DirectoryAsk::Create(listing("garden", owner)), Millis(5)).unwrap();
        assert_eq!(find(&directory, "garden"), DirectoryAnswer::Unknown);
        assert_eq!(create("ada"), DirectoryAnswer::Created);
        assert_eq!(create("bob"), DirectoryAnswer::Taken);
        assert_eq!(find(&directory, "garden"), DirectoryAnswer::Found(listing("garden", "ada")));
    }

    fn report(room: &str, number: u64, online: u32) -> DirectoryAsk {
        let room = ListedRoom {
            room: slug(room),
            title: format!("Title {number}"),
            topic: "Über Gemüse".to_owned(),
            members_online: online,
            head: Seq::try_new(number * 10).unwrap(),
        };
        DirectoryAsk::Report(Report { room, number })
    }

    fn listed(directory: &Directory<Native>, query: &str) -> Vec<(String, u32)> {
        let looking = Looking::new(query, None, 10);
        match directory.answer(&DirectoryAsk::List(looking), Millis(7)).unwrap() {
            DirectoryAnswer::Listed(rooms) => {
                rooms.into_iter().map(|room| (room.title, room.members_online)).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn of_reports_that_overtook_each_other_the_last_one_counts() {
        let directory = directory();
        directory.answer(&DirectoryAsk::Create(listing("garden", "ada")), Millis(5)).unwrap();
        for (number, online) in [(2, 20), (1, 10), (2, 99)] {
            let answer = directory.answer(&report("garden", number, online), Millis(5)).unwrap();
            assert_eq!(answer, DirectoryAnswer::Heard);
        }
        assert_eq!(listed(&directory, "gemüse"), [("Title 2".to_owned(), 20)]);
    }

    #[test]
    fn a_report_of_a_room_that_is_not_there_makes_none() {
        let directory = directory();
        directory.answer(&report("garden", 1, 1), Millis(5)).unwrap();
        assert_eq!(find(&directory, "garden"), DirectoryAnswer::Unknown);
        assert_eq!(listed(&directory, "garden"), []);
    }

    #[test]
    fn the_slug_of_a_room_that_is_gone_is_not_found_not_listed_and_not_given_again() {
        let directory = directory();
        directory.answer(&DirectoryAsk::Create(listing("garden", "ada")), Millis(5)).unwrap();
        for _ in 0..2 {
            let bury = DirectoryAsk::Bury(slug("garden"));
            assert_eq!(directory.answer(&bury, Millis(6)).unwrap(), DirectoryAnswer::Heard);
        }
        directory.answer(&report("garden", 7, 3), Millis(7)).unwrap();
        assert_eq!(find(&directory, "garden"), DirectoryAnswer::Unknown);
        assert_eq!(listed(&directory, "garden"), []);
        let again = DirectoryAsk::Create(listing("garden", "bob"));
        assert_eq!(directory.answer(&again, Millis(8)).unwrap(), DirectoryAnswer::Taken);
    }

    #[test]
    fn rooms_from_before_there_was_a_list_are_in_it() {
        let sql = Native::in_memory().unwrap();
        archive::migrate(&sql, &MIGRATIONS[..1]).unwrap();
        let stored = serde_json::to_string(&listing("garden", "ada")).unwrap();
        sql.query("INSERT INTO rooms (room, listing) VALUES ('garden', ?1)", &[word(&stored)]).unwrap();
        let directory = Directory::open(0, sql).unwrap();
        assert_eq!(listed(&directory, "GARDEN"), [("garden".to_owned(), 0)]);
    }

    #[test]
    fn nobody_can_take_the_lobby() {
        let directory = directory();
        let take = DirectoryAsk::Create(listing("lobby", "ada"));
        assert_eq!(directory.answer(&take, Millis(5)).unwrap(), DirectoryAnswer::Taken);
    }

    #[test]
    fn a_probe_writes_however_often_it_is_asked() {
        let directory = directory();
        for now in [5, 6] {
            assert_eq!(directory.answer(&DirectoryAsk::Probe, Millis(now)).unwrap(), DirectoryAnswer::Writes);
        }
    }

    #[test]
    fn a_slug_never_moves_to_another_shard() {
        let shards = ["lobby", "garden", "a", "room-2026"].map(|room| shard(&slug(room)));
        assert_eq!(shards, [3, 4, 12, 3]);
    }
}
