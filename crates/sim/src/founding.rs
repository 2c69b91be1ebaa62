//! How every run begins: the room is founded, and some have a past.

use archive::{Archive, Change, Sql};
use protocol::{
    Epoch, Event, EventKind, Member, MemberId, RoomInfo, Seq, Slug,
    room::{Posting, RoomKind, Visibility},
};
use room::{Limits, Nudges, Settings, Shelf};

use crate::{device::DEVICES, ledger::Ledger, queue::BEGINNING, script::Script};

/// The room's settings: as in production.
pub const LIMITS_ON: Settings = Settings { limits: Limits::On, shelf: Shelf::Bucket, nudges: Nudges::On };

/// Founds the room of a script, with its past.
///
/// # Panics
/// When the archive refuses: then there is nothing to simulate.
pub fn found<S: Sql>(archive: &Archive<S>, ledger: &mut Ledger, script: &Script) {
    let info = RoomInfo {
        room: Slug::parse("lobby").expect("a slug"),
        title: "Lobby".to_owned(),
        topic: String::new(),
        visibility: Visibility::Public,
        kind: RoomKind::Public,
        slow_mode_ms: 0,
        retention_days: Some(script.keeps).filter(|days| *days > 0),
        posting: Posting::Everyone,
        created_at: BEGINNING,
    };
    let epoch = Epoch::parse("e1").expect("an epoch");
    archive.found(&archive::Founding { info, epoch, owner: None }).expect("the room can be founded");
    let past: Vec<Change> = (1..=script.log).map(past).collect();
    archive.commit(&past).expect("a past can be stored");
    ledger.write(&past);
    ledger.flush().expect("the past has no holes");
}

fn past(number: u64) -> Change {
    let who = DEVICES[usize::from(number.is_multiple_of(3))];
    let id = MemberId::parse(who.member).expect("a member");
    Change::Append(Event {
        seq: Seq::try_new(number).expect("a small number"),
        at: BEGINNING,
        by: Member { id, name: who.name.to_owned() },
        id: None,
        kind: EventKind::Message {
            text: Some(format!("long ago {number}")),
            reply_to: None,
            mentions: Vec::new(),
            attachments: Vec::new(),
            redacted: false,
        },
    })
}
