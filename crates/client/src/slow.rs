//! Slow mode: until when this member's next message waits, for a countdown.
//!
//! Not here: making it wait, which the room does. Invariant: by the room's clock, not by this machine's.

use protocol::{Millis, Role};

use crate::client::Client;

impl Client {
    /// When the room takes the member's next message, by the shell's clock; `None` where it takes it at once.
    #[must_use]
    pub fn slow_until(&self) -> Option<Millis> {
        let wait_ms = self.room.as_ref().map(|room| room.slow_mode_ms).filter(|wait_ms| *wait_ms > 0)?;
        let me = self.me.as_ref().filter(|me| me.role < Role::Moderator)?;
        let now = self.measuring.server_now(self.clock.now())?;
        let lately = self.timeline.messages().rev().take_while(|message| now.since(message.at) < wait_ms);
        let last = lately.filter(|message| message.by.id == me.id).map(|message| message.at).next()?;
        Some(self.clock.wall().plus(last.plus(wait_ms).since(now)))
    }
}
