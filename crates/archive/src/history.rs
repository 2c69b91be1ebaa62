//! Pages of history: messages with all their events folded in, as one reader sees them.
//!
//! Not here: offsets. A page is found by its seqs alone (keysets), so its cost does not grow with the history. What
//! is cut short says so: `more_before` and `more_after` are asked of the table, never guessed.

use litemap::LiteMap;
use protocol::{
    Excerpt, Member, MemberId, Message, Reaction, Seq,
    limits::{EXACT_INTEGER, EXCERPT_SCALARS},
};

use crate::{
    Archive,
    log::Bounds,
    row::{self, Columns, integer},
    sql::{Sql, SqlError},
};

/// Which page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The newest messages.
    Newest,
    /// The newest below this seq, which is excluded.
    Before(Seq),
    /// The oldest above this seq, which is excluded.
    After(Seq),
    /// The ⌈count/2⌉ newest at or below this seq, and the ⌊count/2⌋ oldest above it.
    Around(Seq),
}

/// A page of history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// Oldest first; what is deleted keeps its place.
    pub messages: Vec<Message>,
    /// There are older messages than the first of these.
    pub more_before: bool,
    /// There are newer messages than the last of these.
    pub more_after: bool,
}

/// What [`message`] reads. The whole text of what is answered is read and cut here, not by substr: that stops at a NUL.
macro_rules! message_columns {
    () => {
        "m.seq, m.at, m.author, m.name, m.text, m.edited_at, m.deleted, m.mentions, m.attachments,
            EXISTS (SELECT 1 FROM pins p WHERE p.target = m.seq), m.reply_to, t.author, t.name,
            CASE t.text WHEN '' THEN coalesce(json_extract(t.attachments, '$[0].name'), '') ELSE t.text END"
    };
}
pub(crate) use message_columns;

macro_rules! page {
    ($condition:literal) => {
        concat!(
            "SELECT ",
            message_columns!(),
            " FROM messages m LEFT JOIN messages t ON t.seq = m.reply_to WHERE ",
            $condition,
            " LIMIT ?2"
        )
    };
}
const BELOW: &str = page!("m.seq < ?1 ORDER BY m.seq DESC");
const ABOVE: &str = page!("m.seq > ?1 ORDER BY m.seq");

const REACTIONS: &str = "SELECT target, emoji, count, EXISTS (
        SELECT 1 FROM reactors o WHERE o.target = r.target AND o.emoji = r.emoji AND o.member = ?3
    )
    FROM reactions r WHERE target BETWEEN ?1 AND ?2 ORDER BY target, since";

const EDGES: &str = "SELECT EXISTS (SELECT 1 FROM messages WHERE seq < ?1),
    EXISTS (SELECT 1 FROM messages WHERE seq > ?2)";

impl<S: Sql> Archive<S> {
    /// The page at `anchor`, as `reader` sees it. Where the bytes do not suffice, what is nearest to the anchor stays.
    ///
    /// # Errors
    /// [`SqlError`] from the driver, or for a row that this version cannot read.
    pub fn messages(&self, anchor: Anchor, reader: &MemberId, bounds: Bounds) -> Result<History, SqlError> {
        let span = Span::of(anchor, bounds.count.max(1));
        let mut below = self.rows(BELOW, span.below, span.count_below)?;
        below.reverse();
        let mut above = self.rows(ABOVE, span.above, span.count_above)?;
        self.add_reactions(&mut below, reader)?;
        self.add_reactions(&mut above, reader)?;
        cut(&mut below, &mut above, bounds.bytes);
        below.append(&mut above);
        let (more_before, more_after) = self.edges(&span, &below)?;
        Ok(History { messages: below, more_before, more_after })
    }

    fn rows(&self, statement: &str, anchor: u64, count: usize) -> Result<Vec<Message>, SqlError> {
        if count == 0 {
            return Ok(Vec::new());
        }
        let rows = self.sql.query(statement, &[integer(anchor)?, row::count(count)?])?;
        rows.into_iter().map(|row| message(&mut Columns::of(row))).collect()
    }

    /// Adds the reactions of consecutive messages.
    pub(crate) fn add_reactions(&self, messages: &mut [Message], reader: &MemberId) -> Result<(), SqlError> {
        let (Some(first), Some(last)) = (messages.first(), messages.last()) else { return Ok(()) };
        let params = [row::seq(first.seq)?, row::seq(last.seq)?, row::text(reader.as_str())];
        let mut reactions: LiteMap<Seq, Vec<Reaction>> = LiteMap::new_vec();
        for row in self.sql.query(REACTIONS, &params)? {
            let mut columns = Columns::of(row);
            let (target, emoji) = (columns.seq()?, columns.text()?);
            let count = u32::try_from(columns.integer()?).unwrap_or(u32::MAX);
            let reaction = Reaction { emoji, count, mine: columns.flag()? };
            reactions.entry(target).or_default().push(reaction);
        }
        for message in messages {
            message.reactions = reactions.remove(&message.seq).unwrap_or_default();
        }
        Ok(())
    }

    /// Whether there is more on either side of what is given; of an empty page, on either side of its anchor.
    fn edges(&self, span: &Span, given: &[Message]) -> Result<(bool, bool), SqlError> {
        let first = given.first().map_or(span.below, |message| message.seq.value());
        let last = given.last().map_or(span.above, |message| message.seq.value());
        let params = [integer(first)?, integer(last)?];
        let mut columns = Columns::only(self.sql.query(EDGES, &params)?)?;
        Ok((columns.flag()?, columns.flag()?))
    }
}

/// An anchor as the two runs of messages it asks for: the newest with seq < `below`, the oldest with seq > `above`.
struct Span {
    below: u64,
    count_below: usize,
    above: u64,
    count_above: usize,
}

impl Span {
    fn of(anchor: Anchor, count: usize) -> Self {
        match anchor {
            // No seq is larger than this, and a room with 2^53 - 1 events is not of this world.
            Anchor::Newest => {
                Self { below: EXACT_INTEGER, count_below: count, above: EXACT_INTEGER, count_above: 0 }
            }
            Anchor::Before(seq) => {
                Self { below: seq.value(), count_below: count, above: seq.before().value(), count_above: 0 }
            }
            Anchor::After(seq) => {
                Self { below: seq.next().value(), count_below: 0, above: seq.value(), count_above: count }
            }
            Anchor::Around(seq) => Self {
                below: seq.next().value(),
                count_below: count.div_ceil(2),
                above: seq.value(),
                count_above: count / 2,
            },
        }
    }
}

/// Drops what does not fit into `bytes`, the farthest from the anchor first. What lies below gets half of them where
/// both sides have messages, what lies above the rest; one message stays in any case.
fn cut(below: &mut Vec<Message>, above: &mut Vec<Message>, bytes: usize) {
    let share = if above.is_empty() { bytes } else { bytes / 2 };
    let (stay, used) = fitting(below.iter().rev(), share, 1);
    let (stay_above, _) = fitting(above.iter(), bytes.saturating_sub(used), usize::from(stay == 0));
    below.drain(..below.len().saturating_sub(stay));
    above.truncate(stay_above);
}

/// How many of `messages` fit into `bytes`, but `least` in any case, and what they take, each with the comma behind it.
fn fitting<'a>(messages: impl Iterator<Item = &'a Message>, bytes: usize, least: usize) -> (usize, usize) {
    let (mut fits, mut used) = (0_usize, 0_usize);
    for message in messages {
        let with_this = used.saturating_add(protocol::encode(message).len()).saturating_add(1);
        if with_this > bytes && fits >= least {
            break;
        }
        (fits, used) = (fits.saturating_add(1), with_this);
    }
    (fits, used)
}

/// A message without its reactions, from `message_columns!`.
pub(crate) fn message(columns: &mut Columns) -> Result<Message, SqlError> {
    Ok(Message {
        seq: columns.seq()?,
        at: columns.millis()?,
        by: Member { id: columns.member_id()?, name: columns.text()? },
        text: columns.text()?,
        edited_at: columns.optional_integer()?.map(protocol::Millis),
        deleted: columns.flag()?,
        mentions: columns.optional_text()?.map_or(Ok(Vec::new()), |stored| row::json(&stored))?,
        attachments: columns.optional_text()?.map_or(Ok(Vec::new()), |stored| row::json(&stored))?,
        pinned: columns.flag()?,
        reply_to: excerpt(columns)?,
        reactions: Vec::new(),
    })
}

/// What a reply shows of the message it answers; the seq alone where that message is not held.
fn excerpt(columns: &mut Columns) -> Result<Option<Excerpt>, SqlError> {
    let Some(seq) = columns.optional_seq()? else { return Ok(None) };
    let Some(author) = columns.optional_text()? else {
        return Ok(Some(Excerpt { seq, by: None, excerpt: None }));
    };
    let by = Member { id: row::member_id(author)?, name: columns.text()? };
    let excerpt = columns.text()?.chars().take(EXCERPT_SCALARS).collect();
    Ok(Some(Excerpt { seq, by: Some(by), excerpt: Some(excerpt) }))
}
