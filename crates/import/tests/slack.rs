//! An export in Slack's shape, made for this test, becomes events that a room takes.

use std::io::{Cursor, Write};

use import::{pieces::pieces, slack};
use protocol::{Event, EventKind, limits::IMPORT_EVENTS};
use zip::{ZipWriter, write::SimpleFileOptions};

const USERS: &str = r#"[
    {"id":"U1","name":"una","profile":{"display_name":"Una","real_name":"Una U."}},
    {"id":"U2","name":"bo","profile":{"display_name":"","real_name":"Bo With A Name Much Too Long For Here"}}]"#;

const FIRST_DAY: &str = r#"[
    {"type":"message","subtype":"channel_join","user":"U1","text":"<@U1> has joined","ts":"1512085900.000100"},
    {"type":"message","user":"U1","text":"*Hello* <@U2>, see <https://example.com|this>","ts":"1512085950.000216",
     "thread_ts":"1512085950.000216","reactions":[{"name":"thumbsup","users":["U2","U1"],"count":2},{"name":"our_logo","users":["U2"],"count":1}]},
    {"type":"message","user":"U2","text":"an answer","ts":"1512085960.000000","thread_ts":"1512085950.000216"},
    {"type":"message","subtype":"bot_message","bot_id":"B1","username":"deploys","text":"done","ts":"1512085970.000000"},
    {"type":"message","user":"U1","text":"   ","ts":"1512085980.000000"}]"#;

fn export(second_day: &str) -> Cursor<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let files = [
        ("users.json", USERS),
        ("general/2017-12-02.json", second_day),
        ("general/2017-12-01.json", FIRST_DAY),
        ("other/2017-12-01.json", "[]"),
    ];
    for (name, content) in files {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap()
}

fn shown(event: &Event) -> String {
    let Event { seq, at, by, kind, .. } = event;
    let what = match kind {
        EventKind::Message { text, reply_to, mentions, .. } => {
            let called: Vec<&str> = mentions.iter().map(|member| member.as_str()).collect();
            format!(
                "{:?} {:?} {called:?}",
                text.as_deref().unwrap_or_default(),
                reply_to.map(|seq| seq.value())
            )
        }
        EventKind::Reacted { target, emoji, .. } => format!("{emoji} {target}"),
        other => format!("{other:?}"),
    };
    format!("{seq} {} {} {} {what}", at.0, by.id, by.name)
}

#[test]
fn a_channel_becomes_messages_answers_and_reactions_in_the_order_of_their_dates() {
    let events = slack::events(export("[]"), "general").unwrap();

    let lines: Vec<String> = events.iter().map(shown).collect();
    assert_eq!(
        lines,
        [
            r#"1 1512085950000 U1 Una "**Hello** @Bo With A Name Much Too Long For Here, see [this](https://example.com)" None ["U2"]"#,
            "2 1512085950000 U2 Bo With A Name Much Too Long For 👍 1",
            "3 1512085950000 U1 Una 👍 1",
            r#"4 1512085960000 U2 Bo With A Name Much Too Long For "an answer" Some(1) []"#,
            r#"5 1512085970000 B1 deploys "done" None []"#,
        ]
    );
}

#[test]
fn what_comes_out_is_what_rooms_take_in_pieces_that_they_take() {
    let long = "word ".repeat(2_000);
    let lines: Vec<String> = (0..1_200)
        .map(|n| {
            format!(
                r#"{{"type":"message","user":"U1","text":"{}","ts":"{}.0"}}"#,
                if n == 7 { &long } else { "x" },
                1_512_200_000 + n
            )
        })
        .collect();
    let events = slack::events(export(&format!("[{}]", lines.join(","))), "general").unwrap();

    let taken: Vec<Event> =
        pieces(&events).iter().flat_map(|piece| room::imported(piece).expect("a piece")).collect();

    assert_eq!(taken, events);
    assert_eq!(events.len(), 5 + 1_199 + 3, "a long text is three");
    assert!(pieces(&events).len() >= events.len() / IMPORT_EVENTS);
    assert!(taken.windows(2).all(|pair| pair[0].at <= pair[1].at && pair[0].seq.next() == pair[1].seq));
}

#[test]
fn an_export_without_the_channel_says_which_it_has() {
    let none = slack::events(export("[]"), "random").unwrap_err();
    assert_eq!(none.to_string(), r#"it has no channel "random"; it has general, other"#);
    assert!(
        slack::events(Cursor::new(b"no zip".to_vec()), "general")
            .unwrap_err()
            .to_string()
            .starts_with("it is no zip")
    );
}
