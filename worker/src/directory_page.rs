//! Looking for public rooms: a page of one shard, and how the pages of all shards become one.
//!
//! A room is found if its slug, title and topic bear every word of the query, whatever the case. Pages are in the order of slugs and
//! go on behind one (a keyset), so a room that is made or buried meanwhile makes no other be skipped or told twice.

use archive::{Row, Sql, SqlError, Value};
use protocol::{
    Seq, Slug,
    http::{ListedRoom, RoomPage},
    read_by_fields,
};
use serde::Serialize;

use crate::{
    columns::{integer, text, word},
    directory::Directory,
    limits::QUERY_WORDS,
};

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Looking {
    /// All of these, in lower case.
    words: Vec<String>,
    /// Behind this slug.
    after: Option<Slug>,
    /// At most so many from each shard: one more than a page has, so that the page knows whether more follow.
    most: usize,
}

read_by_fields!(Looking { words, after, most });

impl Looking {
    /// For a page of `limit` rooms. Words beyond the eighth are passed over: they could only leave rooms out.
    pub fn new(query: &str, after: Option<Slug>, limit: usize) -> Self {
        let words = lower(query).split_whitespace().take(QUERY_WORDS).map(str::to_owned).collect();
        Self { words, after, most: limit.saturating_add(1) }
    }

    /// The page that the answers of all shards make together.
    pub fn page(&self, mut found: Vec<ListedRoom>) -> RoomPage {
        found.sort_by(|one, other| one.room.cmp(&other.room));
        let limit = self.most.saturating_sub(1);
        let more = found.len() > limit;
        found.truncate(limit);
        let next = found.last().filter(|_| more).map(|last| last.room.clone());
        RoomPage { rooms: found, next }
    }
}

/// What is looked through.
pub fn words(room: &Slug, title: &str, topic: &str) -> String {
    lower(&format!("{room} {title} {topic}"))
}

/// In lower case, by the runtime's own tables: Rust's weigh 11 KB.
#[cfg(target_family = "wasm")]
fn lower(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

/// The same where there is no runtime.
#[cfg(not(target_family = "wasm"))]
fn lower(text: &str) -> String {
    text.to_lowercase()
}

impl<S: Sql> Directory<S> {
    /// This shard's part of a page.
    pub fn list(&self, looking: &Looking) -> Result<Vec<ListedRoom>, SqlError> {
        let mut statement =
            "SELECT room, title, topic, online, head FROM rooms WHERE gone = 0 AND room > ?1".to_owned();
        // No slug is as small as nothing.
        let mut row = vec![word(looking.after.as_ref().map_or("", Slug::as_str))];
        for looked_for in &looking.words {
            row.push(word(looked_for));
            statement += &format!(" AND instr(words, ?{}) > 0", row.len());
        }
        row.push(Value::Integer(i64::try_from(looking.most).unwrap_or(i64::MAX)));
        statement += &format!(" ORDER BY room LIMIT ?{}", row.len());
        self.sql.query(&statement, &row)?.iter().map(listed).collect()
    }
}

fn listed(row: &Row) -> Result<ListedRoom, SqlError> {
    let malformed = || SqlError("a row of the Directory cannot be read".to_owned());
    Ok(ListedRoom {
        room: Slug::parse(text(row, 0)?).map_err(|_| malformed())?,
        title: text(row, 1)?.to_owned(),
        topic: text(row, 2)?.to_owned(),
        members_online: u32::try_from(integer(row, 3)?).map_err(|_| malformed())?,
        head: u64::try_from(integer(row, 4)?).ok().and_then(Seq::try_new).ok_or_else(malformed)?,
    })
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use archive::native::Native;
    use protocol::Millis;

    use super::*;
    use crate::directory::{self, DirectoryAsk, LOBBY, Listing};

    fn slug(slug: &str) -> Slug {
        Slug::parse(slug).unwrap()
    }

    /// All shards, with these rooms in them.
    fn directory(rooms: &[(&str, &str)]) -> Vec<Directory<Native>> {
        let open = |shard| Directory::open(shard, Native::in_memory().unwrap()).unwrap();
        let shards: Vec<_> = (0..crate::limits::DIRECTORY_SHARDS).map(open).collect();
        for (room, title) in rooms {
            make(&shards, room, title);
        }
        shards
    }

    fn make(shards: &[Directory<Native>], room: &str, title: &str) {
        let info = directory::founded(slug(room), title.to_owned(), "About it".to_owned(), Millis(1));
        let shard = usize::try_from(directory::shard(&info.room)).unwrap();
        shards[shard].answer(&DirectoryAsk::Create(Listing { info, owner: None }), Millis(1)).unwrap();
    }

    fn page(shards: &[Directory<Native>], query: &str, after: Option<&str>, limit: usize) -> RoomPage {
        let looking = Looking::new(query, after.map(slug), limit);
        let parts = shards.iter().map(|shard| {
            match shard.answer(&DirectoryAsk::List(looking.clone()), Millis(1)).unwrap() {
                directory::DirectoryAnswer::Listed(rooms) => rooms,
                other => panic!("{other:?}"),
            }
        });
        looking.page(parts.flatten().collect())
    }

    fn slugs(page: &RoomPage) -> Vec<&str> {
        page.rooms.iter().map(|room| room.room.as_str()).collect()
    }

    #[test]
    fn the_lobby_is_listed_before_anybody_asked_for_it() {
        assert_eq!(slugs(&page(&directory(&[]), "", None, 10)), [LOBBY]);
    }

    #[test]
    fn a_room_is_found_by_every_word_of_slug_title_and_topic_whatever_the_case() {
        let rooms = directory(&[("garden", "Grüße aus dem Garten"), ("kitchen", "Küche")]);
        for query in ["GRÜSSE GARTEN", "grüße", "gard", "ABOUT garten", "Gar"] {
            let expected: &[&str] = if query.contains("SS") { &[] } else { &["garden"] };
            assert_eq!(slugs(&page(&rooms, query, None, 10)), expected, "{query}");
        }
        assert_eq!(slugs(&page(&rooms, "garten küche", None, 10)), [""; 0]);
        assert_eq!(slugs(&page(&rooms, "100%", None, 10)), [""; 0]);
        assert_eq!(slugs(&page(&rooms, "about", None, 10)), ["garden", "kitchen"]);
    }

    #[test]
    fn pages_go_on_where_the_last_one_ended_though_rooms_come_meanwhile() {
        let shards = directory(&[]);
        for number in 0..40 {
            make(&shards, &format!("r{number:02}"), "Room");
        }
        let (mut seen, mut after) = (Vec::new(), None::<String>);
        loop {
            let page = page(&shards, "room", after.as_deref(), 7);
            assert!(page.rooms.len() <= 7);
            seen.extend(page.rooms.iter().map(|room| room.room.to_string()));
            // Before where the reader is, and so not for them.
            make(&shards, &format!("r00-{}", seen.len()), "Room");
            match page.next {
                Some(next) => after = Some(next.to_string()),
                None => break,
            }
        }
        let expected: Vec<String> = (0..40).map(|number| format!("r{number:02}")).collect();
        assert_eq!(seen, expected);
    }

    #[test]
    fn a_page_that_is_just_full_says_that_nothing_follows() {
        let shards = directory(&[("a", "x"), ("b", "x")]);
        assert_eq!(page(&shards, "x", None, 2).next, None);
        assert_eq!(page(&shards, "x", None, 1).next, Some(slug("a")));
    }
}
