//! Who has to be told who is here.
//!
//! Changes wait for the next round of fan-out, which tells each changed member as they are then. A session whose
//! `welcome` knew a change already is not told of it again.

use archive::Sql;
use protocol::{
    MemberId, ServerFrame, SessionId, encode,
    limits::{ROSTER_MEMBERS, ROSTER_RETURNS},
};
use serde::Serialize;

use crate::{ordered::Set, room::Room, turn::Turn};

/// How much of the roster clients hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Extent {
    /// All of it: comings and goings are told one by one.
    #[default]
    Whole,
    /// A part: only the count is told.
    Sample,
}

protocol::read_by_tag!(Extent {
    "whole" => Whole,
    "sample" => Sample,
});

/// What has changed and was not told yet.
#[derive(Debug, Default)]
pub(crate) struct Roster {
    changed: Set<MemberId>,
    version: u64,
    /// How much of it clients hold.
    pub(crate) extent: Extent,
}

impl Roster {
    /// A member came, went, or is not as they were.
    pub(crate) fn change(&mut self, member: MemberId) {
        self.version = self.version.saturating_add(1);
        self.changed.insert(member);
    }

    /// The last change so far.
    pub(crate) fn version(&self) -> u64 {
        self.version
    }

    /// Whether anybody has to be told anything.
    pub(crate) fn waits(&self) -> bool {
        !self.changed.is_empty()
    }
}

impl Room {
    /// Tells what has changed.
    pub(crate) fn send_presence<S: Sql>(&mut self, turn: &mut Turn<'_, S>) {
        let changed = std::mem::take(&mut self.roster.changed);
        if changed.is_empty() {
            return;
        }
        let frame = self.presence(&changed, turn);
        let version = self.roster.version;
        let unaware = self.sessions.full().filter(|(_, session)| session.roster < version);
        let to: Vec<SessionId> = unaware.map(|(id, _)| id.clone()).collect();
        self.fan_out(to, &encode(&frame), turn);
    }

    /// Tells everybody the roster as it is, for whoever missed a change.
    pub(crate) fn send_roster<S: Sql>(&mut self, turn: &mut Turn<'_, S>) {
        self.roster.changed.clear();
        let count = self.sessions.count_present();
        let frame = match self.roster.extent {
            Extent::Whole => ServerFrame::Roster { count, members: self.sessions.roster() },
            Extent::Sample => ServerFrame::Presence { count, joined: Vec::new(), left: Vec::new() },
        };
        let to: Vec<SessionId> = self.sessions.full().map(|(id, _)| id.clone()).collect();
        self.fan_out(to, &encode(&frame), turn);
    }

    fn presence<S: Sql>(&mut self, changed: &Set<MemberId>, turn: &mut Turn<'_, S>) -> ServerFrame {
        let count = self.sessions.count_present();
        let members = usize::try_from(count).unwrap_or(usize::MAX);
        match self.roster.extent {
            Extent::Whole if members > ROSTER_MEMBERS => {
                self.roster.extent = Extent::Sample;
                turn.attach_all();
                ServerFrame::Presence { count, joined: Vec::new(), left: Vec::new() }
            }
            Extent::Whole => {
                let joined = changed.iter().filter_map(|member| self.sessions.present(member)).collect();
                let left = changed.iter().filter(|member| self.sessions.present(member).is_none());
                ServerFrame::Presence { count, joined, left: left.cloned().collect() }
            }
            Extent::Sample if members <= ROSTER_RETURNS => {
                self.roster.extent = Extent::Whole;
                turn.attach_all();
                ServerFrame::Roster { count, members: self.sessions.roster() }
            }
            Extent::Sample => ServerFrame::Presence { count, joined: Vec::new(), left: Vec::new() },
        }
    }
}
