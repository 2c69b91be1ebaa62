//! What waits in rooms that nobody has open: which of them is visited, and until when.

#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use client::{
    Saved, SavedCommand,
    saved::Owner,
    visits::{Found, Visit, Visits, visit},
};
use protocol::{Command, Draft, Millis, Slug};

use crate::stage::{NOON, Stage, command_id, member_id};

fn saved(id: &str) -> SavedCommand {
    SavedCommand {
        id: command_id(id),
        command: Command::Send(Draft { text: id.to_owned(), ..Draft::default() }),
        files: Vec::new(),
        order: 1,
        at: Millis(NOON),
        failed: None,
        code: None,
    }
}

fn failed(id: &str) -> SavedCommand {
    SavedCommand { failed: Some("You are muted here.".to_owned()), ..saved(id) }
}

fn slug(room: &str) -> Slug {
    Slug::parse(room).unwrap()
}

fn of(member: &str, room: &str, tab: &str) -> Owner {
    Owner { member: member_id(member), room: slug(room), tab: tab.to_owned() }
}

fn visits() -> Visits {
    Visits::new(member_id("ada"), Some(slug("lobby")))
}

fn living() -> Vec<String> {
    vec!["this".to_owned(), "other".to_owned()]
}

#[test]
fn a_room_is_visited_where_something_waits_that_no_tab_sends_any_more() {
    let kept = [(of("ada", "garden", "gone"), saved("a1"))];
    let found = visits().look(&kept, &living());
    assert_eq!(found, Found { visit: Some(slug("garden")), ..Found::default() });
}

#[test]
fn what_the_open_room_another_member_or_a_refusal_keeps_waiting_is_no_reason_to_go_anywhere() {
    let kept = [
        (of("ada", "lobby", "gone"), saved("a1")),
        (of("bob", "garden", "gone"), saved("b1")),
        (of("ada", "kitchen", "gone"), failed("a2")),
    ];
    assert_eq!(visits().look(&kept, &living()), Found::default());
}

#[test]
fn what_a_living_tab_has_is_its_own_to_send_until_it_is_gone() {
    let kept = [(of("ada", "garden", "other"), saved("a1"))];
    let found = visits().look(&kept, &living());
    assert_eq!(found, Found { visit: None, living: vec!["other".to_owned()] });
    assert_eq!(visits().look(&kept, &["this".to_owned()]).visit, Some(slug("garden")));
}

#[test]
fn where_nobody_knows_who_lives_nobody_is_visited() {
    let kept = [(of("ada", "garden", "gone"), saved("a1"))];
    assert_eq!(visits().look(&kept, &[]), Found::default());
}

#[test]
fn rooms_take_turns_and_one_that_sent_a_visit_away_is_not_asked_again() {
    let kept = ["attic", "garden", "kitchen"].map(|room| (of("ada", room, "gone"), saved(room)));
    let mut visits = visits();
    let mut visits = |how| {
        let room = visits.look(&kept, &living()).visit.unwrap();
        visits.visit(room.clone());
        visits.leave(how);
        room.to_string()
    };
    let told = [Visit::Goes, Visit::SentAway, Visit::Goes, Visit::Goes, Visit::Goes].map(&mut visits);
    assert_eq!(told, ["attic", "garden", "kitchen", "attic", "kitchen"]);
}

#[test]
fn a_visit_lasts_until_everything_is_in_the_room() {
    let mut stage = Stage::new(Saved { place: None, outbox: vec![saved("a1"), saved("a2")] });
    let mut goes_after = |script: &str| {
        stage.play(script);
        visit(&stage.client)
    };
    assert_eq!(goes_after("start"), Visit::Goes);
    assert_eq!(goes_after("opened\nwelcome"), Visit::Goes);
    assert_eq!(goes_after("room ada #a1: a1\nack a1 1\nevents 1..1"), Visit::Goes);
    assert_eq!(goes_after("room ada #a2: a2\nack a2 2"), Visit::Goes, "acked, and not yet seen");
    assert_eq!(goes_after("events 2..2"), Visit::Done);
}

#[test]
fn what_is_refused_for_good_ends_a_visit_and_waits_for_somebody_to_see_it() {
    let mut stage = Stage::new(Saved { place: None, outbox: vec![saved("a1")] });
    stage.play("start\nopened\nwelcome\nreject a1 muted");
    assert_eq!(visit(&stage.client), Visit::Done);
    assert!(stage.client.outbox().all(|saved| saved.failed.is_some()));
}

#[test]
fn a_visit_outlasts_a_server_that_is_down_and_ends_where_it_is_sent_away() {
    let mut stage = Stage::new(Saved { place: None, outbox: vec![saved("a1")] });
    stage.play("start\nclosed 1006");
    assert_eq!(visit(&stage.client), Visit::Goes);
    stage.play("offline");
    assert_eq!(visit(&stage.client), Visit::Goes);
    stage.play("online\nopened\nclosed 4003");
    assert_eq!(visit(&stage.client), Visit::SentAway);
}
