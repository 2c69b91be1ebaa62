//! Restore: the room again, from what was stored and from what its sockets remember.

use archive::{Archive, Sql};

use crate::{
    alarms::Due,
    attachment,
    batch::Batch,
    effect::{Attached, Fatal},
    floods::Floods,
    hooks::Listeners,
    marks::Marks,
    mutes::Mutes,
    ordered::Set,
    roles::Roles,
    room::Room,
    roster::Roster,
    sessions::{Session, Sessions},
    settings::Settings,
    tally::Tally,
    trouble::Trouble,
};

impl Room {
    /// The room that `archive` and the attachments of its open sockets stand for, equal to the one that wrote them;
    /// `None` if it was never created. `seed` makes marks, and nothing else.
    ///
    /// # Errors
    /// [`Fatal`] when the archive could not be read.
    pub fn restore<S: Sql>(
        archive: &Archive<S>,
        attached: &[Attached],
        seed: u64,
        settings: Settings,
    ) -> Result<Option<Self>, Fatal> {
        let Some(log) = archive.log()? else { return Ok(None) };
        let mut room = Self {
            settings,
            #[cfg(feature = "mutants")]
            woke_at: log.head,
            sessions: Sessions::default(),
            roster: Roster::default(),
            trouble: Trouble::None,
            due: Due::restore(archive.due()?),
            strays: Vec::new(),
            batch: Batch::new(log.last_at),
            typing: Set::default(),
            heads_at: None,
            trial_at: None,
            gone: false,
            marks: Marks::seeded(seed),
            tally: Tally::default(),
            floods: Floods::default(),
            listeners: Listeners::restore(archive.hooks()?),
            mutes: Mutes::restore(archive)?,
            log,
        };
        room.sessions.roles = Roles::restore(archive.staff()?);
        for socket in attached {
            room.take_back(socket);
        }
        room.heads_at = (!room.behind().is_empty()).then_some(room.log.last_at);
        Ok(Some(room))
    }

    fn take_back(&mut self, socket: &Attached) {
        let Some((session, member, kept)) = attachment::read(&socket.attachment) else {
            self.strays.push(socket.session.clone());
            return;
        };
        let head = self.log.head;
        let mut session = Session::new(member.id.clone(), session);
        session.from = head;
        self.sessions.insert(socket.session.clone(), session, member.name.clone());
        self.sessions.restore_member(member);
        self.roster.extent = self.roster.extent.max(kept.roster);
        self.trouble = self.trouble.max(kept.trouble);
        self.due.put_off(kept.alarm);
    }
}
