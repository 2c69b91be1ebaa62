//! Where messages are written.
//!
//! Invariant: what is in it leaves it only by being sent or by the writer's own keys; every change is kept as a draft.

use protocol::{Seq, Text, limits::TEXT_SCALARS};
use yew::{
    Callback, Html, KeyboardEvent, NodeRef, Properties, UseStateHandle, classes, component, html,
    use_effect_with, use_node_ref, use_state,
};

use crate::{
    components::Icon,
    field::{self, Key},
    intent::Intent,
    work::Step,
};

/// From how many characters before the limit on they are counted.
const COUNTED_FROM: usize = TEXT_SCALARS - 400;

/// For which room, with what in it.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Props {
    /// The room's name for people.
    pub title: String,
    /// What was in it when the page was left.
    pub draft: String,
    /// Who is answered, and which message of theirs.
    pub answered: Option<Answered>,
    /// Takes messages, and word of typing.
    pub on_intent: Callback<Intent>,
    /// Takes every change of what is in it.
    pub on_draft: Callback<String>,
    /// Takes what the keys are for next.
    pub on_step: Callback<Step>,
    /// Told when the writer wants to change the newest message of theirs.
    pub on_edit_last: Callback<()>,
}

/// The message that is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// Which.
    pub seq: Seq,
    /// Whose.
    pub name: String,
}

/// Enter sends, Shift and Enter begin a line, Up in an empty one changes the last message.
#[component]
pub fn Composer(props: &Props) -> Html {
    let node = use_node_ref();
    let written = use_state(|| props.draft.clone());
    use_effect_with((), {
        let (node, draft) = (node.clone(), props.draft.clone());
        move |()| {
            field::begin(&node, &draft);
            field::focus_first(&node);
        }
    });
    use_effect_with(props.answered.clone(), {
        let node = node.clone();
        move |answered| {
            if answered.is_some() {
                field::focus(&node);
            }
        }
    });
    let send = send(props, &node, &written);
    let length = written.trim().chars().count();
    let onsubmit = {
        let send = send.clone();
        move |event: yew::SubmitEvent| {
            event.prevent_default();
            send.emit(());
        }
    };
    html! {
        <form class="composer" {onsubmit}>
            { for props.answered.as_ref().map(|answered| answering(answered, &props.on_step)) }
            <div class="writing">
                <textarea
                    ref={node.clone()}
                    rows="1"
                    aria-label={format!("Message #{}", props.title)}
                    aria-describedby="count"
                    placeholder={format!("Write to #{}", props.title)}
                    enterkeyhint="send"
                    onkeydown={on_key(props, &written, &send)}
                    oninput={on_input(props, &node, &written)}
                />
                { count(length) }
                <button
                    type="submit"
                    class="send"
                    aria-label="Send"
                    title="Send (Enter)"
                    disabled={length == 0 || length > TEXT_SCALARS}
                >
                    { Icon::Send.draw() }
                </button>
            </div>
        </form>
    }
}

fn answering(answered: &Answered, on_step: &Callback<Step>) -> Html {
    html! {
        <p class="answering">
            { Icon::Reply.draw() }
            <span>{ "Answering " }<b>{ &answered.name }</b></span>
            <button type="button" aria-label="Answer nobody" title="Answer nobody (Esc)" onclick={on_step.reform(|_| Step::AnswerNobody)}>
                { Icon::Cross.draw() }
            </button>
        </p>
    }
}

fn count(length: usize) -> Html {
    let over = length > TEXT_SCALARS;
    let words = match TEXT_SCALARS.checked_sub(length) {
        Some(_) if length < COUNTED_FROM => String::new(),
        Some(left) => format!("{left} left"),
        None => format!("{} too many", length - TEXT_SCALARS),
    };
    html! { <span id="count" class={classes!("count", over.then_some("over"))} role="status">{ words }</span> }
}

fn on_key(props: &Props, written: &UseStateHandle<String>, send: &Callback<()>) -> Callback<KeyboardEvent> {
    let (props, written, send) = (props.clone(), written.clone(), send.clone());
    Callback::from(move |event: KeyboardEvent| match Key::of(&event) {
        Key::Done => {
            event.prevent_default();
            send.emit(());
        }
        Key::Leave => props.on_step.emit(Step::AnswerNobody),
        Key::Up if written.is_empty() => {
            event.prevent_default();
            props.on_edit_last.emit(());
        }
        Key::Up | Key::Letter => {}
    })
}

fn on_input(props: &Props, node: &NodeRef, written: &UseStateHandle<String>) -> Callback<yew::InputEvent> {
    let (props, node, written) = (props.clone(), node.clone(), written.clone());
    Callback::from(move |_| {
        let text = field::value(&node);
        field::grow(&node);
        props.on_draft.emit(text.clone());
        if !text.is_empty() {
            props.on_intent.emit(Intent::Typing);
        }
        written.set(text);
    })
}

fn send(props: &Props, node: &NodeRef, written: &UseStateHandle<String>) -> Callback<()> {
    let (props, node, written) = (props.clone(), node.clone(), written.clone());
    Callback::from(move |()| {
        // What cannot be a message stays where it is; the count says why.
        let Ok(text) = Text::parse(&field::value(&node)) else { return };
        let reply_to = props.answered.as_ref().map(|answered| answered.seq);
        props.on_intent.emit(Intent::Send { text: text.into(), reply_to });
        props.on_step.emit(Step::AnswerNobody);
        props.on_draft.emit(String::new());
        field::fill(&node, "");
        field::focus(&node);
        written.set(String::new());
    })
}
