//! Changing the text of a message, in its place.

use protocol::{Seq, Slug, Text};
use yew::{
    Callback, Html, KeyboardEvent, NodeRef, Properties, component, html, use_effect_with, use_node_ref,
};

use crate::{
    draft,
    field::{self, Key},
    intent::Intent,
    words,
    work::Step,
};

/// Of which message.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Props {
    /// The room that it is in.
    pub room: Slug,
    /// The message.
    pub seq: Seq,
    /// As it is.
    pub text: String,
    /// Takes the change.
    pub on_intent: Callback<Intent>,
    /// Told when it is over.
    pub on_step: Callback<Step>,
}

/// Enter saves, Escape leaves it as it was.
#[component]
pub fn Editor(props: &Props) -> Html {
    let node = use_node_ref();
    use_effect_with((), {
        let (node, text) = (node.clone(), props.text.clone());
        let (room, seq) = (props.room.clone(), props.seq);
        move |()| {
            let kept = draft::read_change(&room, seq);
            field::begin(&node, kept.as_deref().unwrap_or(&text));
            field::focus(&node);
        }
    });
    let leave = {
        let props = props.clone();
        Callback::from(move |()| {
            draft::forget_change(&props.room, props.seq);
            props.on_step.emit(Step::EditNothing);
        })
    };
    let save = save(props, &node, &leave);
    let onkeydown = {
        let (node, save, leave) = (node.clone(), save.clone(), leave.clone());
        move |event: KeyboardEvent| match Key::of(&event) {
            Key::Done => {
                event.prevent_default();
                save.emit(());
            }
            Key::Leave => leave.emit(()),
            Key::Format(mark) => {
                event.prevent_default();
                field::format(&node, mark);
            }
            Key::Up | Key::Down | Key::Next | Key::Letter => {}
        }
    };
    let oninput = {
        let (node, room, seq) = (node.clone(), props.room.clone(), props.seq);
        move |_| {
            field::grow(&node);
            // Its row is drawn only while it is near.
            draft::write_change(&room, seq, &field::value(&node));
        }
    };
    html! {
        <div class="editor">
            <textarea ref={node} rows="1" aria-label={words::change_your_message()} {onkeydown} {oninput} />
            <div class="choices">
                <button type="button" class="primary" onclick={save.reform(|_| ())}>{ words::save() }</button>
                <button type="button" onclick={leave.reform(|_| ())}>{ words::cancel() }</button>
                <small>{ words::enter_saves() }</small>
            </div>
        </div>
    }
}

fn save(props: &Props, node: &NodeRef, leave: &Callback<()>) -> Callback<()> {
    let (props, node, leave) = (props.clone(), node.clone(), leave.clone());
    Callback::from(move |()| {
        // What cannot be a text stays in the field.
        let Ok(text) = Text::parse(&field::value(&node)) else { return };
        if text.as_str() != props.text {
            props.on_intent.emit(Intent::Edit { seq: props.seq, text: text.into() });
        }
        leave.emit(());
    })
}
