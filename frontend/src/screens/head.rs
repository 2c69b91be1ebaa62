//! What stands over every screen: its name, which takes the keys when it opens, and the way back.

use yew::{Callback, Html, Properties, component, html, use_effect_with, use_node_ref};

use crate::{components::Icon, field, words};

/// Of which screen.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What it is called.
    pub title: &'static str,
    /// Told when it is to close.
    pub on_close: Callback<()>,
}

/// Draws it.
#[component]
pub fn Head(props: &Props) -> Html {
    let title = use_node_ref();
    use_effect_with((), {
        let title = title.clone();
        move |()| field::focus(&title)
    });
    html! {
        <header class="side-head">
            <h2 id="side-title" ref={title} tabindex="-1">{ props.title }</h2>
            <button type="button" aria-label={words::close()} title={words::close_key()} onclick={props.on_close.reform(|_| ())}>
                { Icon::Cross.draw() }
            </button>
        </header>
    }
}
