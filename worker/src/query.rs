//! The part of an address behind the question mark, parsed into what a route can use.
//!
//! A field that is unknown is ignored; one that is given twice, or that cannot be read, is refused.

use archive::{Search, Words};
use protocol::{
    Legacy, MemberId, Millis, Seq, Slug,
    limits::{
        EXACT_INTEGER, PAGE_EVENTS, PAGE_EVENTS_DEFAULT, PAGE_MEMBERS, PAGE_MEMBERS_DEFAULT, PAGE_MESSAGES,
        PAGE_MESSAGES_DEFAULT, PAGE_ROOMS, PAGE_ROOMS_DEFAULT, QUERY_SCALARS, SEARCH_MESSAGES,
        SEARCH_MESSAGES_DEFAULT,
    },
    read_by_fields, read_by_tag,
};
use room::Mode;
use serde::Serialize;

/// Why a query cannot be read; for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadQuery(pub String);

/// The fields of a query, decoded.
#[derive(Debug, Default)]
pub struct Query(Vec<(String, String)>);

/// Which part of the history is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The newest.
    Newest,
    /// Below this seq.
    Before(Seq),
    /// Above this seq.
    After(Seq),
    /// On both sides of this seq.
    Around(Seq),
    /// On both sides of this instant.
    AroundAt(Millis),
}

read_by_tag!(Place {
    "newest" => Newest,
    "before" => Before(one),
    "after" => After(one),
    "around" => Around(one),
    "around_at" => AroundAt(one),
});

/// A page of history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct MessagesQuery {
    /// Where.
    pub place: Place,
    /// How many at most: 1–100.
    pub limit: usize,
}

read_by_fields!(MessagesQuery { place, limit });

/// A page of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct EventsQuery {
    /// Above this seq.
    pub after: Seq,
    /// How many at most: 1–1,000.
    pub limit: usize,
}

read_by_fields!(EventsQuery { after, limit });

/// A page of the members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MembersQuery {
    /// Behind this member, by id; from the first on without one.
    pub after: Option<MemberId>,
    /// How many at most: 1–500.
    pub limit: usize,
}

read_by_fields!(MembersQuery { after, limit });

/// A page of the moderation log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ModerationQuery {
    /// Below this seq.
    pub before: Seq,
    /// How many at most: 1–100.
    pub limit: usize,
}

read_by_fields!(ModerationQuery { before, limit });

/// A page of the Directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomsQuery {
    /// What is looked for; empty for all rooms.
    pub looked_for: String,
    /// Behind this slug.
    pub after: Option<Slug>,
    /// How many at most: 1–100.
    pub limit: usize,
}

/// A search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchQuery {
    /// What is looked for: words, an author, or both.
    pub search: Search,
    /// How many at most: 1–50.
    pub limit: usize,
}

/// What a socket asks for in its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SocketQuery {
    /// As it stands there; the room reads it.
    pub cursor: Option<String>,
    /// What it wants to hear.
    pub mode: Mode,
}

/// What becomes of what the caller wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FarewellQuery {
    /// Of their messages.
    pub messages: Legacy,
}

impl FarewellQuery {
    /// Reads `messages`, which must be there: nobody loses anything by leaving something out.
    pub fn parse(query: &str) -> Result<Self, BadQuery> {
        let messages = Query::parse(query).one("messages")?.and_then(Legacy::parse);
        let messages = messages.ok_or_else(|| BadQuery("messages is anonymised or removed.".to_owned()))?;
        Ok(Self { messages })
    }
}

impl MessagesQuery {
    /// Reads `before`, `after`, `around` or `around_at`, and `limit`.
    pub fn parse(query: &str) -> Result<Self, BadQuery> {
        let query = Query::parse(query);
        let places = [
            query.seq("before")?.map(Place::Before),
            query.seq("after")?.map(Place::After),
            query.seq("around")?.map(Place::Around),
            query.instant("around_at")?.map(Place::AroundAt),
        ];
        let mut given = places.into_iter().flatten();
        let place = given.next().unwrap_or(Place::Newest);
        if given.next().is_some() {
            return Err(BadQuery("Give one of before, after, around and around_at, not several.".to_owned()));
        }
        Ok(Self { place, limit: query.limit(PAGE_MESSAGES, PAGE_MESSAGES_DEFAULT)? })
    }
}

impl EventsQuery {
    /// Reads `after` and `limit`.
    pub fn parse(query: &str) -> Result<Self, BadQuery> {
        let query = Query::parse(query);
        let after = query.seq("after")?.unwrap_or(Seq::ZERO);
        Ok(Self { after, limit: query.limit(PAGE_EVENTS, PAGE_EVENTS_DEFAULT)? })
    }
}

impl MembersQuery {
    /// Reads `after` and `limit`.
    pub fn parse(query: &str) -> Result<Self, BadQuery> {
        let query = Query::parse(query);
        let after = query.one("after")?.map(MemberId::parse).transpose();
        let after = after.map_err(|bad| BadQuery(format!("after is a member: {bad}.")))?;
        Ok(Self { after, limit: query.limit(PAGE_MEMBERS, PAGE_MEMBERS_DEFAULT)? })
    }
}

impl ModerationQuery {
    /// Reads `before` and `limit`.
    pub fn parse(query: &str) -> Result<Self, BadQuery> {
        let query = Query::parse(query);
        let before = query.seq("before")?.or(Seq::try_new(EXACT_INTEGER)).unwrap_or_default();
        Ok(Self { before, limit: query.limit(PAGE_MESSAGES, PAGE_MESSAGES_DEFAULT)? })
    }
}

impl RoomsQuery {
    /// Reads `q`, `after` and `limit`.
    pub fn parse(query: &str) -> Result<Self, BadQuery> {
        let query = Query::parse(query);
        let looked_for = query.one("q")?.unwrap_or_default();
        if looked_for.chars().count() > QUERY_SCALARS {
            return Err(BadQuery(format!("q has at most {QUERY_SCALARS} characters.")));
        }
        let after = query.one("after")?.map(Slug::parse).transpose();
        let after = after.map_err(|bad| BadQuery(format!("after is no slug: {bad}.")))?;
        let limit = query.limit(PAGE_ROOMS, PAGE_ROOMS_DEFAULT)?;
        Ok(Self { looked_for: looked_for.to_owned(), after, limit })
    }
}

impl SearchQuery {
    /// Reads `q`, `author`, `before`, `after_at`, `before_at` and `limit`.
    pub fn parse(query: &str) -> Result<Self, BadQuery> {
        let query = Query::parse(query);
        let words = query.one("q")?.map(|typed| Words::parse(typed).map_err(|bad| BadQuery(bad.to_string())));
        let author = query.one("author")?.map(MemberId::parse).transpose();
        let search = Search {
            words: words.transpose()?,
            author: author.map_err(|_| BadQuery("author is a member's id.".to_owned()))?,
            before: query.seq("before")?,
            after_at: query.instant("after_at")?,
            before_at: query.instant("before_at")?,
        };
        if search.words.is_none() && search.author.is_none() {
            return Err(BadQuery("Give q, author, or both: there is nothing to look for.".to_owned()));
        }
        Ok(Self { search, limit: query.limit(SEARCH_MESSAGES, SEARCH_MESSAGES_DEFAULT)? })
    }
}

impl SocketQuery {
    /// Reads `cursor` and `mode`. A cursor is the room's to judge.
    pub fn parse(query: &str) -> Result<Self, BadQuery> {
        let query = Query::parse(query);
        let mode = match query.one("mode")? {
            None | Some("full") => Mode::Full,
            Some("notify") => Mode::Notify,
            Some(_) => return Err(BadQuery("mode is full or notify.".to_owned())),
        };
        Ok(Self { cursor: query.one("cursor")?.map(str::to_owned), mode })
    }
}

impl Query {
    /// Splits the part behind the question mark.
    pub fn parse(query: &str) -> Self {
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let split = |pair: &str| match pair.split_once('=') {
            Some((name, value)) => (decode(name), decode(value)),
            None => (decode(pair), String::new()),
        };
        Self(pairs.map(split).collect())
    }

    /// The field of this name, if it is given.
    pub fn one(&self, name: &str) -> Result<Option<&str>, BadQuery> {
        let mut values = self.0.iter().filter(|(n, _)| n == name).map(|(_, value)| value.as_str());
        let first = values.next();
        match values.next() {
            Some(_) => Err(BadQuery(format!("{name} is given twice."))),
            None => Ok(first),
        }
    }

    fn number(&self, name: &str) -> Result<Option<u64>, BadQuery> {
        let Some(value) = self.one(name)? else { return Ok(None) };
        let digits = !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
        match value.parse() {
            Ok(number) if digits => Ok(Some(number)),
            _ => Err(BadQuery(format!("{name} is a whole number, 0 or more."))),
        }
    }

    fn seq(&self, name: &str) -> Result<Option<Seq>, BadQuery> {
        let Some(number) = self.number(name)? else { return Ok(None) };
        let seq = Seq::try_new(number);
        seq.map(Some).ok_or_else(|| BadQuery(format!("{name} is above the largest seq, 2^53 - 1.")))
    }

    fn instant(&self, name: &str) -> Result<Option<Millis>, BadQuery> {
        Ok(self.number(name)?.map(Millis))
    }

    fn limit(&self, most: usize, default: usize) -> Result<usize, BadQuery> {
        let Some(number) = self.number("limit")? else { return Ok(default) };
        let limit = usize::try_from(number).ok().filter(|limit| (1..=most).contains(limit));
        limit.ok_or_else(|| BadQuery(format!("limit is 1 to {most}.")))
    }
}

/// `%41` and `+` as a form writes them. What is no escape stays as it is.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escaped = if first == b'%' { after.split_first_chunk::<2>() } else { None };
        match escaped.and_then(|(hex, after)| Some((from_hex(*hex)?, after))) {
            Some((byte, after)) => {
                bytes.push(byte);
                rest = after;
            }
            None => {
                bytes.push(if first == b'+' { b' ' } else { first });
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn from_hex([high, low]: [u8; 2]) -> Option<u8> {
    let digit = |b: u8| char::from(b).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some(digit(high)? * 16 + digit(low)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seq(seq: u64) -> Seq {
        Seq::try_new(seq).unwrap()
    }

    #[test]
    fn without_an_anchor_the_newest_fifty_messages_are_asked_for() {
        let query = MessagesQuery::parse("").unwrap();
        assert_eq!(query, MessagesQuery { place: Place::Newest, limit: 50 });
    }

    #[test]
    fn an_anchor_and_a_limit_are_read() {
        let parse = |query| MessagesQuery::parse(query).unwrap();
        assert_eq!(parse("before=7&limit=1").place, Place::Before(seq(7)));
        assert_eq!(parse("after=0").place, Place::After(seq(0)));
        assert_eq!(parse("limit=100&around=9007199254740991").place, Place::Around(seq((1 << 53) - 1)));
        assert_eq!(parse("around_at=1700000000000").place, Place::AroundAt(Millis(1_700_000_000_000)));
        assert_eq!(parse("other=x&limit=100").limit, 100);
        assert_eq!(parse("%62efore=%37").place, Place::Before(seq(7)));
    }

    #[test]
    fn a_query_that_cannot_be_read_is_refused() {
        let malformed = [
            "before=1&after=2",
            "before=1&around=1",
            "around=1&around_at=1",
            "around_at=noon",
            "before=1&before=1",
            "before=",
            "before=-1",
            "before=+1",
            "before=1.5",
            "before=a",
            "before=9007199254740992",
            "before=99999999999999999999",
            "limit=0",
            "limit=101",
            "limit=",
            "limit=x",
            "before",
        ];
        for query in malformed {
            assert!(MessagesQuery::parse(query).is_err(), "{query}");
        }
    }

    #[test]
    fn a_search_has_words_or_an_author_and_may_be_narrowed() {
        let parse = |query| SearchQuery::parse(query).unwrap();
        let whole = parse("q=big+%22bear%22&author=ada&before=7&after_at=1000&before_at=2000&limit=50");
        let words = Words::parse("big \"bear\"").ok();
        let author = MemberId::parse("ada").ok();
        let (after_at, before_at) = (Some(Millis(1_000)), Some(Millis(2_000)));
        let search = Search { words, author, before: Some(seq(7)), after_at, before_at };
        assert_eq!(whole, SearchQuery { search, limit: 50 });
        assert_eq!(parse("author=ada").limit, 20);
        assert!(parse("q=x").search.author.is_none());
    }

    #[test]
    fn a_search_that_cannot_be_read_is_refused() {
        let malformed = [
            "",
            "q=",
            "q=%21",
            "q=x*",
            "q=%22x",
            "q=x&q=y",
            "q=x&author=",
            "q=x&author=a b",
            "q=x&limit=0",
            "q=x&limit=51",
            "q=x&before=y",
            "q=x&after_at=yesterday",
            "q=x&before_at=-1",
            "before=5",
        ];
        for query in malformed {
            assert!(SearchQuery::parse(query).is_err(), "{query}");
        }
    }

    #[test]
    fn the_log_is_read_from_its_start_in_pages_of_up_to_a_thousand() {
        assert_eq!(EventsQuery::parse("").unwrap(), EventsQuery { after: seq(0), limit: 200 });
        assert_eq!(EventsQuery::parse("after=5&limit=1000").unwrap().limit, 1_000);
        assert!(EventsQuery::parse("limit=1001").is_err());
    }

    #[test]
    fn members_are_read_from_the_first_and_the_moderation_log_from_its_end() {
        assert_eq!(MembersQuery::parse("").unwrap(), MembersQuery { after: None, limit: 200 });
        assert_eq!(MembersQuery::parse("after=ada&limit=500").unwrap().after, MemberId::parse("ada").ok());
        assert!(MembersQuery::parse("after=a%20b").is_err());
        assert!(MembersQuery::parse("limit=501").is_err());
        assert_eq!(
            ModerationQuery::parse("").unwrap(),
            ModerationQuery { before: seq(EXACT_INTEGER), limit: 50 }
        );
        assert_eq!(ModerationQuery::parse("before=7&limit=100").unwrap().before, seq(7));
    }

    #[test]
    fn rooms_are_looked_for_by_words_behind_a_slug() {
        let parse = RoomsQuery::parse;
        let all = RoomsQuery { looked_for: String::new(), after: None, limit: 50 };
        assert_eq!(parse("").unwrap(), all);
        let garden = parse("q=Rust+%26%20Wasm&after=garden&limit=100").unwrap();
        assert_eq!((garden.looked_for.as_str(), garden.limit), ("Rust & Wasm", 100));
        assert_eq!(garden.after.unwrap().as_str(), "garden");
        assert!(parse(&format!("q={}", "%C3%A9".repeat(80))).is_ok());
        for query in [&format!("q={}", "x".repeat(81)), "after=", "after=A", "limit=101", "q=a&q=b"] {
            assert!(parse(query).is_err(), "{query}");
        }
    }

    #[test]
    fn a_socket_hears_everything_unless_it_asks_for_less() {
        let parse = |query| SocketQuery::parse(query).unwrap();
        assert_eq!(parse("").mode, Mode::Full);
        assert_eq!(parse("mode=notify&cursor=e.3").cursor.as_deref(), Some("e.3"));
        assert_eq!(parse("mode=notify").mode, Mode::Notify);
        assert_eq!(parse("cursor=nonsense").cursor.as_deref(), Some("nonsense"));
        assert!(SocketQuery::parse("mode=loud").is_err());
    }

    #[test]
    fn escapes_are_decoded_and_what_is_none_stays() {
        assert_eq!(decode("a%20b+c%2"), "a b c%2");
        assert_eq!(decode("%zz%C3%A9"), "%zzé");
        assert_eq!(decode("%é"), "%é");
    }
}
