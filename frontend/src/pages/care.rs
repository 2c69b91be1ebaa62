//! What a member does about the room as a whole: the ways to its screens, keeping it, leaving it.
//!
//! Not here: who may; the room says that, and its sentence is shown.

use protocol::{Role, Slug, room::RoomKind};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, MouseEvent, Properties, UseStateSetter, component, html, use_state};

use crate::{address, hooks::MyRoomsNow, http, navigation, panel::Panel, words};

/// Of which room.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The room.
    pub room: Slug,
    /// What sort of room.
    pub kind: RoomKind,
    /// What the reader may do there.
    pub role: Role,
    /// The rooms that they keep.
    pub my_rooms: MyRoomsNow,
    /// Opens a screen.
    pub on_panel: Callback<Panel>,
}

/// What came of the last thing that was done.
#[derive(Clone, Default, PartialEq)]
struct Outcome {
    problem: Option<String>,
    /// Leaving was asked for, and waits for a yes.
    leaving: bool,
}

/// Draws it.
#[component]
pub fn RoomCare(props: &Props) -> Html {
    let outcome = use_state(Outcome::default);
    let kept = props.my_rooms.kept.iter().any(|kept| kept.room == props.room);
    html! {
        <div class="care">
            if props.kind != RoomKind::Direct {
                { ways(props) }
            }
            <p class="trouble" role="alert">{ for outcome.problem.clone() }</p>
            if kept && outcome.leaving {
                <p class="hint">{ words::leave_really() }</p>
                <button type="button" onclick={leave(props, outcome.setter())}>{ words::leave_yes() }</button>
                <button type="button" onclick={turn(outcome.setter(), Outcome::default())}>{ words::leave_no() }</button>
            } else if kept {
                <button type="button" onclick={turn(outcome.setter(), Outcome { leaving: true, ..Outcome::default() })}>{ words::leave_this_room() }</button>
            } else if props.room.as_str() != address::LOBBY {
                <button type="button" onclick={keep(props, outcome.setter())}>{ words::keep_in_my_rooms() }</button>
            }
        </div>
    }
}

/// The ways to the screens about the room; few see all of them.
fn ways(props: &Props) -> Html {
    let moderates = props.role >= Role::Moderator;
    let way = |panel: Panel| {
        html! { <button type="button" onclick={props.on_panel.reform(move |_| panel)}>{ panel.title() }</button> }
    };
    html! {
        <>
            { way(Panel::Members) }
            if moderates {
                { way(Panel::Invite) }
                { way(Panel::Settings) }
                { way(Panel::Log) }
            }
        </>
    }
}

/// Shows something else.
fn turn(outcome: UseStateSetter<Outcome>, to: Outcome) -> Callback<MouseEvent> {
    Callback::from(move |_| outcome.set(to.clone()))
}

fn keep(props: &Props, outcome: UseStateSetter<Outcome>) -> Callback<MouseEvent> {
    let (room, on_changed) = (props.room.clone(), props.my_rooms.on_changed.clone());
    Callback::from(move |_| {
        let (room, on_changed, outcome) = (room.clone(), on_changed.clone(), outcome.clone());
        spawn_local(async move {
            match http::keep(&room).await {
                Ok(()) => on_changed.emit(()),
                Err(failure) => outcome.set(refused(&failure)),
            }
        });
    })
}

/// Leaving leads to the lobby: from a private room one has left, there is nothing more to see.
fn leave(props: &Props, outcome: UseStateSetter<Outcome>) -> Callback<MouseEvent> {
    let (room, on_changed) = (props.room.clone(), props.my_rooms.on_changed.clone());
    Callback::from(move |_| {
        let (room, on_changed, outcome) = (room.clone(), on_changed.clone(), outcome.clone());
        spawn_local(async move {
            match http::leave(&room).await {
                Ok(()) => {
                    on_changed.emit(());
                    navigation::go("/");
                }
                Err(failure) => outcome.set(refused(&failure)),
            }
        });
    })
}

fn refused(failure: &http::Failure) -> Outcome {
    Outcome { problem: Some(failure.sentence()), ..Outcome::default() }
}

/// Opens the room of the reader and this member, and of nobody else.
pub fn write_directly(on_changed: &Callback<()>) -> Callback<protocol::MemberId> {
    let on_changed = on_changed.clone();
    Callback::from(move |member: protocol::MemberId| {
        let on_changed = on_changed.clone();
        spawn_local(async move {
            match http::direct(member).await {
                Ok(direct) => {
                    on_changed.emit(());
                    navigation::go(&address::path(&direct.room));
                }
                Err(failure) => tracing::warn!(why = failure.sentence(), "no direct room"),
            }
        });
    })
}
