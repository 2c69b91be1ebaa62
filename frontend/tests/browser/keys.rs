//! The composer, with real keys on a real page.

use std::{cell::RefCell, rc::Rc};

use frontend::{components::Composer, intent::Intent};
use gloo::utils::document;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, Event, EventInit, HtmlTextAreaElement, KeyboardEvent, KeyboardEventInit};
use yew::{Callback, Html, Properties, component, html};

type Heard = Rc<RefCell<Vec<String>>>;

#[derive(Clone, PartialEq, Properties)]
struct Props {
    draft: String,
    on_heard: Callback<String>,
}

/// A composer that tells what comes out of it, as words.
#[component]
fn Desk(props: &Props) -> Html {
    let on_intent = props.on_heard.reform(|intent| match intent {
        Intent::Send { text, .. } => format!("send {text:?}"),
        other => format!("{other:?}"),
    });
    html! {
        <Composer
            title="lobby"
            draft={props.draft.clone()}
            answered={None}
            {on_intent}
            on_draft={props.on_heard.reform(|draft| format!("draft {draft:?}"))}
            on_step={Callback::noop()}
            on_edit_last={props.on_heard.reform(|()| "edit last".to_owned())}
        />
    }
}

struct Page {
    place: Element,
    heard: Heard,
}

impl Page {
    async fn with_draft(draft: &str) -> Self {
        let place = document().create_element("div").expect("an element");
        document().body().expect("a body").append_child(&place).expect("a child");
        let heard = Heard::default();
        let on_heard = Callback::from({
            let heard = heard.clone();
            move |word| heard.borrow_mut().push(word)
        });
        yew::Renderer::<Desk>::with_root_and_props(
            place.clone(),
            Props { draft: draft.to_owned(), on_heard },
        )
        .render();
        drawn().await;
        Self { place, heard }
    }

    fn field(&self) -> HtmlTextAreaElement {
        self.place.query_selector("textarea").expect("a selector").expect("a field").unchecked_into()
    }

    async fn types(&self, text: &str) {
        self.field().set_value(text);
        let init = EventInit::new();
        init.set_bubbles(true);
        let input = Event::new_with_event_init_dict("input", &init).expect("an event");
        self.field().dispatch_event(&input).expect("dispatched");
        drawn().await;
    }

    async fn presses(&self, init: &KeyboardEventInit) {
        init.set_bubbles(true);
        init.set_cancelable(true);
        let key = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", init).expect("an event");
        self.field().dispatch_event(&key).expect("dispatched");
        drawn().await;
    }

    fn heard(&self) -> Vec<String> {
        self.heard.take()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.place.remove();
    }
}

/// Everything that was asked of the page is drawn, and its effects have run.
async fn drawn() {
    yew::scheduler::flush().await;
}

fn enter() -> KeyboardEventInit {
    let init = KeyboardEventInit::new();
    init.set_key("Enter");
    init
}

#[wasm_bindgen_test]
async fn enter_sends_and_empties_the_field_and_its_draft() {
    let page = Page::with_draft("").await;
    page.types("hello ").await;
    assert_eq!(page.heard(), ["draft \"hello \"", "Typing"]);

    page.presses(&enter()).await;

    assert_eq!(page.heard(), ["send \"hello\"", "draft \"\""]);
    assert_eq!(page.field().value(), "");
}

#[wasm_bindgen_test]
async fn shift_and_enter_begin_a_line() {
    let page = Page::with_draft("one").await;
    let init = enter();
    init.set_shift_key(true);

    page.presses(&init).await;

    assert_eq!(page.heard(), Vec::<String>::new());
    assert_eq!(page.field().value(), "one");
}

#[wasm_bindgen_test]
async fn an_enter_that_ends_a_composition_never_sends() {
    let page = Page::with_draft("にほん").await;
    let composing = enter();
    composing.set_is_composing(true);
    let after_composing = enter();
    after_composing.set_key_code(229);

    page.presses(&composing).await;
    page.presses(&after_composing).await;

    assert_eq!(page.heard(), Vec::<String>::new());
    assert_eq!(page.field().value(), "にほん");
}

#[wasm_bindgen_test]
async fn a_draft_stands_in_the_field_when_the_page_comes_back() {
    let page = Page::with_draft("half a thou").await;

    assert_eq!(page.field().value(), "half a thou");
}

#[wasm_bindgen_test]
async fn what_is_too_long_stays_in_the_field() {
    let page = Page::with_draft("").await;
    let long = "x".repeat(4_001);
    page.types(&long).await;
    page.heard();

    page.presses(&enter()).await;

    assert_eq!(page.heard(), Vec::<String>::new());
    assert_eq!(page.field().value(), long);
    assert!(page.place.text_content().unwrap_or_default().contains("1 too many"));
}

#[wasm_bindgen_test]
async fn up_in_an_empty_field_changes_the_last_message_and_in_a_full_one_moves_the_caret() {
    let up = KeyboardEventInit::new();
    up.set_key("ArrowUp");
    let (empty, full) = (Page::with_draft("").await, Page::with_draft("text").await);

    empty.presses(&up).await;
    full.presses(&up).await;

    assert_eq!(empty.heard(), ["edit last"]);
    assert_eq!(full.heard(), Vec::<String>::new());
}

#[wasm_bindgen_test]
async fn the_field_grows_with_its_text_and_shrinks_when_it_is_sent() {
    let page = Page::with_draft("").await;
    let one_line = page.field().client_height();

    page.types("one\ntwo\nthree").await;
    let three_lines = page.field().client_height();
    page.presses(&enter()).await;

    assert!(three_lines > one_line * 2, "{three_lines} px of {one_line} px");
    assert_eq!(page.field().client_height(), one_line);
}
