//! Looking for messages of the room: words, an author, a time; what was found leads to its place.

use client::found::{self, Piece};
use gloo::timers::callback::Timeout;
use protocol::{MemberId, Millis, Present, Seq, Slug, http::FoundMessage, limits::SEARCH_SCALARS};
use wasm_bindgen_futures::spawn_local;
use yew::{
    Callback, Event, Html, Properties, SubmitEvent, component, html, use_effect_with, use_mut_ref,
    use_node_ref, use_state,
};

use crate::{
    address,
    calendar::Reading,
    field,
    forms::Fields,
    http::{self, Wanted},
    navigation,
    panel::Panel,
    words,
};

/// Nobody types faster than this and waits for what stands between two letters.
const TYPING_MS: u32 = 250;
const DAY_MS: u64 = 24 * 60 * 60 * 1_000;

/// Where, and who may have written it.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The room.
    pub room: Slug,
    /// Who is there: authors to choose from.
    pub people: Vec<Present>,
    /// The reader's now.
    pub reading: Reading,
    /// Told to close where it stands over what is gone to.
    pub on_panel: Callback<Panel>,
}

/// What was found.
#[derive(Clone, Default, PartialEq)]
struct Found {
    messages: Vec<FoundMessage>,
    /// There are more below this one.
    next: Option<Seq>,
    problem: Option<String>,
    answered: bool,
}

/// Draws the form and what was found.
#[component]
pub fn Search(props: &Props) -> Html {
    let wanted = use_state(Wanted::default);
    let found = use_state(Found::default);
    let typing = use_mut_ref(|| None::<Timeout>);
    let field_node = use_node_ref();
    use_effect_with((), {
        let field_node = field_node.clone();
        move |()| field::focus(&field_node)
    });
    use_effect_with((props.room.clone(), (*wanted).clone()), {
        let found = found.setter();
        move |(room, wanted)| {
            let (room, wanted) = (room.clone(), wanted.clone());
            let still_wanted = std::rc::Rc::new(());
            let asked = std::rc::Rc::downgrade(&still_wanted);
            spawn_local(async move {
                let answer = look(&room, &wanted, Found::default()).await;
                if asked.upgrade().is_some() {
                    found.set(answer);
                }
            });
            move || drop(still_wanted)
        }
    });
    let oninput = {
        let (wanted, zone_ms) = (wanted.setter(), props.reading.zone_ms);
        Callback::from(move |event: yew::InputEvent| {
            let (next, wanted) = (read(&event, zone_ms), wanted.clone());
            typing.replace(Some(Timeout::new(TYPING_MS, move || wanted.set(next))));
        })
    };
    let on_more = {
        let (room, found, wanted) = (props.room.clone(), found.clone(), wanted.clone());
        Callback::from(move |()| {
            let (room, held, setter, wanted) =
                (room.clone(), (*found).clone(), found.setter(), wanted.clone());
            spawn_local(async move { setter.set(look(&room, &wanted, held).await) });
        })
    };
    html! {
        <>
            <form class="side-form" role="search" {oninput} onsubmit={|event: SubmitEvent| event.prevent_default()}>
                <label class="field">
                    { words::search_words() }
                    <input ref={field_node} type="search" name="words" maxlength={SEARCH_SCALARS.to_string()} autocomplete="off" />
                </label>
                <details>
                    <summary>{ words::search_closer() }</summary>
                    { closer(props) }
                </details>
                <p class="hint">{ words::search_hint() }</p>
            </form>
            <Hits
                room={props.room.clone()}
                messages={found.messages.clone()}
                reading={props.reading}
                on_panel={&props.on_panel}
            />
            <p class="trouble" role="alert">{ for found.problem.clone() }</p>
            <p class="hint" role="status">{ told(&found) }</p>
            if found.next.is_some() {
                <button type="button" onclick={on_more.reform(|_| ())}>{ words::show_older() }</button>
            }
        </>
    }
}

fn closer(props: &Props) -> Html {
    html! {
        <>
            <label class="field">
                { words::written_by() }
                <select name="author">
                    <option value="" selected=true>{ words::anybody() }</option>
                    { for props.people.iter().map(|member| html! {
                        <option value={member.id.to_string()}>{ &member.name }</option>
                    }) }
                </select>
            </label>
            <label class="field">{ words::from_day() }<input type="date" name="from" /></label>
            <label class="field">{ words::until_day() }<input type="date" name="until" /></label>
        </>
    }
}

fn told(found: &Found) -> &'static str {
    if found.answered && found.problem.is_none() && found.messages.is_empty() {
        words::nothing_found()
    } else {
        ""
    }
}

/// Days begin where the reader is.
fn read(event: &Event, zone_ms: i64) -> Wanted {
    let fields = Fields::around(event);
    let day = |name: &str| {
        let utc = js_sys::Date::parse(&fields.text(name));
        #[expect(
            clippy::cast_possible_truncation,
            reason = "whole milliseconds of a day that somebody chose"
        )]
        let begin = (!utc.is_nan()).then(|| (utc as i64).saturating_sub(zone_ms));
        begin.and_then(|begin| u64::try_from(begin).ok())
    };
    Wanted {
        words: fields.text("words"),
        author: MemberId::parse(&fields.text("author")).ok(),
        from: day("from").map(Millis),
        until: day("until").map(|begin| Millis(begin.saturating_add(DAY_MS))),
    }
}

/// What is found below what is held.
async fn look(room: &Slug, wanted: &Wanted, held: Found) -> Found {
    if wanted.is_empty() {
        return Found::default();
    }
    match http::search(room, wanted, held.next).await {
        Ok(page) => {
            let messages = held.messages.into_iter().chain(page.messages).collect();
            Found { messages, next: page.next, problem: None, answered: true }
        }
        Err(failure) => Found { problem: Some(failure.sentence()), answered: true, ..held },
    }
}

/// What was found.
#[derive(Clone, PartialEq, Properties)]
pub struct HitsProps {
    /// In which room.
    pub room: Slug,
    /// Newest first.
    pub messages: Vec<FoundMessage>,
    /// The reader's now.
    pub reading: Reading,
    /// Told to close where it stands over what is gone to.
    pub on_panel: Callback<Panel>,
}

/// Draws what was found, each a way to its place.
#[component]
pub fn Hits(props: &HitsProps) -> Html {
    html! {
        <ul class="hits" aria-label={words::found_messages()}>
            { for props.messages.iter().map(|found| hit(props, found)) }
        </ul>
    }
}

fn hit(props: &HitsProps, found: &FoundMessage) -> Html {
    let message = &found.message;
    let pieces = found::pieces(&message.text, &found.highlight);
    html! {
        <li key={message.seq.to_string()}>
            <a href={address::path_at(&props.room, message.seq)} onclick={left(&props.on_panel)}>
                <span class="name">{ &message.by.name }</span>
                <time datetime={Reading::machine(message.at)}>{ props.reading.full(message.at) }</time>
                <p>{ for pieces.into_iter().map(piece) }</p>
            </a>
        </li>
    }
}

fn piece(piece: Piece) -> Html {
    match piece {
        Piece::Plain(text) => html! { text },
        Piece::Hit(text) => html! { <mark>{ text }</mark> },
        Piece::Cut => html! { "…" },
    }
}

/// Where a screen covers the timeline, it closes over what is gone to.
pub fn left(on_panel: &Callback<Panel>) -> Callback<yew::MouseEvent> {
    let on_panel = on_panel.clone();
    Callback::from(move |_| {
        if navigation::is_narrow() {
            on_panel.emit(Panel::Closed);
        }
    })
}
