//! A device: a client, the disk under it, its clock and its socket. The shell around the client core, as the browser is.
//!
//! Not here: the network. The invariant: what is on the disk is all that a reload leaves.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};

use client::{
    Client, Input, Output, Settings,
    saved::{Saved, SavedCommand, SavedPlace},
    view::Row,
};
use protocol::{CommandId, Member, MemberId, Message, Millis, Role, http::SendBody};

use crate::{
    chance::mix_of,
    network::{SocketNumber, Who},
};

/// Who has a device. Two of them are Ada's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Profile {
    /// The device's name in a script.
    pub name: &'static str,
    /// Its member's id.
    pub member: &'static str,
    /// What the member may do.
    pub role: Role,
}

/// All devices of the world.
pub const DEVICES: [Profile; 4] = [
    Profile { name: "ada", member: "m-ada", role: Role::Member },
    Profile { name: "bob", member: "m-bob", role: Role::Moderator },
    Profile { name: "cem", member: "m-cem", role: Role::Member },
    Profile { name: "tab", member: "m-ada", role: Role::Member },
];

/// A device and what it remembers.
#[derive(Debug)]
pub struct Device {
    /// Which.
    pub who: Who,
    /// Its member, under the name of now.
    pub member: Member,
    /// The core.
    pub client: Client,
    /// Its socket, if it has one.
    pub socket: Option<SocketNumber>,
    /// How far its clock is off, in milliseconds.
    pub skew_ms: i64,
    /// What waits while the page gets no time; `None` while it does.
    pub frozen: Option<VecDeque<(Option<SocketNumber>, Input)>>,
    /// Which of its timers is the last one asked for.
    pub timer: u64,
    /// Which sign-in is in use.
    pub sign_in: u64,
    /// How often the page was loaded.
    pub loads: u64,
    /// Commands minted so far.
    pub minted: u64,
    /// The last command that went over a socket.
    pub last_command: Option<String>,
    /// The last message by HTTP.
    pub last_post: Option<SendBody>,
    /// Whether something that is shown has changed since the last look.
    pub changed: bool,
    seed: u64,
    outbox: BTreeMap<CommandId, SavedCommand>,
    place: Option<SavedPlace>,
}

impl Device {
    /// A device with an empty disk.
    #[must_use]
    pub fn new(who: Who, seed: u64) -> Self {
        let profile = DEVICES[who];
        let id = MemberId::parse(profile.member).expect("the members of the world have good ids");
        let member = Member { id, name: profile.member.trim_start_matches("m-").to_owned() };
        let seed = mix_of(seed, who as u64 + 1);
        Self {
            who,
            client: load(&member, seed, Saved::default()),
            member,
            socket: None,
            skew_ms: 0,
            frozen: None,
            timer: 0,
            sign_in: 1,
            loads: 0,
            minted: 0,
            last_command: None,
            last_post: None,
            changed: false,
            seed,
            outbox: BTreeMap::new(),
            place: None,
        }
    }

    /// The page is loaded anew, from what is on disk.
    pub fn reload(&mut self) {
        self.loads += 1;
        self.frozen = None;
        self.timer += 1;
        self.socket = None;
        self.changed = true;
        let outbox = self.outbox.values().cloned().collect();
        let saved = Saved { place: self.place.clone(), outbox };
        self.client = load(&self.member, mix_of(self.seed, self.loads), saved);
    }

    /// The sign-in, as the Inbox and the room name it.
    #[must_use]
    pub fn sign_in(&self) -> String {
        format!("{}-{}", DEVICES[self.who].name, self.sign_in)
    }

    /// What the device's clock shows.
    #[must_use]
    pub const fn clock(&self, now: Millis) -> Millis {
        Millis(now.0.saturating_add_signed(self.skew_ms))
    }

    /// Something happens to the client; what it wants done.
    pub fn apply(&mut self, input: Input, now: Millis) -> Vec<Output> {
        let clock = self.clock(now);
        self.client.apply(input, clock)
    }

    /// An id that nobody had before.
    pub fn mint(&mut self) -> CommandId {
        self.minted += 1;
        let id = format!("{}-{}", DEVICES[self.who].name, self.minted);
        CommandId::parse(&id).expect("letters, digits and a dash are an id")
    }

    /// Keeps a command on disk.
    pub fn keep(&mut self, command: SavedCommand) {
        self.outbox.insert(command.id.clone(), command);
    }

    /// Takes a command from the disk.
    pub fn forget(&mut self, id: &CommandId) {
        self.outbox.remove(id);
    }

    /// Keeps the place on disk.
    pub fn keep_place(&mut self, place: SavedPlace) {
        self.place = Some(place);
    }

    /// The commands on disk that have not failed.
    pub fn waiting(&self) -> impl Iterator<Item = &SavedCommand> {
        self.outbox.values().filter(|command| command.failed.is_none())
    }

    /// The first command that failed.
    #[must_use]
    pub fn first_failed(&self) -> Option<CommandId> {
        let failed = self.outbox.values().filter(|command| command.failed.is_some());
        failed.min_by_key(|command| command.order).map(|command| command.id.clone())
    }

    /// The messages on the screen, oldest first.
    pub fn messages(&self) -> impl DoubleEndedIterator<Item = Arc<Message>> {
        self.client.rows().into_iter().filter_map(|row| match row {
            Row::Message { message, .. } => Some(message),
            Row::Day { .. } | Row::New | Row::Gap { .. } | Row::Echo { .. } => None,
        })
    }
}

fn load(member: &Member, seed: u64, saved: Saved) -> Client {
    Client::new(Settings { me: member.id.clone(), seed, zone_minutes: 60, words: client::words_in }, saved)
}
