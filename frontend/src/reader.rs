//! Reads what somebody wrote. Most texts have no marks and are read at once; the parser for all others is a chunk, fetched for the first.
//!
//! Invariant: a text is never kept from a reader: until the parser is there, and where it does not come, it is shown as it was typed.

use std::time::Duration;

use client::view::Row;
use futures::future::select;
use gloo::timers::future::sleep;
use markup::Block;
use wasm_bindgen_futures::spawn_local;
use yew::{hook, use_effect_with, use_force_update};

use crate::chunks;

/// The longest that a room's first messages wait for the parser.
const PATIENCE: Duration = Duration::from_secs(2);

/// What a text says; `None` while the parser that it takes is not here.
pub fn read(text: &str) -> Option<Vec<Block>> {
    markup::unmarked(text).or_else(|| chunks::parsed(text))
}

/// What of a text may call somebody. Without the parser a name in code calls, too: rather one too many than one too few.
pub fn words(text: &str) -> Vec<String> {
    let blocks = read(text).unwrap_or_else(|| markup::as_typed(text));
    markup::words(&blocks).into_iter().map(str::to_owned).collect()
}

/// Waits for the parser where one of these rows takes it, though not for long: what is drawn as it was typed moves when it is read.
pub async fn prepare(rows: &[Row]) {
    let takes_parser = |row: &Row| matches!(row, Row::Message { message, .. } if !message.deleted && markup::may_have_marks(&message.text));
    if rows.iter().any(takes_parser) {
        select(Box::pin(chunks::parser()), sleep(PATIENCE)).await;
    }
}

/// [`read`], and drawn again once the parser has come.
#[hook]
pub fn use_read(text: &str) -> Option<Vec<Block>> {
    let came = use_force_update();
    let blocks = read(text);
    use_effect_with(blocks.is_none(), move |waits| {
        if *waits {
            spawn_local(async move {
                if chunks::parser().await {
                    came.force_update();
                }
            });
        }
    });
    blocks
}
