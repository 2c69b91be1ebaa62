//! How a run ends: everything is mended, the world comes to rest, and then everybody must have everything.

use std::collections::BTreeSet;

use archive::{Anchor, Bounds};
use client::{Input, view::Connection};
use protocol::{MemberId, Present, Seq};

use crate::{
    carry::disk_broke,
    device::{DEVICES, Device},
    invariants::{self, Verdict},
    network::{Link, SocketNumber, Who},
    world::World,
};

/// How long rest may take: a half-open socket is found after 75 s by its client, and after 75 s more by the sweep that the
/// object's alarm makes; the longest wait to come back is 30 s.
const LONGEST_MS: u64 = 300_000;
/// How often is looked whether there is rest.
const LOOK_MS: u64 = 2_500;

/// More than any run writes.
const EVERYTHING: Bounds = Bounds { count: 100_000, bytes: usize::MAX };

impl World {
    /// Mends everything, lets the world come to rest, and checks that everybody has everything.
    pub(crate) fn come_to_rest(&mut self) -> Verdict {
        self.mend();
        self.rest()?;
        self.check_everybody()?;
        self.check_archive()?;
        self.check_newcomer()
    }

    fn mend(&mut self) {
        if self.trace.is_recording() {
            self.trace.note(self.queue.now(), "-- everything is mended".to_owned());
        }
        self.server.disk().mend();
        self.flush_ms = 0;
        for who in 0..self.devices.len() {
            *self.network.link_mut(who) = Link::default();
            self.thaw(who);
            if *self.devices[who].client.connection() == Connection::Offline {
                self.input(who, Input::Online);
            }
        }
    }

    /// Runs on until there is rest, or there has been time enough for it.
    fn rest(&mut self) -> Verdict {
        let latest = self.queue.now().plus(LONGEST_MS);
        loop {
            self.run_until(self.queue.now().plus(LOOK_MS))?;
            for who in 0..self.devices.len() {
                self.sign_in(who);
            }
            if self.is_at_rest() || self.queue.now() >= latest {
                return Ok(());
            }
        }
    }

    fn is_at_rest(&self) -> bool {
        let (there, first) = (self.members_there(), self.roster_of(&self.devices[0]));
        let head = self.ledger.head();
        ids(&first) == there
            && self.devices.iter().all(|device| {
                // A half-open socket looks well to its client until its time is up.
                *device.client.connection() == Connection::Live
                    && device.socket.is_some_and(|socket| self.is_whole(socket))
                    && device.client.cursor().is_some_and(|cursor| cursor.seq == head)
                    && device.waiting().next().is_none()
                    && self.roster_of(device) == first
            })
    }

    fn is_whole(&self, socket: SocketNumber) -> bool {
        self.network.carries_up(socket) && self.network.carries_down(socket)
    }

    fn check_everybody(&mut self) -> Verdict {
        let there = self.members_there();
        let first = self.roster_of(&self.devices[0]);
        for device in &self.devices {
            let name = DEVICES[device.who].name;
            invariants::quiet_network_brings_everybody_back(name, device.client.connection())?;
            let waiting: Vec<String> = device.waiting().map(|command| format!("{command:?}")).collect();
            invariants::quiet_network_empties_outboxes(name, &waiting)?;
            let seen = self.roster_of(device);
            invariants::quiet_network_shows_who_is_there(name, &ids(&seen), &there)?;
            invariants::quiet_network_equals_rosters(name, &seen, &first)?;
            self.check_timeline(device)?;
        }
        Ok(())
    }

    fn check_timeline(&self, device: &Device) -> Verdict {
        let name = DEVICES[device.who].name;
        invariants::timelines_contiguous_and_in_order(&self.ledger, &device.client.rows())?;
        let fresh = self.ledger.history(&device.member.id);
        let folded: Vec<_> = device.messages().collect();
        invariants::old_state_plus_events_equals_fresh_state(name, &folded, &fresh)
    }

    fn check_archive(&self) -> Verdict {
        let archive = self.server.archive();
        let log = archive.events_after(Seq::ZERO, EVERYTHING).map_err(|error| disk_broke(&error))?;
        invariants::archive_holds_what_was_flushed(&self.ledger, &log)?;
        for device in &self.devices[..2] {
            let reader = &device.member.id;
            let history = archive.messages(Anchor::Newest, reader, EVERYTHING);
            let history = history.map_err(|error| disk_broke(&error))?;
            let fresh = self.ledger.history(reader);
            invariants::archive_is_the_fold_of_its_log(&history.messages, &fresh)?;
        }
        Ok(())
    }

    /// One device loses its disk and comes as somebody new: what it is given is what the others have folded.
    fn check_newcomer(&mut self) -> Verdict {
        let who: Who = self.texts as usize % self.devices.len();
        self.disconnect(who);
        let old = &self.devices[who];
        let (loads, minted, name) = (old.loads + 1, old.minted, old.member.name.clone());
        let mut fresh = Device::new(who, self.texts);
        (fresh.loads, fresh.minted, fresh.member.name, fresh.timer) = (loads, minted, name, old.timer + 1);
        (fresh.skew_ms, fresh.sign_in) = (old.skew_ms, old.sign_in);
        self.devices[who] = fresh;
        self.input(who, Input::Start);
        self.run_until(self.queue.now().plus(LOOK_MS))?;
        let device = &self.devices[who];
        invariants::quiet_network_brings_everybody_back(DEVICES[who].name, device.client.connection())?;
        self.check_timeline(device)
    }

    fn roster_of(&self, device: &Device) -> Vec<Present> {
        device.client.people().members
    }

    /// The members who have a socket that the server holds open.
    fn members_there(&self) -> BTreeSet<MemberId> {
        let member = |session| self.hearings.get(session).map(|hearing| hearing.member.clone());
        self.server.sessions().filter_map(member).collect()
    }
}

fn ids(roster: &[Present]) -> BTreeSet<MemberId> {
    roster.iter().map(|present| present.id.clone()).collect()
}
