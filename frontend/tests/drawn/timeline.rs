//! What the timeline draws, natively: each state of a message that a person can meet.

use std::rc::Rc;

use client::view::{Above, Delivery, Row};
use expect_test::{Expect, expect};
use frontend::{
    components::{Actions, Timeline},
    work::Work,
};
use protocol::{Excerpt, Member, Millis, Reaction, Role};
use yew::{Callback, html};

use crate::drawing::{NOW, ada, bob, draw, echo, message, pending_row, reading, row, seq};

/// The rows as Ada sees them, without what stands around them.
fn rows(rows: Vec<Row>, work: Work) -> String {
    let drawn = timeline(rows, Some(Above::Older), work);
    let begin = drawn.find("role=\"log\"").expect("the rows");
    drawn[begin..].to_owned()
}

fn timeline(rows: Vec<Row>, above: Option<Above>, work: Work) -> String {
    draw(html! {
        <Timeline
            rows={Rc::new(rows)}
            {above}
            room={protocol::Slug::parse("lobby").expect("a slug")}
            sought={None::<protocol::Seq>}
            jump={None::<client::pane::Jump>}
            title="lobby"
            unread={0}
            me={ada()}
            role={Role::Member}
            reading={reading()}
            {work}
            on_intent={Callback::noop()}
            on_step={Callback::noop()}
        />
    })
}

fn check(drawn: &str, expected: &Expect) {
    expected.assert_eq(drawn);
}

#[test]
fn a_message_is_its_face_its_name_its_time_and_its_text() {
    check(
        &rows(vec![row(message(7, bob(), "hello"))], Work::default()),
        &expect![[r#"
            role="log" aria-label="Messages in lobby" aria-live="off" class="rows">
            <article tabindex="0" aria-label="Bob, Tuesday 24 November 2026, 09:12" data-seq="7" data-state="sent" class="row first">
            <span aria-hidden="true" class="avatar hue-1">B</span>
            <div class="body">
            <header>
            <span class="name">Bob</span>
            <a href="/r/lobby/7" class="plain">
            <time datetime="2026-11-24T08:12Z" title="Tuesday 24 November 2026, 09:12">2 min ago</time>
            </a>
            </header>
            <div class="written">
            <p>hello</p>
            </div>
            </div>
            </article>
            </div>
            </div>
            </div>
        "#]],
    );
}

/// The bar of a message by `author`, as Ada sees it.
fn bar(author: Member, role: Role) -> String {
    draw(html! {
        <Actions
            seq={seq(7)}
            {author}
            pinned={false}
            me={ada().id}
            {role}
            on_intent={Callback::noop()}
            on_step={Callback::noop()}
        />
    })
}

/// What stands on its buttons.
fn buttons(bar: &str) -> Vec<&str> {
    bar.split("aria-label=\"").skip(2).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn what_can_be_done_with_a_message_follows_from_whose_it_is_and_from_the_role() {
    assert_eq!(buttons(&bar(bob(), Role::Member)), ["React", "Reply"]);
    assert_eq!(buttons(&bar(ada(), Role::Member)), ["React", "Reply", "Edit", "Delete"]);
    assert_eq!(buttons(&bar(bob(), Role::Moderator)), ["React", "Reply", "Pin to the room", "Delete"]);
}

#[test]
fn what_somebody_wrote_is_text_and_never_markup() {
    let drawn = rows(vec![row(message(7, bob(), "<img src=x onerror=alert(1)> `<b>`"))], Work::default());
    assert!(!drawn.contains("<img") && !drawn.contains("<b>"), "{drawn}");
    assert!(drawn.contains("&lt;img src=x onerror=alert(1)&gt;"), "{drawn}");
}

#[test]
fn a_link_that_leads_nowhere_good_is_its_words_with_all_that_was_written_of_it() {
    let drawn = rows(vec![row(message(7, bob(), "[press](javascript:void \"a title\")"))], Work::default());
    assert!(drawn.contains("<p>press (javascript:void a title)</p>"), "{drawn}");
}

#[test]
fn a_message_of_mine_waits_with_a_clock_and_fails_with_a_reason_and_two_ways_out() {
    let failed = Delivery::Failed { code: None, reason: "The room is full.".to_owned() };
    check(
        &rows(vec![echo("first", Delivery::Waiting), echo("second", failed)], Work::default()),
        &expect![[r#"
            role="log" aria-label="Messages in lobby" aria-live="off" class="rows">
            <article tabindex="0" aria-label="Ada, waiting" data-command="c1" data-state="waiting" class="row waiting">
            <span class="aside">
            <time datetime="2026-11-24T08:14Z" title="Tuesday 24 November 2026, 09:14">09:14</time>
            </span>
            <div class="body">
            <div class="written">
            <p>first</p>
            </div>
            <span title="Waiting to be sent" class="clock">
            <svg/>
            </span>
            </div>
            </article>
            <article tabindex="0" aria-label="Ada, not sent" data-command="c1" data-state="not sent" class="row failed">
            <span class="aside">
            <time datetime="2026-11-24T08:14Z" title="Tuesday 24 November 2026, 09:14">09:14</time>
            </span>
            <div class="body">
            <div class="written">
            <p>second</p>
            </div>
            <p role="alert" class="trouble">
            <svg/>
            <span>Not sent. The room is full.</span>
            <button type="button">Try again</button>
            <button type="button">Discard</button>
            </p>
            </div>
            </article>
            </div>
            </div>
            </div>
        "#]],
    );
}

#[test]
fn a_change_on_its_way_dims_what_i_wrote_and_not_what_somebody_else_did() {
    let mine = rows(vec![pending_row(message(7, ada(), "mine"), Delivery::Waiting)], Work::default());
    let theirs = rows(vec![pending_row(message(7, bob(), "theirs"), Delivery::Waiting)], Work::default());
    assert!(mine.contains("class=\"row waiting\""), "{mine}");
    assert!(!theirs.contains("class=\"row waiting\"") && theirs.contains("Waiting to be sent"), "{theirs}");
}

#[test]
fn a_deleted_message_keeps_its_place_and_offers_nothing() {
    let mut gone = message(7, ada(), "");
    gone.deleted = true;
    check(
        &rows(vec![row(gone)], Work::default()),
        &expect![[r#"
            role="log" aria-label="Messages in lobby" aria-live="off" class="rows">
            <article tabindex="0" aria-label="Ada, Tuesday 24 November 2026, 09:12" data-seq="7" data-state="sent" class="row first">
            <span aria-hidden="true" class="avatar hue-1">A</span>
            <div class="body">
            <header>
            <span class="name">Ada</span>
            <a href="/r/lobby/7" class="plain">
            <time datetime="2026-11-24T08:12Z" title="Tuesday 24 November 2026, 09:12">2 min ago</time>
            </a>
            </header>
            <p class="gone">This message was deleted.</p>
            </div>
            </article>
            </div>
            </div>
            </div>
        "#]],
    );
}

#[test]
fn an_answer_shows_what_it_answers_and_an_edited_text_says_so() {
    let mut answer = message(9, bob(), "yes");
    answer.edited_at = Some(NOW);
    answer.reply_to = Some(Excerpt { seq: seq(7), by: Some(ada()), excerpt: Some("shall we?".to_owned()) });
    answer.reactions = vec![
        Reaction { emoji: "👍".to_owned(), count: 2, mine: true },
        Reaction { emoji: "🎉".to_owned(), count: 1, mine: false },
    ];
    check(
        &rows(vec![row(answer)], Work::default()),
        &expect![[r#"
            role="log" aria-label="Messages in lobby" aria-live="off" class="rows">
            <article tabindex="0" aria-label="Bob, Tuesday 24 November 2026, 09:12" data-seq="9" data-state="sent" class="row first">
            <span aria-hidden="true" class="avatar hue-1">B</span>
            <div class="body">
            <header>
            <span class="name">Bob</span>
            <a href="/r/lobby/9" class="plain">
            <time datetime="2026-11-24T08:12Z" title="Tuesday 24 November 2026, 09:12">2 min ago</time>
            </a>
            </header>
            <blockquote class="quoted">
            <svg/>
            <b>Ada</b>
            <a href="/r/lobby/7" class="plain">shall we?</a>
            </blockquote>
            <div class="written">
            <p>yes</p>
            </div>
            <small class="edited">edited</small>
            <div role="group" aria-label="Reactions" class="reactions">
            <button type="button" aria-pressed="true" aria-label="👍: 2, you too" class="chip mine">
            <span class="emoji">👍</span>
            <span class="count">2</span>
            </button>
            <button type="button" aria-pressed="false" aria-label="🎉: 1" class="chip">
            <span class="emoji">🎉</span>
            <span class="count">1</span>
            </button>
            </div>
            </div>
            </article>
            </div>
            </div>
            </div>
        "#]],
    );
}

#[test]
fn a_text_that_is_being_changed_stands_in_a_field() {
    let work = Work { editing: Some(seq(7)), answering: None };
    let drawn = rows(vec![row(message(7, ada(), "hello"))], work);
    assert!(drawn.contains("aria-label=\"Change your message\""), "{drawn}");
}

#[test]
fn days_the_unread_and_gaps_are_lines_across() {
    let midnight = Millis(NOW.0 - 33_270_000);
    check(
        &rows(
            vec![Row::Day { at: midnight }, Row::New, Row::Gap { above: seq(4), below: seq(6) }],
            Work::default(),
        ),
        &expect![[r#"
            role="log" aria-label="Messages in lobby" aria-live="off" class="rows">
            <div class="line day">
            <button type="button" title="Jump to a date" class="quiet">
            <time datetime="2026-11-23T23:00Z">Today</time>
            </button>
            </div>
            <div role="separator" aria-label="New messages" class="line new">
            <span>new</span>
            </div>
            <div data-above="4" class="line gap">
            <button type="button" class="quiet">Show the messages in between</button>
            </div>
            </div>
            </div>
            </div>
        "#]],
    );
}

#[test]
fn an_empty_room_invites_to_write_the_first_message() {
    let drawn = timeline(Vec::new(), Some(Above::Beginning), Work::default());
    assert!(drawn.contains("Write the first message"), "{drawn}");
}

#[test]
fn a_room_that_is_being_opened_has_three_grey_rows() {
    let drawn = timeline(Vec::new(), None, Work::default());
    assert_eq!(drawn.matches("class=\"bone\"").count(), 3, "{drawn}");
}

#[test]
fn the_beginning_of_a_room_is_told_only_where_it_begins() {
    let rows = vec![row(message(1, bob(), "first"))];
    assert!(
        timeline(rows.clone(), Some(Above::Beginning), Work::default())
            .contains("This is where the room begins.")
    );
    assert!(!timeline(rows, Some(Above::Older), Work::default()).contains("This is where the room begins."));
}
