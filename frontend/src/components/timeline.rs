//! The timeline: every row of the room that is held, in its place.

use std::rc::Rc;

use client::{
    pane::{Goal, Jump, Report},
    view::{Above, Row},
};
use protocol::{Excerpt, Member, Message, Millis, Role, Seq, Slug};
use yew::{
    Callback, Html, Properties, component, html, use_effect_with, use_force_update, use_mut_ref,
    use_node_ref, use_state_eq,
};

use crate::{
    ahead,
    calendar::Reading,
    components::{
        Day, Icon, awaited,
        day::{GapLine, NewLine},
        row::{EchoRow, MessageRow, When},
        skeleton,
    },
    intent::Intent,
    scroll::{self, Change, Scroll, somebody_looks, use_changes_around},
    words,
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
    /// The message that the address names.
    pub sought: Option<Seq>,
    /// Where the reader is to be led, once for each number.
    pub jump: Option<Jump>,
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

/// Draws the part of it that is near, keeps the reader's place when rows come in above, and stays at the end where they were there.
#[component]
pub fn Timeline(props: &Props) -> Html {
    let frame = use_node_ref();
    let scroll = use_mut_ref(Scroll::default);
    let at_end = use_state_eq(|| true);
    let day = use_state_eq(|| None::<Millis>);
    let redraw = use_force_update();
    use_effect_with(props.sought, {
        let on_intent = props.on_intent.clone();
        move |sought| {
            if let Some(seq) = *sought {
                on_intent.emit(Intent::Visit(seq));
            }
        }
    });
    use_effect_with(props.above.is_some(), |loaded| {
        if *loaded {
            ahead::forget_drawn();
        }
    });
    scroll.borrow_mut().follow(props.jump);
    let drawn = scroll.borrow_mut().draw(&props.rows);
    let report = {
        let (props, at_end, day, scroll) = (props.clone(), at_end.setter(), day.setter(), scroll.clone());
        move || {
            let report = scroll.borrow().report();
            at_end.set(report.at_end);
            day.set(report.day);
            tell(&props, report);
        }
    };
    scroll::before_paint({
        let (frame, scroll, report, redraw) = (frame.clone(), scroll.clone(), report.clone(), redraw.clone());
        move || {
            let Some(frame) = frame.cast() else { return };
            if scroll.borrow_mut().drawn(&frame) {
                redraw.force_update();
            }
            report();
        }
    });
    use_changes_around(&frame, {
        let (frame, scroll, redraw) = (frame.clone(), scroll.clone(), redraw.clone());
        move |change| {
            let has_grown = || frame.cast().is_some_and(|frame| scroll.borrow().has_grown(&frame));
            if change == Change::Looked || has_grown() {
                redraw.force_update();
            }
        }
    });
    let onscroll = {
        let (frame, scroll, redraw) = (frame.clone(), scroll.clone(), redraw.clone());
        move |_| {
            let Some(frame) = frame.cast() else { return };
            if scroll.borrow_mut().moved(&frame) {
                redraw.force_update();
            }
            report();
        }
    };
    let to_end = move |_| {
        scroll.borrow_mut().seek(Goal::End);
        redraw.force_update();
    };
    html! {
        <div class="timeline">
            <div class="frame" ref={frame} {onscroll} tabindex="-1">
                { above(props) }
                <div class="rows" role="log" aria-label={words::messages_in(&props.title)} aria-live="off">
                    { for props.rows.iter().take(drawn.end).skip(drawn.first).map(|row| draw(props, row)) }
                </div>
            </div>
            if let Some(at) = *day {
                <div class="floating"><Day label={props.reading.day(at)} {at} reading={props.reading} on_intent={&props.on_intent} /></div>
            }
            if !*at_end {
                <button type="button" class="newest" onclick={to_end}>
                    { Icon::Down.draw() }
                    { if props.unread > 0 { words::new_count(props.unread) } else { words::newest().to_owned() } }
                </button>
            }
        </div>
    }
}

fn tell(props: &Props, report: Report) {
    if report.near_start && props.above == Some(Above::Older) {
        props.on_intent.emit(Intent::Older);
    }
    for edge in report.gaps {
        props.on_intent.emit(Intent::FillGap(edge));
    }
    if let Some(seq) = report.held {
        props.on_intent.emit(Intent::InView(seq));
    }
    if let Some(seq) = report.newest_in_view.filter(|_| somebody_looks()) {
        props.on_intent.emit(Intent::Seen(seq));
    }
}

fn above(props: &Props) -> Html {
    match props.above {
        None => awaited(),
        Some(Above::Older | Above::Loading) => html! { <div class="older">{ skeleton() }</div> },
        Some(Above::Beginning) if props.rows.is_empty() => html! {
            <div class="beginning empty">
                <h2>{ words::this_is(&props.title) }</h2>
                <p>{ words::nobody_wrote() }</p>
            </div>
        },
        Some(Above::Beginning) => html! {
            <div class="beginning"><h2>{ format!("#{}", props.title) }</h2><p>{ words::room_begins() }</p></div>
        },
    }
}

fn draw(props: &Props, row: &Row) -> Html {
    let key = row.key();
    match row {
        Row::Day { at } => {
            html! { <Day {key} label={props.reading.day(*at)} at={*at} reading={props.reading} on_intent={&props.on_intent} /> }
        }
        Row::New => html! { <NewLine {key} /> },
        Row::Gap { above, .. } => html! {
            <GapLine {key} above={*above} on_intent={&props.on_intent} />
        },
        Row::Message { message, first_of_group, pending } => html! {
            <MessageRow
                {key}
                room={props.room.clone()}
                message={message.clone()}
                first_of_group={*first_of_group}
                pending={pending.clone()}
                when={When { at: message.at, reading: props.reading }}
                me={props.me.id.clone()}
                role={props.role}
                editing={props.work.editing == Some(message.seq)}
                on_intent={&props.on_intent}
                on_step={&props.on_step}
            />
        },
        Row::Echo { id, text, at, reply_to, files, first_of_group, state } => html! {
            <EchoRow
                {key}
                room={props.room.clone()}
                id={id.clone()}
                text={text.clone()}
                reply_to={reply_to.and_then(|seq| excerpt(&props.rows, seq))}
                files={files.clone()}
                state={state.clone()}
                first_of_group={*first_of_group}
                when={When { at: *at, reading: props.reading }}
                me={props.me.clone()}
                on_intent={&props.on_intent}
            />
        },
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
