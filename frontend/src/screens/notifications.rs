//! Notifications among what is the reader's own: on and off in this browser, and which rooms may notify them on any device.
//!
//! Not here: what the browser and the server do about it (`notifying.rs`).

use client::room_list::RoomLine;
use protocol::{MemberId, Slug, http::PushState};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, component, html, use_state};

use super::{
    loaded::use_loaded,
    notifying::{Standing, standing, turn_off, turn_on},
};
use crate::{face::called, http, words};

/// Whose.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The reader.
    pub me: MemberId,
    /// Their rooms.
    pub rooms: Vec<RoomLine>,
}

/// What somebody wants of notifications.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// To have them in this browser.
    On,
    /// To have none here.
    Off,
    /// To have none of this room.
    Hush(Slug),
    /// To have them again.
    Unhush(Slug),
}

/// What came of the last wish.
#[derive(Clone, Default, PartialEq)]
struct Outcome {
    problem: Option<String>,
    /// Grows when what is known is old.
    turned: u64,
}

/// Asks how things stand, and does what is wanted.
#[component]
pub fn Notifications(props: &Props) -> Html {
    let outcome = use_state(Outcome::default);
    let loaded = use_loaded(outcome.turned, |_| http::push_state());
    let Some(state) = loaded.here() else { return loaded.instead() };
    let (me, key, turned) = (props.me.clone(), state.key.clone(), outcome.turned + 1);
    let on_wish = {
        let outcome = outcome.setter();
        Callback::from(move |wish| {
            let (outcome, doing) = (outcome.clone(), fulfil(wish, me.clone(), key.clone()));
            spawn_local(async move { outcome.set(Outcome { problem: doing.await.err(), turned }) });
        })
    };
    html! {
        <>
            <NotificationChoice
                standing={standing_with(standing(&props.me), state)}
                from_server={if state.key.is_some() { Reach::ClosedTabs } else { Reach::OpenPages }}
                rooms={props.rooms.clone()}
                quiet={state.quiet.clone()}
                {on_wish}
            />
            <p class="trouble" role="alert">{ for outcome.problem.clone() }</p>
        </>
    }
}

async fn fulfil(wish: Wish, me: MemberId, key: Option<String>) -> Result<(), String> {
    let said = |told: Result<(), http::Failure>| told.map_err(|failure| failure.sentence());
    match wish {
        Wish::On => turn_on(me, key).await,
        Wish::Off => turn_off().await,
        Wish::Hush(room) => said(http::hush(&room).await),
        Wish::Unhush(room) => said(http::unhush(&room).await),
    }
}

/// A subscription that the server does not have any more brings nothing: it has to be made again.
fn standing_with(browser: Standing, state: &PushState) -> Standing {
    match browser {
        Standing::On if state.key.is_some() && !state.subscribed => Standing::Off,
        standing => standing,
    }
}

/// Of what notifications tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Of what comes while no page is open, too.
    ClosedTabs,
    /// Of what comes while a page is open: the server sends none.
    OpenPages,
}

/// What to draw.
#[derive(Clone, PartialEq, Properties)]
pub struct ChoiceProps {
    /// How this browser stands.
    pub standing: Standing,
    /// How far they reach.
    pub from_server: Reach,
    /// The reader's rooms.
    pub rooms: Vec<RoomLine>,
    /// Those of which they want none.
    pub quiet: Vec<Slug>,
    /// Takes wishes.
    pub on_wish: Callback<Wish>,
}

/// Draws it.
#[component]
pub fn NotificationChoice(props: &ChoiceProps) -> Html {
    let means = match props.from_server {
        Reach::ClosedTabs => words::notifications_mean(),
        Reach::OpenPages => words::notifications_of_open_pages(),
    };
    html! {
        <div class="side-form">
            <h3>{ words::notifications() }</h3>
            <p class="hint">{ means }</p>
            { switch(props) }
            if props.standing == Standing::On {
                <fieldset>
                    <legend>{ words::notifications_of_rooms() }</legend>
                    { for props.rooms.iter().map(|line| tick(props, line)) }
                </fieldset>
            }
        </div>
    }
}

fn switch(props: &ChoiceProps) -> Html {
    let (wish, label) = match props.standing {
        Standing::Unable => return html! { <p>{ words::notifications_unable() }</p> },
        Standing::Denied => return html! { <p>{ words::notifications_denied() }</p> },
        Standing::Off => (Wish::On, words::notify_me()),
        Standing::On => (Wish::Off, words::notify_no_more()),
    };
    let onclick = props.on_wish.reform(move |_| wish.clone());
    html! { <div class="choices"><button type="button" {onclick}>{ label }</button></div> }
}

fn tick(props: &ChoiceProps, line: &RoomLine) -> Html {
    let room = line.room.clone();
    let speaks = !props.quiet.contains(&room);
    let wish = if speaks { Wish::Hush(room) } else { Wish::Unhush(room) };
    let onchange = props.on_wish.reform(move |_| wish.clone());
    html! {
        <label key={line.room.to_string()} class="tick">
            <input type="checkbox" checked={speaks} {onchange} />
            <span>{ called(&line.title) }</span>
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_whose_subscription_has_ended_is_asked_to_subscribe_again() {
        let state = |key: Option<&str>, subscribed| PushState {
            key: key.map(str::to_owned),
            subscribed,
            quiet: Vec::new(),
        };
        assert_eq!(standing_with(Standing::On, &state(Some("k"), true)), Standing::On);
        assert_eq!(standing_with(Standing::On, &state(Some("k"), false)), Standing::Off);
        assert_eq!(standing_with(Standing::On, &state(None, false)), Standing::On);
        assert_eq!(standing_with(Standing::Denied, &state(Some("k"), true)), Standing::Denied);
    }
}
