//! A room, opened for a member: what is shown of it comes in here and goes on to the desk.

use client::view::Connection;
use gloo::utils::document;
use protocol::{CloseCode, Seq, Slug};
use yew::{Callback, Html, Properties, component, html, use_effect_with};

use crate::{
    hooks::{MyRoomsNow, use_reading, use_room},
    pages::{Desk, Waiting},
    scene::Scene,
    session::Session,
};

/// A wait is counted down by the second.
const COUNTING_MS: u32 = 1_000;
/// Else this is often enough for "1 min ago".
const CALM_MS: u32 = 15_000;

/// Which room, and for whom.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The room.
    pub room: Slug,
    /// The message of it that the address names.
    pub at: Option<Seq>,
    /// The rooms that the reader keeps.
    pub my_rooms: MyRoomsNow,
    /// The reader.
    pub session: Session,
    /// Told when the server does not know the sign-in that this browser remembers.
    pub on_unknown: Callback<()>,
    /// Told when the person wants to sign in again.
    pub on_sign_in: Callback<()>,
    /// Takes the sign-in when it has changed.
    pub on_session: Callback<Session>,
}

/// Draws it.
#[component]
pub fn RoomPage(props: &Props) -> Html {
    let open = use_room(&props.session.member.id, &props.room);
    let scene = open.scene.as_deref();
    let waiting = matches!(scene.map(|scene| &scene.connection), Some(Connection::Waiting { .. }));
    let counting = waiting || scene.is_some_and(|scene| scene.slow_until.is_some());
    let reading = use_reading(if counting { COUNTING_MS } else { CALM_MS });
    use_effect_with(title(&props.room, scene), |title| document().set_title(title));
    use_effect_with(scene.is_some_and(is_unknown), {
        let on_unknown = props.on_unknown.clone();
        move |unknown| {
            if *unknown {
                on_unknown.emit(());
            }
        }
    });
    let Some(scene) = open.scene else { return html! { <Waiting problem={None::<String>} /> } };
    html! {
        <Desk
            room={props.room.clone()}
            at={props.at}
            my_rooms={props.my_rooms.clone()}
            session={props.session.clone()}
            {scene}
            {reading}
            on_intent={open.on_intent}
            on_sign_in={&props.on_sign_in}
            on_session={&props.on_session}
        />
    }
}

/// The sign-in had ended before this page came.
fn is_unknown(scene: &Scene) -> bool {
    scene.room.is_none() && scene.connection == Connection::Ended { code: CloseCode::NoSession.code() }
}

/// What the tab says: unread first, where a narrow tab still shows it.
fn title(room: &Slug, scene: Option<&Scene>) -> String {
    let name = scene.and_then(|scene| scene.room.as_ref()).map_or(room.as_str(), |room| &room.title);
    match scene.map_or(0, |scene| scene.unread.count) {
        0 => format!("#{name} · Edgewise"),
        unread => format!("({unread}) #{name} · Edgewise"),
    }
}
