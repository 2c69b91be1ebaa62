//! The pane: the few rows of a timeline that are drawn, and how the reader keeps their place among them.
//!
//! Not here: any page. A shell says how far it is scrolled and where the drawn rows stand; what comes back is which rows
//! to draw and where to scroll to. Invariants: whoever was at the end stays at the end; for everybody else the message at
//! the top of the frame does not move, whatever comes in above, below or in between; what is drawn covers the frame.

use protocol::{Millis, Seq};

use crate::{
    strip::{Slots, Strip},
    view::{GapEdge, Row},
};

/// Within so many pixels of the end one is at the end: half a line.
const END_PX: i32 = 12;
/// Rows are drawn this far above and below the frame: more than anybody scrolls in a frame of the screen.
const DRAWN_AROUND_PX: i32 = 1_000;
/// With less than this drawn above or below the frame, others are drawn. The difference is what scrolling costs at a time.
const LEAST_AROUND_PX: i32 = 600;
/// Never more rows than these, however small they are and however large the frame.
const MOST_DRAWN: usize = 300;
/// Messages that are not held are asked for this many pixels before they are needed: about two screens.
const AHEAD_PX: i32 = 1_800;
/// How high a frame is thought to be before it was seen.
const FRAME_PX: i32 = 900;

/// Which rows are drawn, and the space that the others take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Drawn {
    /// The first of them.
    pub first: usize,
    /// Behind the last of them.
    pub end: usize,
    /// Pixels that those above would take, about.
    pub above_px: i32,
    /// Pixels that those below would take, about.
    pub below_px: i32,
}

/// A frame that rows are scrolled in, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Frame {
    /// How far it is scrolled.
    pub top_px: i32,
    /// How high it is.
    pub height_px: i32,
    /// How wide it is.
    pub width_px: u32,
    /// How high all is that is scrolled in it.
    pub whole_px: i32,
}

/// Where a message is gone to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// This message.
    Message(Seq),
    /// Where the unread begins.
    Unread,
    /// The newest.
    End,
}

/// A goal that is given once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Jump {
    /// Another one for each goal.
    pub number: u32,
    /// Where to.
    pub goal: Goal,
}

/// What is to be done with the frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settled {
    /// Scroll to this, unless it is there.
    pub top_px: Option<i32>,
    /// The focus belongs on this message: it is the one that was asked for.
    pub focus: Option<Seq>,
    /// Other rows must be drawn.
    pub redraw: bool,
}

/// What became visible.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The reader is at the end.
    pub at_end: bool,
    /// The start is near: older messages are wanted.
    pub near_start: bool,
    /// Gaps that are near: from which of their edges each is to be filled.
    pub gaps: Vec<GapEdge>,
    /// The message that the reader's place hangs on; at the end the newest.
    pub held: Option<Seq>,
    /// The day at the top of the frame, where its own line is out of sight.
    pub day: Option<Millis>,
    /// The newest message that is wholly above the lower edge of the frame.
    pub newest_in_view: Option<Seq>,
}

/// Where the reader stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hold {
    /// At the end; it was there when it was last gone to.
    End { top_px: i32 },
    /// This message stands so far below the top of the frame.
    Message { seq: Seq, below_top_px: i32 },
}

/// How a message that was gone to is shown.
#[derive(Debug, Clone, Copy)]
struct Arrival {
    /// One in so many parts of the frame belongs above it.
    parts_above: i32,
    focus: Option<Seq>,
}

/// The rows that are drawn, and where the reader is.
#[derive(Debug)]
pub struct Pane {
    hold: Hold,
    goal: Option<Goal>,
    /// Gone to, but not measured yet: such a part of the frame belongs above it.
    arriving: Option<Arrival>,
    slots: Slots,
    strip: Strip,
    drawn: Drawn,
    /// Where the drawn rows begin and end in the frame's content; one more than there are rows.
    edges: Vec<i32>,
    frame: Frame,
    begun: bool,
}

impl Default for Pane {
    fn default() -> Self {
        Self {
            hold: Hold::End { top_px: 0 },
            goal: None,
            arriving: None,
            slots: Slots::default(),
            strip: Strip::default(),
            drawn: Drawn::default(),
            edges: Vec::new(),
            frame: Frame { height_px: FRAME_PX, ..Frame::default() },
            begun: false,
        }
    }
}

impl Pane {
    /// This is to be gone to, as soon as it is among the rows.
    pub fn seek(&mut self, goal: Goal) {
        self.goal = Some(goal);
    }

    /// Which of these rows are to be drawn now.
    pub fn draw(&mut self, rows: &[Row]) -> Drawn {
        self.strip = Strip::lay(rows, &self.slots);
        if !self.begun && !rows.is_empty() {
            self.begun = true;
            self.goal.get_or_insert(Goal::Unread);
        }
        self.go_to_goal(rows);
        self.drawn = self.choose(rows);
        self.drawn
    }

    /// The rows that [`Pane::draw`] named are drawn, or stand elsewhere than they did: `edges` says where each begins and
    /// where the last one ends, in the frame's content.
    pub fn drawn(&mut self, rows: &[Row], frame: Frame, edges: Vec<i32>) -> Settled {
        // One that is hidden has no height, and neither have its rows.
        if frame.height_px <= 0 {
            return Settled::default();
        }
        self.slots.resize(frame.width_px);
        self.frame = frame;
        self.edges = edges;
        for (row, edges) in rows.iter().skip(self.drawn.first).zip(self.edges.windows(2)) {
            if let [top, bottom] = edges {
                self.slots.measure(row, bottom - top);
            }
        }
        self.strip = Strip::lay(rows, &self.slots);
        let arrival = self.arriving.take();
        if let (Some(Arrival { parts_above, .. }), Hold::Message { below_top_px, .. }) =
            (arrival, &mut self.hold)
        {
            *below_top_px = frame.height_px / parts_above;
        }
        let most = (frame.whole_px - frame.height_px).max(0);
        let top_px = self.wanted_top(rows).clamp(0, most);
        if top_px >= most - END_PX && self.drawn.end == rows.len() {
            self.hold = Hold::End { top_px };
        }
        self.frame.top_px = top_px;
        Settled {
            top_px: (top_px != frame.top_px).then_some(top_px),
            focus: arrival.and_then(|arrival| arrival.focus),
            redraw: self.is_short(rows),
        }
    }

    /// The frame was scrolled, by the reader or by what [`Pane::drawn`] said. True if other rows must be drawn, or the frame be
    /// put right again.
    pub fn moved(&mut self, rows: &[Row], frame: Frame) -> bool {
        if frame.height_px <= 0 || (frame == self.frame && self.begun) {
            return false;
        }
        let left = frame.whole_px - frame.top_px - frame.height_px;
        let shrank = frame.height_px != self.frame.height_px || frame.whole_px != self.frame.whole_px;
        let was_at_end = matches!(self.hold, Hold::End { top_px } if frame.top_px >= top_px);
        self.frame = frame;
        if left <= END_PX && self.drawn.end == rows.len() {
            self.hold = Hold::End { top_px: frame.top_px };
        } else if was_at_end && shrank {
            // Not the reader moved, but the end did.
            return true;
        } else {
            self.hold = self.hold_in_view(rows);
        }
        self.is_short(rows)
    }

    /// What is in view now.
    #[must_use]
    pub fn report(&self, rows: &[Row]) -> Report {
        let top = self.frame.top_px;
        let bottom = top.saturating_add(self.frame.height_px);
        Report {
            at_end: matches!(self.hold, Hold::End { .. }),
            held: match self.hold {
                Hold::Message { seq, .. } => Some(seq),
                Hold::End { .. } => rows.iter().rev().find_map(seq_of),
            },
            near_start: !self.edges.is_empty() && self.scrolled_px() < AHEAD_PX && !rows.is_empty(),
            gaps: self.near(rows).filter_map(|(at, row)| self.gap_edge(at, row)).collect(),
            day: self.day_above(rows),
            newest_in_view: self
                .standing(rows)
                .rev()
                .find_map(|(row, _, to)| seq_of(row).filter(|_| to <= bottom.saturating_add(END_PX))),
        }
    }

    /// The drawn rows, each with where it begins and ends.
    fn standing<'a>(&'a self, rows: &'a [Row]) -> impl DoubleEndedIterator<Item = (&'a Row, i32, i32)> {
        let drawn = rows.get(self.drawn.first..self.drawn.end).unwrap_or_default();
        let count = drawn.len().min(self.edges.len().saturating_sub(1));
        let edge = |at: usize| self.edges.get(at).copied().unwrap_or_default();
        (0..count).filter_map(move |at| Some((drawn.get(at)?, edge(at), edge(at + 1))))
    }

    fn go_to_goal(&mut self, rows: &[Row]) {
        let arrive = |seq, parts_above, focus| {
            let below_top_px = self.frame.height_px / parts_above;
            (Hold::Message { seq, below_top_px }, Some(Arrival { parts_above, focus }))
        };
        let found = match self.goal {
            None => return,
            Some(Goal::End) => Some((Hold::End { top_px: 0 }, None)),
            Some(Goal::Message(sought)) => {
                let is_it = |row: &Row| seq_of(row).is_some_and(|seq| seq == sought);
                rows.iter().any(is_it).then(|| arrive(sought, 3, Some(sought)))
            }
            // Where nothing is unread the reader stays; a room that is opened begins at its end.
            Some(Goal::Unread) => {
                let line = rows.iter().position(|row| matches!(row, Row::New));
                let unread = line.and_then(|line| rows.iter().skip(line).find_map(seq_of));
                Some(unread.map_or((self.hold, None), |seq| arrive(seq, 4, None)))
            }
        };
        if let Some((hold, arrival)) = found {
            (self.hold, self.arriving, self.goal) = (hold, arrival, None);
        }
    }

    /// The rows around the frame, by what is known of heights.
    fn choose(&self, rows: &[Row]) -> Drawn {
        let from = match self.held(rows) {
            Some((row, below_top_px)) => self.strip.top(row).saturating_sub(below_top_px),
            None => self.strip.whole().saturating_sub(self.frame.height_px),
        };
        let to = from.saturating_add(self.frame.height_px);
        let first = self.strip.row_at(from.saturating_sub(DRAWN_AROUND_PX));
        let end = self.strip.row_at(to.saturating_add(DRAWN_AROUND_PX)).saturating_add(1).min(rows.len());
        // At the end the last ones count, elsewhere those at the top of the frame.
        let first = match self.hold {
            Hold::End { .. } => first.max(end.saturating_sub(MOST_DRAWN)),
            Hold::Message { .. } => first,
        };
        let end = end.min(first.saturating_add(MOST_DRAWN));
        let above_px = self.strip.top(first);
        let below_px = self.strip.whole().saturating_sub(self.strip.top(end));
        Drawn { first, end, above_px, below_px }
    }

    /// The row that the reader's place hangs on: the next one, where the message is gone.
    fn held(&self, rows: &[Row]) -> Option<(usize, i32)> {
        let Hold::Message { seq, below_top_px } = self.hold else { return None };
        let row = rows.iter().position(|row| seq_of(row).is_some_and(|held| held >= seq))?;
        Some((row, below_top_px))
    }

    fn wanted_top(&self, rows: &[Row]) -> i32 {
        let Some((row, below_top_px)) = self.held(rows) else { return i32::MAX };
        let at = row.checked_sub(self.drawn.first).and_then(|at| self.edges.get(at));
        at.map_or(self.frame.top_px, |edge| edge.saturating_sub(below_top_px))
    }

    /// Whether too little is drawn around the frame, and there is more.
    fn is_short(&self, rows: &[Row]) -> bool {
        let (Some(from), Some(to)) = (self.edges.first(), self.edges.last()) else { return !rows.is_empty() };
        let bottom = self.frame.top_px.saturating_add(self.frame.height_px);
        let above = self.drawn.first > 0 && self.frame.top_px.saturating_sub(*from) < LEAST_AROUND_PX;
        let below = self.drawn.end < rows.len() && to.saturating_sub(bottom) < LEAST_AROUND_PX;
        let next = self.choose(rows);
        (above || below) && (next.first, next.end) != (self.drawn.first, self.drawn.end)
    }

    /// The message that the reader's place hangs on from here on.
    fn hold_in_view(&self, rows: &[Row]) -> Hold {
        let top = self.frame.top_px;
        let half = top.saturating_add(self.frame.height_px / 2);
        let (from, to) = (self.edges.first().copied(), self.edges.last().copied());
        // Somebody drew the scroll bar to where nothing is drawn.
        let beyond = match (from, to) {
            (Some(from), _) if top.saturating_add(self.frame.height_px) < from => {
                Some(self.strip.top(self.drawn.first).saturating_sub(from.saturating_sub(top)))
            }
            (_, Some(to)) if top > to => {
                Some(self.strip.top(self.drawn.end).saturating_add(top.saturating_sub(to)))
            }
            _ => None,
        };
        if let Some(px) = beyond {
            let row = self.strip.row_at(px);
            let seq = rows.iter().skip(row).find_map(seq_of);
            return seq.map_or(Hold::End { top_px: top }, |seq| Hold::Message { seq, below_top_px: 0 });
        }
        // What fills a gap in the upper half must not push down what stands below it.
        let gap = self.standing(rows).filter(|(row, _, to)| matches!(row, Row::Gap { .. }) && *to <= half);
        let from = gap.map(|(_, _, to)| to).filter(|to| *to > top).max().unwrap_or(top);
        let held = self.standing(rows).find_map(|(row, begins, ends)| {
            let seq = seq_of(row).filter(|_| ends > from)?;
            Some(Hold::Message { seq, below_top_px: begins.saturating_sub(top) })
        });
        held.unwrap_or(Hold::End { top_px: top })
    }

    /// The day that the row at the top of the frame belongs to, unless its line is in view or there is none.
    fn day_above(&self, rows: &[Row]) -> Option<Millis> {
        let first = self.edges.partition_point(|edge| *edge <= self.frame.top_px).checked_sub(1)?;
        let above = rows.get(..self.drawn.first.saturating_add(first))?;
        let day = |row: &Row| if let Row::Day { at } = row { Some(*at) } else { None };
        above.iter().rev().find_map(day)
    }

    /// How far the top of the frame is below the top of all rows, about.
    fn scrolled_px(&self) -> i32 {
        let from = self.edges.first().copied().unwrap_or_default();
        self.strip.top(self.drawn.first).saturating_add(self.frame.top_px.saturating_sub(from))
    }

    /// The rows that are drawn or soon will be.
    fn near<'a>(&self, rows: &'a [Row]) -> impl Iterator<Item = (usize, &'a Row)> {
        let top = self.scrolled_px();
        let from = self.strip.row_at(top.saturating_sub(AHEAD_PX));
        let bottom = top.saturating_add(self.frame.height_px).saturating_add(AHEAD_PX);
        let end = self.strip.row_at(bottom).saturating_add(1);
        rows.iter().enumerate().take(end).skip(from)
    }

    /// From which side a gap is to be filled: from the one that the reader is on.
    fn gap_edge(&self, at: usize, row: &Row) -> Option<GapEdge> {
        let Row::Gap { above, below } = row else { return None };
        let middle = self.scrolled_px().saturating_add(self.frame.height_px / 2);
        let reader_is_below = self.strip.top(at.saturating_add(1)) <= middle;
        Some(if reader_is_below { GapEdge::Before(*below) } else { GapEdge::After(*above) })
    }
}

fn seq_of(row: &Row) -> Option<Seq> {
    match row {
        Row::Message { message, .. } => Some(message.seq),
        Row::Day { .. } | Row::New | Row::Gap { .. } | Row::Echo { .. } => None,
    }
}
