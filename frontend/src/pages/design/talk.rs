//! What is said in a room: rows in every state, and the lines between them.

use client::view::{Delivery, Pending};
use protocol::{Excerpt, Member, Message, Reaction, Role};
use yew::{Callback, Html, html};

use super::samples::{ago, bob, cem, command, file, message, reading, room, seq};
use crate::{
    components::{
        Day, EchoRow, Icon, MessageRow, When, Written,
        day::{GapLine, NewLine},
    },
    words,
};

/// What the room refused, in the room's own words.
const REASON: &str = "That was too fast. Try again in a moment.";

/// Messages that are in the room.
pub fn rows(me: &Member) -> Html {
    let states = [
        message(1, bob(), "The first of a group has a face, a name and a time."),
        Message { reactions: reactions(), ..message(2, bob(), "With reactions; one of them is mine too.") },
        Message { edited_at: Some(ago(1)), ..message(3, bob(), "Changed after it was sent.") },
        Message { pinned: true, ..message(4, bob(), "Pinned to the room.") },
        Message { deleted: true, ..message(5, bob(), "") },
        Message {
            reply_to: Some(answered(me)),
            ..message(6, bob(), "An answer shows the start of what it answers.")
        },
        Message { mentions: vec![me.id.clone()], ..message(7, bob(), &format!("@{} is called.", me.name)) },
        Message { attachments: vec![file("plan.pdf"), file(LONG)], ..message(8, bob(), "") },
        message(9, cem(), LONG),
    ];
    html! { <div class="rows">{ for states.into_iter().map(|message| row(me, message, None)) }</div> }
}

/// A word that fits nowhere.
const LONG: &str = "averylongwordwithoutanybreakinitthatwouldrunoutofthewindowifnothingheldit.averylongwordwithoutanybreakinit.pdf";

fn reactions() -> Vec<Reaction> {
    let reaction = |emoji: &str, count, mine| Reaction { emoji: emoji.to_owned(), count, mine };
    vec![reaction("👍", 2, true), reaction("🎉", 1, false), reaction("❤️", 120, false)]
}

fn answered(me: &Member) -> Excerpt {
    Excerpt { seq: seq(1), by: Some(me.clone()), excerpt: Some("What does an answer look like?".to_owned()) }
}

fn row(me: &Member, message: Message, pending: Option<Pending>) -> Html {
    html! {
        <MessageRow
            room={room("design")}
            first_of_group={matches!(message.seq.value(), 1 | 9 | 11)}
            editing={message.seq == seq(13)}
            when={When { at: message.at, reading: reading() }}
            message={std::sync::Arc::new(message)}
            {pending}
            me={me.id.clone()}
            role={Role::Moderator}
            on_intent={Callback::noop()}
            on_step={Callback::noop()}
        />
    }
}

/// Messages and changes that wait, failed, or are being written.
pub fn own(me: &Member) -> Html {
    let failed = || Delivery::Failed { code: None, reason: REASON.to_owned() };
    let pending = |state| Some(Pending { id: command("change"), state });
    html! {
        <div class="rows">
            { row(me, message(11, me.clone(), "What is sent has no mark."), None) }
            { row(me, message(12, me.clone(), "A change on its way."), pending(Delivery::Waiting)) }
            { row(me, message(13, me.clone(), "Being changed in its place."), None) }
            { row(me, message(14, me.clone(), "A change that was refused."), pending(failed())) }
            { echo(me, "waiting", "Waiting to be sent.", Delivery::Waiting) }
            { echo(me, "failed", "Not sent, with the reason and two ways out.", failed()) }
        </div>
    }
}

fn echo(me: &Member, id: &str, text: &str, state: Delivery) -> Html {
    html! {
        <EchoRow
            room={room("design")}
            id={command(id)}
            text={text.to_owned()}
            reply_to={None}
            files={Vec::new()}
            {state}
            first_of_group={false}
            when={When { at: ago(0), reading: reading() }}
            me={me.clone()}
            on_intent={Callback::noop()}
        />
    }
}

const MARKED: &str = "# A title\n\n**Strong**, *stressed*, ~~taken back~~ and `code`, a [link](https://example.com/) and one that is refused: [words](javascript:void).\n\n\
> A quote\n>\n> > within a quote\n\n- a list\n- of things\n  1. with numbers\n  2. in it\n\n```rust\nfn main() {\n    println!(\"a line of code that is longer than its place, so that it is scrolled and the page is not\");\n}\n```\n\n---\n\nAnd a last line.";

/// What CommonMark puts around words.
pub fn marks(_: &Member) -> Html {
    html! { <Written text={MARKED} /> }
}

/// What stands between rows, and over them.
pub fn lines() -> Html {
    let day = reading().day(ago(0));
    html! {
        <>
            <Day label={day.clone()} at={ago(0)} reading={reading()} on_intent={Callback::noop()} />
            <NewLine />
            <GapLine above={seq(3)} on_intent={Callback::noop()} />
            <div class="beginning empty"><h2>{ words::this_is("design") }</h2><p>{ words::nobody_wrote() }</p></div>
            <div class="timeline">
                <div class="floating"><Day label={day} at={ago(0)} reading={reading()} on_intent={Callback::noop()} /></div>
                <button type="button" class="newest">{ Icon::Down.draw() }{ words::new_count(12_u32) }</button>
            </div>
        </>
    }
}
