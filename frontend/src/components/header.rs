//! The room's name and topic, and on small screens the ways to the panels.

use yew::{Callback, Html, Properties, component, html};

use crate::{components::Icon, panel::Panel};

/// Of which room.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Props {
    /// Its name for people.
    pub title: String,
    /// What it is about; may be empty.
    pub topic: String,
    /// How many are in it; none before it is known.
    pub count: Option<u32>,
    /// Which panel lies open on a small screen.
    pub open: Panel,
    /// Opens one.
    pub on_panel: Callback<Panel>,
}

/// Draws it.
#[component]
pub fn Header(props: &Props) -> Html {
    let people = match props.count {
        Some(1) => "1 person in the room".to_owned(),
        Some(count) => format!("{count} people in the room"),
        None => "Who is in the room".to_owned(),
    };
    html! {
        <header class="header">
            <button
                type="button"
                class="to-rooms"
                aria-label="Rooms"
                aria-expanded={(props.open == Panel::Rooms).to_string()}
                onclick={props.on_panel.reform(|_| Panel::Rooms)}
            >
                { Icon::Menu.draw() }
            </button>
            <h1><span class="hash" aria-hidden="true">{ "#" }</span>{ &props.title }</h1>
            <p class="topic">{ &props.topic }</p>
            <button
                type="button"
                class="to-people"
                aria-label={people.clone()}
                title={people}
                aria-expanded={(props.open == Panel::People).to_string()}
                onclick={props.on_panel.reform(|_| Panel::People)}
            >
                { Icon::People.draw() }
                { for props.count }
            </button>
        </header>
    }
}
