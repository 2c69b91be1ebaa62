//! The timeline: every row of the room that is held, in its place.

use std::rc::Rc;

use client::view::{Above, Row};
use protocol::{Excerpt, Member, Message, Millis, Role, Seq, Slug};
use yew::{
    Callback, Html, Properties, component, html, use_effect, use_effect_with, use_force_update, use_mut_ref,
    use_node_ref, use_state,
};

use crate::{
    calendar::Reading,
    components::{
        Day, Icon,
        day::{GapLine, NewLine},
        row::{EchoRow, MessageRow, When},
        skeleton,
    },
    intent::Intent,
    scroll::{Report, Scroll, use_changes_around},
    work::{Step, Work},
};

/// What to show, and to whom.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Props {
    /// The rows, top to bottom.
    pub rows: Rc<Vec<Row>>,
    /// What lies above them; none while nothing is known yet.
    pub above: Option<Above>,
    /// The room.
    pub room: Slug,
    /// The message that was asked for; it is gone to once it is there.
    pub sought: Option<Seq>,
    /// The room's name for people.
    pub title: String,
    /// Unread messages.
    pub unread: u32,
    /// The reader.
    pub me: Member,
    /// What the reader may do.
    pub role: Role,
    /// The reader's now.
    pub reading: Reading,
    /// What is being written.
    pub work: Work,
    /// Takes wishes.
    pub on_intent: Callback<Intent>,
    /// Takes what the keys are for next.
    pub on_step: Callback<Step>,
}

/// Draws it, keeps its place when rows come in above, and stays at the end where the reader was there.
#[component]
pub fn Timeline(props: &Props) -> Html {
    let frame = use_node_ref();
    let scroll = use_mut_ref(Scroll::default);
    let at_end = use_state(|| true);
    let report = {
        let (props, at_end) = (props.clone(), at_end.clone());
        move |report: Report| {
            tell(&props, report, |end| {
                if *at_end != end {
                    at_end.set(end)
                }
            })
        }
    };
    use_effect_with(props.sought, {
        let (scroll, on_intent) = (scroll.clone(), props.on_intent.clone());
        move |sought| {
            if let Some(seq) = *sought {
                scroll.borrow_mut().seek(seq);
                on_intent.emit(Intent::Visit(seq));
            }
        }
    });
    use_effect({
        let (frame, scroll, report) = (frame.clone(), scroll.clone(), report.clone());
        move || {
            if let Some(frame) = frame.cast() {
                report(scroll.borrow_mut().drawn(&frame));
            }
        }
    });
    let redraw = use_force_update();
    use_changes_around(&frame, move || redraw.force_update());
    let onscroll = {
        let (frame, scroll, report) = (frame.clone(), scroll.clone(), report);
        move |_| {
            if let Some(frame) = frame.cast() {
                report(scroll.borrow_mut().moved(&frame));
            }
        }
    };
    let to_end = {
        let (frame, scroll) = (frame.clone(), scroll);
        move |_| {
            if let Some(frame) = frame.cast() {
                scroll.borrow_mut().go_to_end(&frame);
            }
        }
    };
    html! {
        <div class="timeline">
            <div class="frame" ref={frame} {onscroll} tabindex="-1">
                { above(props) }
                <div class="rows" role="log" aria-label={format!("Messages in {}", props.title)} aria-live="polite">
                    { for props.rows.iter().map(|row| draw(props, row)) }
                </div>
            </div>
            if !*at_end {
                <button type="button" class="newest" onclick={to_end}>
                    { Icon::Down.draw() }
                    { if props.unread > 0 { format!("{} new", props.unread) } else { "Newest".to_owned() } }
                </button>
            }
        </div>
    }
}

fn tell(props: &Props, report: Report, at_end: impl Fn(bool)) {
    at_end(report.at_end);
    if report.near_start && props.above == Some(Above::Older) {
        props.on_intent.emit(Intent::Older);
    }
    for above in report.gaps {
        props.on_intent.emit(Intent::FillGap { above });
    }
    if let Some(seq) = report.seen {
        props.on_intent.emit(Intent::Seen(seq));
    }
}

fn above(props: &Props) -> Html {
    match props.above {
        None => skeleton(),
        Some(Above::Older | Above::Loading) => html! { <div class="older">{ skeleton() }</div> },
        Some(Above::Beginning) if props.rows.is_empty() => html! {
            <div class="beginning empty">
                <h2>{ format!("This is #{}", props.title) }</h2>
                <p>{ "Nobody has written here yet. Write the first message: whoever comes later reads it too." }</p>
            </div>
        },
        Some(Above::Beginning) => html! {
            <div class="beginning"><h2>{ format!("#{}", props.title) }</h2><p>{ "This is where the room begins." }</p></div>
        },
    }
}

fn draw(props: &Props, row: &Row) -> Html {
    let key = row.key();
    match row {
        Row::Day { at } => html! { <Day {key} label={props.reading.day(*at)} at={*at} /> },
        Row::New => html! { <NewLine {key} /> },
        Row::Gap { above } => html! {
            <GapLine {key} above={*above} on_intent={&props.on_intent} />
        },
        Row::Message { message, first_of_group, pending } => html! {
            <MessageRow
                {key}
                room={props.room.clone()}
                message={message.clone()}
                first_of_group={*first_of_group}
                pending={pending.clone()}
                when={when(props.reading, message.at)}
                me={props.me.id.clone()}
                role={props.role}
                editing={props.work.editing == Some(message.seq)}
                on_intent={&props.on_intent}
                on_step={&props.on_step}
            />
        },
        Row::Echo { id, text, at, reply_to, first_of_group, state } => html! {
            <EchoRow
                {key}
                id={id.clone()}
                text={text.clone()}
                reply_to={reply_to.and_then(|seq| excerpt(&props.rows, seq))}
                state={state.clone()}
                first_of_group={*first_of_group}
                when={when(props.reading, *at)}
                me={props.me.clone()}
                on_intent={&props.on_intent}
            />
        },
    }
}

fn when(reading: Reading, at: Millis) -> When {
    When {
        ago: reading.ago(at),
        clock: reading.clock(at),
        full: reading.full(at),
        machine: Reading::machine(at),
    }
}

/// The start of a message that is held.
fn excerpt(rows: &[Row], seq: Seq) -> Option<Excerpt> {
    message(rows, seq).map(|message| message.excerpt())
}

/// The message with this seq, if it is held.
#[must_use]
pub fn message(rows: &[Row], seq: Seq) -> Option<&Message> {
    rows.iter().rev().find_map(|row| match row {
        Row::Message { message, .. } if message.seq == seq => Some(&**message),
        Row::Message { .. } | Row::Day { .. } | Row::New | Row::Gap { .. } | Row::Echo { .. } => None,
    })
}

/// The newest message of the reader's that they could still change.
#[must_use]
pub fn newest_of_mine(rows: &[Row], me: &Member) -> Option<Seq> {
    rows.iter().rev().find_map(|row| match row {
        Row::Message { message, .. } if message.by.id == me.id && !message.deleted => Some(message.seq),
        Row::Message { .. } | Row::Day { .. } | Row::New | Row::Gap { .. } | Row::Echo { .. } => None,
    })
}
