//! Members, the moderation log and slow mode's notes: what of `member`, `pinned` and `room` events is kept, and where.

use archive::{Archive, Change, Founding};
use protocol::{
    Event, EventKind, MemberChange, MemberLine, Membership, Millis, Role, RoomChange, Seq,
    membership::{Barred, End},
    room::{Posting, Visibility},
};
#[cfg(target_family = "wasm")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::given::{self, PLENTY, Pen, append, append_all, id, member, room, seq};

fn role(pen: &mut Pen, whom: &str, role: Role) -> Event {
    let change = MemberChange::Role;
    let kind =
        EventKind::Member { member: member(whom), change, role: Some(role), until: None, reason: None };
    pen.event("ada", kind)
}

fn until(event: Event, at: u64) -> Event {
    let EventKind::Member { member, change, role, .. } = event.kind else { panic!("about a member") };
    let until = Some(Millis(at));
    Event { kind: EventKind::Member { member, change, role, until, reason: None }, ..event }
}

#[test]
fn a_row_is_the_fold_of_the_events_about_its_member_and_goes_with_the_last_thing_in_it() {
    let (archive, mut pen) = (room(), Pen::default());
    let mut membership = Membership::default();
    let story = [
        pen.member("ada", "bob", MemberChange::Joined),
        role(&mut pen, "bob", Role::Moderator),
        until(pen.member("ada", "bob", MemberChange::Muted), 9_000),
        pen.member("ada", "bob", MemberChange::Banned),
        pen.member("ada", "bob", MemberChange::Unmuted),
        pen.member("ada", "bob", MemberChange::Unbanned),
    ];
    for event in &story {
        append(&archive, event).unwrap();
        membership.fold(event);
        let kept = archive.member(&id("bob")).unwrap().map(|known| known.membership).unwrap_or_default();
        assert_eq!(kept, membership, "after {event:?}");
    }
    assert_eq!(archive.member(&id("bob")).unwrap(), None, "nothing is left to hold");
}

#[test]
fn whoever_is_thrown_out_has_neither_role_nor_membership_afterwards() {
    for change in [MemberChange::Kicked, MemberChange::Banned, MemberChange::Left] {
        let (archive, mut pen) = (room(), Pen::default());
        append_all(
            &archive,
            &[pen.member("bob", "bob", MemberChange::Joined), role(&mut pen, "bob", Role::Owner)],
        );

        append(&archive, &pen.member("ada", "bob", change)).unwrap();

        let kept = archive.member(&id("bob")).unwrap().map(|known| known.membership).unwrap_or_default();
        assert_eq!((kept.role, kept.joined_at), (Role::Member, None), "{change:?}");
        assert_eq!(archive.staff().unwrap(), []);
    }
}

#[test]
fn the_list_has_what_still_holds_by_id_in_pages() {
    let (archive, mut pen) = (room(), Pen::default());
    append_all(
        &archive,
        &[
            role(&mut pen, "dan", Role::Owner),
            until(pen.member("dan", "ada", MemberChange::Muted), 5_000),
            pen.member("dan", "bob", MemberChange::Banned),
            pen.member("cem", "cem", MemberChange::Joined),
        ],
    );
    let list = |after: Option<&str>, now, count| -> Vec<MemberLine> {
        archive.members(after.map(id).as_ref(), Millis(now), count).unwrap()
    };
    let ids = |lines: Vec<MemberLine>| lines.into_iter().map(|line| line.id).collect::<Vec<_>>();

    let whole = list(None, 4_999, 10);
    assert_eq!(ids(whole.clone()), ["ada", "bob", "cem", "dan"].map(id));
    assert_eq!(whole[0].muted, Some(Barred { until: Some(Millis(5_000)) }));
    assert_eq!(whole[1].banned, Some(Barred { until: None }));
    assert_eq!(whole[3].name, member("dan").name);
    assert_eq!(ids(list(None, 5_000, 10)), ["bob", "cem", "dan"].map(id), "the mute is over");
    assert_eq!(ids(list(Some("bob"), 4_999, 1)), ["cem"].map(id));
    assert_eq!(archive.staff().unwrap(), [(id("dan"), Role::Owner)]);
}

#[test]
fn a_founder_owns_the_room_and_one_without_staff_gets_its_owner_later() {
    let archive = Archive::open(given::driver()).unwrap();
    let mut founding = given::founding();
    founding.info.visibility = Visibility::Private;
    archive.found(&founding).unwrap();
    assert_eq!(archive.staff().unwrap(), []);

    archive.found(&Founding { owner: Some(member("ada")), ..founding.clone() }).unwrap();
    archive.found(&Founding { owner: Some(member("bob")), ..founding.clone() }).unwrap();

    assert_eq!(archive.staff().unwrap(), [(id("ada"), Role::Owner)]);
    let ada = archive.member(&id("ada")).unwrap().unwrap().membership;
    assert_eq!(ada.joined_at, Some(founding.info.created_at), "whoever owns a private room is in it");
    assert_eq!(archive.member(&id("bob")).unwrap(), None);
}

#[test]
fn settings_are_folded_into_what_the_room_shows() {
    let (archive, mut pen) = (room(), Pen::default());
    let first = RoomChange {
        title: Some("Garden".to_owned()),
        retention_days: Some(Some(30)),
        posting: Some(Posting::Moderators),
        ..RoomChange::default()
    };
    let second = RoomChange { retention_days: Some(None), slow_mode_ms: Some(5), ..RoomChange::default() };

    append_all(
        &archive,
        &[pen.event("ada", EventKind::Room(first)), pen.event("ada", EventKind::Room(second))],
    );

    let info = archive.log().unwrap().unwrap().info;
    assert_eq!((info.title.as_str(), info.topic.as_str()), ("Garden", ""));
    assert_eq!((info.retention_days, info.slow_mode_ms, info.posting), (None, 5, Posting::Moderators));
}

#[test]
fn the_moderation_log_has_what_moderators_did_and_nothing_that_everybody_does() {
    let (archive, mut pen) = (room(), Pen::default());
    append_all(
        &archive,
        &[
            pen.says("bob", "one"),
            pen.says("bob", "two"),
            pen.deletes("bob", 1),
            pen.deletes("ada", 2),
            pen.member("ada", "bob", MemberChange::Banned),
            pen.event("ada", EventKind::Pinned { target: seq(2), on: true }),
            pen.event("ada", EventKind::Room(RoomChange { slow_mode_ms: Some(1), ..RoomChange::default() })),
            pen.reacts("ada", 2, "👍"),
        ],
    );
    let seqs = |before, count| -> Vec<Seq> {
        let bounds = archive::Bounds { count, ..PLENTY };
        archive.moderation(seq(before), bounds).unwrap().iter().map(|event| event.seq).collect()
    };

    assert_eq!(seqs(99, 10), [7, 6, 5, 4].map(seq));
    assert_eq!(seqs(6, 1), [seq(5)]);
    assert_eq!(archive.pins().unwrap(), [], "what is deleted is not pinned");
}

#[test]
fn when_somebody_last_wrote_is_kept_and_a_name_only_where_there_is_a_row() {
    let (archive, mut pen) = (room(), Pen::default());
    append(&archive, &role(&mut pen, "ada", Role::Owner)).unwrap();
    let spoke = |at| Change::Spoke { member: id("bob"), at: Millis(at) };
    let mut renamed = member("ada");
    renamed.name = "Adele".to_owned();

    archive
        .commit(&[spoke(1), spoke(7), Change::Rename(renamed.clone()), Change::Rename(member("bob"))])
        .unwrap();

    assert_eq!(archive.spoke_at(&id("bob")).unwrap(), Some(Millis(7)));
    assert_eq!(archive.spoke_at(&id("ada")).unwrap(), None);
    let ada = archive.member(&id("ada")).unwrap().unwrap();
    assert_eq!((ada.member, ada.membership.muted.map(End::instant)), (renamed, None));
    assert_eq!(archive.member(&id("bob")).unwrap(), None);
}
