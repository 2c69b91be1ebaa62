//! What a screen reader is told of by itself: new messages, and none of the reader's own.
//!
//! Not here: the rows. They are no live region: older pages, edits and echoes would be read out with what is new.

use std::rc::Rc;

use client::view::Row;
use protocol::{MemberId, Message, Seq};
use yew::{Callback, Html, Properties, component, html, use_mut_ref};

use crate::words;

/// A message is read out so far; the rest is in its row.
const READ_OUT_SCALARS: usize = 200;

/// What is held, and who reads.
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct Props {
    /// The rows of the room, once they are known: what is in them at first is not new.
    pub rows: Rc<Vec<Row>>,
    /// The reader.
    pub me: MemberId,
    /// Told of each message that is read out.
    pub on_news: Callback<Message>,
}

/// The live region: it stands there from the start, and its words change.
#[component]
pub fn Announced(props: &Props) -> Html {
    let heard = use_mut_ref(|| newest(&props.rows));
    let said = use_mut_ref(String::new);
    let after = *heard.borrow();
    if let Some(message) = news(&props.rows, &props.me, after) {
        let start: String = message.text.chars().take(READ_OUT_SCALARS).collect();
        said.replace(words::said(&message.by.name, &start));
        props.on_news.emit(message.clone());
    }
    heard.replace(after.max(newest(&props.rows)));
    html! { <p class="unseen" role="status" aria-live="polite">{ said.borrow().clone() }</p> }
}

/// The newest message behind `after`, unless it is the reader's own or deleted.
#[must_use]
pub fn news<'a>(rows: &'a [Row], me: &MemberId, after: Option<Seq>) -> Option<&'a Message> {
    let message = messages(rows).next()?;
    (Some(message.seq) > after && message.by.id != *me && !message.deleted).then_some(message)
}

fn newest(rows: &[Row]) -> Option<Seq> {
    messages(rows).next().map(|message| message.seq)
}

/// From the newest on.
fn messages(rows: &[Row]) -> impl Iterator<Item = &Message> {
    rows.iter().rev().filter_map(|row| match row {
        Row::Message { message, .. } => Some(&**message),
        Row::Day { .. } | Row::New | Row::Gap { .. } | Row::Echo { .. } => None,
    })
}
