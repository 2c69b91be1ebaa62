//! What the tests start from: an archive over this target's SQLite, a room in it, and events to put in.

use archive::{Archive, Bounds, Change, Founding, History, Sql, SqlError};
use protocol::{
    CommandId, Epoch, Event, EventKind, File, FileId, Member, MemberChange, MemberId, Millis, RoomInfo, Seq,
    Slug,
    room::{Posting, RoomKind, Visibility},
};

#[cfg(not(target_family = "wasm"))]
pub type Driver = archive::native::Native;
#[cfg(target_family = "wasm")]
pub type Driver = archive::node::Node;

pub const PLENTY: Bounds = Bounds { count: 1_000, bytes: 1 << 30 };

pub fn driver() -> Driver {
    Driver::in_memory().expect("a SQLite in memory")
}

/// A database as its statements, one a line, made it.
pub fn written(statements: &str) -> Driver {
    let database = driver();
    for statement in statements.lines() {
        database.query(statement, &[]).expect("a statement of a dump");
    }
    database
}

pub fn room() -> Archive<Driver> {
    let archive = Archive::open(driver()).expect("an archive");
    archive.found(&founding()).expect("a room");
    archive
}

pub fn founding() -> Founding {
    let info = RoomInfo {
        room: Slug::parse("lobby").expect("a slug"),
        title: "Lobby".to_owned(),
        topic: String::new(),
        visibility: Visibility::Public,
        kind: RoomKind::Public,
        slow_mode_ms: 0,
        retention_days: None,
        posting: Posting::Everyone,
        created_at: Millis(1_000),
    };
    Founding { info, epoch: Epoch::parse("e1").expect("an epoch"), owner: None }
}

/// Events that follow one another: the seq counts up, the time with it.
#[derive(Default)]
pub struct Pen {
    last: u64,
}

impl Pen {
    pub fn event(&mut self, by: &str, kind: EventKind) -> Event {
        self.last += 1;
        let id = CommandId::parse(&format!("c{}", self.last)).ok();
        Event { seq: seq(self.last), at: Millis(2_000 + self.last), by: member(by), id, kind }
    }

    pub fn says(&mut self, by: &str, text: &str) -> Event {
        self.event(by, message(text, None))
    }

    pub fn shows(&mut self, by: &str, text: &str, files: Vec<File>) -> Event {
        let mut event = self.says(by, text);
        if let EventKind::Message { attachments, .. } = &mut event.kind {
            *attachments = files;
        }
        event
    }

    pub fn replies(&mut self, by: &str, to: u64, text: &str) -> Event {
        self.event(by, message(text, Some(seq(to))))
    }

    pub fn edits(&mut self, by: &str, target: u64, text: &str) -> Event {
        let text = Some(text.to_owned());
        self.event(by, EventKind::Edited { target: seq(target), text, redacted: false })
    }

    pub fn deletes(&mut self, by: &str, target: u64) -> Event {
        self.event(by, EventKind::Deleted { target: seq(target) })
    }

    pub fn prunes(&mut self, floor: u64) -> Event {
        self.event("room", EventKind::Pruned { floor: seq(floor) })
    }

    pub fn reacts(&mut self, by: &str, target: u64, emoji: &str) -> Event {
        self.event(by, EventKind::Reacted { target: seq(target), emoji: emoji.to_owned(), on: true })
    }

    pub fn member(&mut self, by: &str, whom: &str, change: MemberChange) -> Event {
        let member = member(whom);
        self.event(by, EventKind::Member { member, change, role: None, until: None, reason: None })
    }

    pub fn unreacts(&mut self, by: &str, target: u64, emoji: &str) -> Event {
        self.event(by, EventKind::Reacted { target: seq(target), emoji: emoji.to_owned(), on: false })
    }
}

fn message(text: &str, reply_to: Option<Seq>) -> EventKind {
    EventKind::Message {
        text: Some(text.to_owned()),
        reply_to,
        mentions: Vec::new(),
        attachments: Vec::new(),
        redacted: false,
    }
}

pub fn file(id: &str) -> File {
    File {
        file: FileId::parse(id).expect("a file's id"),
        name: format!("{id} of \"today\".png"),
        size: 1_000,
        media: "image/png".to_owned(),
        width: Some(640),
        height: Some(480),
    }
}

pub fn append(archive: &Archive<impl Sql>, event: &Event) -> Result<(), SqlError> {
    archive.commit(&[Change::Append(event.clone())])
}

pub fn append_all(archive: &Archive<impl Sql>, events: &[Event]) {
    let changes: Vec<Change> = events.iter().cloned().map(Change::Append).collect();
    archive.commit(&changes).expect("they follow one another");
}

pub fn seqs(history: &History) -> Vec<u64> {
    history.messages.iter().map(|message| message.seq.value()).collect()
}

pub fn seq(seq: u64) -> Seq {
    Seq::try_new(seq).expect("a seq")
}

pub fn id(name: &str) -> MemberId {
    MemberId::parse(name).expect("a member id")
}

pub fn member(name: &str) -> Member {
    Member { id: id(name), name: format!("{name} the \"first\"") }
}

pub fn command(id: &str) -> CommandId {
    CommandId::parse(id).expect("a command id")
}
