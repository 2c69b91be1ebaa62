//! What can be done with a message: a small bar at its edge, on hover, on focus, on a tap.
//!
//! Choosing an emoji and deleting for good happen inside the bar: nothing floats over what is being read.

use protocol::{Member, MemberId, Role, Seq};
use yew::{Callback, Html, Properties, UseStateHandle, classes, component, html, use_state};

use crate::{
    components::{Icon, reactions::CHOICES},
    intent::Intent,
    words,
    work::Step,
};

/// With which message, and who may.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Props {
    /// The message.
    pub seq: Seq,
    /// Who wrote it.
    pub author: Member,
    /// Whether it is pinned to the room.
    pub pinned: bool,
    /// The reader.
    pub me: MemberId,
    /// What the reader may do.
    pub role: Role,
    /// Takes wishes.
    pub on_intent: Callback<Intent>,
    /// Takes what the keys are for next.
    pub on_step: Callback<Step>,
}

/// What the bar shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Face {
    Tools,
    Emoji,
    Deleting,
}

/// Draws the bar.
#[component]
pub fn Actions(props: &Props) -> Html {
    let face = use_state(|| Face::Tools);
    let inside = match *face {
        Face::Tools => tools(props, &face),
        Face::Emoji => choices(props, &face),
        Face::Deleting => deleting(props, &face),
    };
    html! {
        <div
            class={classes!("actions", (*face != Face::Tools).then_some("open"))}
            role="toolbar"
            aria-label={words::message_by(&props.author.name)}
        >
            { inside }
        </div>
    }
}

fn tools(props: &Props, face: &UseStateHandle<Face>) -> Html {
    let seq = props.seq;
    let mine = props.author.id == props.me;
    html! {
        <>
            { button(Icon::Smile, words::react(), turn(face, Face::Emoji)) }
            { button(Icon::Reply, words::reply(), props.on_step.reform(move |()| Step::Answer(seq))) }
            if mine {
                { button(Icon::Pencil, words::edit(), props.on_step.reform(move |()| Step::Edit(seq))) }
            }
            if props.role >= Role::Moderator {
                { pin(props) }
            }
            if mine || props.role >= Role::Moderator {
                { button(Icon::Bin, words::delete(), turn(face, Face::Deleting)) }
            }
        </>
    }
}

fn pin(props: &Props) -> Html {
    let seq = props.seq;
    let (label, intent) = if props.pinned {
        (words::take_pin_down(), Intent::Unpin(seq))
    } else {
        (words::pin_to_room(), Intent::Pin(seq))
    };
    button(Icon::Pin, label, props.on_intent.reform(move |()| intent.clone()))
}

fn choices(props: &Props, face: &UseStateHandle<Face>) -> Html {
    html! {
        <>
            { for CHOICES.iter().map(|(emoji, name)| {
                let (seq, face, on_intent) = (props.seq, face.clone(), props.on_intent.clone());
                let onclick = move |_| {
                    face.set(Face::Tools);
                    on_intent.emit(Intent::React { seq, emoji: (*emoji).to_owned() });
                };
                html! {
                    <button type="button" class="emoji" aria-label={words::react_with(name())} title={name()} {onclick}>
                        { *emoji }
                    </button>
                }
            }) }
            { button(Icon::Cross, words::no_reaction(), turn(face, Face::Tools)) }
        </>
    }
}

fn deleting(props: &Props, face: &UseStateHandle<Face>) -> Html {
    let (seq, face, on_intent) = (props.seq, face.clone(), props.on_intent.clone());
    let keep = turn(&face, Face::Tools).reform(|_| ());
    let delete = move |_| {
        face.set(Face::Tools);
        on_intent.emit(Intent::Delete(seq));
    };
    html! {
        <>
            <span class="question">{ words::delete_for_everybody() }</span>
            <button type="button" class="worded danger" onclick={delete}>{ words::delete() }</button>
            <button type="button" class="worded" onclick={keep}>{ words::keep() }</button>
        </>
    }
}

fn button(icon: Icon, label: &'static str, on_press: Callback<()>) -> Html {
    html! {
        <button type="button" aria-label={label} title={label} onclick={on_press.reform(|_| ())}>{ icon.draw() }</button>
    }
}

fn turn(face: &UseStateHandle<Face>, to: Face) -> Callback<()> {
    let face = face.clone();
    Callback::from(move |()| face.set(to))
}
