//! The place for a room, before there is a sign-in. Looks like the page that stands in index.html.

use yew::{Html, Properties, component, html};

use crate::{components::awaited, words};

/// What is known.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Props {
    /// Why there is no sign-in yet; it is tried again all the same.
    pub problem: Option<String>,
}

/// Three grey rows or what was drawn there already, and a sentence where something is wrong.
#[component]
pub fn Waiting(props: &Props) -> Html {
    html! {
        <div class="page">
            <aside class="rooms" />
            <main class="room">
                <header class="header" />
                <div class="timeline"><div class="frame">{ awaited() }</div></div>
                if let Some(problem) = &props.problem {
                    <div class="connection" role="status">
                        <span>{ words::goes_on_trying(problem) }</span>
                    </div>
                }
                <div class="composer"><div class="writing" /></div>
            </main>
            <aside class="people" />
        </div>
    }
}
