//! The rooms, and me.

use client::{room_list::RoomLine, view::Connection};
use protocol::{Member, room::RoomKind};
use yew::{Callback, Html, Properties, classes, component, html};

use crate::{
    address,
    components::{Avatar, Icon},
    face::called,
    words,
};

/// What to show.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Props {
    /// The rooms, in their order.
    pub lines: Vec<RoomLine>,
    /// The reader.
    pub me: Member,
    /// How the connection to the open room stands; none where no room is open.
    pub connection: Option<Connection>,
    /// Told when the reader wants to see what is their own; none where there is no place for it.
    pub on_settings: Option<Callback<()>>,
}

/// Draws the panel.
#[component]
pub fn Sidebar(props: &Props) -> Html {
    let (direct, rooms): (Vec<_>, Vec<_>) =
        props.lines.iter().partition(|line| line.kind == RoomKind::Direct);
    html! {
        <>
            <p class="brand"><img src="/favicon.svg" alt="" width="20" height="20" />{ "Edgewise" }</p>
            <nav aria-label={words::rooms()}>
                <h2>{ words::rooms() }</h2>
                <ul>{ for rooms.into_iter().map(entry) }</ul>
                <a class="room more" href={address::ROOMS}>{ Icon::Plus.draw() }<span class="name">{ words::find_or_make() }</span></a>
                if !direct.is_empty() {
                    <h2>{ words::direct() }</h2>
                    <ul>{ for direct.into_iter().map(entry) }</ul>
                }
            </nav>
            <div class="me">
                { who(props) }
                { for props.connection.as_ref().map(standing) }
            </div>
        </>
    }
}

fn entry(line: &RoomLine) -> Html {
    let mark = match line.kind {
        RoomKind::Public => html! { <span class="hash" aria-hidden="true">{ "#" }</span> },
        RoomKind::Private => html! { <span class="hash">{ Icon::Lock.draw() }</span> },
        RoomKind::Direct => html! { <span class="hash" aria-hidden="true">{ "@" }</span> },
    };
    html! {
        <li key={line.room.to_string()}>
            <a
                class={classes!("room", (line.unread > 0).then_some("unread"))}
                href={address::path(&line.room)}
                aria-current={line.open.then_some("page")}
            >
                { mark }
                <span class="name">{ called(&line.title) }</span>
                if line.here {
                    { here() }
                }
                { badge(line) }
            </a>
        </li>
    }
}

/// The other of a direct room is here: a dot for the eye, a word for the ear and for the pointer. Whoever is not has none.
fn here() -> Html {
    let here = words::here();
    html! {
        <>
            <span class="dot full" title={here} aria-hidden="true" />
            <span class="unseen">{ here }</span>
        </>
    }
}

/// Unread is a count, a mention is a filled count. In a direct room everything is meant for the reader.
fn badge(line: &RoomLine) -> Html {
    let calls = if line.kind == RoomKind::Direct && !line.open { line.unread } else { line.mentions };
    let (count, class, words) = match (line.unread, calls) {
        (0, 0) => return Html::default(),
        (unread, 0) => (unread, "badge", words::count_unread(unread)),
        (_, calls) => (calls, "badge calls", words::count_for_you(calls)),
    };
    html! { <span {class} aria-label={words}>{ shortened(count) }</span> }
}

fn who(props: &Props) -> Html {
    let me = html! {
        <>
            <Avatar id={props.me.id.clone()} name={props.me.name.clone()} />
            <span class="name">{ &props.me.name }</span>
        </>
    };
    match &props.on_settings {
        None => html! { <p class="who">{ me }</p> },
        Some(on_settings) => html! {
            <button type="button" class="who" onclick={on_settings.reform(|_| ())}>
                <span class="shown" aria-hidden="true">{ me }{ Icon::Gear.draw() }</span>
                <span class="unseen">{ words::your_settings(&props.me.name) }</span>
            </button>
        },
    }
}

/// At 99 it says 99+.
fn shortened(count: u32) -> String {
    if count < 99 { count.to_string() } else { "99+".to_owned() }
}

fn standing(connection: &Connection) -> Html {
    let (dot, words) = match connection {
        Connection::Live => ("full", words::standing_connected()),
        Connection::Connecting => ("hollow", words::standing_connecting()),
        Connection::Waiting { .. } => ("hollow", words::standing_coming_back()),
        Connection::Offline => ("hollow", words::standing_offline()),
        Connection::Ended { .. } => ("ended", words::standing_ended()),
    };
    html! { <p class="standing"><span class={classes!("dot", dot)} aria-hidden="true" />{ words }</p> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_ninety_nine_unread_the_count_stops() {
        assert_eq!(shortened(98), "98");
        assert_eq!(shortened(99), "99+");
    }
}
