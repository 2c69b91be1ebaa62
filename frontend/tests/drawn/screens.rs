//! The screens beside the timeline, natively.

use client::{
    care::{CareLine, Deed, PendingDeed},
    view::Delivery,
};
use expect_test::expect;
use frontend::screens::{Hits, Link, LogLine, MemberCard, PinnedLine, Question, Settings};
use protocol::{
    Availability, End, Event, EventKind, MemberChange, Millis, Role, RoomChange, RoomInfo, Sanction, Slug,
    http::{FoundMessage, Invite},
    room::{Posting, RoomKind, Visibility},
};
use yew::{Callback, html};

use crate::drawing::{NOW, ada, bob, command, draw, message, reading, seq};

fn lobby() -> Slug {
    Slug::parse("lobby").expect("a slug")
}

#[test]
fn what_was_found_leads_to_its_place_and_marks_what_was_looked_for() {
    let found = FoundMessage { message: message(7, bob(), "beans <b>or</b> peas"), highlight: vec![(0, 5)] };
    let drawn = draw(html! {
        <Hits room={lobby()} messages={vec![found]} reading={reading()} on_panel={Callback::noop()} />
    });
    expect![[r#"
        <ul aria-label="Found messages" class="hits">
        <li>
        <a href="/r/lobby/7">
        <span class="name">Bob</span>
        <time datetime="2026-11-24T08:12Z">Tuesday 24 November 2026, 09:12</time>
        <p>
        <mark>beans</mark> &lt;b&gt;or&lt;/b&gt; peas</p>
        </a>
        </li>
        </ul>
    "#]]
    .assert_eq(&drawn);
}

#[test]
fn a_pin_is_taken_down_by_moderators_alone() {
    let line = |role| {
        draw(html! {
            <PinnedLine
                room={lobby()}
                seq={seq(7)}
                message={Some(message(7, ada(), "read this"))}
                {role}
                reading={reading()}
                on_intent={Callback::noop()}
                on_panel={Callback::noop()}
            />
        })
    };
    expect![[r#"
        <li>
        <a href="/r/lobby/7">
        <span class="name">Ada</span>
        <time datetime="2026-11-24T08:12Z">Tuesday 24 November 2026, 09:12</time>
        <p>read this</p>
        </a>
        <button type="button" aria-label="Take down what Ada wrote">Take down</button>
        </li>
    "#]]
    .assert_eq(&line(Role::Moderator));
    assert!(!line(Role::Member).contains("Take down"));
}

fn bob_line() -> CareLine {
    CareLine {
        id: bob().id,
        name: bob().name,
        role: Role::Member,
        here: Some(Availability::Active),
        muted: Some(End::At(NOW.plus(3_600_000))),
        banned: None,
        may: vec![Deed::Sanction(Sanction::Unmute), Deed::Sanction(Sanction::Kick)],
    }
}

fn card(line: CareLine, pending: Option<PendingDeed>) -> String {
    draw(html! {
        <MemberCard
            {line}
            {pending}
            kind={RoomKind::Public}
            me={ada().id}
            reading={reading()}
            on_intent={Callback::noop()}
        />
    })
}

#[test]
fn a_member_says_what_they_are_and_until_when_they_are_muted() {
    expect![[r#"
        <li class="person">
        <span aria-hidden="true" class="avatar hue-1">B</span>
        <div>
        <span class="name">Bob</span>
        <small>here · muted until Tuesday 24 November 2026, 10:14</small>
        </div>
        <button type="button" aria-expanded="false" aria-label="Change: what to do about Bob">Change</button>
        </li>
    "#]]
    .assert_eq(&card(bob_line(), None));
    let nothing = card(CareLine { may: Vec::new(), ..bob_line() }, None);
    assert!(!nothing.contains("<button"), "{nothing}");
}

#[test]
fn a_deed_that_was_refused_says_why_and_has_two_ways_out() {
    let state = Delivery::Failed { code: None, reason: "You may not do that in this room.".to_owned() };
    let drawn = card(bob_line(), Some(PendingDeed { id: command(), member: bob().id, state }));
    assert!(drawn.contains("Not done. You may not do that in this room."), "{drawn}");
    assert!(drawn.contains("Try again") && drawn.contains("Discard"), "{drawn}");
}

#[test]
fn whoever_is_to_be_kept_out_is_asked_about_once_with_a_time_and_a_reason() {
    let question = |deed, kind| {
        draw(html! {
            <Question line={bob_line()} {deed} {kind} about_me={false} on_intent={Callback::noop()} on_done={Callback::noop()} />
        })
    };
    expect![[r#"
        <form class="asking">
        <p>Bob has to leave, and cannot come in until that is over.</p>
        <label class="field">For how long<select name="time">
        <option value="600000">10 minutes</option>
        <option value="3600000" selected="selected">1 hour</option>
        <option value="86400000">1 day</option>
        <option value="604800000">7 days</option>
        <option value="2592000000">30 days</option>
        <option value="0">Until it is taken back</option>
        </select>
        </label>
        <label class="field">Why (in the moderation log)<input name="reason" maxlength="200" autocomplete="off">
        </label>
        <div class="choices">
        <button type="submit" class="danger">Keep out</button>
        <button type="button">Cancel</button>
        </div>
        </form>
    "#]].assert_eq(&question(Deed::Sanction(Sanction::Ban), RoomKind::Public));
    let kick = Deed::Sanction(Sanction::Kick);
    assert!(question(kick, RoomKind::Public).contains("Bob has to leave, and may come back."));
    assert!(question(kick, RoomKind::Private).contains("needs a new invitation"));
    assert!(!question(Deed::Make(Role::Owner), RoomKind::Public).contains("reason"));
}

#[test]
fn the_moderation_log_says_who_did_what_and_why() {
    let line = |kind| {
        let event = Event { seq: seq(9), at: NOW, by: ada(), id: None, kind };
        draw(html! { <LogLine room={lobby()} {event} reading={reading()} /> })
    };
    let about_bob = |change, until, reason: Option<&str>| EventKind::Member {
        member: bob(),
        change,
        role: (change == MemberChange::Role).then_some(Role::Moderator),
        until,
        reason: reason.map(str::to_owned),
    };
    expect![[r#"
        <li>
        <p>
        <b>Ada</b> muted Bob until Tuesday 24 November 2026, 09:15.</p>
        <q>&lt;i&gt;too loud&lt;/i&gt;</q>
        <time datetime="2026-11-24T08:14Z">Tuesday 24 November 2026, 09:14</time>
        </li>
    "#]]
    .assert_eq(&line(about_bob(MemberChange::Muted, Some(Millis(NOW.0 + 60_000)), Some("<i>too loud</i>"))));
    let says = |kind, words: &str| {
        let drawn = line(kind);
        assert!(drawn.contains(words), "{words} in {drawn}");
    };
    says(about_bob(MemberChange::Role, None, None), "made Bob moderator.");
    says(about_bob(MemberChange::Kicked, None, None), "threw Bob out.");
    says(about_bob(MemberChange::Banned, None, None), "keeps Bob out.");
    says(about_bob(MemberChange::Unbanned, None, None), "lets Bob in again.");
    says(EventKind::Deleted { target: seq(3) }, "href=\"/r/lobby/3\"");
    let change =
        RoomChange { slow_mode_ms: Some(10_000), retention_days: Some(None), ..RoomChange::default() };
    says(EventKind::Room(change), "set slow mode to 10 seconds, messages to be kept for ever.");
}

#[test]
fn an_invitation_is_a_link_to_copy_with_its_uses_and_end_and_a_code() {
    let invitation = Invite {
        code: "garden.secret".to_owned(),
        url: "https://chat.example/invite/garden.secret".to_owned(),
        expires_at: NOW.plus(24 * 3_600_000),
        uses: 5,
    };
    expect![[r#"
        <div class="side-form">
        <label class="field">Send them this link<input value="https://chat.example/invite/garden.secret" readonly="readonly">
        </label>
        <p class="hint">It lets 5 people in, until Wednesday 25 November 2026, 09:14. It is shown this once.</p>
        <div class="choices">
        <button type="button" class="primary">Copy the link</button>
        <button type="button" class="danger">Take it back</button>
        </div>
        <svg/>
        </div>
    "#]].assert_eq(&draw(html! {
        <Link {invitation} reading={reading()} on_copy={Callback::noop()} on_take_back={Callback::noop()} />
    }));
}

#[test]
fn settings_stand_in_the_form_as_they_are_and_only_an_owner_may_end_the_room() {
    let room = RoomInfo {
        room: Slug::parse("garden").expect("a slug"),
        title: "Garden <plans>".to_owned(),
        topic: "beans".to_owned(),
        visibility: Visibility::Public,
        kind: RoomKind::Public,
        slow_mode_ms: 45_000,
        retention_days: Some(30),
        posting: Posting::Moderators,
        created_at: NOW,
    };
    let settings = |role| {
        let my_rooms = frontend::MyRoomsNow { kept: std::rc::Rc::default(), on_changed: Callback::noop() };
        draw(html! { <Settings room={room.clone()} {role} {my_rooms} on_panel={Callback::noop()} /> })
    };
    let owner = settings(Role::Owner);
    assert!(owner.contains("value=\"Garden &lt;plans&gt;\""), "{owner}");
    assert!(owner.contains("<option value=\"45000\" selected=\"selected\">45 seconds</option>"), "{owner}");
    assert!(owner.contains("<option value=\"moderators\" selected=\"selected\">"), "{owner}");
    assert!(owner.contains("Delete this room"), "{owner}");
    assert!(!settings(Role::Moderator).contains("Delete this room"));
}
