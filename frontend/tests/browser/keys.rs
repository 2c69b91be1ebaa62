//! The composer, with real keys on a real page.

use std::{cell::RefCell, rc::Rc};

use client::{
    completing::{About, Begun, Candidate, Kind},
    tray::Tray,
};
use frontend::{completion::Suggest, components::Composer, intent::Intent, luggage::Wish};
use gloo::utils::document;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, Event, EventInit, HtmlTextAreaElement, KeyboardEvent, KeyboardEventInit};
use yew::{Callback, Html, Properties, component, html};

type Heard = Rc<RefCell<Vec<String>>>;

#[derive(Clone, PartialEq, Properties)]
struct Props {
    draft: String,
    tray: Tray,
    on_heard: Callback<String>,
}

/// A composer that tells what comes out of it, as words.
#[component]
fn Desk(props: &Props) -> Html {
    let on_intent = props.on_heard.reform(|intent| match intent {
        Intent::Send { text, files, .. } if files.is_empty() => format!("send {text:?}"),
        Intent::Send { text, files, .. } => format!("send {text:?} with {}", files[0].name),
        other => format!("{other:?}"),
    });
    html! {
        <Composer
            room={protocol::Slug::parse("lobby").expect("a slug")}
            takes_files={true}
            tray={props.tray.clone()}
            hovered={false}
            on_wish={props.on_heard.reform(|wish| match wish {
                Wish::Add(files) => format!("add {}", files.len()),
                Wish::TakeOut(_) => "take out".to_owned(),
                Wish::Again(_) => "again".to_owned(),
                Wish::Gone => "gone".to_owned(),
            })}
            title="lobby"
            draft={props.draft.clone()}
            answered={None}
            suggest={suggest()}
            slow_ms={None::<u64>}
            {on_intent}
            on_draft={props.on_heard.reform(|draft| format!("draft {draft:?}"))}
            on_step={Callback::noop()}
            on_edit_last={props.on_heard.reform(|()| "edit last".to_owned())}
        />
    }
}

fn suggest() -> Suggest {
    Callback::from(|begun: Begun| {
        let all = match begun.kind {
            Kind::Member => ["@Ada", "@Adele", "@Bob"].as_slice(),
            Kind::Emoji | Kind::Spelled => &[":tada:"],
            Kind::Command => &[],
        };
        let fitting = all.iter().filter(|name| name[1..].to_lowercase().starts_with(&begun.word));
        let text = |name: &str| if name == ":tada:" { "🎉" } else { name }.to_owned();
        let candidate =
            |name: &&str| Candidate { text: text(name), label: (*name).to_owned(), about: About::Itself };
        fitting.map(candidate).collect()
    })
}

struct Page {
    place: Element,
    heard: Heard,
}

impl Page {
    async fn with_draft(draft: &str) -> Self {
        Self::with(draft, Tray::default()).await
    }

    async fn with(draft: &str, tray: Tray) -> Self {
        let place = document().create_element("div").expect("an element");
        document().body().expect("a body").append_child(&place).expect("a child");
        let heard = Heard::default();
        let on_heard = Callback::from({
            let heard = heard.clone();
            move |word| heard.borrow_mut().push(word)
        });
        yew::Renderer::<Desk>::with_root_and_props(
            place.clone(),
            Props { draft: draft.to_owned(), tray, on_heard },
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

    assert_eq!(page.heard(), ["send \"hello\"", "gone", "draft \"\""]);
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
async fn files_go_without_a_word_once_all_of_them_are_there() {
    let there = protocol::File {
        file: protocol::FileId::parse("f1").expect("an id"),
        name: "plan.pdf".to_owned(),
        size: 7,
        media: "application/pdf".to_owned(),
        width: None,
        height: None,
    };
    let mut waiting = Tray::restore(vec![there.clone()]);
    waiting.put("more".to_owned(), 7, 100);
    let (full, waiting) = (Page::with("", Tray::restore(vec![there])).await, Page::with("", waiting).await);

    full.presses(&enter()).await;
    waiting.presses(&enter()).await;

    assert_eq!(full.heard(), ["send \"\" with plan.pdf", "gone", "draft \"\""]);
    assert_eq!(waiting.heard(), Vec::<String>::new());
}

fn key(name: &str) -> KeyboardEventInit {
    let init = KeyboardEventInit::new();
    init.set_key(name);
    init
}

impl Page {
    /// What is offered, the chosen one in brackets.
    fn offered(&self) -> String {
        let all = self.place.query_selector_all("[role=option]").expect("a selector");
        let options =
            (0..all.length()).filter_map(|at| all.get(at)).map(|option| option.unchecked_into::<Element>());
        let words = options.map(|option| {
            let text = option.text_content().unwrap_or_default();
            if option.get_attribute("aria-selected").as_deref() == Some("true") {
                format!("[{text}]")
            } else {
                text
            }
        });
        words.collect::<Vec<_>>().join(" ")
    }
}

#[wasm_bindgen_test]
async fn a_name_that_is_begun_is_chosen_by_keys_and_nothing_is_sent() {
    let page = Page::with_draft("").await;
    page.types("hello @ad").await;
    assert_eq!(page.offered(), "[@Ada] @Adele");

    page.presses(&key("ArrowDown")).await;
    assert_eq!(page.offered(), "@Ada [@Adele]");
    let named = page.field().get_attribute("aria-activedescendant");
    assert!(named.is_some_and(|id| document().get_element_by_id(&id).is_some()));
    page.heard();
    page.presses(&enter()).await;

    assert_eq!(page.field().value(), "hello @Adele ");
    assert_eq!(page.offered(), "");
    assert!(page.heard().iter().all(|word| !word.starts_with("send")));
}

#[wasm_bindgen_test]
async fn escape_leaves_the_word_alone_until_another_one_is_begun() {
    let page = Page::with_draft("").await;
    page.types("@ad").await;
    page.presses(&key("Escape")).await;
    assert_eq!(page.offered(), "");
    page.types("@ada").await;
    assert_eq!(page.offered(), "");

    page.types("@ada and @b").await;

    assert_eq!(page.offered(), "[@Bob]");
}

#[wasm_bindgen_test]
async fn an_emoji_that_is_spelled_out_takes_the_place_of_its_name() {
    let page = Page::with_draft("").await;
    page.types("so :tada:").await;
    assert_eq!(page.field().value(), "so 🎉");
    assert!(page.heard().contains(&"draft \"so 🎉\"".to_owned()));
}

#[wasm_bindgen_test]
async fn keys_put_marks_around_what_is_selected_and_the_page_shows_how_it_will_look() {
    let page = Page::with_draft("").await;
    page.types("say hello").await;
    page.field().set_selection_range(4, 9).expect("it is there");
    let bold = key("b");
    bold.set_ctrl_key(true);

    page.presses(&bold).await;

    assert_eq!(page.field().value(), "say **hello**");
    let shown = page.place.query_selector(".preview strong").expect("a selector").expect("a preview");
    assert_eq!(shown.text_content().as_deref(), Some("hello"));
    page.presses(&bold).await;
    assert_eq!(page.field().value(), "say hello");
    assert!(page.place.query_selector(".preview").expect("a selector").is_none());
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
