//! Rights over real sockets and HTTP: sanctions count from the next frame, roles change hands, pins, lists and logs tell of it.
//! Every cell of the table is tried on the room core; here is what only a running server can show.

use e2e::{
    Guest, Socket,
    entry::Entry,
    minted::{draft, fresh_id},
};
use protocol::{
    ClientFrame, EventKind, Member, MemberChange, MemberId, Moderation, RejectCode, Role, Sanction, Seq,
    Slug,
    http::{MembersPage, ModerationPage},
};

use crate::server;

fn moderate(member: &MemberId, action: Sanction) -> ClientFrame {
    let moderation = Moderation { member: member.clone(), action, for_ms: None, reason: None };
    ClientFrame::Moderate { id: fresh_id(), moderation }
}

fn appoint(member: &MemberId, role: Role) -> ClientFrame {
    ClientFrame::Role { id: fresh_id(), member: member.clone(), role }
}

fn pin(seq: Seq, on: bool) -> ClientFrame {
    ClientFrame::Pin { id: fresh_id(), seq, on }
}

/// The code with which the room closes a socket that this guest opens.
async fn turned_away(guest: &Guest<'_>, room: &Slug) -> Option<u16> {
    Entry::new(room, &guest.token).open(server()).await.socket().closed().await
}

/// Two people in a room that the first one owns.
async fn two() -> (Guest<'static>, Guest<'static>, Slug, Socket, Socket) {
    let (ada, bob) = (Guest::sign_in(server(), "Ada").await, Guest::sign_in(server(), "Bob").await);
    let room = ada.new_room().await;
    let (owner, member) = (ada.enter(&room).await, bob.enter(&room).await);
    (ada, bob, room, owner, member)
}

#[tokio::test]
async fn a_ban_closes_open_sockets_and_every_way_back_until_it_is_taken_back() {
    let (ada, bob, room, mut owner, mut member) = two().await;
    assert_eq!(owner.welcome().me.role, Role::Owner);
    let second = bob.enter(&room).await;

    let moderation = Moderation {
        member: bob.member.id.clone(),
        action: Sanction::Ban,
        for_ms: Some(3_600_000),
        reason: Some("spam".to_owned()),
    };
    let banned = owner.command(&ClientFrame::Moderate { id: fresh_id(), moderation }).await;

    assert_eq!(member.closed().await, Some(4003));
    let mut second = second;
    assert_eq!(second.closed().await, Some(4003));
    assert_eq!(turned_away(&bob, &room).await, Some(4003));
    bob.get(format!("/api/rooms/{room}/messages")).await.refused(403, "forbidden");
    bob.get(format!("/api/rooms/{room}")).await.refused(403, "forbidden");
    bob.post(&room, &fresh_id(), draft("still here?")).await.refused(403, "forbidden");
    let event = owner.event(banned.seq.expect("a seq")).await;
    let EventKind::Member { member: whom, change, until, reason, .. } = event.kind else { panic!("a ban") };
    assert_eq!((whom, change), (bob.member.clone(), MemberChange::Banned));
    assert_eq!((until, reason.as_deref()), (Some(event.at.plus(3_600_000)), Some("spam")));

    owner.command(&moderate(&bob.member.id, Sanction::Unban)).await;
    assert!(bob.enter(&room).await.say("thank you").await.seq.is_some());
    drop(ada);
}

#[tokio::test]
async fn a_kick_closes_with_4005_and_a_public_room_is_open_again_at_once() {
    let (_ada, bob, room, mut owner, mut member) = two().await;

    owner.command(&moderate(&bob.member.id, Sanction::Kick)).await;

    assert_eq!(member.closed().await, Some(4005));
    assert_eq!(bob.enter(&room).await.welcome().me.role, Role::Member);
}

#[tokio::test]
async fn a_mute_counts_from_the_next_frame_by_socket_and_by_http() {
    let (_ada, bob, room, mut owner, mut member) = two().await;
    let seq = member.say("before").await.seq.expect("a seq");

    owner.command(&moderate(&bob.member.id, Sanction::Mute)).await;

    let send = ClientFrame::Send { id: fresh_id(), draft: draft("after") };
    assert_eq!(member.refused(&send).await.code, RejectCode::Muted);
    bob.post(&room, &fresh_id(), draft("after")).await.refused(403, "muted");
    assert!(member.command(&ClientFrame::Delete { id: fresh_id(), seq }).await.seq.is_some());
    owner.command(&moderate(&bob.member.id, Sanction::Unmute)).await;
    assert!(member.command(&send).await.seq.is_some(), "a refusal is not remembered");
}

#[tokio::test]
async fn a_room_is_handed_over_and_both_hear_of_it() {
    let (ada, bob, room, mut owner, mut member) = two().await;
    assert_eq!(owner.refused(&appoint(&ada.member.id, Role::Member)).await.code, RejectCode::Forbidden);
    assert_eq!(member.refused(&appoint(&bob.member.id, Role::Owner)).await.code, RejectCode::Forbidden);

    owner.command(&appoint(&bob.member.id, Role::Owner)).await;
    let stepped = owner.command(&appoint(&ada.member.id, Role::Member)).await;

    member.event(stepped.seq.expect("a seq")).await;
    assert_eq!(member.refused(&appoint(&bob.member.id, Role::Member)).await.code, RejectCode::Forbidden);
    assert_eq!(owner.refused(&moderate(&bob.member.id, Sanction::Kick)).await.code, RejectCode::Forbidden);
    assert_eq!(ada.enter(&room).await.welcome().me.role, Role::Member);
    assert_eq!(bob.enter(&room).await.welcome().me.role, Role::Owner);
}

#[tokio::test]
async fn a_pin_is_in_the_welcome_and_on_the_message_and_goes_with_it() {
    let (ada, _bob, room, mut owner, mut member) = two().await;
    let seq = member.say("worth keeping").await.seq.expect("a seq");
    assert_eq!(member.refused(&pin(seq, true)).await.code, RejectCode::Forbidden);

    owner.command(&pin(seq, true)).await;

    assert_eq!(owner.command(&pin(seq, true)).await.seq, None, "it is pinned already");
    assert_eq!(ada.enter(&room).await.welcome().pins, [seq]);
    assert!(ada.messages(&room, "").await.messages[0].pinned);
    owner.command(&ClientFrame::Delete { id: fresh_id(), seq }).await;
    assert_eq!(ada.enter(&room).await.welcome().pins, []);
    assert_eq!(owner.refused(&pin(seq, true)).await.code, RejectCode::NotFound);
}

#[tokio::test]
async fn the_members_are_listed_and_the_moderation_log_is_for_moderators() {
    let (ada, bob, room, mut owner, mut member) = two().await;
    let cem = Member { id: MemberId::parse("nobody-yet").expect("an id"), name: String::new() };
    let seq = member.say("delete me").await.seq.expect("a seq");
    let log = format!("/api/rooms/{room}/moderation");
    bob.get(log.clone()).await.refused(403, "forbidden");

    let appointed = owner.command(&appoint(&bob.member.id, Role::Moderator)).await.seq;
    let banned = member.command(&moderate(&cem.id, Sanction::Ban)).await.seq;
    let deleted = owner.command(&ClientFrame::Delete { id: fresh_id(), seq }).await.seq;

    let page: MembersPage = bob.get(format!("/api/rooms/{room}/members")).await.json(200);
    let line = |id: &MemberId| page.members.iter().find(|line| line.id == *id).expect("they are listed");
    assert_eq!((line(&ada.member.id).role, line(&ada.member.id).name.as_str()), (Role::Owner, "Ada"));
    assert_eq!(line(&bob.member.id).role, Role::Moderator);
    assert!(line(&cem.id).banned.is_some_and(|ban| ban.until.is_none()));
    let page: ModerationPage = bob.get(format!("{log}?limit=2")).await.json(200);
    let seqs: Vec<Option<Seq>> = page.events.iter().map(|event| Some(event.seq)).collect();
    assert_eq!((seqs, page.more_before), (vec![deleted, banned], true));
    let before = banned.expect("a seq");
    let rest: ModerationPage = bob.get(format!("{log}?before={before}")).await.json(200);
    assert_eq!((Some(rest.events[0].seq), rest.more_before), (appointed, false));
    bob.get(format!("{log}?limit=101")).await.refused(400, "bad_request");
    bob.get(format!("/api/rooms/{room}/members?after=a%20b")).await.refused(400, "bad_request");
}
