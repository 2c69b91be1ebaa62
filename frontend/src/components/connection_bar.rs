//! The thin bar over the composer: there only when something is wrong. Never a modal.

use client::view::Connection;
use protocol::CloseCode;
use yew::{Callback, Html, Properties, classes, component, html};

use crate::{calendar::Reading, intent::Intent, words};

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
        Connection::Connecting => bar("late", html! { { words::connecting() } }, Html::default()),
        Connection::Offline => bar("", html! { { words::you_are_offline() } }, Html::default()),
        Connection::Waiting { until } => {
            // Whole seconds, rounded up: nobody is shown "in 0 s".
            let seconds = until.since(props.reading.now).div_ceil(1000).max(1);
            let words = html! { <>{ words::connection_lost() }{ " " }<span aria-hidden="true">{ words::back_in(seconds) }</span></> };
            bar("", words, act(words::try_now(), props.on_intent.reform(|()| Intent::TryNow)))
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
        Remedy::SignIn => act(words::sign_in_again(), on_sign_in.clone()),
        Remedy::Reload => act(words::reload(), on_reload.clone()),
        Remedy::Lobby => html! { <a href="/">{ words::go_to_lobby() }</a> },
    }
}

fn act(words: &'static str, on_press: Callback<()>) -> Html {
    html! { <button type="button" onclick={on_press.reform(|_| ())}>{ words }</button> }
}

fn ending(code: u16) -> Ending {
    let (words, remedy) = match code {
        c if c == CloseCode::NoSession.code() => (words::ended_no_session(), Remedy::SignIn),
        c if c == CloseCode::NotAllowed.code() => (words::ended_not_allowed(), Remedy::Lobby),
        c if c == CloseCode::NoSuchRoom.code() => (words::ended_no_room(), Remedy::Lobby),
        4005 => (words::ended_removed(), Remedy::Lobby),
        c if c == CloseCode::VersionNotSpoken.code() => (words::ended_version(), Remedy::Reload),
        c if c == CloseCode::TooManySockets.code() => (words::ended_too_many_windows(), Remedy::Reload),
        c if c == CloseCode::BrokenClient.code() => (words::ended_broken(), Remedy::Reload),
        _ => (words::ended(), Remedy::Reload),
    };
    Ending { words, remedy }
}
