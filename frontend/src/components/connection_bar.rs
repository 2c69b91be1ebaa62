//! The thin bar over the composer: there only when something is wrong. Never a modal.

use client::view::Connection;
use protocol::CloseCode;
use yew::{Callback, Html, Properties, classes, component, html};

use crate::{calendar::Reading, intent::Intent};

/// How things stand.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Props {
    /// The connection.
    pub connection: Connection,
    /// The reader's now, for the seconds that are left.
    pub reading: Reading,
    /// Takes the wish not to wait.
    pub on_intent: Callback<Intent>,
    /// Loads the page again.
    pub on_reload: Callback<()>,
    /// Makes a new sign-in.
    pub on_sign_in: Callback<()>,
}

/// An end that came before anything of the room was seen: the bar's words in the room's place.
#[component]
pub fn EndedRoom(props: &EndedProps) -> Html {
    let ending = ending(props.code);
    html! {
        <div class="nowhere">
            <h2>{ ending.words }</h2>
            <p>{ remedy(&ending.remedy, &props.on_reload, &props.on_sign_in) }</p>
        </div>
    }
}

/// What an end means, and the one thing to do about it.
struct Ending {
    words: &'static str,
    remedy: Remedy,
}

enum Remedy {
    SignIn,
    Lobby,
    Reload,
}

/// Which end.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct EndedProps {
    /// The close code.
    pub code: u16,
    /// Loads the page again.
    pub on_reload: Callback<()>,
    /// Makes a new sign-in.
    pub on_sign_in: Callback<()>,
}

/// Draws it, or nothing.
#[component]
pub fn ConnectionBar(props: &Props) -> Html {
    match &props.connection {
        Connection::Live => Html::default(),
        Connection::Connecting => bar("late", html! { { "Connecting…" } }, Html::default()),
        Connection::Offline => {
            bar("", html! { { "You are offline. What you write is kept and sent later." } }, Html::default())
        }
        Connection::Waiting { until } => {
            // Whole seconds, rounded up: nobody is shown "in 0 s".
            let seconds = until.since(props.reading.now).div_ceil(1000).max(1);
            let words = html! { <>{ "Connection lost. " }<span aria-hidden="true">{ format!("Back in {seconds} s") }</span></> };
            bar("", words, act("Try now", props.on_intent.reform(|()| Intent::TryNow)))
        }
        Connection::Ended { code } => {
            let ending = ending(*code);
            let remedy = remedy(&ending.remedy, &props.on_reload, &props.on_sign_in);
            bar("ended", html! { { ending.words } }, remedy)
        }
    }
}

fn bar(kind: &'static str, words: Html, remedy: Html) -> Html {
    html! { <div class={classes!("connection", kind)} role="status"><span>{ words }</span>{ remedy }</div> }
}

fn remedy(remedy: &Remedy, on_reload: &Callback<()>, on_sign_in: &Callback<()>) -> Html {
    match remedy {
        Remedy::SignIn => act("Sign in again", on_sign_in.clone()),
        Remedy::Reload => act("Reload", on_reload.clone()),
        Remedy::Lobby => html! { <a href="/">{ "Go to #lobby" }</a> },
    }
}

fn act(words: &'static str, on_press: Callback<()>) -> Html {
    html! { <button type="button" onclick={on_press.reform(|_| ())}>{ words }</button> }
}

fn ending(code: u16) -> Ending {
    let (words, remedy) = match code {
        c if c == CloseCode::NoSession.code() => {
            ("Your sign-in has ended. What you wrote is kept.", Remedy::SignIn)
        }
        c if c == CloseCode::NotAllowed.code() => ("You are not allowed in this room.", Remedy::Lobby),
        c if c == CloseCode::NoSuchRoom.code() => ("There is no room at this address.", Remedy::Lobby),
        4005 => ("You were removed from this room.", Remedy::Lobby),
        c if c == CloseCode::VersionNotSpoken.code() => {
            ("This page is out of date. Load it again to go on.", Remedy::Reload)
        }
        c if c == CloseCode::TooManySockets.code() => (
            "You have too many windows open in this room. Close some, then load this one again.",
            Remedy::Reload,
        ),
        c if c == CloseCode::BrokenClient.code() => {
            ("The room could not read what this page sent. Load it again to go on.", Remedy::Reload)
        }
        _ => ("The room ended the connection. Load the page again to go on.", Remedy::Reload),
    };
    Ending { words, remedy }
}
