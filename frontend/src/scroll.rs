//! Where the reader stands in the timeline, and how they stay there while rows come in above, below and in between.
//!
//! Invariants: whoever was at the end stays at the end; for everybody else the row at the top of the frame does not move.

use gloo::{
    events::EventListener,
    utils::{document, window},
};
use protocol::Seq;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, HtmlElement, ResizeObserver};
use yew::{NodeRef, hook, use_effect_with};

/// Within so many pixels of the end one is at the end: half a line.
const END_PX: i32 = 12;
/// Older messages are asked for this many pixels before they are needed: about a screen.
const AHEAD_PX: i32 = 900;

/// Where the reader stands.
#[derive(Default)]
pub struct Scroll {
    state: Standing,
    /// The message that is to be gone to, as soon as it is drawn.
    sought: Option<Seq>,
}

#[derive(Default)]
enum Standing {
    /// Nothing was drawn yet.
    #[default]
    Unset,
    /// At the end, and stays there; it was here when it was last gone to.
    AtEnd { top: i32 },
    /// This row stands so many pixels below the top of the frame.
    At { row: HtmlElement, below_top: i32 },
}

/// What became visible.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The reader is at the end.
    pub at_end: bool,
    /// The start is near: older messages are wanted.
    pub near_start: bool,
    /// Gaps in view; the newest message before each.
    pub gaps: Vec<Seq>,
    /// The newest message in view, while somebody looks at the page.
    pub seen: Option<Seq>,
}

impl Scroll {
    /// The reader scrolled.
    pub fn moved(&mut self, frame: &Element) -> Report {
        let top = frame.scroll_top();
        let left = frame.scroll_height() - top - frame.client_height();
        self.state = match (&self.state, first_in_view(frame)) {
            _ if left <= END_PX => Standing::AtEnd { top },
            // Not the reader moved, but the end did: the frame has become smaller since.
            (Standing::AtEnd { top: was }, _) if top >= *was => return self.drawn(frame),
            (_, Some(row)) => {
                let below_top = row.offset_top() - top;
                Standing::At { row, below_top }
            }
            (_, None) => Standing::AtEnd { top },
        };
        self.report(frame)
    }

    /// This message is to be gone to. It may have to come first.
    pub const fn seek(&mut self, seq: Seq) {
        self.sought = Some(seq);
    }

    /// Rows were drawn: goes to the one that is sought, else puts the reader back to where they stood.
    pub fn drawn(&mut self, frame: &Element) -> Report {
        if let Some(row) = self.sought.and_then(|seq| row_of(frame, seq)) {
            self.sought = None;
            self.go_to(frame, row);
        }
        match &self.state {
            Standing::Unset => self.begin(frame),
            Standing::AtEnd { .. } => self.go_to_end(frame),
            Standing::At { row, below_top } if row.is_connected() => {
                let top = row.offset_top() - below_top;
                if top != frame.scroll_top() {
                    frame.set_scroll_top(top);
                }
            }
            // The row itself is gone: the next one that is there will do.
            Standing::At { .. } => return self.moved(frame),
        }
        self.report(frame)
    }

    /// Puts a row a third below the top, and the focus on it: that shows which one was meant.
    fn go_to(&mut self, frame: &Element, row: HtmlElement) {
        frame.set_scroll_top(row.offset_top() - frame.client_height() / 3);
        let below_top = row.offset_top() - frame.scroll_top();
        // A row that takes no focus stands in the right place all the same.
        let _ = row.focus();
        self.state = Standing::At { row, below_top };
    }

    /// Goes to the end.
    pub fn go_to_end(&mut self, frame: &Element) {
        frame.set_scroll_top(frame.scroll_height());
        self.state = Standing::AtEnd { top: frame.scroll_top() };
    }

    /// The first rows: at the line where the unread begins if there is one, else at the end.
    fn begin(&mut self, frame: &Element) {
        if rows(frame).is_none_or(|rows| rows.child_element_count() == 0) {
            return;
        }
        self.go_to_end(frame);
        let unread = frame.query_selector(".line.new").ok().flatten();
        let Some(unread) = unread.and_then(|line| line.dyn_into::<HtmlElement>().ok()) else { return };
        let wanted = unread.offset_top() - frame.client_height() / 4;
        if wanted < frame.scroll_top() {
            frame.set_scroll_top(wanted);
            self.moved(frame);
        }
    }

    fn report(&self, frame: &Element) -> Report {
        let drawn = !matches!(self.state, Standing::Unset);
        Report {
            at_end: !matches!(self.state, Standing::At { .. }),
            near_start: drawn && frame.scroll_top() < AHEAD_PX,
            gaps: gaps_in_view(frame),
            seen: somebody_looks().then(|| last_in_view(frame)).flatten(),
        }
    }
}

/// Tells when the frame itself changes (a keyboard opens, the composer grows, a window is resized), and when somebody looks at the
/// page again: what they see now, they have seen.
#[hook]
pub fn use_changes_around(frame: &NodeRef, on_change: impl Fn() + Clone + 'static) {
    let frame = frame.clone();
    use_effect_with((), move |()| {
        let looked = EventListener::new(&window(), "focus", {
            let on_change = on_change.clone();
            move |_| on_change()
        });
        let resized = Closure::<dyn FnMut()>::new(on_change);
        let observer = ResizeObserver::new(resized.as_ref().unchecked_ref()).ok();
        if let (Some(observer), Some(frame)) = (&observer, frame.cast::<Element>()) {
            observer.observe(&frame);
        }
        move || {
            if let Some(observer) = observer {
                observer.disconnect();
            }
            drop((looked, resized));
        }
    });
}

fn somebody_looks() -> bool {
    document().has_focus().unwrap_or(false)
}

fn rows(frame: &Element) -> Option<Element> {
    frame.query_selector(".rows").ok().flatten()
}

fn row(rows: &Element, at: u32) -> Option<HtmlElement> {
    rows.children().item(at)?.dyn_into().ok()
}

fn row_of(frame: &Element, seq: Seq) -> Option<HtmlElement> {
    frame.query_selector(&format!("[data-seq='{seq}']")).ok()??.dyn_into().ok()
}

/// The first row whose end is below the top of the frame. Rows lie in order, so that halving finds it.
fn first_in_view(frame: &Element) -> Option<HtmlElement> {
    let rows = rows(frame)?;
    let top = frame.scroll_top();
    let (mut low, mut high) = (0, rows.child_element_count());
    while low < high {
        let middle = low.midpoint(high);
        let row = row(&rows, middle)?;
        if row.offset_top() + row.offset_height() > top { high = middle } else { low = middle + 1 }
    }
    row(&rows, low)
}

/// The newest message that is wholly above the lower edge of the frame.
fn last_in_view(frame: &Element) -> Option<Seq> {
    let rows = rows(frame)?;
    let bottom = frame.scroll_top() + frame.client_height() + END_PX;
    (0..rows.child_element_count()).rev().filter_map(|at| row(&rows, at)).find_map(|row| {
        let seq = seq_of(&row, "data-seq")?;
        (row.offset_top() + row.offset_height() <= bottom).then_some(seq)
    })
}

fn gaps_in_view(frame: &Element) -> Vec<Seq> {
    let Ok(lines) = frame.query_selector_all(".line.gap") else { return Vec::new() };
    let (top, bottom) = (frame.scroll_top(), frame.scroll_top() + frame.client_height());
    (0..lines.length())
        .filter_map(|at| lines.item(at)?.dyn_into::<HtmlElement>().ok())
        .filter(|line| line.offset_top() < bottom && line.offset_top() + line.offset_height() > top)
        .filter_map(|line| seq_of(&line, "data-above"))
        .collect()
}

fn seq_of(row: &HtmlElement, attribute: &str) -> Option<Seq> {
    Seq::try_new(row.get_attribute(attribute)?.parse().ok()?)
}
