//! Edgewise's own export: what people wrote, numbered from 1.
//!
//! Settings, members and pruning stay behind: they are the old room's. What is about an event that stays behind stays behind too.

use std::collections::BTreeMap;

use protocol::{Event, EventKind, Seq};

use crate::BadExport;

/// The events of an export that a new room takes.
///
/// # Errors
/// [`BadExport`] for a line that is no event.
pub fn events(export: &str) -> Result<Vec<Event>, BadExport> {
    let mut places: BTreeMap<Seq, Seq> = BTreeMap::new();
    let mut events = Vec::new();
    for (line, text) in (1..).zip(export.lines()) {
        let event: Event = protocol::decode(text)
            .map_err(|error| BadExport::BadFile { file: format!("line {line}"), why: error.to_string() })?;
        let (old, new) = (event.seq, Seq::ZERO.plus(events.len() as u64 + 1));
        if let Some(event) = moved(event, new, &places) {
            places.insert(old, new);
            events.push(event);
        }
    }
    Ok(events)
}

/// The event at its new place; `None` for one that stays behind.
fn moved(mut event: Event, seq: Seq, places: &BTreeMap<Seq, Seq>) -> Option<Event> {
    match &mut event.kind {
        EventKind::Message { reply_to, .. } => {
            *reply_to = reply_to.and_then(|target| places.get(&target).copied());
        }
        EventKind::Edited { target, .. }
        | EventKind::Deleted { target }
        | EventKind::Reacted { target, .. }
        | EventKind::Pinned { target, .. } => *target = *places.get(target)?,
        EventKind::Member { .. }
        | EventKind::Room(_)
        | EventKind::Pruned { .. }
        | EventKind::Anonymised { .. }
        | EventKind::Unknown => {
            return None;
        }
    }
    event.seq = seq;
    Some(event)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_wrote_is_numbered_anew_and_the_rest_stays_behind() {
        let by = r#""at":5,"by":{"id":"a","name":"A"}"#;
        let lines = [
            format!(r#"{{"seq":40,{by},"kind":"room","title":"T"}}"#),
            format!(r#"{{"seq":41,{by},"id":"c","kind":"message","text":"one","reply_to":7}}"#),
            format!(r#"{{"seq":42,{by},"kind":"edited","target":9,"redacted":true}}"#),
            format!(r#"{{"seq":43,{by},"kind":"message","text":"two","reply_to":41}}"#),
            format!(r#"{{"seq":44,{by},"kind":"reacted","target":43,"emoji":"👍","on":true}}"#),
        ];

        let events = events(&lines.join("\n")).unwrap();

        let about = |event: &Event| match event.kind {
            EventKind::Message { reply_to, .. } => reply_to.map(Seq::value),
            EventKind::Reacted { target, .. } => Some(target.value()),
            _ => None,
        };
        let seen: Vec<_> = events.iter().map(|event| (event.seq.value(), about(event))).collect();
        assert_eq!(seen, [(1, None), (2, Some(1)), (3, Some(2))]);
    }

    #[test]
    fn a_line_that_is_no_event_is_named() {
        assert!(events("{}").unwrap_err().to_string().starts_with("line 1 is not as it should be"));
    }
}
