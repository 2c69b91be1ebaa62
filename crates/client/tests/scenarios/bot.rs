//! A bot: when it begins, what it answers and under which name, and that it answers nothing twice.

use client::{Bot, Input, Output, Settings};
use protocol::{ClientFrame, Draft, Event, EventKind, Millis, Seq, ServerFrame, decode_client, encode};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::stage::{NOON, log::Log, member_id, welcome};

type Answer = fn(&Event) -> Option<Draft>;

fn bot() -> Bot<Answer> {
    let answer: Answer = |event| {
        let asked = matches!(&event.kind, EventKind::Message { text: Some(text), .. } if text == "ping");
        asked.then(|| Draft { text: "pong".to_owned(), ..Draft::default() })
    };
    Bot::new(Settings { me: member_id("ada"), seed: 1, zone_minutes: 0, words: client::words_in }, answer)
}

/// In the room, with what was there before it.
fn in_the_room(log: &Log) -> Bot<Answer> {
    let mut bot = bot();
    bot.apply(None, Millis(NOON));
    bot.apply(Some(Input::Opened), Millis(NOON));
    assert_eq!(sent(&bot.apply(Some(Input::Frame(welcome(log, Millis(NOON), ""))), Millis(NOON))), [""; 0]);
    bot
}

fn hear(bot: &mut Bot<Answer>, log: &Log, after: u64) -> Vec<String> {
    let events = log.events(Seq::try_new(after).unwrap(), log.head());
    sent(&bot.apply(Some(Input::Frame(encode(&ServerFrame::Events { events }))), Millis(NOON)))
}

/// The commands among the outputs: their ids and texts.
fn sent(outputs: &[Output]) -> Vec<String> {
    let command = |output: &Output| match output {
        Output::Transmit(text) => match decode_client(text) {
            Ok(ClientFrame::Send { id, draft }) => Some(format!("{id} {}", draft.text)),
            _ => None,
        },
        _ => None,
    };
    outputs.iter().filter_map(command).collect()
}

#[test]
fn a_bot_begins_by_itself_and_rings_its_own_timer() {
    let mut bot = bot();
    assert_eq!(bot.apply(None, Millis(NOON)), [Output::Connect { cursor: None }]);
    assert_eq!(bot.apply(Some(Input::Closed { code: 1006 }), Millis(NOON)), []);
    let later = bot.apply(None, Millis(NOON).plus(60_000));
    assert!(later.contains(&Output::Connect { cursor: None }), "{later:?}");
}

#[test]
fn what_others_write_is_answered_under_the_name_of_its_seq_and_its_own_is_not() {
    let mut log = Log::default();
    log.add("bob: ping");
    let mut bot = in_the_room(&log);
    log.add("bob: hello");
    log.add("ada: ping");
    log.add("bob: ping");
    assert_eq!(hear(&mut bot, &log, 1), ["answer-4 pong"]);
}

#[test]
fn what_came_while_it_was_away_is_answered_too() {
    let mut log = Log::default();
    log.add("bob: hello");
    let mut bot = in_the_room(&log);
    bot.apply(Some(Input::Closed { code: 1006 }), Millis(NOON));
    bot.apply(None, Millis(NOON).plus(60_000));
    bot.apply(Some(Input::Opened), Millis(NOON).plus(60_000));
    log.add("bob: ping");
    let back = Input::Frame(welcome(&log, Millis(NOON), "after=1"));
    assert_eq!(sent(&bot.apply(Some(back), Millis(NOON).plus(60_000))), ["answer-2 pong"]);
}
