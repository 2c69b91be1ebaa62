//! A field of a form that begins with something.
//!
//! Invariant: what somebody typed since stays, however often what stands around it is drawn: a field is drawn again only when what
//! it begins with is another.

use yew::{Html, Properties, component, html};

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Words, at least one, at most so many scalar values.
    Name(usize),
    /// Words or none, at most so many scalar values.
    Words(usize),
    /// A number from 1 to this one.
    Number(u64),
    /// Such a number, or nothing.
    PerhapsNumber(u64),
}

/// Which.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Props {
    /// Its name in the form.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// What it begins with.
    pub value: String,
}

/// Draws it.
#[component]
pub fn Given(props: &Props) -> Html {
    let (name, value) = (props.name, props.value.clone());
    let required = matches!(props.takes, Takes::Name(_) | Takes::Number(_));
    match props.takes {
        Takes::Name(longest) | Takes::Words(longest) => html! {
            <input {name} {value} {required} maxlength={longest.to_string()} autocomplete="off" />
        },
        Takes::Number(most) | Takes::PerhapsNumber(most) => html! {
            <input {name} {value} {required} type="number" min="1" max={most.to_string()} />
        },
    }
}
