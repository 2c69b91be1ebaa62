//! Draws a piece of page natively, one element a line, and has the people and messages that the tests speak of.

use client::view::{Delivery, Pending, Row};
use frontend::calendar::Reading;
use protocol::{Availability, CommandId, Member, MemberId, Message, Millis, Present, Role, Seq};
use yew::{Html, LocalServerRenderer, Properties, component};

/// 24 November 2026, 08:14:30 UTC: 09:14 on the reader's clock.
pub const NOW: Millis = Millis(1_795_508_070_000);

#[derive(Clone, PartialEq, Properties)]
struct Props {
    children: Html,
}

#[component]
fn Page(props: &Props) -> Html {
    props.children.clone()
}

/// The markup of `html`.
pub fn draw(html: Html) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let renderer = LocalServerRenderer::<Page>::with_props(Props { children: html }).hydratable(false);
    let drawn = tokio::task::LocalSet::new().block_on(&runtime, renderer.render());
    // What an icon looks like is no part of what it says.
    let mut lines = String::new();
    let mut rest = drawn.as_str();
    while let Some(at) = rest.find("<svg") {
        let end = rest.find("</svg>").expect("an icon ends") + "</svg>".len();
        lines += &rest[..at];
        lines += "<svg/>";
        rest = &rest[end..];
    }
    lines += rest;
    lines.replace("><", ">\n<") + "\n"
}

pub fn reading() -> Reading {
    Reading { now: NOW, zone_ms: 3_600_000 }
}

pub fn ada() -> Member {
    Member { id: MemberId::parse("ada").expect("an id"), name: "Ada".to_owned() }
}

pub fn bob() -> Member {
    Member { id: MemberId::parse("bob").expect("an id"), name: "Bob".to_owned() }
}

pub fn present(member: Member, role: Role, state: Availability) -> Present {
    Present { id: member.id, name: member.name, role, state }
}

pub fn seq(seq: u64) -> Seq {
    Seq::try_new(seq).expect("a seq")
}

pub fn message(number: u64, by: Member, text: &str) -> Message {
    Message {
        seq: seq(number),
        at: Millis(NOW.0 - 120_000),
        by,
        text: text.to_owned(),
        edited_at: None,
        deleted: false,
        reply_to: None,
        mentions: Vec::new(),
        attachments: Vec::new(),
        reactions: Vec::new(),
        pinned: false,
    }
}

pub fn row(message: Message) -> Row {
    Row::Message { message: message.into(), first_of_group: true, pending: None }
}

pub fn pending_row(message: Message, state: Delivery) -> Row {
    let pending = Some(Pending { id: command(), state });
    Row::Message { message: message.into(), first_of_group: false, pending }
}

pub fn echo(text: &str, state: Delivery) -> Row {
    Row::Echo {
        id: command(),
        text: text.to_owned(),
        at: NOW,
        reply_to: None,
        files: Vec::new(),
        first_of_group: false,
        state,
    }
}

pub fn command() -> CommandId {
    CommandId::parse("c1").expect("an id")
}
