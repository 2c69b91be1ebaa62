//! Where messages are written.
//!
//! Invariant: what is in it leaves it only by being sent or by the writer's own keys; every change is kept as a draft.

use client::tray::{Ready, Tray};
use protocol::{Seq, Slug, Text, limits::TEXT_SCALARS, text::BadText};
use yew::{
    Callback, Html, KeyboardEvent, NodeRef, Properties, UseStateHandle, classes, component, html,
    use_effect_with, use_node_ref, use_state,
};

use crate::{
    completion::{Completion, Suggest, use_completion},
    components::{
        Icon, Preview,
        suggestions::{LIST, id_of},
        tray::{chooser, on_paste, tray},
    },
    field::{self, Key},
    intent::Intent,
    luggage::Wish,
    words,
    work::Step,
};

/// From how many characters before the limit on they are counted.
const COUNTED_FROM: usize = TEXT_SCALARS - 400;

/// For which room, with what in it.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Props {
    /// The room.
    pub room: Slug,
    /// Whether messages may have files there.
    pub takes_files: bool,
    /// The files that go along.
    pub tray: Tray,
    /// Files are held over the page, to be dropped.
    pub hovered: bool,
    /// Takes what is wanted of the files.
    pub on_wish: Callback<Wish>,
    /// The room's name for people.
    pub title: String,
    /// What was in it when the page was left.
    pub draft: String,
    /// Who is answered, and which message of theirs.
    pub answered: Option<Answered>,
    /// What could come of a word that is begun.
    pub suggest: Suggest,
    /// Slow mode: for how long the next message waits, in milliseconds.
    pub slow_ms: Option<u64>,
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
    let completion = use_completion(&node, &props.suggest);
    let send = send(props, &node, &written);
    let chosen = completion.chosen();
    let (end, looking) = (completion.clone(), completion.clone());
    let look = Callback::from(move |()| looking.look());
    let length = written.trim().chars().count();
    let onsubmit = {
        let send = send.clone();
        move |event: yew::SubmitEvent| {
            event.prevent_default();
            send.emit(());
        }
    };
    html! {
        <form class={classes!("composer", props.hovered.then_some("hovered"))} {onsubmit}>
            { props.answered.as_ref().map(|answered| answering(answered, &props.on_step)).unwrap_or_default() }
            { tray(&props.room, &props.tray, &props.on_wish) }
            if props.hovered {
                <p class="dropping">{ Icon::Clip.draw() }{ words::drop_files(&props.title) }</p>
            }
            <Preview text={written.to_string()} />
            { completion.draw() }
            <div class="writing">
                if props.takes_files {
                    { chooser(&props.on_wish) }
                }
                <textarea
                    ref={node.clone()}
                    rows="1"
                    aria-label={words::message_room(&props.title)}
                    aria-describedby={count_id(&props.room)}
                    aria-autocomplete="list"
                    aria-controls={chosen.is_some().then_some(LIST)}
                    aria-activedescendant={chosen.map(id_of)}
                    placeholder={words::write_to_room(&props.title)}
                    enterkeyhint="send"
                    onkeydown={on_key(props, (&node, &written), (&completion, &send))}
                    onkeyup={look.reform(drop)}
                    onclick={look.reform(drop)}
                    onblur={Callback::from(move |_| end.end())}
                    oninput={on_input(props, (&node, &written), &completion)}
                    onpaste={props.takes_files.then(|| on_paste(&props.on_wish))}
                />
                // A place of its own, empty or not: where `for` draws one more, yew makes the neighbours anew, with what was typed in them.
                { props.slow_ms.map(slow).unwrap_or_default() }
                { count(&props.room, length) }
                <button
                    type="submit"
                    class="send"
                    aria-label={words::send()}
                    title={words::send_key()}
                    disabled={!goes(length, props.tray.ready())}
                >
                    { Icon::Send.draw() }
                </button>
            </div>
        </form>
    }
}

/// Whether what is written, with its files, can be a message.
const fn goes(length: usize, ready: Ready) -> bool {
    length <= TEXT_SCALARS
        && match ready {
            Ready::Empty => length > 0,
            Ready::Full => true,
            Ready::Waits => false,
        }
}

/// What is sent now waits for so long; a second that has begun counts.
fn slow(wait_ms: u64) -> Html {
    let seconds = wait_ms.div_ceil(1_000);
    let says = words::slow_mode(seconds);
    html! { <span class="slow" role="timer" aria-label={says.clone()} title={says}>{ Icon::Clock.draw() }{ words::seconds(seconds) }</span> }
}

fn answering(answered: &Answered, on_step: &Callback<Step>) -> Html {
    html! {
        <p class="answering">
            { Icon::Reply.draw() }
            <span>{ words::answering() }{ " " }<b>{ &answered.name }</b></span>
            <button type="button" aria-label={words::answer_nobody()} title={words::answer_nobody_key()} onclick={on_step.reform(|_| Step::AnswerNobody)}>
                { Icon::Cross.draw() }
            </button>
        </p>
    }
}

/// The count's name in the page, for the field that it belongs to.
fn count_id(room: &Slug) -> String {
    format!("count-{room}")
}

fn count(room: &Slug, length: usize) -> Html {
    let over = length > TEXT_SCALARS;
    let words = match TEXT_SCALARS.checked_sub(length) {
        Some(_) if length < COUNTED_FROM => String::new(),
        Some(left) => words::characters_left(left),
        None => words::characters_too_many(length - TEXT_SCALARS),
    };
    html! { <span id={count_id(room)} class={classes!("count", over.then_some("over"))} role="status">{ words }</span> }
}

fn on_key(
    props: &Props,
    (node, written): (&NodeRef, &UseStateHandle<String>),
    (completion, send): (&Completion, &Callback<()>),
) -> Callback<KeyboardEvent> {
    let (props, node, written) = (props.clone(), node.clone(), written.clone());
    let (completion, send) = (completion.clone(), send.clone());
    Callback::from(move |event: KeyboardEvent| {
        let key = Key::of(&event);
        if completion.press(key) {
            // An Escape that closes the list closes nothing else.
            event.stop_propagation();
            return event.prevent_default();
        }
        match key {
            Key::Done => send.emit(()),
            Key::Leave => return props.on_step.emit(Step::AnswerNobody),
            Key::Up if written.is_empty() => props.on_edit_last.emit(()),
            Key::Format(mark) => field::format(&node, mark),
            Key::Up | Key::Down | Key::Next | Key::Letter => return,
        }
        event.prevent_default();
    })
}

fn on_input(
    props: &Props,
    (node, written): (&NodeRef, &UseStateHandle<String>),
    completion: &Completion,
) -> Callback<yew::InputEvent> {
    let (props, node, written, completion) =
        (props.clone(), node.clone(), written.clone(), completion.clone());
    Callback::from(move |_| {
        let text = field::value(&node);
        field::grow(&node);
        props.on_draft.emit(text.clone());
        if !text.is_empty() {
            props.on_intent.emit(Intent::Typing);
        }
        written.set(text);
        completion.look();
    })
}

fn send(props: &Props, node: &NodeRef, written: &UseStateHandle<String>) -> Callback<()> {
    let (props, node, written) = (props.clone(), node.clone(), written.clone());
    Callback::from(move |()| {
        // What cannot be a message stays where it is; the count, or the tray, says why.
        let text = match (Text::parse(&field::value(&node)), props.tray.ready()) {
            (Ok(text), Ready::Empty | Ready::Full) => text.into(),
            (Err(BadText::Empty), Ready::Full) => String::new(),
            (Ok(_), Ready::Waits) | (Err(_), _) => return,
        };
        let reply_to = props.answered.as_ref().map(|answered| answered.seq);
        props.on_intent.emit(Intent::Send { text, reply_to, files: props.tray.files() });
        props.on_wish.emit(Wish::Gone);
        props.on_step.emit(Step::AnswerNobody);
        props.on_draft.emit(String::new());
        field::fill(&node, "");
        field::focus(&node);
        written.set(String::new());
    })
}
