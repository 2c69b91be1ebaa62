//! The room's name and topic, and the ways to what stands beside the timeline.

use yew::{Callback, Html, Properties, component, html};

use crate::{components::Icon, panel::Panel, words};

/// Of which room.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Props {
    /// Its name for people.
    pub title: String,
    /// What it is about; may be empty.
    pub topic: String,
    /// How many are in it; none before it is known.
    pub count: Option<u32>,
    /// How many messages are pinned to it.
    #[prop_or_default]
    pub pins: usize,
    /// Which panel lies open.
    pub open: Panel,
    /// Opens one.
    pub on_panel: Callback<Panel>,
}

/// Draws it.
#[component]
pub fn Header(props: &Props) -> Html {
    let people = match props.count {
        Some(count) => words::people_in_room(count),
        None => words::who_is_in_room().to_owned(),
    };
    html! {
        <header class="header">
            <button
                type="button"
                class="to-rooms"
                aria-label={words::rooms()}
                aria-expanded={(props.open == Panel::Rooms).to_string()}
                onclick={props.on_panel.reform(|_| Panel::Rooms)}
            >
                { Icon::Menu.draw() }
            </button>
            <h1><span class="hash" aria-hidden="true">{ "#" }</span>{ &props.title }</h1>
            <p class="topic">{ &props.topic }</p>
            { opener(props, Panel::Search, Icon::Search, words::search_this_room(), None) }
            if props.pins > 0 {
                { opener(props, Panel::Pins, Icon::Pin, words::pinned_messages(), u32::try_from(props.pins).ok()) }
            }
            <button
                type="button"
                class="to-people"
                aria-label={people.clone()}
                title={people}
                aria-expanded={(props.open == Panel::People).to_string()}
                onclick={props.on_panel.reform(|_| Panel::People)}
            >
                { Icon::People.draw() }
                { for props.count.map(words::number) }
            </button>
        </header>
    }
}

fn opener(props: &Props, panel: Panel, icon: Icon, label: &'static str, count: Option<u32>) -> Html {
    html! {
        <button
            type="button"
            aria-label={count.map_or_else(|| label.to_owned(), |count| words::label_count(label, count))}
            title={label}
            aria-expanded={(props.open == panel).to_string()}
            onclick={props.on_panel.reform(move |_| panel)}
        >
            { icon.draw() }
            { for count.map(words::number) }
        </button>
    }
}
