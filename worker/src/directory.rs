//! One shard of the Directory: the public rooms whose slugs fall to it, what they were founded as, and who owns them.
//!
//! Not here: the object. Invariant: a slug is given once; `lobby` is there from the start.

use archive::{Sql, SqlError, Value};
use protocol::{
    MemberId, Millis, RoomInfo, Slug, read_by_fields,
    room::{Posting, RoomKind, Visibility},
};
use serde::{Deserialize, Serialize};

use crate::limits::DIRECTORY_SHARDS;

/// What a shard is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DirectoryAsk {
    /// Whether there is such a room.
    Find {
        /// Its slug.
        room: Slug,
    },
    /// Takes a slug for a new room.
    Create(Listing),
    /// Whether the shard can write.
    Probe,
}

/// What it answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// It can.
    Writes,
}

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
pub struct Directory<S: Sql>(S);

const MIGRATIONS: &[&[&str]] = &[&[
    "CREATE TABLE rooms (room TEXT PRIMARY KEY, listing TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE probe (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL) STRICT",
]];

impl<S: Sql> Directory<S> {
    /// Opens a shard.
    pub fn open(sql: S) -> Result<Self, SqlError> {
        archive::migrate(&sql, MIGRATIONS)?;
        Ok(Self(sql))
    }

    /// Answers; every case is one statement that writes at most one row.
    pub fn answer(&self, ask: &DirectoryAsk, now: Millis) -> Result<DirectoryAnswer, SqlError> {
        match ask {
            DirectoryAsk::Find { room } => self.find(room, now),
            DirectoryAsk::Create(listing) => self.create(listing, now),
            DirectoryAsk::Probe => self.probe(now),
        }
    }

    fn find(&self, room: &Slug, now: Millis) -> Result<DirectoryAnswer, SqlError> {
        let find = "SELECT listing FROM rooms WHERE room = ?1";
        let rows = self.0.query(find, &[Value::Text(room.to_string())])?;
        match rows.first().and_then(|row| row.first()) {
            Some(Value::Text(listing)) => protocol::decode(listing)
                .map(DirectoryAnswer::Found)
                .map_err(|error| SqlError(format!("a listing cannot be read: {error}"))),
            _ if room.as_str() == LOBBY => {
                let lobby = lobby(room, now);
                self.insert(&lobby)?;
                Ok(DirectoryAnswer::Found(lobby))
            }
            _ => Ok(DirectoryAnswer::Unknown),
        }
    }

    fn create(&self, listing: &Listing, now: Millis) -> Result<DirectoryAnswer, SqlError> {
        match self.find(&listing.info.room, now)? {
            DirectoryAnswer::Unknown => self.insert(listing).map(|()| DirectoryAnswer::Created),
            _ => Ok(DirectoryAnswer::Taken),
        }
    }

    fn probe(&self, now: Millis) -> Result<DirectoryAnswer, SqlError> {
        let at = Value::Integer(i64::try_from(now.0).unwrap_or(i64::MAX));
        let write =
            "INSERT INTO probe (id, at) VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET at = excluded.at";
        self.0.query(write, &[at]).map(|_| DirectoryAnswer::Writes)
    }

    fn insert(&self, listing: &Listing) -> Result<(), SqlError> {
        let text = serde_json::to_string(listing).map_err(|error| SqlError(error.to_string()))?;
        let insert = "INSERT INTO rooms (room, listing) VALUES (?1, ?2)";
        self.0.query(insert, &[Value::Text(listing.info.room.to_string()), Value::Text(text)]).map(drop)
    }
}

/// The room that everybody comes to first.
const LOBBY: &str = "lobby";

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

    use super::*;

    fn directory() -> Directory<Native> {
        Directory::open(Native::in_memory().unwrap()).unwrap()
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
