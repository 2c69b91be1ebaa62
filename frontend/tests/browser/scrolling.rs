//! The reader keeps their place, on a real page.

use frontend::scroll::{Report, Scroll};
use gloo::utils::document;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

/// A frame of 200 px with rows of 50 px.
struct Page {
    frame: HtmlElement,
    rows: Element,
}

impl Page {
    fn with_rows(count: u32) -> Self {
        let frame: HtmlElement = element("div");
        style(&frame, "position", "relative");
        style(&frame, "height", "200px");
        style(&frame, "overflow", "auto");
        style(&frame, "overflow-anchor", "none");
        let rows: Element = element("div");
        rows.set_class_name("rows");
        frame.append_child(&rows).expect("a child");
        document().body().expect("a body").append_child(&frame).expect("a child");
        let page = Self { frame, rows };
        for seq in 1..=count {
            page.add_below(seq);
        }
        page
    }

    fn row(seq: u32) -> HtmlElement {
        let row: HtmlElement = element("article");
        style(&row, "height", "50px");
        row.set_attribute("data-seq", &seq.to_string()).expect("an attribute");
        row
    }

    fn add_below(&self, seq: u32) {
        self.rows.append_child(&Self::row(seq)).expect("a child");
    }

    fn add_above(&self, seq: u32) {
        self.rows.prepend_with_node_1(&Self::row(seq)).expect("a child");
    }

    fn top(&self) -> i32 {
        self.frame.scroll_top()
    }

    fn scroll(&self, to: i32) {
        self.frame.set_scroll_top(to);
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.frame.remove();
    }
}

fn element<T: JsCast>(name: &str) -> T {
    document().create_element(name).expect("an element").unchecked_into()
}

fn style(element: &HtmlElement, name: &str, value: &str) {
    element.style().set_property(name, value).expect("a property");
}

#[wasm_bindgen_test]
fn a_room_opens_at_its_end_and_stays_there_when_rows_come() {
    let (page, mut scroll) = (Page::with_rows(10), Scroll::default());
    assert!(scroll.drawn(&page.frame).at_end);
    assert_eq!(page.top(), 300);

    page.add_below(11);

    assert!(scroll.drawn(&page.frame).at_end);
    assert_eq!(page.top(), 350);
}

#[wasm_bindgen_test]
fn a_room_with_something_unread_opens_where_that_begins() {
    let (page, mut scroll) = (Page::with_rows(10), Scroll::default());
    let line: HtmlElement = element("div");
    line.set_class_name("line new");
    page.rows.insert_before(&line, page.rows.children().item(4).as_deref()).expect("a child");

    let report = scroll.drawn(&page.frame);

    assert!(!report.at_end);
    assert_eq!(page.top(), 4 * 50 - 200 / 4);
}

#[wasm_bindgen_test]
fn who_reads_further_up_does_not_move_when_rows_come_above_or_below() {
    let (page, mut scroll) = (Page::with_rows(10), Scroll::default());
    scroll.drawn(&page.frame);
    page.scroll(120);
    assert!(!scroll.moved(&page.frame).at_end);

    page.add_above(100);
    page.add_above(101);
    page.add_below(11);
    scroll.drawn(&page.frame);

    assert_eq!(page.top(), 220, "two rows of 50 px came in above");
}

#[wasm_bindgen_test]
fn who_reads_a_row_that_goes_away_stays_about_there() {
    let (page, mut scroll) = (Page::with_rows(10), Scroll::default());
    scroll.drawn(&page.frame);
    page.scroll(120);
    scroll.moved(&page.frame);

    page.rows.children().item(2).expect("the row at the top").remove();
    scroll.drawn(&page.frame);

    assert_eq!(page.top(), 120);
}

#[wasm_bindgen_test]
fn who_is_at_the_end_is_still_there_when_the_frame_becomes_smaller() {
    let (page, mut scroll) = (Page::with_rows(10), Scroll::default());
    scroll.drawn(&page.frame);

    style(&page.frame, "height", "120px");
    // The browser tells of a scroll that nobody made.
    let report = scroll.moved(&page.frame);

    assert!(report.at_end);
    assert_eq!(page.top(), 380);
}

#[wasm_bindgen_test]
fn older_messages_are_wanted_near_the_start_alone() {
    let (page, mut scroll) = (Page::with_rows(60), Scroll::default());
    assert!(!scroll.drawn(&page.frame).near_start);

    page.scroll(400);

    assert!(scroll.moved(&page.frame).near_start);
}

#[wasm_bindgen_test]
fn an_empty_frame_reports_nothing() {
    let (page, mut scroll) = (Page::with_rows(0), Scroll::default());

    assert_eq!(scroll.drawn(&page.frame), Report { at_end: true, ..Report::default() });
}

#[wasm_bindgen_test]
fn a_message_that_is_sought_is_gone_to_once_it_is_there_and_its_reader_stays_with_it() {
    let (page, mut scroll) = (Page::with_rows(10), Scroll::default());
    scroll.seek(protocol::Seq::try_new(100).expect("a seq"));
    assert!(scroll.drawn(&page.frame).at_end);

    page.add_above(100);
    page.add_above(99);
    let report = scroll.drawn(&page.frame);

    assert!(!report.at_end);
    assert_eq!(page.top(), 0);
    page.add_above(98);
    scroll.drawn(&page.frame);
    assert_eq!(page.top(), 50);
}
