//! Search: the messages that have certain words, by a certain author, from a certain time, the newest first.
//!
//! Not here: how words are written (words.rs), and how the index keeps up: triggers of the schema do that, in the
//! transaction of each change. A page is found by seqs, as everywhere; nothing is ranked, so the newest hits cost no more
//! than they are many.

use std::slice;

use protocol::{
    MemberId, Millis, Seq,
    http::{FoundMessage, SearchPage},
    limits::EXACT_INTEGER,
};

use crate::{
    Archive,
    history::{self, message_columns},
    log::Bounds,
    row::{self, Columns, integer},
    sql::{Row, Sql, SqlError},
    words::Words,
};

/// What is looked for. Words or an author; with neither nothing is found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// What the text says.
    pub words: Option<Words>,
    /// Who wrote it.
    pub author: Option<MemberId>,
    /// Below this seq, which is excluded: where the page before ended.
    pub before: Option<Seq>,
    /// Written later than this.
    pub after_at: Option<Millis>,
    /// Written earlier than this.
    pub before_at: Option<Millis>,
}

/// The marks that SQLite puts around what it found. A text may have them too: see [`runs`].
const OPEN: char = '\u{1}';
const CLOSE: char = '\u{2}';

// The index narrows by author as by a word; the column says who it exactly was.
const SEARCH: &str = concat!(
    "SELECT highlight(search, 0, char(1), char(2)), ",
    message_columns!(),
    " FROM search JOIN messages m ON m.seq = search.rowid LEFT JOIN messages t ON t.seq = m.reply_to
    WHERE search MATCH ?1 AND search.rowid >= ?2 AND search.rowid < ?3 AND m.author = coalesce(?4, m.author)
    ORDER BY search.rowid DESC LIMIT ?5"
);

// The log has no hole and its instants never go back, so twenty looks find an instant among a million events.
const SEQ_AT: &str = "WITH RECURSIVE probe (low, high) AS (
        SELECT (SELECT min(seq) FROM events), (SELECT max(seq) + 1 FROM events)
        UNION ALL
        SELECT iif(json_extract(event, '$.at') < ?1, seq + 1, low), iif(json_extract(event, '$.at') < ?1, high, seq)
            FROM probe JOIN events ON seq = (low + high) / 2 WHERE low < high
    )
    SELECT low FROM probe WHERE low = high";

impl<S: Sql> Archive<S> {
    /// What was found, as `reader` sees it.
    ///
    /// # Errors
    /// [`SqlError`] from the driver, or for a row that this version cannot read.
    pub fn search(&self, search: &Search, reader: &MemberId, bounds: Bounds) -> Result<SearchPage, SqlError> {
        let Some(expression) = expression(search) else {
            return Ok(SearchPage { messages: Vec::new(), next: None });
        };
        let count = bounds.count.max(1);
        let params = [
            row::text(&expression),
            integer(self.first(search)?)?,
            integer(self.end(search)?)?,
            row::optional(search.author.as_ref().map(|author| Ok(row::text(author.as_str()))))?,
            row::count(count.saturating_add(1))?,
        ];
        let (mut hits, mut bytes, mut more) = (Vec::new(), bounds.bytes, false);
        for found in self.sql.query(SEARCH, &params)? {
            let hit = self.hit(found, reader)?;
            let size = size(&hit);
            more = hits.len() == count || (size > bytes && !hits.is_empty());
            if more {
                break;
            }
            bytes = bytes.saturating_sub(size);
            hits.push(hit);
        }
        let next = hits.last().filter(|_| more).map(|hit| hit.message.seq);
        Ok(SearchPage { messages: hits, next })
    }

    /// The seq of the first event at `at` or later; the one after head if there is none.
    ///
    /// # Errors
    /// [`SqlError`] from the driver.
    pub fn seq_at(&self, at: Millis) -> Result<Seq, SqlError> {
        let at = integer(at.0.min(EXACT_INTEGER))?;
        let found = Columns::first(self.sql.query(SEQ_AT, &[at])?);
        found.map_or(Ok(Seq::ZERO.next()), |mut columns| columns.seq())
    }

    fn first(&self, search: &Search) -> Result<u64, SqlError> {
        search.after_at.map_or(Ok(0), |at| self.seq_at(at.plus(1)).map(Seq::value))
    }

    fn end(&self, search: &Search) -> Result<u64, SqlError> {
        let before = search.before.map_or(EXACT_INTEGER, Seq::value);
        Ok(match search.before_at {
            Some(at) => self.seq_at(at)?.value().min(before),
            None => before,
        })
    }

    fn hit(&self, found: Row, reader: &MemberId) -> Result<FoundMessage, SqlError> {
        let mut columns = Columns::of(found);
        let marked = columns.text()?;
        let mut message = history::message(&mut columns)?;
        let highlight = runs(&message.text, &marked);
        self.add_reactions(slice::from_mut(&mut message), reader)?;
        Ok(FoundMessage { message, highlight })
    }
}

/// Its bytes as JSON, or a few more.
fn size(hit: &FoundMessage) -> usize {
    const HIGHLIGHT: usize = ",\"highlight\":[],".len();
    const RUN: usize = "[1234,1234],".len();
    let highlight = hit.highlight.len().saturating_mul(RUN).saturating_add(HIGHLIGHT);
    protocol::encode(&hit.message).len().saturating_add(highlight)
}

/// What the index is asked. An id is looked for as a phrase of the words that the index takes it for.
fn expression(search: &Search) -> Option<String> {
    let words = search.words.as_ref().map(|words| format!("{{text}} : ({})", words.as_str()));
    let author = search.author.as_ref().map(|author| format!("{{author}} : \"{author}\""));
    match (words, author) {
        (Some(words), Some(author)) => Some(format!("{words} AND {author}")),
        (words, author) => words.or(author),
    }
}

/// Where the marks stand, by walking through the text and its marked copy together: a mark in the text itself stands in both
/// and counts for nothing. SQLite's copy leaves out what stands behind a NUL; from there on nothing is highlighted.
fn runs(text: &str, marked: &str) -> Vec<(usize, usize)> {
    let mut own = text.chars().peekable();
    let (mut runs, mut place, mut begun) = (Vec::new(), 0_usize, None);
    for c in marked.chars() {
        match c {
            _ if own.next_if_eq(&c).is_some() => place = place.saturating_add(1),
            OPEN => begun = Some(place),
            CLOSE => runs.extend(begun.take().map(|first| (first, place))),
            _ => break,
        }
    }
    runs
}
