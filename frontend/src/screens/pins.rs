//! What is pinned to the room: each message leads to its place, and moderators take it down again.

use std::{collections::BTreeMap, rc::Rc};

use client::{
    found::{self, Piece},
    view::Row,
};
use protocol::{Message, Role, Seq, Slug};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, component, html, use_effect_with, use_state};

use crate::{
    address, calendar::Reading, components::message, http, intent::Intent, panel::Panel,
    screens::search::left, words,
};

/// Of which room.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// It.
    pub room: Slug,
    /// The pinned messages, the one pinned first first.
    pub pins: Rc<Vec<Seq>>,
    /// What is held of the room: what stands there need not be asked for.
    pub rows: Rc<Vec<Row>>,
    /// What the reader may do.
    pub role: Role,
    /// The reader's now.
    pub reading: Reading,
    /// Takes wishes.
    pub on_intent: Callback<Intent>,
    /// Told to close where it stands over what is gone to.
    pub on_panel: Callback<Panel>,
}

/// Messages that were asked for.
type Fetched = Rc<BTreeMap<Seq, Message>>;

/// Draws them, the one pinned last first.
#[component]
pub fn Pins(props: &Props) -> Html {
    let fetched = use_state(Fetched::default);
    let absent: Vec<Seq> =
        props.pins.iter().copied().filter(|seq| message(&props.rows, *seq).is_none()).collect();
    use_effect_with((props.room.clone(), absent), {
        let fetched = fetched.clone();
        move |(room, absent)| {
            let (room, absent, held) = (room.clone(), absent.clone(), (*fetched).clone());
            let fetched = fetched.setter();
            spawn_local(async move {
                let mut held = (*held).clone();
                for seq in absent.into_iter().filter(|seq| !held.contains_key(seq)).collect::<Vec<_>>() {
                    match http::message(&room, seq).await {
                        Ok(found) => held.extend(found.map(|message| (seq, message))),
                        Err(failure) => {
                            tracing::warn!(why = failure.sentence(), "a pinned message is not shown")
                        }
                    }
                }
                fetched.set(Rc::new(held));
            });
        }
    });
    let pinned = props.pins.iter().rev().map(|seq| {
        let held = message(&props.rows, *seq).or_else(|| fetched.get(seq)).cloned();
        html! {
            <PinnedLine
                key={seq.to_string()}
                room={props.room.clone()}
                seq={*seq}
                message={held}
                role={props.role}
                reading={props.reading}
                on_intent={&props.on_intent}
                on_panel={&props.on_panel}
            />
        }
    });
    html! {
        if props.pins.is_empty() {
            <p class="hint">{ words::nothing_pinned() }</p>
        } else {
            <ul class="hits">{ for pinned }</ul>
        }
    }
}

/// A pinned message.
#[derive(Clone, PartialEq, Properties)]
pub struct LineProps {
    /// Its room.
    pub room: Slug,
    /// Where it stands.
    pub seq: Seq,
    /// It; none until it is here.
    pub message: Option<Message>,
    /// What the reader may do.
    pub role: Role,
    /// The reader's now.
    pub reading: Reading,
    /// Takes wishes.
    pub on_intent: Callback<Intent>,
    /// Told to close where it stands over what is gone to.
    pub on_panel: Callback<Panel>,
}

/// Draws it.
#[component]
pub fn PinnedLine(props: &LineProps) -> Html {
    let seq = props.seq;
    let name = props.message.as_ref().map(|message| message.by.name.clone()).unwrap_or_default();
    html! {
        <li>
            <a href={address::path_at(&props.room, seq)} onclick={left(&props.on_panel)}>
                if let Some(message) = &props.message {
                    <span class="name">{ &message.by.name }</span>
                    <time datetime={Reading::machine(message.at)}>{ props.reading.full(message.at) }</time>
                    <p>{ start(&message.text) }</p>
                } else {
                    <span class="bone" aria-label={words::loading_message()}><i></i><b></b><s></s></span>
                }
            </a>
            if props.role >= Role::Moderator {
                <button
                    type="button"
                    aria-label={words::take_down_what(&name)}
                    onclick={props.on_intent.reform(move |_| Intent::Unpin(seq))}
                >
                    { words::take_down() }
                </button>
            }
        </li>
    }
}

fn start(text: &str) -> String {
    let piece = |piece: Piece| match piece {
        Piece::Plain(text) | Piece::Hit(text) => text,
        Piece::Cut => "…".to_owned(),
    };
    found::pieces(text, &[]).into_iter().map(piece).collect()
}
