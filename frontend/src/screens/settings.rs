//! The room's settings, taking its log along, and its end.

use protocol::{
    Role, RoomChange, RoomInfo,
    limits::{RETENTION_DAYS, TITLE_SCALARS, TOPIC_SCALARS},
    room::Posting,
};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, SubmitEvent, component, html, use_state};

use crate::{
    address,
    forms::Fields,
    hooks::MyRoomsNow,
    http, navigation,
    panel::Panel,
    screens::{
        given::{Given, Takes},
        span::span,
    },
    words,
};

/// Waits that can be chosen, in milliseconds.
const WAITS: [u64; 6] = [0, 10_000, 30_000, 60_000, 300_000, 3_600_000];

/// Of which room.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The room as it is.
    pub room: RoomInfo,
    /// What the reader may do there.
    pub role: Role,
    /// The rooms that they keep.
    pub my_rooms: MyRoomsNow,
    /// Opens another screen.
    pub on_panel: Callback<Panel>,
}

/// What came of it.
#[derive(Clone, Default, PartialEq)]
struct Outcome {
    told: Option<&'static str>,
    problem: Option<String>,
}

/// Draws the form.
#[component]
pub fn Settings(props: &Props) -> Html {
    let outcome = use_state(Outcome::default);
    let onsubmit = {
        let (info, outcome) = (props.room.clone(), outcome.setter());
        move |event: SubmitEvent| {
            let change = read(&Fields::of(&event)).beyond(&info);
            let (room, outcome) = (info.room.clone(), outcome.clone());
            spawn_local(async move {
                if change.is_empty() {
                    return outcome.set(Outcome { told: Some(words::nothing_changed()), problem: None });
                }
                outcome.set(match http::change(&room, &change).await {
                    Ok(_) => Outcome { told: Some(words::settings_saved()), problem: None },
                    Err(failure) => Outcome { told: None, problem: Some(failure.sentence()) },
                });
            });
        }
    };
    html! {
        <>
            <form class="side-form" {onsubmit}>
                { naming(&props.room) }
                { rules(&props.room) }
                <div class="choices"><button type="submit" class="primary">{ words::save() }</button></div>
                <p class="hint" role="status">{ for outcome.told }</p>
                <p class="trouble" role="alert">{ for outcome.problem.clone() }</p>
            </form>
            <div class="side-form">
                <h3>{ words::take_it_along() }</h3>
                <a href={format!("/api/rooms/{}/export", props.room.room)} download={format!("{}.ndjson", props.room.room)}>
                    { words::download_room() }
                </a>
                if props.role == Role::Owner {
                    <h3>{ words::hand_over() }</h3>
                    <p class="hint">{ words::hand_over_means() }</p>
                    <div class="choices">
                        <button type="button" onclick={props.on_panel.reform(|_| Panel::Members)}>{ words::open_members() }</button>
                    </div>
                    if props.room.room.as_str() != address::LOBBY {
                        <h3>{ words::end_room() }</h3>
                        <Ending room={props.room.clone()} my_rooms={props.my_rooms.clone()} />
                    }
                }
            </div>
        </>
    }
}

fn naming(room: &RoomInfo) -> Html {
    html! {
        <>
            <label class="field">
                { words::room_name() }
                <Given name="title" takes={Takes::Name(TITLE_SCALARS)} value={room.title.clone()} />
            </label>
            <label class="field">
                { words::room_topic() }
                <Given name="topic" takes={Takes::Words(TOPIC_SCALARS)} value={room.topic.clone()} />
            </label>
        </>
    }
}

fn rules(room: &RoomInfo) -> Html {
    // A wait that somebody set by other means stays what it is.
    let other = (!WAITS.contains(&room.slow_mode_ms)).then_some(room.slow_mode_ms);
    let wait = |ms: u64| {
        let label = if ms == 0 { words::wait_off().to_owned() } else { span(ms) };
        html! { <option value={ms.to_string()} selected={ms == room.slow_mode_ms}>{ label }</option> }
    };
    let only_moderators = room.posting == Posting::Moderators;
    html! {
        <>
            <label class="field">
                { words::slow_mode_wait() }
                <select name="slow">
                    { for WAITS.into_iter().chain(other).map(wait) }
                </select>
            </label>
            <label class="field">
                { words::who_may_write() }
                <select name="posting">
                    <option value="everyone" selected={!only_moderators}>{ words::everybody() }</option>
                    <option value="moderators" selected={only_moderators}>{ words::moderators_and_owners() }</option>
                </select>
            </label>
            <label class="field">
                { words::keep_for_days() }
                <Given
                    name="days"
                    takes={Takes::PerhapsNumber(u64::from(RETENTION_DAYS))}
                    value={room.retention_days.map(|days| days.to_string()).unwrap_or_default()}
                />
            </label>
            <p class="hint">{ words::keep_means() }</p>
        </>
    }
}

/// All that the form says, changed or not.
fn read(fields: &Fields) -> RoomChange {
    let posting = fields.text("posting");
    RoomChange {
        title: Some(fields.text("title")),
        topic: Some(fields.text("topic")),
        slow_mode_ms: fields.text("slow").parse().ok(),
        retention_days: Some(fields.text("days").parse().ok()),
        posting: Some(if posting == "moderators" { Posting::Moderators } else { Posting::Everyone }),
    }
}

/// Of which room.
#[derive(Clone, PartialEq, Properties)]
pub struct EndingProps {
    /// The room.
    pub room: RoomInfo,
    /// The rooms that the reader keeps.
    pub my_rooms: MyRoomsNow,
}

/// Deleting the room: asked for, told what it means, and done when its name was typed.
#[component]
pub fn Ending(props: &EndingProps) -> Html {
    let asked = use_state(|| false);
    let problem = use_state(|| None::<String>);
    let turn = |to: bool| {
        let asked = asked.clone();
        Callback::from(move |_| asked.set(to))
    };
    if !*asked {
        return html! {
            <div class="choices"><button type="button" class="danger" onclick={turn(true)}>{ words::delete_room() }</button></div>
        };
    }
    let onsubmit = {
        let (props, problem) = (props.clone(), problem.setter());
        move |event: SubmitEvent| {
            let typed = Fields::of(&event).text("name");
            let (props, problem) = (props.clone(), problem.clone());
            if typed != props.room.title.trim() {
                return problem.set(Some(words::not_its_name().to_owned()));
            }
            spawn_local(async move {
                match http::delete_room(&props.room.room).await {
                    Ok(()) => {
                        props.my_rooms.on_changed.emit(());
                        navigation::go("/");
                    }
                    Err(failure) => problem.set(Some(failure.sentence())),
                }
            });
        }
    };
    html! {
        <form class="asking" {onsubmit}>
            <p>{ words::delete_room_means() }</p>
            <label class="field">
                { words::type_its_name(&props.room.title) }
                <input name="name" autocomplete="off" required=true />
            </label>
            <p class="trouble" role="alert">{ for (*problem).clone() }</p>
            <div class="choices">
                <button type="submit" class="danger">{ words::delete_for_good() }</button>
                <button type="button" onclick={turn(false)}>{ words::keep_it() }</button>
            </div>
        </form>
    }
}
