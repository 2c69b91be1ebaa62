//! Messages: those in the room, and mine that are not there yet.
//!
//! One reading edge: mine stand where everybody's do. A message that was sent bears no mark; only waiting and failed ones do.

use std::sync::Arc;

use client::view::{Delivery, Pending};
use protocol::{CommandId, Excerpt, File, Member, MemberId, Message, Millis, Role, Slug};
use yew::{Callback, Html, Properties, classes, component, html, use_state_eq};

use crate::{
    address,
    calendar::Reading,
    chunks,
    components::{Avatar, Files, Icon, Reactions, Written, actions, editor::Editor},
    face::called,
    intent::Intent,
    words,
    work::Step,
};

/// When a message was written, as it is read now. Two are equal if they read the same: a row that scrolls by, or a minute that
/// changes nothing, costs no words.
#[derive(Debug, Clone, Copy)]
pub struct When {
    /// When.
    pub at: Millis,
    /// The reader's now.
    pub reading: Reading,
}

impl PartialEq for When {
    fn eq(&self, other: &Self) -> bool {
        let of = |when: &Self| (when.at, when.reading.zone_ms, when.reading.minutes_since(when.at));
        of(self) == of(other)
    }
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
    /// The room that it is for.
    pub room: Slug,
    /// Its command.
    pub id: CommandId,
    /// What was written.
    pub text: String,
    /// What it answers.
    pub reply_to: Option<Excerpt>,
    /// The files on it.
    pub files: Vec<File>,
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

/// Draws a message that is in the room. What can be done with it comes when somebody points at it or stands on it: it is more than all
/// else in the row, and of a room that is scrolled through nobody sees it.
#[component]
pub fn MessageRow(props: &MessageProps) -> Html {
    let approached = use_state_eq(|| false);
    let on_approach = {
        let approached = approached.setter();
        Callback::from(move |()| approached.set(true))
    };
    let message = &props.message;
    let state = props.pending.as_ref().map(|pending| &pending.state);
    // A reaction of mine on its way is no reason to dim what somebody else wrote.
    let shade = class_of(state).filter(|_| message.by.id == props.me);
    let calls_me = message.calls(&props.me);
    let to = |seq| Some(address::path_at(&props.room, seq));
    let heading = format!("{}, {}", called(&message.by.name), props.when.reading.full(props.when.at));
    let heading = if calls_me { words::mentions_you(&heading) } else { heading };
    html! {
        <article
            class={classes!("row", props.first_of_group.then_some("first"), shade, calls_me.then_some("calls-me"))}
            tabindex="0"
            aria-label={heading}
            data-seq={message.seq.to_string()}
            data-state={name_of(state).unwrap_or("sent")}
            onpointerover={on_approach.reform(|_| ())}
            onfocusin={on_approach.reform(|_| ())}
        >
            { side(&message.by, props.when, props.first_of_group, to(message.seq)) }
            <div class="body">
                { head(&message.by, props.when, props.first_of_group, to(message.seq)) }
                { for message.reply_to.as_ref().map(|quote| quoted(quote, to(quote.seq))) }
                { text(props) }
                <Files room={props.room.clone()} files={message.attachments.clone()} />
                <Reactions room={props.room.clone()} seq={message.seq} reactions={message.reactions.clone()} on_intent={&props.on_intent} />
                { for props.pending.as_ref().map(|pending| trouble(&pending.id, &pending.state, &props.on_intent)) }
            </div>
            if *approached && !message.deleted && !props.editing {
                { chunks::actions(tools(props)) }
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
            aria-label={format!("{}, {}", props.me.name, told(&props.state))}
            data-command={props.id.to_string()}
            data-state={name_of(state)}
        >
            { side(&props.me, props.when, props.first_of_group, None) }
            <div class="body">
                { head(&props.me, props.when, props.first_of_group, None) }
                { for props.reply_to.as_ref().map(|quote| quoted(quote, None)) }
                { written(&props.text) }
                <Files room={props.room.clone()} files={props.files.clone()} />
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

fn told(state: &Delivery) -> &'static str {
    match state {
        Delivery::Waiting => words::waiting(),
        Delivery::Failed { .. } => words::not_sent(),
    }
}

fn side(by: &Member, when: When, first_of_group: bool, to: Option<String>) -> Html {
    if first_of_group {
        return html! { <Avatar id={by.id.clone()} name={called(&by.name).to_owned()} /> };
    }
    html! { <span class="aside">{ time(when, when.reading.clock(when.at), to) }</span> }
}

/// A time is the way to a message's own address; what is not in the room has none.
fn time(when: When, words: String, to: Option<String>) -> Html {
    let time = html! { <time datetime={Reading::machine(when.at)} title={when.reading.full(when.at)}>{ words }</time> };
    match to {
        Some(href) => html! { <a class="plain" {href}>{ time }</a> },
        None => time,
    }
}

fn head(by: &Member, when: When, first_of_group: bool, to: Option<String>) -> Html {
    if !first_of_group {
        return Html::default();
    }
    html! {
        <header>
            <span class="name">{ called(&by.name) }</span>
            { time(when, when.reading.ago(when.at), to) }
        </header>
    }
}

/// The start of what is answered; it leads there.
fn quoted(excerpt: &Excerpt, to: Option<String>) -> Html {
    let name = excerpt.by.as_ref().map_or(words::an_earlier_message(), |by| called(&by.name));
    let words = match excerpt.excerpt.as_deref() {
        Some("") => words::deleted(),
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

fn tools(props: &MessageProps) -> actions::Props {
    actions::Props {
        seq: props.message.seq,
        author: props.message.by.clone(),
        pinned: props.message.pinned,
        me: props.me.clone(),
        role: props.role,
        on_intent: props.on_intent.clone(),
        on_step: props.on_step.clone(),
    }
}

fn text(props: &MessageProps) -> Html {
    let message = &props.message;
    if message.deleted {
        return html! { <p class="gone">{ words::message_deleted() }</p> };
    }
    if props.editing {
        return html! {
            <Editor
                room={props.room.clone()}
                seq={message.seq}
                text={message.text.clone()}
                on_intent={&props.on_intent}
                on_step={&props.on_step}
            />
        };
    }
    html! {
        <>
            { written(&message.text) }
            if message.edited_at.is_some() {
                <small class="edited">{ words::edited() }</small>
            }
            if message.pinned {
                <small class="edited">{ words::pinned() }</small>
            }
        </>
    }
}

/// A message of files alone says nothing.
fn written(text: &str) -> Html {
    if text.is_empty() {
        return Html::default();
    }
    html! { <Written text={text.to_owned()} /> }
}

/// Nothing where all is well, a small clock while it waits, the reason and two ways out where it failed.
fn trouble(id: &CommandId, state: &Delivery, on_intent: &Callback<Intent>) -> Html {
    match state {
        Delivery::Waiting => {
            html! { <span class="clock" title={words::waiting_to_be_sent()}>{ Icon::Clock.draw() }</span> }
        }
        Delivery::Failed { code, reason } => {
            let (retried, discarded) = (id.clone(), id.clone());
            html! {
                <p class="trouble" role="alert">
                    { Icon::Warning.draw() }
                    <span>{ words::not_sent_because(&words::of_refusal(*code, reason)) }</span>
                    <button type="button" onclick={on_intent.reform(move |_| Intent::Retry(retried.clone()))}>
                        { words::try_again() }
                    </button>
                    <button type="button" onclick={on_intent.reform(move |_| Intent::Discard(discarded.clone()))}>
                        { words::discard() }
                    </button>
                </p>
            }
        }
    }
}
