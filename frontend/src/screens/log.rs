//! The moderation log: what was done to members, pins and settings, and which messages of others were deleted; newest first.

use protocol::{Event, EventKind, MemberChange, Role, RoomChange, Seq, Slug, room::Posting};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, component, html, use_effect_with, use_state};

use crate::{address, calendar::Reading, http, screens::span::span, words};

/// Of which room.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The room.
    pub room: Slug,
    /// Grows when what was asked for is old.
    pub turned: u64,
    /// The reader's now.
    pub reading: Reading,
}

/// As much of the log as was asked for.
#[derive(Clone, Default, PartialEq)]
struct Held {
    events: Vec<Event>,
    more: bool,
    problem: Option<String>,
    answered: bool,
}

/// Draws it.
#[component]
pub fn Log(props: &Props) -> Html {
    let held = use_state(Held::default);
    use_effect_with((props.room.clone(), props.turned), {
        let held = held.setter();
        move |(room, _)| {
            let room = room.clone();
            spawn_local(async move { held.set(look(&room, Held::default()).await) });
        }
    });
    let on_more = {
        let (held, room) = (held.clone(), props.room.clone());
        Callback::from(move |_| {
            let (setter, before, room) = (held.setter(), (*held).clone(), room.clone());
            spawn_local(async move { setter.set(look(&room, before).await) });
        })
    };
    html! {
        <>
            <ol class="log">
                { for held.events.iter().map(|event| html! {
                    <LogLine key={event.seq.to_string()} room={props.room.clone()} event={event.clone()} reading={props.reading} />
                }) }
            </ol>
            <p class="trouble" role="alert">{ for held.problem.clone() }</p>
            if held.answered && held.events.is_empty() && held.problem.is_none() {
                <p class="hint">{ words::log_empty() }</p>
            }
            if held.more {
                <button type="button" onclick={on_more}>{ words::show_older() }</button>
            }
        </>
    }
}

/// What is older than what is held.
async fn look(room: &Slug, held: Held) -> Held {
    let before = held.events.last().map(|event| event.seq);
    match http::moderation(room, before).await {
        Ok(page) => {
            let events = held.events.into_iter().chain(page.events).collect();
            Held { events, more: page.more_before, problem: None, answered: true }
        }
        Err(failure) => Held { problem: Some(failure.sentence()), answered: true, ..held },
    }
}

/// An event of it.
#[derive(Clone, PartialEq, Properties)]
pub struct LineProps {
    /// In which room.
    pub room: Slug,
    /// What happened.
    pub event: Event,
    /// The reader's now.
    pub reading: Reading,
}

/// Draws it: who did what, when, and why.
#[component]
pub fn LogLine(props: &LineProps) -> Html {
    let event = &props.event;
    let (what, why, about) = told(&event.kind, props.reading);
    html! {
        <li>
            <p><b>{ &event.by.name }</b>{ " " }{ what }
                if let Some(seq) = about {
                    { " " }<a href={address::path_at(&props.room, seq)}>{ words::show_it() }</a>
                }
            </p>
            { for why.map(|why| html! { <q>{ why }</q> }) }
            <time datetime={Reading::machine(event.at)}>{ props.reading.full(event.at) }</time>
        </li>
    }
}

/// What was done, why, and about which message that is still there.
fn told(kind: &EventKind, reading: Reading) -> (String, Option<String>, Option<Seq>) {
    let plain = |what: &str| (what.to_owned(), None, None);
    match kind {
        EventKind::Member { member, change, role, until, reason } => {
            let until = until.map(|at| reading.full(at));
            (about(&member.name, *change, *role, until.as_deref()), reason.clone(), None)
        }
        EventKind::Pinned { target, on: true } => (words::log_pinned().to_owned(), None, Some(*target)),
        EventKind::Pinned { target, on: false } => (words::log_unpinned().to_owned(), None, Some(*target)),
        EventKind::Deleted { target } => (words::log_deleted().to_owned(), None, Some(*target)),
        EventKind::Room(change) => (words::log_set(&settled(change)), None, None),
        EventKind::Pruned { .. } => plain(words::log_pruned()),
        EventKind::Message { .. }
        | EventKind::Edited { .. }
        | EventKind::Reacted { .. }
        | EventKind::Anonymised { .. }
        | EventKind::Unknown => plain(words::log_unknown()),
    }
}

/// What became of a member, perhaps until an instant.
fn about(name: &str, change: MemberChange, role: Option<Role>, until: Option<&str>) -> String {
    match (change, until) {
        (MemberChange::Joined, _) => words::log_joined().to_owned(),
        (MemberChange::Left, _) => words::log_left().to_owned(),
        (MemberChange::Role, _) => {
            let role = match role.unwrap_or(Role::Member) {
                Role::Owner => words::owner(),
                Role::Moderator => words::moderator(),
                Role::Member => words::member(),
            };
            words::log_role(name, role)
        }
        (MemberChange::Kicked, _) => words::log_kicked(name),
        (MemberChange::Banned, None) => words::log_banned(name),
        (MemberChange::Banned, Some(until)) => words::log_banned_until(name, until),
        (MemberChange::Unbanned, _) => words::log_unbanned(name),
        (MemberChange::Muted, None) => words::log_muted(name),
        (MemberChange::Muted, Some(until)) => words::log_muted_until(name, until),
        (MemberChange::Unmuted, _) => words::log_unmuted(name),
        (MemberChange::Unknown, _) => words::log_member_unknown(name),
    }
}

fn settled(change: &RoomChange) -> String {
    let title = change.title.as_deref().map(words::log_set_title);
    let topic = change.topic.as_deref().map(words::log_set_topic);
    let slow = change.slow_mode_ms.map(|ms| match ms {
        0 => words::log_set_slow_off().to_owned(),
        ms => words::log_set_slow(&span(ms)),
    });
    let kept = change.retention_days.map(|days| match days {
        None => words::log_set_kept().to_owned(),
        Some(days) => words::log_set_kept_days(days),
    });
    let posting = change.posting.map(|posting| match posting {
        Posting::Everyone => words::log_set_everybody().to_owned(),
        Posting::Moderators => words::log_set_moderators().to_owned(),
    });
    let all: Vec<String> = [title, topic, slow, kept, posting].into_iter().flatten().collect();
    all.join(", ")
}
