//! Messages: those in the room, and mine that are not there yet.
//!
//! One reading edge: mine stand where everybody's do. A message that was sent bears no mark; only waiting and failed ones do.

use std::sync::Arc;

use client::view::{Delivery, Pending};
use protocol::{CommandId, Excerpt, Member, MemberId, Message, Role, Slug};
use yew::{Callback, Html, Properties, classes, component, html};

use crate::{
    address,
    components::{Avatar, Icon, Reactions, Written, actions::Actions, editor::Editor},
    intent::Intent,
    work::Step,
};

/// When a message was written, in the reader's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// "4 min ago", or `09:14`.
    pub ago: String,
    /// `09:14`.
    pub clock: String,
    /// With its day.
    pub full: String,
    /// For machines.
    pub machine: String,
}

/// A message that is in the room.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct MessageProps {
    /// The room that it is in.
    pub room: Slug,
    /// It.
    pub message: Arc<Message>,
    /// Whether face and name stand above it.
    pub first_of_group: bool,
    /// A change of it that is not in the room yet.
    pub pending: Option<Pending>,
    /// When.
    pub when: When,
    /// The reader.
    pub me: MemberId,
    /// What the reader may do.
    pub role: Role,
    /// Whether its text is being changed just now.
    pub editing: bool,
    /// Takes wishes.
    pub on_intent: Callback<Intent>,
    /// Takes what the keys are for next.
    pub on_step: Callback<Step>,
}

/// A message of mine that is not in the room yet.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct EchoProps {
    /// Its command.
    pub id: CommandId,
    /// What was written.
    pub text: String,
    /// What it answers.
    pub reply_to: Option<Excerpt>,
    /// How it stands.
    pub state: Delivery,
    /// Whether face and name stand above it.
    pub first_of_group: bool,
    /// When.
    pub when: When,
    /// The reader.
    pub me: Member,
    /// Takes wishes.
    pub on_intent: Callback<Intent>,
}

/// Draws a message that is in the room.
#[component]
pub fn MessageRow(props: &MessageProps) -> Html {
    let message = &props.message;
    let state = props.pending.as_ref().map(|pending| &pending.state);
    // A reaction of mine on its way is no reason to dim what somebody else wrote.
    let shade = class_of(state).filter(|_| message.by.id == props.me);
    let calls_me = message.calls(&props.me);
    let to = |seq| Some(address::path_at(&props.room, seq));
    let says_so = if calls_me { ", mentions you" } else { "" };
    html! {
        <article
            class={classes!("row", props.first_of_group.then_some("first"), shade, calls_me.then_some("calls-me"))}
            tabindex="0"
            aria-label={format!("{}, {}{says_so}", message.by.name, props.when.full)}
            data-seq={message.seq.to_string()}
            data-state={name_of(state).unwrap_or("sent")}
        >
            { side(&message.by, &props.when, props.first_of_group, to(message.seq)) }
            <div class="body">
                { head(&message.by, &props.when, props.first_of_group, to(message.seq)) }
                { for message.reply_to.as_ref().map(|quote| quoted(quote, to(quote.seq))) }
                { text(props) }
                <Reactions seq={message.seq} reactions={message.reactions.clone()} on_intent={&props.on_intent} />
                { for props.pending.as_ref().map(|pending| trouble(&pending.id, &pending.state, &props.on_intent)) }
            </div>
            if !message.deleted && !props.editing {
                <Actions
                    seq={message.seq}
                    author={message.by.clone()}
                    me={props.me.clone()}
                    role={props.role}
                    on_intent={&props.on_intent}
                    on_step={&props.on_step}
                />
            }
        </article>
    }
}

/// Draws a message of mine that is not in the room yet.
#[component]
pub fn EchoRow(props: &EchoProps) -> Html {
    let state = Some(&props.state);
    html! {
        <article
            class={classes!("row", props.first_of_group.then_some("first"), class_of(state))}
            tabindex="0"
            aria-label={format!("{}, {}", props.me.name, name_of(state).unwrap_or_default())}
            data-command={props.id.to_string()}
            data-state={name_of(state)}
        >
            { side(&props.me, &props.when, props.first_of_group, None) }
            <div class="body">
                { head(&props.me, &props.when, props.first_of_group, None) }
                { for props.reply_to.as_ref().map(|quote| quoted(quote, None)) }
                <Written text={props.text.clone()} />
                { trouble(&props.id, &props.state, &props.on_intent) }
            </div>
        </article>
    }
}

const fn class_of(state: Option<&Delivery>) -> Option<&'static str> {
    match state {
        Some(Delivery::Waiting) => Some("waiting"),
        Some(Delivery::Failed { .. }) => Some("failed"),
        None => None,
    }
}

const fn name_of(state: Option<&Delivery>) -> Option<&'static str> {
    match state {
        Some(Delivery::Waiting) => Some("waiting"),
        Some(Delivery::Failed { .. }) => Some("not sent"),
        None => None,
    }
}

fn side(by: &Member, when: &When, first_of_group: bool, to: Option<String>) -> Html {
    if first_of_group {
        return html! { <Avatar id={by.id.clone()} name={by.name.clone()} /> };
    }
    html! { <span class="aside">{ time(when, &when.clock, to) }</span> }
}

/// A time is the way to a message's own address; what is not in the room has none.
fn time(when: &When, words: &str, to: Option<String>) -> Html {
    let time =
        html! { <time datetime={when.machine.clone()} title={when.full.clone()}>{ words.to_owned() }</time> };
    match to {
        Some(href) => html! { <a class="plain" {href}>{ time }</a> },
        None => time,
    }
}

fn head(by: &Member, when: &When, first_of_group: bool, to: Option<String>) -> Html {
    if !first_of_group {
        return Html::default();
    }
    html! {
        <header>
            <span class="name">{ &by.name }</span>
            { time(when, &when.ago, to) }
        </header>
    }
}

/// The start of what is answered; it leads there.
fn quoted(excerpt: &Excerpt, to: Option<String>) -> Html {
    let name = excerpt.by.as_ref().map_or("an earlier message", |by| by.name.as_str());
    let words = match excerpt.excerpt.as_deref() {
        Some("") => "deleted",
        Some(words) => words,
        None => "",
    };
    html! {
        <blockquote class="quoted">
            { Icon::Reply.draw() }
            <b>{ name.to_owned() }</b>
            <a class="plain" href={to}>{ words.to_owned() }</a>
        </blockquote>
    }
}

fn text(props: &MessageProps) -> Html {
    let message = &props.message;
    if message.deleted {
        return html! { <p class="gone">{ "This message was deleted." }</p> };
    }
    if props.editing {
        return html! {
            <Editor
                seq={message.seq}
                text={message.text.clone()}
                on_intent={&props.on_intent}
                on_step={&props.on_step}
            />
        };
    }
    html! {
        <>
            <Written text={message.text.clone()} />
            if message.edited_at.is_some() {
                <small class="edited">{ "edited" }</small>
            }
        </>
    }
}

/// Nothing where all is well, a small clock while it waits, the reason and two ways out where it failed.
fn trouble(id: &CommandId, state: &Delivery, on_intent: &Callback<Intent>) -> Html {
    match state {
        Delivery::Waiting => {
            html! { <span class="clock" title="Waiting to be sent">{ Icon::Clock.draw() }</span> }
        }
        Delivery::Failed { reason } => {
            let (retried, discarded) = (id.clone(), id.clone());
            html! {
                <p class="trouble" role="alert">
                    { Icon::Warning.draw() }
                    <span>{ format!("Not sent. {reason}") }</span>
                    <button type="button" onclick={on_intent.reform(move |_| Intent::Retry(retried.clone()))}>
                        { "Try again" }
                    </button>
                    <button type="button" onclick={on_intent.reform(move |_| Intent::Discard(discarded.clone()))}>
                        { "Discard" }
                    </button>
                </p>
            }
        }
    }
}
