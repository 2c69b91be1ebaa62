//! "What should we call you?": one field over the composer, for as long as the name is a guest's.

use protocol::{Name, text::BadText};
use web_sys::HtmlInputElement;
use yew::{Callback, Html, Properties, SubmitEvent, component, html, use_node_ref, use_state};

use crate::words;

/// What is known.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Props {
    /// The name now.
    pub name: String,
    /// The provider that people may sign in with, if there is one.
    #[prop_or_default]
    pub provider: Option<String>,
    /// Why the last try failed.
    pub problem: Option<String>,
    /// Takes the new name.
    pub on_rename: Callback<Name>,
    /// Told when the name shall stay.
    pub on_keep: Callback<()>,
    /// Told when the reader wants to sign in with the provider.
    #[prop_or_default]
    pub on_provider: Callback<()>,
}

/// Nothing has to be typed to read or to write: the name may stay.
#[component]
pub fn NameField(props: &Props) -> Html {
    let node = use_node_ref();
    let refused = use_state(|| None::<String>);
    let onsubmit = {
        let (node, refused, on_rename) = (node.clone(), refused.clone(), props.on_rename.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            let typed = node.cast::<HtmlInputElement>().map(|field| field.value()).unwrap_or_default();
            match Name::parse(&typed) {
                Ok(name) => {
                    refused.set(None);
                    on_rename.emit(name);
                }
                Err(why) => refused.set(Some(words::no_name(&refusal(why)))),
            }
        }
    };
    let trouble = refused.as_ref().or(props.problem.as_ref());
    html! {
        <form class="naming" {onsubmit}>
            <label for="name">{ words::what_to_call_you() }</label>
            <input
                ref={node}
                id="name"
                type="text"
                autocomplete="nickname"
                maxlength="64"
                placeholder={props.name.clone()}
                aria-describedby="name-trouble"
            />
            <button type="submit" class="primary">{ words::use_this_name() }</button>
            <button type="button" onclick={props.on_keep.reform(|_| ())}>{ words::stay(&props.name) }</button>
            if let Some(provider) = &props.provider {
                <button type="button" onclick={props.on_provider.reform(|_| ())}>{ words::sign_in_with(provider) }</button>
            }
            <p id="name-trouble" class="trouble" role="alert">{ for trouble }</p>
        </form>
    }
}

fn refusal(why: BadText) -> String {
    match why {
        BadText::Empty => words::name_empty().to_owned(),
        BadText::TooLong(most) => words::name_too_long(most),
        BadText::Invisible => words::name_invisible().to_owned(),
        BadText::Unsettled => words::name_unsettled().to_owned(),
    }
}
