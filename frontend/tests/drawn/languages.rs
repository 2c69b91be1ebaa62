//! The words: German is whole, every key is used, and what the server says is said in the reader's language.

use std::{fs, path::Path};

use ::words::{Words, function_name};
use client::{care::CareLine, view::Connection};
use expect_test::expect;
use frontend::{
    components::{ConnectionBar, Header},
    language::Language,
    panel::Panel,
    screens::{LanguageStep, Languages, LogLine, MemberCard},
    words,
};
use protocol::{
    CloseCode, End, Event, EventKind, MemberChange, RejectCode, Role, RoomChange, Slug,
    room::{Posting, RoomKind},
};
use yew::{Callback, html};

use crate::drawing::{NOW, ada, bob, draw, reading, seq};

const GERMAN: &str = include_str!(concat!(env!("OUT_DIR"), "/de.txt"));

fn all() -> Words {
    Words::read(Path::new("words"), "en").unwrap_or_else(|fault| panic!("{fault}"))
}

/// All sources below a folder, one behind the other.
fn sources(folder: &Path) -> String {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries
        .map(|path| if path.is_dir() { sources(&path) } else { fs::read_to_string(&path).expect("a source") })
        .collect()
}

#[test]
fn no_language_lacks_a_key_or_an_argument() {
    assert_eq!(all().languages().collect::<Vec<_>>(), ["en", "de"]);
}

#[test]
fn every_word_is_said_somewhere() {
    let code = sources(Path::new("src"));
    let words = all();
    let unused: Vec<_> =
        words.keys().filter(|key| !code.contains(&format!("words::{}", function_name(key)))).collect();
    assert_eq!(unused, [""; 0], "take these out of frontend/words, or say them");
}

#[test]
fn every_refusal_of_a_room_has_a_sentence_in_every_language() {
    let words = all();
    let codes: Vec<_> = words.codes().collect();
    for code in RejectCode::ALL {
        assert!(codes.contains(&code.as_str()), "frontend/words has no problem-{}", code.as_str());
    }
}

#[test]
fn whoever_reads_german_reads_german() {
    words::speak(GERMAN);
    let header = draw(
        html! { <Header title="lobby" topic="" count={Some(1)} open={Panel::Closed} on_panel={Callback::noop()} /> },
    );
    assert!(header.contains("1 Person im Raum"), "{header}");
    let header = draw(
        html! { <Header title="lobby" topic="" count={Some(2)} open={Panel::Closed} on_panel={Callback::noop()} /> },
    );
    assert!(header.contains("2 Personen im Raum"), "{header}");
    let bar = draw(html! {
        <ConnectionBar
            connection={Connection::Ended { code: CloseCode::NoSession.code() }}
            reading={reading()}
            on_intent={Callback::noop()}
            on_reload={Callback::noop()}
            on_sign_in={Callback::noop()}
        />
    });
    assert!(bar.contains("Neu anmelden"), "{bar}");
    assert_eq!(reading().ago(NOW), "gerade eben");
}

#[test]
fn a_refusal_is_told_in_the_readers_language_where_its_code_is_known() {
    let told = |code| words::of_server(code, "As the server says.".to_owned());
    assert_eq!(told("busy"), "As the server says.");
    words::speak(GERMAN);
    assert_eq!(told("busy"), "Der Raum hat zu viel zu tun. Versuche es gleich noch einmal.");
    assert_eq!(told("of_a_later_version"), "As the server says.");
}

#[test]
fn a_command_that_failed_says_why_in_the_readers_language() {
    let why = |code| words::of_refusal(code, "You may not do that in this room.");
    assert_eq!(why(Some(RejectCode::Forbidden)), "You may not do that in this room.");
    words::speak(GERMAN);
    assert_eq!(why(Some(RejectCode::Forbidden)), "Das darfst du hier nicht.");
    assert_eq!(why(None), "You may not do that in this room.", "what no code says is told as it was kept");
}

#[test]
fn the_moderation_log_is_told_in_german_sentences() {
    words::speak(GERMAN);
    let says = |kind, told: &str| {
        let event = Event { seq: seq(9), at: NOW, by: ada(), id: None, kind };
        let room = Slug::parse("lobby").expect("a slug");
        let drawn = draw(html! { <LogLine {room} {event} reading={reading()} /> });
        assert!(drawn.contains(told), "{told} in {drawn}");
    };
    let about_bob = |change, until| EventKind::Member {
        member: bob(),
        change,
        role: (change == MemberChange::Role).then_some(Role::Moderator),
        until,
        reason: None,
    };
    says(about_bob(MemberChange::Role, None), "</b> hat Bob die Rolle Moderation gegeben.");
    says(about_bob(MemberChange::Banned, None), "</b> hat Bob ausgesperrt.");
    says(
        about_bob(MemberChange::Muted, Some(NOW)),
        "</b> hat Bob bis Tuesday 24 November 2026, 09:14 stummgeschaltet.",
    );
    let change = RoomChange {
        slow_mode_ms: Some(60_000),
        posting: Some(Posting::Moderators),
        ..RoomChange::default()
    };
    says(
        EventKind::Room(change),
        "hat eingestellt: langsamer Modus mit 1 Minute Pause, nur die Moderation schreibt.",
    );
}

#[test]
fn a_member_is_described_in_german() {
    words::speak(GERMAN);
    let line = CareLine {
        id: bob().id,
        name: bob().name,
        role: Role::Moderator,
        here: None,
        muted: None,
        banned: Some(End::Never),
        may: Vec::new(),
    };
    let card = draw(html! {
        <MemberCard
            {line}
            pending={None}
            kind={RoomKind::Public}
            me={ada().id}
            reading={reading()}
            on_intent={Callback::noop()}
        />
    });
    assert!(card.contains("Moderation · ausgesperrt"), "{card}");
}

#[test]
fn every_language_that_there_are_words_in_is_offered() {
    let offered = Language::ALL.map(|language| language.tag);
    assert_eq!(all().languages().collect::<Vec<_>>(), offered);
}

#[test]
fn a_language_is_offered_under_its_own_name_and_spoken_after_a_press_of_its_own() {
    let drawn = |step| {
        let chosen = Language::ALL.into_iter().find(|language| language.tag == "de");
        draw(
            html! { <Languages {chosen} {step} on_choose={Callback::noop()} on_reload={Callback::noop()} /> },
        )
    };
    expect![[r#"
        <fieldset>
        <legend>Language, in this browser</legend>
        <label class="tick">
        <input value="" type="radio" name="language">
        <span>As the browser has it</span>
        </label>
        <label class="tick">
        <input value="en" type="radio" name="language">
        <span lang="en">English</span>
        </label>
        <label class="tick">
        <input value="de" checked type="radio" name="language">
        <span lang="de">Deutsch</span>
        </label>
        </fieldset>
        <p role="status" class="hint">It is spoken once this page is loaded again. What you wrote stays.</p>
        <p role="alert" class="trouble">
        </p>
        <div class="choices">
        <button type="button">Reload</button>
        </div>
    "#]]
    .assert_eq(&drawn(LanguageStep::Kept));
    assert!(!drawn(LanguageStep::Settled).contains("<button"));
    assert!(drawn(LanguageStep::NotKept).contains("keeps nothing for us"));
}
