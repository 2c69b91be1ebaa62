//! Which rows are drawn, and that the reader keeps their place: on a page whose rows are as high as it says.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use client::{
    pane::{Drawn, Frame, Goal, Pane, Report},
    view::{GapEdge, Row},
};
use protocol::{Message, Millis, Seq};

use crate::stage::{NOON, member};

const HEIGHT_PX: i32 = 600;
/// What stands above the first row.
const OVER_PX: i32 = 40;
/// What stands below the last one.
const UNDER_PX: i32 = 8;

/// A frame, the rows in it and how high each of them truly is.
struct Page {
    pane: Pane,
    rows: Vec<Row>,
    height_of: fn(u64) -> i32,
    height_px: i32,
    top_px: i32,
    drawn: Drawn,
    most_drawn: usize,
    focused: Option<u64>,
}

impl Page {
    fn open(rows: Vec<Row>, height_of: fn(u64) -> i32) -> Self {
        let mut page = Self {
            pane: Pane::default(),
            rows,
            height_of,
            height_px: HEIGHT_PX,
            top_px: 0,
            drawn: Drawn::default(),
            most_drawn: 0,
            focused: None,
        };
        page.draw();
        page
    }

    /// As a shell does it: draws, measures, scrolls, until nothing more is to be drawn.
    fn draw(&mut self) {
        for _ in 0..20 {
            self.drawn = self.pane.draw(&self.rows);
            self.most_drawn = self.most_drawn.max(self.drawn.end - self.drawn.first);
            let edges = self.edges();
            let settled = self.pane.drawn(&self.rows, self.frame(), edges);
            self.top_px = settled.top_px.unwrap_or(self.top_px);
            self.focused = settled.focus.map(Seq::value).or(self.focused);
            if !settled.redraw {
                return;
            }
        }
        panic!("it draws without end: {:?}", self.drawn);
    }

    /// The reader scrolls, and the browser tells of it.
    fn scroll(&mut self, top_px: i32) {
        self.top_px = top_px.clamp(0, self.frame().whole_px - self.height_px);
        if self.pane.moved(&self.rows, self.frame()) {
            self.draw();
        }
    }

    fn report(&self) -> Report {
        self.pane.report(&self.rows)
    }

    fn frame(&self) -> Frame {
        let last = self.edges().last().copied().unwrap_or(OVER_PX);
        let whole_px = (last + self.drawn.below_px + UNDER_PX).max(self.height_px);
        Frame { top_px: self.top_px, height_px: self.height_px, width_px: 700, whole_px }
    }

    fn edges(&self) -> Vec<i32> {
        let mut edge = OVER_PX + self.drawn.above_px;
        let mut edges = vec![edge];
        for row in &self.rows[self.drawn.first..self.drawn.end] {
            edge += self.height(row);
            edges.push(edge);
        }
        edges
    }

    fn height(&self, row: &Row) -> i32 {
        match row {
            Row::Message { message, .. } => (self.height_of)(message.seq.value()),
            Row::Day { .. } | Row::New | Row::Gap { .. } | Row::Echo { .. } => 30,
        }
    }

    /// How far below the top of the frame a message stands, if it is drawn.
    fn place_of(&self, seq: u64) -> Option<i32> {
        let edges = self.edges();
        let at = self.rows.iter().position(|row| seq_of(row) == Some(seq))?.checked_sub(self.drawn.first)?;
        edges.get(at).filter(|_| at + 1 < edges.len()).map(|edge| edge - self.top_px)
    }

    /// What is in view is drawn: there is no empty space in the frame.
    fn assert_covered(&self) {
        let (edges, bottom) = (self.edges(), self.top_px + self.height_px);
        let (from, to) = (edges[0], edges[edges.len() - 1]);
        assert!(self.drawn.first == 0 || from <= self.top_px, "empty above: {from} > {}", self.top_px);
        assert!(self.drawn.end == self.rows.len() || to >= bottom, "empty below: {to} < {bottom}");
    }
}

fn seq(value: u64) -> Seq {
    Seq::try_new(value).unwrap()
}

fn message(number: u64) -> Row {
    let message = Message {
        seq: seq(number),
        at: Millis(NOON),
        by: member("bob"),
        text: "a line of text".to_owned(),
        edited_at: None,
        deleted: false,
        reply_to: None,
        mentions: Vec::new(),
        attachments: Vec::new(),
        reactions: Vec::new(),
        pinned: false,
    };
    Row::Message { message: message.into(), first_of_group: false, pending: None }
}

fn messages(seqs: impl IntoIterator<Item = u64>) -> Vec<Row> {
    seqs.into_iter().map(message).collect()
}

fn seq_of(row: &Row) -> Option<u64> {
    if let Row::Message { message, .. } = row { Some(message.seq.value()) } else { None }
}

/// Nothing like what is guessed, and different from row to row.
fn uneven(seq: u64) -> i32 {
    20 + i32::try_from(seq * 7_919 % 13).unwrap() * 17
}

fn even(_: u64) -> i32 {
    25
}

#[test]
fn a_room_opens_at_its_end_and_stays_there_when_rows_come() {
    let mut page = Page::open(messages(1..=5_000), uneven);
    assert!(page.report().at_end);
    assert_eq!(page.place_of(5_000), Some(HEIGHT_PX - UNDER_PX - uneven(5_000)));

    page.rows.push(message(5_001));
    page.draw();

    assert!(page.report().at_end);
    assert_eq!(page.place_of(5_001), Some(HEIGHT_PX - UNDER_PX - uneven(5_001)));
    page.assert_covered();
}

#[test]
fn few_rows_are_drawn_however_many_there_are_and_however_one_scrolls() {
    let mut page = Page::open(messages(1..=5_000), uneven);
    for step in 0..2_000 {
        page.scroll(page.top_px - 90);
        page.assert_covered();
        assert!(page.place_of(seq_of(&page.rows[page.drawn.first]).unwrap()).is_some(), "step {step}");
    }
    assert!(page.most_drawn < 300, "{} rows were drawn", page.most_drawn);
}

#[test]
fn a_step_up_is_a_step_up_although_heights_were_guessed_wrongly() {
    let mut page = Page::open(messages(1..=5_000), uneven);
    page.scroll(page.top_px - 300);
    for _ in 0..300 {
        let in_view = page.rows[page.drawn.first..page.drawn.end].iter().filter_map(seq_of);
        let at_top = in_view.into_iter().find(|seq| page.place_of(*seq).unwrap() >= 0).unwrap();
        let before = page.place_of(at_top).unwrap();
        page.scroll(page.top_px - 90);
        assert_eq!(page.place_of(at_top), Some(before + 90));
    }
}

#[test]
fn rows_that_come_in_above_and_below_do_not_move_what_is_read() {
    let mut page = Page::open(messages(101..=300), uneven);
    page.scroll(page.top_px - 2_000);
    let reading = (101..=300).find(|seq| page.place_of(*seq).is_some_and(|place| place >= 0)).unwrap();
    let before = page.place_of(reading).unwrap();

    page.rows = messages(1..=350);
    page.draw();

    assert_eq!(page.place_of(reading), Some(before));
    assert!(!page.report().at_end);
}

#[test]
fn who_reads_a_message_that_goes_away_stays_about_there() {
    let mut page = Page::open(messages(1..=200), even);
    page.scroll(page.top_px - 2_000);
    let at_top = (1..=200).find(|seq| page.place_of(*seq).is_some_and(|place| place >= 0)).unwrap();
    let place = page.place_of(at_top).unwrap();

    page.rows.retain(|row| seq_of(row) != Some(at_top) && seq_of(row) != Some(at_top - 1));
    page.draw();

    assert!((page.place_of(at_top + 1).unwrap() - place).abs() <= 25);
}

#[test]
fn who_is_at_the_end_is_still_there_when_the_frame_becomes_smaller() {
    let mut page = Page::open(messages(1..=200), even);
    page.height_px = 300;
    page.scroll(page.top_px);

    assert!(page.report().at_end);
    assert_eq!(page.place_of(200), Some(300 - UNDER_PX - 25));
}

#[test]
fn a_picture_that_comes_late_above_the_reader_moves_nothing() {
    let mut page = Page::open(messages(1..=200), even);
    page.scroll(page.top_px - 500);
    let before = page.place_of(180).unwrap();

    page.height_of = |seq| if seq == 150 { 325 } else { 25 };
    page.draw();

    assert!(page.place_of(150).unwrap() < 0);
    assert_eq!(page.place_of(180), Some(before));
}

#[test]
fn a_room_with_something_unread_opens_where_that_begins() {
    let mut rows = messages(1..=500);
    rows.insert(300, Row::New);
    let page = Page::open(rows, uneven);

    assert!(!page.report().at_end);
    assert_eq!(page.place_of(301), Some(HEIGHT_PX / 4));
}

#[test]
fn a_room_with_little_unread_is_at_its_end() {
    let mut rows = messages(1..=500);
    rows.insert(498, Row::New);
    let page = Page::open(rows, uneven);

    assert!(page.report().at_end);
}

#[test]
fn a_message_that_is_sought_is_gone_to_once_it_is_there_and_its_reader_stays_with_it() {
    let mut page = Page::open(messages(4_001..=5_000), uneven);
    page.pane.seek(Goal::Message(seq(70)));
    page.draw();
    assert!(page.report().at_end && page.focused.is_none());

    page.rows.splice(0..0, messages(50..=100).into_iter().chain([gap(100, 4_001)]));
    page.draw();

    assert_eq!((page.place_of(70), page.focused), (Some(HEIGHT_PX / 3), Some(70)));
    page.rows.splice(0..0, messages(1..=49));
    page.draw();
    assert_eq!(page.place_of(70), Some(HEIGHT_PX / 3));
}

#[test]
fn from_anywhere_one_step_leads_to_the_newest() {
    let mut page = Page::open(messages(1..=5_000), uneven);
    page.pane.seek(Goal::Message(seq(9)));
    page.draw();
    assert!(!page.report().at_end);

    page.pane.seek(Goal::End);
    page.draw();

    assert!(page.report().at_end && page.place_of(5_000).is_some());
}

#[test]
fn the_scroll_bar_leads_to_where_nothing_was_drawn() {
    let mut page = Page::open(messages(1..=5_000), uneven);
    for part in [2, 7, 3, 9, 1] {
        page.scroll(page.frame().whole_px / 10 * part);
        page.assert_covered();
        let in_view = (1..=5_000).find(|seq| page.place_of(*seq).is_some_and(|place| place >= 0)).unwrap();
        let wanted = 500 * u64::try_from(part).unwrap();
        assert!(in_view.abs_diff(wanted) < 1_000, "{part} tenths: {in_view}");
    }
}

#[test]
fn the_day_at_the_top_is_told_while_its_line_is_out_of_sight() {
    let day = |at: u64| Row::Day { at: Millis(at) };
    let rows = [day(1)].into_iter().chain(messages(1..=200)).chain([day(2)]).chain(messages(201..=400));
    let mut page = Page::open(rows.collect(), even);
    assert_eq!(page.report().day, Some(Millis(2)));

    page.pane.seek(Goal::Message(seq(190)));
    page.draw();
    assert_eq!(page.report().day, Some(Millis(1)));

    // By the scroll bar to the first message, then to what stands above it.
    page.scroll(0);
    page.scroll(0);
    assert_eq!(page.report().day, None);
}

#[test]
fn older_messages_are_wanted_near_the_start_alone() {
    let mut page = Page::open(messages(1..=500), even);
    assert!(!page.report().near_start);

    page.scroll(400);

    assert!(page.report().near_start);
}

#[test]
fn an_empty_room_reports_nothing() {
    let page = Page::open(Vec::new(), even);

    assert_eq!(page.report(), Report { at_end: true, ..Report::default() });
}

#[test]
fn a_hidden_page_measures_nothing() {
    let mut page = Page::open(messages(1..=500), even);
    page.height_px = 0;
    page.height_of = |_| 0;
    page.draw();
    page.scroll(0);

    page.height_px = HEIGHT_PX;
    page.height_of = even;
    page.draw();

    assert!(page.report().at_end);
    assert_eq!(page.place_of(500), Some(HEIGHT_PX - UNDER_PX - 25));
}

fn gap(above: u64, below: u64) -> Row {
    Row::Gap { above: seq(above), below: seq(below) }
}

/// A gap between 100 and 201, with enough around it.
fn gapped() -> Page {
    let rows = messages(1..=100).into_iter().chain([gap(100, 201)]).chain(messages(201..=300)).collect();
    Page::open(rows, even)
}

#[test]
fn a_gap_fills_from_the_side_on_which_it_is_read() {
    let mut page = gapped();
    assert_eq!(page.report().gaps, []);

    page.pane.seek(Goal::Message(seq(203)));
    page.draw();
    assert_eq!(page.report().gaps, [GapEdge::Before(seq(201))]);

    page.pane.seek(Goal::Message(seq(90)));
    page.draw();
    assert_eq!(page.report().gaps, [GapEdge::After(seq(100))]);
}

#[test]
fn what_fills_a_gap_in_view_pushes_nothing_away_that_is_read_below_it() {
    let mut page = gapped();
    page.pane.seek(Goal::Message(seq(203)));
    page.draw();
    page.scroll(page.top_px + 5);
    let before = page.place_of(203).unwrap();

    let filled = messages(1..=100).into_iter().chain([gap(100, 151)]).chain(messages(151..=300));
    page.rows = filled.collect();
    page.draw();

    assert_eq!(page.place_of(203), Some(before));
}

#[test]
fn what_is_read_is_what_is_wholly_in_the_frame() {
    let mut page = Page::open(messages(1..=200), even);
    assert_eq!(page.report().newest_in_view, Some(seq(200)));

    page.scroll(OVER_PX + 25 * 10);

    assert_eq!(page.report().newest_in_view, Some(seq(34)));
}
