//! The rooms, and me.

use client::{room_list::RoomLine, view::Connection};
use protocol::{Member, room::RoomKind};
use yew::{Callback, Html, Properties, classes, component, html};

use crate::{
    address,
    components::{Avatar, Icon},
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
    /// Told when the reader wants another name; none where there is no place to ask for one.
    pub on_name: Option<Callback<()>>,
}

/// Draws the panel.
#[component]
pub fn Sidebar(props: &Props) -> Html {
    let (direct, rooms): (Vec<_>, Vec<_>) =
        props.lines.iter().partition(|line| line.kind == RoomKind::Direct);
    html! {
        <>
            <p class="brand"><img src="/favicon.svg" alt="" width="20" height="20" />{ "Edgewise" }</p>
            <nav aria-label="Rooms">
                <h2>{ "Rooms" }</h2>
                <ul>{ for rooms.into_iter().map(entry) }</ul>
                <a class="room more" href={address::ROOMS}>{ Icon::Plus.draw() }<span class="name">{ "Find or make a room" }</span></a>
                if !direct.is_empty() {
                    <h2>{ "Direct" }</h2>
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
                <span class="name">{ &line.title }</span>
                { badge(line) }
            </a>
        </li>
    }
}

/// Unread is a count, a mention is a filled count. In a direct room everything is meant for the reader.
fn badge(line: &RoomLine) -> Html {
    let calls = if line.kind == RoomKind::Direct && !line.open { line.unread } else { line.mentions };
    let (count, class, words) = match (line.unread, calls) {
        (0, 0) => return Html::default(),
        (unread, 0) => (unread, "badge", "unread"),
        (_, calls) => (calls, "badge calls", "for you"),
    };
    html! { <span {class} aria-label={format!("{count} {words}")}>{ shortened(count) }</span> }
}

fn who(props: &Props) -> Html {
    let me = html! {
        <>
            <Avatar id={props.me.id.clone()} name={props.me.name.clone()} />
            <span class="name">{ &props.me.name }</span>
        </>
    };
    match &props.on_name {
        None => html! { <p class="who">{ me }</p> },
        Some(on_name) => html! {
            <button type="button" class="who" aria-label={format!("You are {}. Change your name", props.me.name)} onclick={on_name.reform(|_| ())}>
                { me }
                { Icon::Pencil.draw() }
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
        Connection::Live => ("full", "connected"),
        Connection::Connecting => ("hollow", "connecting"),
        Connection::Waiting { .. } => ("hollow", "coming back"),
        Connection::Offline => ("hollow", "offline"),
        Connection::Ended { .. } => ("ended", "not connected"),
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
