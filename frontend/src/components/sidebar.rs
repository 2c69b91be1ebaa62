//! The rooms, and me.

use client::view::Connection;
use protocol::{Member, Slug};
use yew::{Callback, Html, Properties, classes, component, html};

use crate::{
    address,
    components::{Avatar, Icon},
};

/// What to show.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Props {
    /// The room that is open.
    pub room: Slug,
    /// Its name for people.
    pub title: String,
    /// Unread messages in it.
    pub unread: u32,
    /// The reader.
    pub me: Member,
    /// How the connection stands.
    pub connection: Connection,
    /// Told when the reader wants another name.
    pub on_name: Callback<()>,
}

/// Draws the panel.
#[component]
pub fn Sidebar(props: &Props) -> Html {
    let lobby = Slug::parse(address::LOBBY).ok().filter(|lobby| *lobby != props.room);
    html! {
        <>
            <p class="brand"><img src="/favicon.svg" alt="" width="20" height="20" />{ "Edgewise" }</p>
            <nav aria-label="Rooms">
                <h2>{ "Rooms" }</h2>
                <ul>
                    { for lobby.iter().map(|lobby| room(lobby, lobby.as_str(), 0, None)) }
                    { room(&props.room, &props.title, props.unread, Some("page")) }
                </ul>
            </nav>
            <div class="me">
                <button type="button" class="who" aria-label={format!("You are {}. Change your name", props.me.name)} onclick={props.on_name.reform(|_| ())}>
                    <Avatar id={props.me.id.clone()} name={props.me.name.clone()} />
                    <span class="name">{ &props.me.name }</span>
                    { Icon::Pencil.draw() }
                </button>
                { standing(&props.connection) }
            </div>
        </>
    }
}

fn room(slug: &Slug, title: &str, unread: u32, current: Option<&'static str>) -> Html {
    html! {
        <li>
            <a class="room" href={address::path(slug)} aria-current={current}>
                <span class="hash" aria-hidden="true">{ "#" }</span>
                <span class="name">{ title.to_owned() }</span>
                if unread > 0 {
                    <span class="badge" aria-label={format!("{unread} unread")}>{ shortened(unread) }</span>
                }
            </a>
        </li>
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
