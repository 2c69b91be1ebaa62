//! Rows as lines of a transcript.

use std::fmt::Write as _;

use client::view::{Delivery, Row};

use super::NOON;

/// A row in one line: `*` begins a group.
pub fn shown(row: &Row) -> String {
    let group = |first: &bool| if *first { "* " } else { "  " };
    match row {
        Row::Day { at } => {
            let hours = (at.0 as i64 - NOON as i64) / 3_600_000;
            format!("---- a day that began {hours} h from noon")
        }
        Row::New => "---- new".to_owned(),
        Row::Gap { above, .. } => format!("---- gap after {above}"),
        Row::Message { message, first_of_group, pending } => {
            let mut line =
                format!("{}{} {}: {}", group(first_of_group), message.seq, message.by.name, message.text);
            if message.deleted {
                line.push_str("(deleted)");
            }
            if message.edited_at.is_some() {
                line.push_str(" (edited)");
            }
            if let Some(quoted) = &message.reply_to {
                let text = quoted.excerpt.as_deref().unwrap_or("…");
                write!(line, " [to {}: {text}]", quoted.seq).unwrap();
            }
            for reaction in &message.reactions {
                let mine = if reaction.mine { " mine" } else { "" };
                write!(line, " ({} {}{mine})", reaction.emoji, reaction.count).unwrap();
            }
            if let Some(pending) = pending {
                write!(line, " <{} {}>", pending.id, delivery(&pending.state)).unwrap();
            }
            line
        }
        Row::Echo { id, text, first_of_group, state, .. } => {
            format!("{}#{id}: {text} <{}>", group(first_of_group), delivery(state))
        }
    }
}

fn delivery(state: &Delivery) -> String {
    match state {
        Delivery::Waiting => "waiting".to_owned(),
        Delivery::Failed { reason, .. } => format!("failed: {reason}"),
    }
}
