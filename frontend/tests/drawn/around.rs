//! What stands around the timeline, natively: the bars, the panels, the fields.

use client::{
    room_list::RoomLine,
    tray::Tray,
    view::{Connection, People},
};
use expect_test::{Expect, expect};
use frontend::{
    completion::Suggest,
    components::{
        Answered, Composer, ConnectionBar, DiskBar, EndedRoom, Header, NameField, Roster, Sidebar, TypingLine,
    },
    panel::Panel,
    scene::Disk,
};
use protocol::{Availability, Member, Role, Slug, room::RoomKind};
use yew::{Callback, Html, html};

use crate::drawing::{NOW, ada, bob, draw, present, reading, seq};

fn check(html: Html, expected: &Expect) {
    expected.assert_eq(&draw(html));
}

fn bar(connection: Connection) -> String {
    draw(html! {
        <ConnectionBar
            {connection}
            reading={reading()}
            on_intent={Callback::noop()}
            on_reload={Callback::noop()}
            on_sign_in={Callback::noop()}
        />
    })
}

fn composer(draft: &str) -> String {
    let answered = Some(Answered { seq: seq(7), name: "Bob".to_owned() });
    draw(html! {
        <Composer
            room={Slug::parse("lobby").expect("a slug")}
            takes_files={true}
            tray={Tray::default()}
            hovered={false}
            on_wish={Callback::noop()}
            title="lobby"
            draft={draft.to_owned()}
            {answered}
            on_intent={Callback::noop()}
            on_draft={Callback::noop()}
            suggest={Suggest::from(|_| Vec::new())}
            slow_ms={None::<u64>}
            on_step={Callback::noop()}
            on_edit_last={Callback::noop()}
        />
    })
}

#[test]
fn a_connection_that_is_well_has_no_bar() {
    assert_eq!(bar(Connection::Live), "\n");
}

#[test]
fn a_lost_connection_says_when_it_comes_back_and_lets_one_not_wait() {
    expect![[r#"
        <div role="status" class="connection">
        <span>Connection lost. <span aria-hidden="true">Back in 4 s</span>
        </span>
        <button type="button">Try now</button>
        </div>
    "#]]
    .assert_eq(&bar(Connection::Waiting { until: NOW.plus(3_200) }));
}

#[test]
fn offline_says_that_what_is_written_is_kept() {
    assert!(bar(Connection::Offline).contains("You are offline. What you write is kept and sent later."));
}

#[test]
fn every_end_says_what_happened_and_the_one_thing_to_do() {
    let ends: String = [4001, 4003, 4004, 4005, 4006, 4009, 4022, 4050]
        .into_iter()
        .map(|code| format!("{code}: {}", bar(Connection::Ended { code })))
        .collect();
    expect![[r#"
        4001: <div role="status" class="connection ended">
        <span>Your sign-in has ended. What you wrote is kept.</span>
        <button type="button">Sign in again</button>
        </div>
        4003: <div role="status" class="connection ended">
        <span>You are not allowed in this room.</span>
        <a href="/">Go to #lobby</a>
        </div>
        4004: <div role="status" class="connection ended">
        <span>There is no room at this address.</span>
        <a href="/">Go to #lobby</a>
        </div>
        4005: <div role="status" class="connection ended">
        <span>You were removed from this room.</span>
        <a href="/">Go to #lobby</a>
        </div>
        4006: <div role="status" class="connection ended">
        <span>This page is out of date. Load it again to go on.</span>
        <button type="button">Reload</button>
        </div>
        4009: <div role="status" class="connection ended">
        <span>You have too many windows open in this room. Close some, then load this one again.</span>
        <button type="button">Reload</button>
        </div>
        4022: <div role="status" class="connection ended">
        <span>The room could not read what this page sent. Load it again to go on.</span>
        <button type="button">Reload</button>
        </div>
        4050: <div role="status" class="connection ended">
        <span>The room ended the connection. Load the page again to go on.</span>
        <button type="button">Reload</button>
        </div>
    "#]]
    .assert_eq(&ends);
}

#[test]
fn a_room_that_was_never_seen_is_told_in_its_place() {
    let drawn =
        draw(html! { <EndedRoom code={4004} on_reload={Callback::noop()} on_sign_in={Callback::noop()} /> });
    expect![[r#"
        <div class="nowhere">
        <h2>There is no room at this address.</h2>
        <p>
        <a href="/">Go to #lobby</a>
        </p>
        </div>
    "#]]
    .assert_eq(&drawn);
}

#[test]
fn a_disk_that_keeps_nothing_is_told() {
    assert_eq!(draw(html! { <DiskBar disk={Disk::Keeping} /> }), "\n");
    assert!(draw(html! { <DiskBar disk={Disk::Failing} /> }).contains("Leave the page open"));
}

#[test]
fn the_composer_counts_only_near_the_limit_and_refuses_beyond_it() {
    assert!(!composer(&"x".repeat(3_599)).contains("left"));
    assert!(composer(&"x".repeat(3_600)).contains("400 left"));
    let full = composer(&"x".repeat(4_000));
    assert!(full.contains("0 left") && !full.contains("disabled"), "{full}");
    let over = composer(&"x".repeat(4_001));
    assert!(over.contains("1 too many") && over.contains("disabled"), "{over}");
}

#[test]
fn an_empty_composer_cannot_send_and_says_whom_it_answers() {
    expect![[r#"
        <form class="composer">
        <p class="answering">
        <svg/>
        <span>Answering <b>Bob</b>
        </span>
        <button type="button" aria-label="Answer nobody" title="Answer nobody (Esc)">
        <svg/>
        </button>
        </p>
        <div class="writing">
        <label title="Attach files" class="attach">
        <input type="file" aria-label="Attach files" multiple="multiple">
        <svg/>
        </label>
        <textarea rows="1" aria-label="Message #lobby" aria-describedby="count-lobby" aria-autocomplete="list" placeholder="Write to #lobby" enterkeyhint="send">
        </textarea>
        <span id="count-lobby" role="status" class="count">
        </span>
        <button type="submit" aria-label="Send" title="Send (Enter)" disabled="disabled" class="send">
        <svg/>
        </button>
        </div>
        </form>
    "#]].assert_eq(&composer(" \n "));
}

#[test]
fn the_roster_has_the_reader_first_and_whoever_is_away_last() {
    let cem = Member { name: "Cem".to_owned(), ..bob() };
    let members = vec![
        present(cem, Role::Moderator, Availability::Away),
        present(Member { id: member_id("dan"), name: "dan".to_owned() }, Role::Owner, Availability::Active),
        present(ada(), Role::Member, Availability::Active),
    ];
    let people = People { count: 250, members, typing: Vec::new() };
    check(
        html! { <Roster {people} me={ada().id} on_direct={Callback::noop()} /> },
        &expect![[r#"
            <h2 id="people-title">In the room <span class="number">250</span>
            </h2>
            <ul aria-labelledby="people-title" class="members">
            <li class="member">
            <span aria-hidden="true" class="avatar hue-1">A</span>
            <div>
            <span class="name">Ada</span>
            <small>you</small>
            </div>
            <span aria-hidden="true" class="dot full">
            </span>
            </li>
            <li class="member">
            <span aria-hidden="true" class="avatar hue-14">D</span>
            <div>
            <span class="name">dan</span>
            <small>owner</small>
            </div>
            <button type="button" aria-label="Write to dan alone" title="Write to dan alone" class="direct">
            <svg/>
            </button>
            <span aria-hidden="true" class="dot full">
            </span>
            </li>
            <li class="member away">
            <span aria-hidden="true" class="avatar hue-1">C</span>
            <div>
            <span class="name">Cem</span>
            <small>moderator · away</small>
            </div>
            <button type="button" aria-label="Write to Cem alone" title="Write to Cem alone" class="direct">
            <svg/>
            </button>
            <span aria-hidden="true" class="dot hollow">
            </span>
            </li>
            </ul>
            <p class="hint">and 247 more</p>
        "#]],
    );
}

#[test]
fn who_types_is_named_up_to_three() {
    let named = |count: usize| {
        let names = ["Ada", "Bob", "Cem", "Dan"];
        let members =
            names.iter().take(count).map(|name| Member { id: member_id(name), name: (*name).to_owned() });
        draw(html! { <TypingLine members={members.collect::<Vec<_>>()} /> })
    };
    expect![[r#"
        <p role="status" aria-live="polite" class="typing">
        </p>
        <p role="status" aria-live="polite" class="typing">Ada is typing…</p>
        <p role="status" aria-live="polite" class="typing">Ada and Bob are typing…</p>
        <p role="status" aria-live="polite" class="typing">Ada, Bob and Cem are typing…</p>
        <p role="status" aria-live="polite" class="typing">Ada and 3 others are typing…</p>
    "#]]
    .assert_eq(&(0..=4).map(named).collect::<String>());
}

#[test]
fn the_header_names_the_room_and_counts_who_is_in_it() {
    check(
        html! { <Header title="lobby" topic="Be kind" count={Some(1)} open={Panel::People} on_panel={Callback::noop()} /> },
        &expect![[r#"
            <header class="header">
            <button type="button" aria-label="Rooms" aria-expanded="false" class="to-rooms">
            <svg/>
            </button>
            <h1>
            <span aria-hidden="true" class="hash">#</span>lobby</h1>
            <p class="topic">Be kind</p>
            <button type="button" aria-label="Search this room" title="Search this room" aria-expanded="false">
            <svg/>
            </button>
            <button type="button" aria-label="1 person in the room" title="1 person in the room" aria-expanded="true" class="to-people">
            <svg/>1</button>
            </header>
        "#]],
    );
}

fn line(room: &str, kind: RoomKind, unread: u32, mentions: u32) -> RoomLine {
    let room = Slug::parse(room).expect("a slug");
    RoomLine { title: room.to_string(), room, kind, unread, mentions, open: false, here: false }
}

#[test]
fn the_sidebar_marks_the_open_room_and_counts_what_is_unread_and_what_is_for_the_reader() {
    let lines = vec![
        line("lobby", RoomKind::Public, 0, 0),
        RoomLine { open: true, ..line("build", RoomKind::Public, 120, 0) },
        line("plans", RoomKind::Private, 7, 2),
        line("bob", RoomKind::Direct, 3, 0),
    ];
    check(
        html! { <Sidebar {lines} me={ada()} connection={Some(Connection::Live)} on_settings={Some(Callback::noop())} /> },
        &expect![[r#"
            <p class="brand">
            <img src="/favicon.svg" alt="" width="20" height="20">Edgewise</p>
            <nav aria-label="Rooms">
            <h2>Rooms</h2>
            <ul>
            <li>
            <a href="/" class="room">
            <span aria-hidden="true" class="hash">#</span>
            <span class="name">lobby</span>
            </a>
            </li>
            <li>
            <a href="/r/build" aria-current="page" class="room unread">
            <span aria-hidden="true" class="hash">#</span>
            <span class="name">build</span>
            <span aria-label="120 unread" class="badge">99+</span>
            </a>
            </li>
            <li>
            <a href="/r/plans" class="room unread">
            <span class="hash">
            <svg/>
            </span>
            <span class="name">plans</span>
            <span aria-label="2 for you" class="badge calls">2</span>
            </a>
            </li>
            </ul>
            <a href="/rooms" class="room more">
            <svg/>
            <span class="name">Find or make a room</span>
            </a>
            <h2>Direct</h2>
            <ul>
            <li>
            <a href="/r/bob" class="room unread">
            <span aria-hidden="true" class="hash">@</span>
            <span class="name">bob</span>
            <span aria-label="3 for you" class="badge calls">3</span>
            </a>
            </li>
            </ul>
            </nav>
            <div class="me">
            <button type="button" class="who">
            <span aria-hidden="true" class="shown">
            <span aria-hidden="true" class="avatar hue-1">A</span>
            <span class="name">Ada</span>
            <svg/>
            </span>
            <span class="unseen">You are Ada. Your settings</span>
            </button>
            <p class="standing">
            <span aria-hidden="true" class="dot full">
            </span>connected</p>
            </div>
        "#]],
    );
}

#[test]
fn the_sidebar_says_by_a_dot_and_a_word_which_others_of_direct_rooms_are_here() {
    let lines = vec![
        RoomLine { here: true, ..line("bob", RoomKind::Direct, 3, 0) },
        line("cem", RoomKind::Direct, 0, 0),
    ];
    let drawn = draw(html! { <Sidebar {lines} me={ada()} connection={None} on_settings={None} /> });
    expect![[r#"
        </h2>
        <ul>
        <li>
        <a href="/r/bob" class="room unread">
        <span aria-hidden="true" class="hash">@</span>
        <span class="name">bob</span>
        <span title="here" aria-hidden="true" class="dot full">
        </span>
        <span class="unseen">here</span>
        <span aria-label="3 for you" class="badge calls">3</span>
        </a>
        </li>
        <li>
        <a href="/r/cem" class="room">
        <span aria-hidden="true" class="hash">@</span>
        <span class="name">cem</span>
        </a>
        </li>
        </ul>
        </nav>
        <div class="me">
        <p class="who">
        <span aria-hidden="true" class="avatar hue-1">A</span>
        <span class="name">Ada</span>
        </p>
        </div>
    "#]]
    .assert_eq(drawn.split_once("Direct").expect("a list of direct rooms").1);
}

#[test]
fn where_no_room_is_open_the_sidebar_says_nothing_of_a_connection() {
    let lines = vec![line("lobby", RoomKind::Public, 0, 0)];
    let drawn = draw(html! { <Sidebar {lines} me={ada()} connection={None} on_settings={None} /> });
    assert!(!drawn.contains("connected") && !drawn.contains("Your settings"), "{drawn}");
}

#[test]
fn where_there_is_a_provider_a_guest_may_sign_in_with_it() {
    let provider = Some("id.example".to_owned());
    let problem = None::<String>;
    let drawn = draw(
        html! { <NameField name="Quiet Otter" {provider} {problem} on_rename={Callback::noop()} on_keep={Callback::noop()} /> },
    );
    assert!(drawn.contains(r#"<button type="button">Sign in with id.example</button>"#), "{drawn}");
}

#[test]
fn a_guest_is_asked_for_a_name_and_may_keep_the_one_they_have() {
    let problem = Some("That was too fast.".to_owned());
    check(
        html! { <NameField name="Quiet Otter" {problem} on_rename={Callback::noop()} on_keep={Callback::noop()} /> },
        &expect![[r#"
            <form class="naming">
            <label for="name">What should we call you?</label>
            <input id="name" type="text" autocomplete="nickname" maxlength="64" placeholder="Quiet Otter" aria-describedby="name-trouble">
            <button type="submit" class="primary">Use this name</button>
            <button type="button">Stay Quiet Otter</button>
            <p id="name-trouble" role="alert" class="trouble">That was too fast.</p>
            </form>
        "#]],
    );
}

fn member_id(text: &str) -> protocol::MemberId {
    protocol::MemberId::parse(text).expect("an id")
}
