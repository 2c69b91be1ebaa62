//! How high the rows of a timeline stand, one under the other: as they were measured, else as they are guessed.
//!
//! Not here: which of them are drawn (pane.rs). Invariant: a strip has one edge more than it has rows, and no edge lies
//! above the one before it.

use litemap::LiteMap;
use protocol::{Message, Seq};

use crate::view::Row;

/// Heights that are remembered at most. Beyond them all are given up: a guess serves until the row is drawn again.
const MOST_MEASURED: usize = 10_000;
/// A line of text.
const LINE_PX: i32 = 23;
/// What stands over the first message of a group: its margin, and a line with the name.
const HEAD_PX: i32 = 34;
/// The space above and below a message's text.
const AROUND_PX: i32 = 2;
/// A day's line, and the one over the unread.
const DIVIDER_PX: i32 = 34;
/// The line of a gap, with its button.
const GAP_PX: i32 = 70;
/// The start of what is answered.
const QUOTE_PX: i32 = 20;
/// Reactions under a message.
const REACTIONS_PX: i32 = 32;
/// A file on a message: most are pictures.
const FILE_PX: i32 = 200;
/// Characters in a line of text, before anything was measured.
const COLUMNS: u32 = 80;
/// How wide a character is, about.
const CHARACTER_PX: u32 = 7;

/// The heights that are known, in pixels, each with what stands over its row.
#[derive(Debug)]
pub(crate) struct Slots {
    measured: LiteMap<Seq, i32>,
    width_px: u32,
}

impl Default for Slots {
    fn default() -> Self {
        Self { measured: LiteMap::new_vec(), width_px: COLUMNS * CHARACTER_PX }
    }
}

impl Slots {
    /// Rows are that wide now. In another width no text breaks where it did.
    pub(crate) fn resize(&mut self, width_px: u32) {
        if self.width_px != width_px {
            self.measured.clear();
            self.width_px = width_px;
        }
    }

    /// This row stands that high.
    pub(crate) fn measure(&mut self, row: &Row, px: i32) {
        let Row::Message { message, .. } = row else { return };
        if self.measured.len() >= MOST_MEASURED {
            self.measured.clear();
        }
        self.measured.insert(message.seq, px.max(0));
    }

    fn lines(&self, text: &str) -> i32 {
        let columns = (self.width_px / CHARACTER_PX).clamp(20, COLUMNS);
        let characters = u32::try_from(text.len()).unwrap_or(u32::MAX);
        i32::try_from(characters / columns).unwrap_or(i32::MAX / LINE_PX / 2).saturating_add(1)
    }

    fn guess(&self, row: &Row) -> i32 {
        let head = |first_of_group: bool| if first_of_group { HEAD_PX } else { 0 };
        match row {
            Row::Day { .. } | Row::New => DIVIDER_PX,
            Row::Gap { .. } => GAP_PX,
            Row::Echo { text, first_of_group, .. } => {
                head(*first_of_group) + self.lines(text) * LINE_PX + AROUND_PX
            }
            Row::Message { message, first_of_group, .. } => {
                head(*first_of_group) + self.lines(&message.text) * LINE_PX + AROUND_PX + extras(message)
            }
        }
    }
}

/// What stands in a message beside its text.
fn extras(message: &Message) -> i32 {
    let quote = if message.reply_to.is_some() { QUOTE_PX } else { 0 };
    let reactions = if message.reactions.is_empty() { 0 } else { REACTIONS_PX };
    let files = i32::try_from(message.attachments.len()).unwrap_or_default() * FILE_PX;
    quote + reactions + files
}

/// Where each row begins and ends, in pixels from the top of the first.
#[derive(Debug, Default)]
pub(crate) struct Strip(Vec<i32>);

impl Strip {
    /// Lays the rows one under the other. They stand in the order of their seqs, as the heights do: both are walked once.
    pub(crate) fn lay(rows: &[Row], slots: &Slots) -> Self {
        let mut edges = Vec::with_capacity(rows.len().saturating_add(1));
        let mut measured = slots.measured.as_slice().iter().peekable();
        let mut edge = 0_i32;
        edges.push(edge);
        for row in rows {
            let known = if let Row::Message { message, .. } = row {
                while measured.next_if(|(seq, _)| *seq < message.seq).is_some() {}
                measured.next_if(|(seq, _)| *seq == message.seq).map(|(_, px)| *px)
            } else {
                None
            };
            edge = edge.saturating_add(known.unwrap_or_else(|| slots.guess(row)));
            edges.push(edge);
        }
        Self(edges)
    }

    /// Where the row begins; behind the last one, where that ends.
    pub(crate) fn top(&self, row: usize) -> i32 {
        self.0.get(row).copied().unwrap_or_else(|| self.whole())
    }

    /// All rows together.
    pub(crate) fn whole(&self) -> i32 {
        self.0.last().copied().unwrap_or_default()
    }

    /// The row that is `px` below the top of the first; the first or the last where none is.
    pub(crate) fn row_at(&self, px: i32) -> usize {
        self.0.partition_point(|edge| *edge <= px).saturating_sub(1).min(self.0.len().saturating_sub(2))
    }
}
