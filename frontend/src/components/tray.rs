//! The tray over the composer: files that go along with the next message, how far each is, a way to take it out, and ways to put more in.

use client::tray::{Entry, Refusal, Stage, Tray};
use protocol::Slug;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Event, HtmlInputElement};
use yew::{Callback, Html, TargetCast, html};

use crate::{
    components::{
        Icon,
        files::{address, size},
    },
    luggage::{Wish, listed, pasted},
    words,
};

/// Draws it; nothing where it is empty.
pub fn tray(room: &Slug, tray: &Tray, on_wish: &Callback<Wish>) -> Html {
    if tray.entries().is_empty() {
        return Html::default();
    }
    let items = tray.entries().iter().map(|entry| item(room, entry, on_wish));
    html! { <ul class="tray" aria-label={words::files_of_this_message()}>{ for items }</ul> }
}

/// A button that lets one choose files.
pub fn chooser(on_wish: &Callback<Wish>) -> Html {
    let onchange = on_wish.reform(|event: Event| {
        let chooser: HtmlInputElement = event.target_unchecked_into();
        let files = listed(chooser.files());
        // So that the same file can be chosen again.
        chooser.set_value("");
        Wish::Add(files)
    });
    html! {
        <label class="attach" title={words::attach_files()}>
            <input type="file" multiple=true aria-label={words::attach_files()} {onchange} />
            { Icon::Clip.draw() }
        </label>
    }
}

/// Takes files that are pasted, and leaves texts to the field.
pub fn on_paste(on_wish: &Callback<Wish>) -> Callback<Event> {
    let on_wish = on_wish.clone();
    Callback::from(move |event: Event| {
        let transfer = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
        let files = transfer.map(|transfer| pasted(&transfer)).unwrap_or_default();
        if !files.is_empty() {
            event.prevent_default();
            on_wish.emit(Wish::Add(files));
        }
    })
}

fn item(room: &Slug, entry: &Entry, on_wish: &Callback<Wish>) -> Html {
    let place = entry.place;
    html! {
        <li key={format!("{place:?}")} class={class_of(&entry.stage)}>
            { face(room, &entry.stage) }
            <div class="what"><bdi>{ &entry.name }</bdi>{ state(entry) }</div>
            if matches!(entry.stage, Stage::Failed(_)) {
                <button type="button" class="again" onclick={on_wish.reform(move |_| Wish::Again(place))}>{ words::try_again() }</button>
            }
            <button
                type="button"
                class="out"
                aria-label={words::take_out(&entry.name)}
                title={words::take_it_out()}
                onclick={on_wish.reform(move |_| Wish::TakeOut(place))}
            >
                { Icon::Cross.draw() }
            </button>
        </li>
    }
}

const fn class_of(stage: &Stage) -> &'static str {
    match stage {
        Stage::Going { .. } => "going",
        Stage::There(_) => "there",
        Stage::Failed(_) | Stage::Refused(_) => "failed",
    }
}

fn face(room: &Slug, stage: &Stage) -> Html {
    match stage {
        Stage::There(file) if file.is_picture() => {
            html! { <img src={address(room, file)} alt="" width="32" height="32" /> }
        }
        Stage::There(_) | Stage::Going { .. } => Icon::Clip.draw(),
        Stage::Failed(_) | Stage::Refused(_) => Icon::Warning.draw(),
    }
}

fn state(entry: &Entry) -> Html {
    match &entry.stage {
        Stage::Going { sent } => html! {
            <progress max={entry.size.to_string()} value={sent.to_string()} aria-label={words::on_its_way(&entry.name)} />
        },
        Stage::There(_) => html! { <small>{ size(entry.size) }</small> },
        Stage::Failed(reason) => trouble(reason.clone()),
        Stage::Refused(refusal) => trouble(sentence(refusal)),
    }
}

fn trouble(reason: String) -> Html {
    html! { <small role="alert">{ reason }</small> }
}

fn sentence(refusal: &Refusal) -> String {
    match refusal {
        Refusal::TooMany(most) => words::message_takes_files(*most),
        Refusal::TooLarge(most_bytes) => words::file_too_large(most_bytes >> 20),
        Refusal::Empty => words::file_empty().to_owned(),
        Refusal::Said(words) => words.clone(),
    }
}
