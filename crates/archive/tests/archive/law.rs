//! The law of events, over random logs: what the archive gives is what folding its events by hand gives.

use std::ops::Range;

use archive::{Anchor, Archive, Bounds, Change, Sql};
use proptest::{
    collection::vec,
    prelude::{Just, Strategy, any, prop_oneof},
    sample::select,
    test_runner::{Config, TestRunner},
};
use protocol::{Event, EventKind, MemberId, Message, Seq, encode};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::given::{self, Driver, PLENTY, Pen, append_all, id, room, seq};

const MEMBERS: [&str; 3] = ["ada", "bob", "cy"];
const EMOJI: [&str; 3] = ["👍", "🎉", "❤️"];
// A wasm engine is some ten times slower; the law is the same.
const CASES: u32 = if cfg!(target_family = "wasm") { 64 } else { 400 };
const EVENTS: usize = 40;

/// One event to be; numbers name a member, a target, an emoji.
#[derive(Debug, Clone)]
enum Line {
    Says(String),
    Replies(u64, String),
    Calls(&'static str, String),
    /// With so many files.
    Shows(u64, String),
    Edits(u64, String),
    Deletes(u64),
    /// Comes if it is not there, goes if it is: a room never stores a reaction that changes nothing.
    Toggles(u64, &'static str),
    /// The same, with a pin.
    Pins(u64),
    /// Deletes their account; and their messages, or not.
    Departs(bool),
}

fn script() -> impl Strategy<Value = Vec<(&'static str, Line)>> {
    let text = || {
        prop_oneof![
            4 => "\\PC{1,12}",
            1 => Just("line\nquote \" back\\slash \0 nul \u{1}".to_owned()),
            1 => Just("👩‍👩‍👧‍👦é".repeat(30)),
        ]
    };
    // Most are about an early seq, so that events meet; some are about other events, or nothing.
    let target = || 1..(EVENTS as u64 / 2);
    let line = prop_oneof![
        4 => text().prop_map(Line::Says),
        2 => (target(), text()).prop_map(|(to, text)| Line::Replies(to, text)),
        1 => (select(&MEMBERS[..]), text()).prop_map(|(whom, text)| Line::Calls(whom, text)),
        1 => (1_u64..3, text()).prop_map(|(files, text)| Line::Shows(files, text)),
        3 => (target(), text()).prop_map(|(target, text)| Line::Edits(target, text)),
        1 => target().prop_map(Line::Deletes),
        3 => target().prop_map(Line::Pins),
        1 => any::<bool>().prop_map(Line::Departs),
        6 => (target(), select(&EMOJI[..])).prop_map(|(target, emoji)| Line::Toggles(target, emoji)),
    ];
    vec((select(&MEMBERS[..]), line), 1..EVENTS)
}

fn write(script: &[(&'static str, Line)]) -> Vec<Event> {
    let (mut pen, mut events) = (Pen::default(), Vec::new());
    for (by, line) in script {
        let event = match line {
            Line::Says(text) => pen.says(by, text),
            Line::Replies(to, text) => pen.replies(by, *to, text),
            Line::Calls(whom, text) => {
                let mentions = vec![id(whom), id(by)];
                let text = Some(text.clone());
                pen.event(
                    by,
                    EventKind::Message {
                        text,
                        reply_to: None,
                        mentions,
                        attachments: Vec::new(),
                        redacted: false,
                    },
                )
            }
            Line::Shows(files, text) => {
                let files: Vec<_> = (0..*files).map(|number| format!("f{}-{number}", events.len())).collect();
                pen.shows(by, text, files.iter().map(|file| given::file(file)).collect())
            }
            Line::Edits(target, text) => pen.edits(by, *target, text),
            Line::Deletes(target) => pen.deletes(by, *target),
            Line::Toggles(target, emoji) if has(&events, by, *target, emoji) => {
                pen.unreacts(by, *target, emoji)
            }
            Line::Pins(target) => {
                let (target, on) = (seq(*target), !is_pinned(&events, *target));
                pen.event(by, EventKind::Pinned { target, on })
            }
            Line::Toggles(target, emoji) => pen.reacts(by, *target, emoji),
            Line::Departs(removed) => {
                let author = MemberId::of_departed(seq(events.len() as u64 + 1));
                let messages = folded(&events, &author);
                let theirs = messages.iter().filter(|message| message.by.id == id(by));
                let targets = theirs.map(|message| message.seq).collect();
                pen.event("room", EventKind::Anonymised { targets, author, removed: *removed })
            }
        };
        events.push(event);
    }
    events
}

fn has(events: &[Event], by: &str, target: u64, emoji: &str) -> bool {
    let messages = folded(events, &id(by));
    let message = messages.iter().find(|message| message.seq == seq(target));
    message.is_some_and(|message| message.reactions.iter().any(|r| r.emoji == emoji && r.mine))
}

fn is_pinned(events: &[Event], target: u64) -> bool {
    folded(events, &id("ada")).iter().any(|message| message.seq == seq(target) && message.pinned)
}

/// The history by hand: fold every event into every message, then fill the excerpts.
fn folded(events: &[Event], reader: &MemberId) -> Vec<Message> {
    let mut messages = Vec::new();
    fold_into(&mut messages, events, reader);
    messages
}

fn fold_into(messages: &mut Vec<Message>, events: &[Event], reader: &MemberId) {
    for event in events {
        messages.iter_mut().for_each(|message: &mut Message| message.fold(event, reader));
        messages.extend(Message::begin(event));
    }
    for place in 0..messages.len() {
        let Some(to) = messages[place].reply_to.as_ref().map(|excerpt| excerpt.seq) else { continue };
        let answered = messages.iter().find(|message| message.seq == to).map(Message::excerpt);
        if answered.is_some() {
            messages[place].reply_to = answered;
        }
    }
}

fn for_all(check: impl Fn(&[Event])) {
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&script(), |script| {
        check(&write(&script));
        Ok(())
    });
    assert!(outcome.is_ok(), "{}", outcome.unwrap_err());
}

fn stored(events: &[Event]) -> Archive<Driver> {
    let archive = room();
    append_all(&archive, events);
    archive
}

fn history(archive: &Archive<Driver>, reader: &MemberId) -> Vec<Message> {
    archive.messages(Anchor::Newest, reader, PLENTY).unwrap().messages
}

#[test]
fn history_is_the_fold_of_the_events_that_were_stored_for_every_reader() {
    for_all(|events| {
        let archive = stored(events);
        for reader in MEMBERS.map(id) {
            assert_eq!(history(&archive, &reader), folded(events, &reader));
        }
    });
}

#[test]
fn history_is_the_fold_of_the_log_as_it_reads_now_with_all_its_redactions() {
    for_all(|events| {
        let archive = stored(events);
        let log = archive.events_after(Seq::ZERO, PLENTY).unwrap();

        assert_eq!(log.len(), events.len());
        assert_eq!(history(&archive, &id("ada")), folded(&log, &id("ada")));
    });
}

#[test]
fn the_pins_are_those_of_the_history_in_the_order_in_which_they_were_pinned() {
    for_all(|events| {
        let archive = stored(events);
        let pins = archive.pins().unwrap();
        let mut pinned = history(&archive, &id("ada"));
        pinned.retain(|message| message.pinned);
        let since = |target: Seq| {
            events.iter().rposition(|event| event.kind == EventKind::Pinned { target, on: true })
        };
        pinned.sort_by_key(|message| since(message.seq));
        assert_eq!(pins, pinned.iter().map(|message| message.seq).collect::<Vec<_>>());
    });
}

#[test]
fn an_old_page_and_the_events_above_its_head_make_the_page_of_a_fresh_reader() {
    for_all(|events| {
        let (old, new) = events.split_at(events.len() / 2);
        let archive = stored(old);
        let mut messages = history(&archive, &id("bob"));

        append_all(&archive, new);

        fold_into(&mut messages, &archive.events_after(seq(old.len() as u64), PLENTY).unwrap(), &id("bob"));
        assert_eq!(messages, history(&archive, &id("bob")));
    });
}

/// SQLite compares each entry of the index with the texts that are there now, and the other way round.
#[test]
fn the_index_of_words_is_that_of_the_texts_as_they_are_now() {
    for_all(|events| {
        let database = given::driver();
        let archive = Archive::open(&database).unwrap();
        for event in events {
            archive.commit(&[Change::Append(event.clone())]).unwrap();
        }

        let compared = database.query("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)", &[]);
        assert_eq!(compared, Ok(Vec::new()));
    });
}

#[test]
fn one_commit_an_event_or_one_for_all_give_the_same_archive() {
    for_all(|events| {
        let together = stored(events);
        let apart = room();
        for event in events {
            apart.commit(&[Change::Append(event.clone())]).unwrap();
        }

        assert_eq!(history(&apart, &id("ada")), history(&together, &id("ada")));
        let logs = [&apart, &together].map(|archive| archive.events_after(Seq::ZERO, PLENTY).unwrap());
        assert_eq!(logs[0], logs[1]);
    });
}

#[test]
fn every_page_is_a_run_of_the_history_next_to_its_anchor_and_honest_about_its_ends() {
    for_all(|events| {
        let archive = stored(events);
        let whole = history(&archive, &id("ada"));
        for at in (0..=EVENTS as u64).step_by(3) {
            let count = 1 + at as usize % 5;
            for (anchor, run) in runs(&whole, at, count) {
                let page = archive.messages(anchor, &id("ada"), Bounds { count, ..PLENTY }).unwrap();
                assert_eq!(page.messages, whole[run.clone()], "{anchor:?} × {count}");
                let more = (run.start > 0, run.end < whole.len());
                assert_eq!((page.more_before, page.more_after), more, "{anchor:?} × {count}");
            }
        }
    });
}

/// Which run of the whole history each anchor asks for.
fn runs(whole: &[Message], at: u64, count: usize) -> [(Anchor, Range<usize>); 4] {
    let below = |end: u64| whole.iter().filter(|message| message.seq.value() < end).count();
    let (at_or_below, half, all) = (below(at + 1), count / 2, whole.len());
    [
        (Anchor::Newest, all.saturating_sub(count)..all),
        (Anchor::Before(seq(at)), below(at).saturating_sub(count)..below(at)),
        (Anchor::After(seq(at)), at_or_below..(at_or_below + count).min(all)),
        (Anchor::Around(seq(at)), at_or_below.saturating_sub(count - half)..(at_or_below + half).min(all)),
    ]
}

#[test]
fn a_page_within_bytes_fits_or_holds_one_message_and_is_a_run_of_the_page_without() {
    for_all(|events| {
        let archive = stored(events);
        let whole = history(&archive, &id("ada"));
        for bytes in [0, 300, 700, 2_000] {
            for anchor in
                [Anchor::Newest, Anchor::Before(seq(9)), Anchor::After(seq(9)), Anchor::Around(seq(9))]
            {
                let page = archive.messages(anchor, &id("ada"), Bounds { count: 20, bytes }).unwrap();
                let given = &page.messages;
                let size: usize = given.iter().map(|message| encode(message).len() + 1).sum();
                assert!(size <= bytes || given.len() <= 1, "{anchor:?} gave {size} of {bytes} bytes");
                let Some(first) = given.first() else { continue };
                let start = whole.iter().position(|message| message.seq == first.seq).unwrap();
                assert_eq!(given, &whole[start..start + given.len()]);
                let more = (start > 0, start + given.len() < whole.len());
                assert_eq!((page.more_before, page.more_after), more, "{anchor:?} within {bytes}");
            }
        }
    });
}
