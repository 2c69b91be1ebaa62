//! What a member does about the room as a whole: invite people, keep it, leave it.
//!
//! Not here: who may; the room says that, and its sentence is shown.

use protocol::{Role, Slug, http::NewInvite, room::RoomKind};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, MouseEvent, Properties, SubmitEvent, UseStateSetter, component, html, use_state};

use crate::{address, forms::Fields, hooks::MyRoomsNow, http, navigation};

const DAY_MS: u64 = 24 * 60 * 60 * 1_000;

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
}

/// What came of the last thing that was done.
#[derive(Clone, Default, PartialEq)]
struct Outcome {
    invitation: Option<String>,
    problem: Option<String>,
    /// Leaving was asked for, and waits for a yes.
    leaving: bool,
}

/// Draws it.
#[component]
pub fn RoomCare(props: &Props) -> Html {
    let outcome = use_state(Outcome::default);
    let kept = props.my_rooms.kept.iter().any(|kept| kept.room == props.room);
    let invites = props.role >= Role::Moderator && props.kind != RoomKind::Direct;
    html! {
        <div class="care">
            if invites {
                <h2>{ "Invite people" }</h2>
                { form(props, outcome.setter()) }
            }
            if let Some(link) = &outcome.invitation {
                <label class="field">
                    { "Send them this link" }
                    <input readonly=true value={link.clone()} />
                </label>
            }
            <p class="trouble" role="alert">{ for outcome.problem.clone() }</p>
            if kept && outcome.leaving {
                <p class="hint">{ "Really? A private room is closed to you until somebody invites you again." }</p>
                <button type="button" onclick={leave(props, outcome.setter())}>{ "Yes, leave" }</button>
                <button type="button" onclick={turn(outcome.setter(), Outcome::default())}>{ "Stay" }</button>
            } else if kept {
                <button type="button" onclick={turn(outcome.setter(), Outcome { leaving: true, ..Outcome::default() })}>{ "Leave this room" }</button>
            } else if props.room.as_str() != address::LOBBY {
                <button type="button" onclick={keep(props, outcome.setter())}>{ "Keep in my rooms" }</button>
            }
        </div>
    }
}

fn form(props: &Props, outcome: UseStateSetter<Outcome>) -> Html {
    let room = props.room.clone();
    let onsubmit = move |event: SubmitEvent| {
        let fields = Fields::of(&event);
        let number = |name: &str| fields.text(name).parse::<u32>().ok();
        let days = number("days").map(|days| u64::from(days) * DAY_MS);
        let wanted = NewInvite { uses: number("uses"), expires_in_ms: days };
        let (room, outcome) = (room.clone(), outcome.clone());
        spawn_local(async move {
            outcome.set(match http::invite(&room, &wanted).await {
                Ok(invite) => Outcome { invitation: Some(invite.url), ..Outcome::default() },
                Err(failure) => refused(&failure),
            });
        });
    };
    html! {
        <form {onsubmit}>
            <label class="field">
                { "For how many" }
                <input name="uses" type="number" min="1" max="1000" value="1" required=true />
            </label>
            <label class="field">
                { "Good for so many days" }
                <input name="days" type="number" min="1" max="30" value="7" required=true />
            </label>
            <button type="submit">{ "Make a link" }</button>
        </form>
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
