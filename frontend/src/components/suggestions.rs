//! What could come of the word that is begun, over the field.

use client::completing::{About, Candidate};
use yew::{Callback, Html, MouseEvent, html};

use crate::words;

/// The list's name in the page, for the field that it belongs to.
pub const LIST: &str = "suggestions";

/// A candidate's name in the page.
#[must_use]
pub fn id_of(at: usize) -> String {
    format!("{LIST}-{at}")
}

/// Draws them; nothing where there is none.
pub fn suggestions(candidates: &[Candidate], chosen: Option<usize>, on_take: &Callback<usize>) -> Html {
    let Some(chosen) = chosen else { return Html::default() };
    let items = candidates.iter().enumerate().map(|(at, candidate)| item((at, candidate), chosen, on_take));
    html! { <ul class="suggestions" id={LIST} role="listbox" aria-label={words::suggestions()}>{ for items }</ul> }
}

fn item((at, candidate): (usize, &Candidate), chosen: usize, on_take: &Callback<usize>) -> Html {
    // The keys stay in the field.
    let onmousedown = Callback::from(|event: MouseEvent| event.prevent_default());
    let sign = candidate.label.starts_with(':').then_some(&candidate.text);
    html! {
        <li id={id_of(at)} role="option" aria-selected={(at == chosen).to_string()} {onmousedown} onclick={on_take.reform(move |_| at)}>
            { for sign.map(|emoji| html! { <span class="emoji" aria-hidden="true">{ emoji }</span> }) }
            <bdi>{ &candidate.label }</bdi>
            { about(&candidate.about) }
        </li>
    }
}

fn about(about: &About) -> Html {
    match about {
        About::Itself => Html::default(),
        About::Everybody => html! { <small>{ words::everybody_here() }</small> },
        About::Words(words) => html! { <small>{ words }</small> },
    }
}
