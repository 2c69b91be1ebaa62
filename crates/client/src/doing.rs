//! What is done because its time has come: connecting, pings, commands, pages, read marks, keeping the place.
//!
//! Invariant: after a turn no deadline of the past is left, so a timer never fires in a loop.

use protocol::{ClientFrame, limits::SNAPSHOT_MESSAGES};

use crate::{client::Client, link, output::Output, place, saved::SavedPlace, steady::Steady};

/// The place goes to disk at most this often: a busy room would keep the disk busy, and a reload costs one resume more.
const KEEP_PLACE_EVERY_MS: u64 = 1_000;

impl Client {
    pub(crate) fn do_what_is_due(&mut self) {
        let now = self.clock.now();
        match self.link.due(now) {
            link::Due::Nothing => {}
            link::Due::Connect => self.connect(),
            link::Due::Ping => self.transmit_text("ping".to_owned()),
            link::Due::Reconnect => self.reconnect(),
        }
        if self.link.is_greeted() {
            match self.place.due(now) {
                place::Due::Nothing => {}
                place::Due::Resume => self.resume(),
                place::Due::Reconnect => self.reconnect(),
            }
        }
        if self.is_live() && self.outbox.is_overdue(now) {
            self.reconnect();
        }
        if self.is_live() {
            self.say_what_is_ready(now);
        }
        self.changed |= self.roll.expire(now);
        if self.keep_at.is_some_and(|at| now >= at) {
            self.keep_place();
        }
    }

    /// The outputs of this turn; the timer stands last but for `Changed`.
    pub(crate) fn finish(&mut self) -> Vec<Output> {
        let shown = self.link.shown(&self.clock, self.place.is_caught_up());
        self.changed |= shown != self.shown;
        self.shown = shown;
        self.arm();
        if std::mem::take(&mut self.changed) {
            self.outputs.push(Output::Changed);
        }
        std::mem::take(&mut self.outputs)
    }

    pub(crate) fn connect(&mut self) {
        let cursor = self.place.cursor().map(ToString::to_string);
        self.outputs.push(Output::Connect { cursor });
    }

    /// The socket is as good as gone: close it, and come back after a wait.
    pub(crate) fn reconnect(&mut self) {
        self.outputs.push(Output::Disconnect);
        self.link.given_up(self.clock.now(), &mut self.jitter);
        self.socket_gone();
    }

    /// What was on its way over the socket is not any more.
    pub(crate) fn socket_gone(&mut self) {
        self.place.begin();
        self.outbox.begin();
        self.measuring.given_up();
        self.roll.hush();
        self.typed_at = None;
    }

    /// Asks for what comes after the cursor, unless an answer is on its way.
    pub(crate) fn resume(&mut self) {
        if let Some(cursor) = self.place.resume(self.clock.now()) {
            self.transmit(&ClientFrame::Resume { cursor });
        }
    }

    /// The place has changed; it is kept within a second.
    pub(crate) fn keep_place_soon(&mut self) {
        self.keep_at.get_or_insert(self.clock.now().plus(KEEP_PLACE_EVERY_MS));
    }

    /// The person leaves, perhaps for good: what has not been kept yet is kept while there is time.
    pub(crate) fn keep_place_at_once(&mut self) {
        if self.keep_at.is_some() {
            self.keep_place();
        }
    }

    fn is_live(&self) -> bool {
        self.link.is_greeted() && self.place.is_caught_up()
    }

    fn say_what_is_ready(&mut self, now: Steady) {
        while let Some((id, frame)) = self.outbox.next(now) {
            self.measuring.sent(id, now);
            self.transmit(&frame);
        }
        while let Some(request) = self.pages.next(now) {
            self.outputs.push(Output::Fetch(request));
        }
        if let Some(seq) = self.reading.tell(now) {
            self.transmit(&ClientFrame::Read { seq });
        }
    }

    fn keep_place(&mut self) {
        self.keep_at = None;
        let Some(cursor) = self.place.cursor() else { return };
        let newest = self.timeline.newest(SNAPSHOT_MESSAGES);
        self.outputs.push(Output::KeepPlace(SavedPlace {
            cursor: cursor.to_string(),
            read: self.reading.marker(),
            messages: newest.messages,
            more_before: newest.more_before,
        }));
    }

    /// Sets the shell's timer, unless the one it has comes early enough: one that comes too early does nothing.
    fn arm(&mut self) {
        let next = self.deadline().map(|at| self.clock.wall_at(at).max(self.clock.wall().plus(1)));
        let keeps = match (next, self.armed) {
            (Some(next), Some(armed)) => armed <= next,
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        if !keeps {
            self.armed = next;
            self.outputs.push(Output::Timer(next));
        }
    }

    fn deadline(&self) -> Option<Steady> {
        let now = self.clock.now();
        let greeted = self.link.is_greeted().then(|| self.place.deadline()).flatten();
        let live = [self.outbox.deadline(), self.pages.deadline(), self.reading.deadline(now)];
        let live = live.into_iter().flatten().filter(|_| self.is_live());
        [self.link.deadline(), greeted, self.roll.deadline(), self.keep_at]
            .into_iter()
            .flatten()
            .chain(live)
            .min()
    }
}
