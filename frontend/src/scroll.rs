//! The frame that the timeline is scrolled in: what is measured of it goes into the client's `Pane`, and what that says is
//! done to it.
//!
//! Not here: which rows are drawn and where the reader stands. Invariant: between two draws nothing but the frame's own
//! numbers are read, so that scrolling costs no layout.

use std::rc::Rc;

use client::{
    pane::{Drawn, Frame, Goal, Jump, Pane, Report, Settled},
    view::Row,
};
use gloo::{
    events::EventListener,
    utils::{document, window},
};
use protocol::Seq;
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement, ResizeObserver};
use yew::{NodeRef, hook, use_effect_with};

/// What stands in a frame, and where.
#[derive(Default)]
pub struct Scroll {
    pane: Pane,
    /// The rows that were given last, drawn or not.
    rows: Rc<Vec<Row>>,
    drawn: Drawn,
    /// The number of the jump that was taken last.
    jumped: Option<u32>,
    frame: Frame,
    rows_px: i32,
}

impl Scroll {
    /// Which rows are to be drawn now.
    pub fn draw(&mut self, rows: &Rc<Vec<Row>>) -> Drawn {
        self.rows = Rc::clone(rows);
        self.drawn = self.pane.draw(&self.rows);
        self.drawn
    }

    /// This is to be gone to, as soon as it is there.
    pub fn seek(&mut self, goal: Goal) {
        self.pane.seek(goal);
    }

    /// Goes where the client leads, once.
    pub fn follow(&mut self, jump: Option<Jump>) {
        let number = jump.map(|jump| jump.number);
        if let Some(jump) = jump.filter(|_| self.jumped != number) {
            self.seek(jump.goal);
            self.jumped = number;
        }
    }

    /// The rows are drawn: the reader is put to where they belong. True if others must be drawn.
    pub fn drawn(&mut self, frame: &Element) -> bool {
        let Some(rows) = rows(frame) else { return false };
        make_room(&rows, self.drawn);
        let edges = edges(&rows, self.drawn.above_px);
        let Settled { top_px, focus, redraw } = self.pane.drawn(&self.rows, measure(frame), edges);
        if let Some(top_px) = top_px {
            frame.set_scroll_top(top_px);
        }
        if let Some(row) = focus.and_then(|seq| row_of(&rows, seq)) {
            // A row that takes no focus stands in the right place all the same.
            let _ = row.focus();
        }
        self.frame = measure(frame);
        self.rows_px = rows.offset_height();
        redraw
    }

    /// The frame was scrolled. True if other rows must be drawn.
    pub fn moved(&mut self, frame: &Element) -> bool {
        self.frame = measure(frame);
        self.pane.moved(&self.rows, self.frame)
    }

    /// What is in view.
    #[must_use]
    pub fn report(&self) -> Report {
        self.pane.report(&self.rows)
    }

    /// Whether anything is larger or smaller than it was when it was drawn: a picture has come, a keyboard was opened.
    #[must_use]
    pub fn has_grown(&self, frame: &Element) -> bool {
        let now = measure(frame);
        (now.height_px, now.width_px) != (self.frame.height_px, self.frame.width_px)
            || rows(frame).is_some_and(|rows| rows.offset_height() != self.rows_px)
    }
}

/// What happens around the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Somebody looks at the page again: what they see now, they have seen.
    Looked,
    /// The frame or what is in it may have another size.
    Resized,
}

/// Tells of each change.
#[hook]
pub fn use_changes_around(frame: &NodeRef, on_change: impl Fn(Change) + Clone + 'static) {
    let frame = frame.clone();
    use_effect_with((), move |()| {
        let looked = EventListener::new(&window(), "focus", {
            let on_change = on_change.clone();
            move |_| on_change(Change::Looked)
        });
        let resized = Closure::<dyn FnMut()>::new(move || on_change(Change::Resized));
        let observer = ResizeObserver::new(resized.as_ref().unchecked_ref()).ok();
        if let (Some(observer), Some(frame)) = (&observer, frame.cast::<Element>()) {
            observer.observe(&frame);
            if let Some(rows) = rows(&frame) {
                observer.observe(&rows);
            }
        }
        move || {
            if let Some(observer) = observer {
                observer.disconnect();
            }
            drop((looked, resized));
        }
    });
}

/// Does this once what is being drawn stands in the page, and before the browser paints it. An effect may come too late: where drawing
/// took long, Yew lets the browser paint before it runs them, and the reader would see the rows jump.
pub fn before_paint(put_right: impl FnOnce() + 'static) {
    // Natively nothing is painted.
    if cfg!(target_arch = "wasm32") {
        spawn_local(async move { put_right() });
    }
}

/// Whether somebody looks at the page: only what is seen counts as read.
#[must_use]
pub fn somebody_looks() -> bool {
    document().has_focus().unwrap_or(false)
}

fn measure(frame: &Element) -> Frame {
    Frame {
        top_px: frame.scroll_top(),
        height_px: frame.client_height(),
        width_px: u32::try_from(frame.client_width()).unwrap_or_default(),
        whole_px: frame.scroll_height(),
    }
}

/// The space that the rows above and below would take. By the object model: the page's policy forbids styles in attributes.
fn make_room(rows: &HtmlElement, drawn: Drawn) {
    for (name, px) in [("padding-top", drawn.above_px), ("padding-bottom", drawn.below_px)] {
        // Without it the scroll bar is too long, and nothing else is wrong.
        let _ = rows.style().set_property(name, &format!("{px}px"));
    }
}

/// Where the drawn rows begin and end in the frame.
fn edges(rows: &HtmlElement, above_px: i32) -> Vec<i32> {
    let children = rows.children();
    let mut edges = vec![rows.offset_top().saturating_add(above_px)];
    for at in 0..children.length() {
        let row = children.item(at).map(JsCast::unchecked_into::<HtmlElement>);
        edges.extend(row.map(|row| row.offset_top() + row.offset_height()));
    }
    edges
}

fn rows(frame: &Element) -> Option<HtmlElement> {
    frame.query_selector(".rows").ok()??.dyn_into().ok()
}

fn row_of(rows: &Element, seq: Seq) -> Option<HtmlElement> {
    rows.query_selector(&format!("[data-seq='{seq}']")).ok()??.dyn_into().ok()
}
