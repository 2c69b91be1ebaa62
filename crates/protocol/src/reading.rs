//! How tagged shapes are read: each kind's fields by its tag. How they are written stands at the shapes themselves.
//!
//! A later version's tag reads as `Unknown` where the server speaks, and as an error where a client does: it is refused.

use serde_json::Error;

use crate::{
    event::{Event, EventKind},
    fields::Fields,
    frame::{ClientFrame, Command, ServerFrame},
    http::{FoundMessage, SendBody},
    read_by_fields,
    room::room_change,
};

read_by_fields!(ClientFrame, client_frame);
read_by_fields!(Command, tagged_command);
read_by_fields!(ServerFrame, server_frame);
read_by_fields!(Event, event);
read_by_fields!(SendBody, send_body);
read_by_fields!(FoundMessage, found_message);

pub(crate) fn client_frame(mut fields: Fields) -> Result<ClientFrame, Error> {
    Ok(match fields.tag("type")?.as_str() {
        "read" => ClientFrame::Read { seq: fields.take("seq")? },
        "received" => ClientFrame::Received { mark: fields.take("mark")? },
        "resume" => ClientFrame::Resume { cursor: fields.take("cursor")? },
        "typing" => ClientFrame::Typing,
        "presence" => ClientFrame::Presence { state: fields.take("state")? },
        kind => {
            let id = fields.take("id")?;
            command(kind, fields)?.into_frame(id)
        }
    })
}

fn tagged_command(mut fields: Fields) -> Result<Command, Error> {
    let kind = fields.tag("command")?;
    command(&kind, fields)
}

fn command(kind: &str, mut fields: Fields) -> Result<Command, Error> {
    Ok(match kind {
        "send" => Command::Send(fields.rest()?),
        "edit" => Command::Edit { seq: fields.take("seq")?, text: fields.take("text")? },
        "delete" => Command::Delete { seq: fields.take("seq")? },
        "react" => {
            Command::React { seq: fields.take("seq")?, emoji: fields.take("emoji")?, on: fields.take("on")? }
        }
        "pin" => Command::Pin { seq: fields.take("seq")?, on: fields.take("on")? },
        "moderate" => Command::Moderate(fields.rest()?),
        "role" => Command::Role { member: fields.take("member")?, role: fields.take("role")? },
        _ => return Err(serde::de::Error::custom("a command of a later version")),
    })
}

fn send_body(mut fields: Fields) -> Result<SendBody, Error> {
    Ok(SendBody { id: fields.take("id")?, draft: fields.rest()? })
}

fn found_message(mut fields: Fields) -> Result<FoundMessage, Error> {
    Ok(FoundMessage { highlight: fields.take("highlight")?, message: fields.rest()? })
}

pub(crate) fn server_frame(mut fields: Fields) -> Result<ServerFrame, Error> {
    Ok(match fields.tag("type")?.as_str() {
        "welcome" => ServerFrame::Welcome(fields.rest()?),
        "events" => ServerFrame::Events { events: fields.take("events")? },
        "ack" => ServerFrame::Ack {
            id: fields.take("id")?,
            seq: fields.take("seq")?,
            at: fields.take("at")?,
            duplicate: fields.take_or_default("duplicate")?,
        },
        "reject" => ServerFrame::Reject {
            id: fields.take("id")?,
            code: fields.take("code")?,
            message: fields.take("message")?,
            retryable: fields.take("retryable")?,
            retry_after_ms: fields.take("retry_after_ms")?,
        },
        "presence" => ServerFrame::Presence {
            count: fields.take("count")?,
            joined: fields.take("joined")?,
            left: fields.take("left")?,
        },
        "roster" => ServerFrame::Roster { count: fields.take("count")?, members: fields.take("members")? },
        "typing" => ServerFrame::Typing { members: fields.take("members")? },
        "head" => ServerFrame::Head { head: fields.take("head")?, mentions: fields.take("mentions")? },
        "read" => ServerFrame::Read { seq: fields.take("seq")? },
        "notice" => ServerFrame::Notice { code: fields.take("code")?, spread_ms: fields.take("spread_ms")? },
        _ => ServerFrame::Unknown,
    })
}

fn event(mut fields: Fields) -> Result<Event, Error> {
    Ok(Event {
        seq: fields.take("seq")?,
        at: fields.take("at")?,
        by: fields.take("by")?,
        id: fields.take("id")?,
        kind: event_kind(fields)?,
    })
}

fn event_kind(mut fields: Fields) -> Result<EventKind, Error> {
    Ok(match fields.tag("kind")?.as_str() {
        "message" => EventKind::Message {
            text: fields.take("text")?,
            reply_to: fields.take("reply_to")?,
            mentions: fields.take_or_default("mentions")?,
            attachments: fields.take_or_default("attachments")?,
            redacted: fields.take_or_default("redacted")?,
        },
        "edited" => EventKind::Edited {
            target: fields.take("target")?,
            text: fields.take("text")?,
            redacted: fields.take_or_default("redacted")?,
        },
        "deleted" => EventKind::Deleted { target: fields.take("target")? },
        "reacted" => EventKind::Reacted {
            target: fields.take("target")?,
            emoji: fields.take("emoji")?,
            on: fields.take("on")?,
        },
        "pinned" => EventKind::Pinned { target: fields.take("target")?, on: fields.take("on")? },
        "member" => EventKind::Member {
            member: fields.take("member")?,
            change: fields.take("change")?,
            role: fields.take("role")?,
            until: fields.take("until")?,
            reason: fields.take("reason")?,
        },
        "room" => EventKind::Room(room_change(fields)?),
        "pruned" => EventKind::Pruned { floor: fields.take("floor")? },
        "anonymised" => EventKind::Anonymised {
            targets: fields.take("targets")?,
            author: fields.take("author")?,
            removed: fields.take_or_default("removed")?,
        },
        _ => EventKind::Unknown,
    })
}
