//! Changing the text of a message, in its place.

use protocol::{Seq, Text};
use yew::{
    Callback, Html, KeyboardEvent, NodeRef, Properties, component, html, use_effect_with, use_node_ref,
};

use crate::{
    field::{self, Key},
    intent::Intent,
    work::Step,
};

/// Of which message.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Props {
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
        move |()| {
            field::begin(&node, &text);
            field::focus(&node);
        }
    });
    let leave = props.on_step.reform(|()| Step::EditNothing);
    let save = save(props, &node);
    let onkeydown = {
        let (save, leave) = (save.clone(), leave.clone());
        move |event: KeyboardEvent| match Key::of(&event) {
            Key::Done => {
                event.prevent_default();
                save.emit(());
            }
            Key::Leave => leave.emit(()),
            Key::Up | Key::Letter => {}
        }
    };
    let oninput = {
        let node = node.clone();
        move |_| field::grow(&node)
    };
    html! {
        <div class="editor">
            <textarea ref={node} rows="1" aria-label="Change your message" {onkeydown} {oninput} />
            <div class="choices">
                <button type="button" class="primary" onclick={save.reform(|_| ())}>{ "Save" }</button>
                <button type="button" onclick={leave.reform(|_| ())}>{ "Cancel" }</button>
                <small>{ "Enter saves, Esc cancels" }</small>
            </div>
        </div>
    }
}

fn save(props: &Props, node: &NodeRef) -> Callback<()> {
    let (props, node) = (props.clone(), node.clone());
    Callback::from(move |()| {
        // What cannot be a text stays in the field.
        let Ok(text) = Text::parse(&field::value(&node)) else { return };
        if text.as_str() != props.text {
            props.on_intent.emit(Intent::Edit { seq: props.seq, text: text.into() });
        }
        props.on_step.emit(Step::EditNothing);
    })
}
