//! What happens to the room's server, carried out.

use crate::{
    action::Mishap,
    carry::{GONE, disk_broke},
    device::DEVICES,
    invariants::Verdict,
    world::{Happening, World},
};

impl World {
    /// Something happens to the server.
    pub(crate) fn mishap(&mut self, mishap: Mishap) -> Verdict {
        match mishap {
            Mishap::Crash => return self.crash(),
            Mishap::Evict => {
                self.tally.count("fault: room evicted");
                self.server.evict();
            }
            Mishap::FailWrites(times) => self.server.disk().fail_writes(few(times)),
            Mishap::FailReads(times) => self.server.disk().fail_reads(few(times)),
            Mishap::SlowDisk(ms) => {
                self.tally.count("fault: disk slows");
                self.flush_ms = ms;
            }
            Mishap::StepClock(ms) => {
                self.tally.count("fault: server's clock set");
                self.server_skew_ms += ms;
                // The alarm is an instant on that clock: it rings at another time now.
                self.rings.1 = None;
                self.set_rings();
            }
        }
        Ok(())
    }

    /// The process dies. Whoever had a socket is told soon; a new process is there at once.
    fn crash(&mut self) -> Verdict {
        let lost = self.server.disk().has_unflushed();
        self.tally.count(if lost { "fault: crash that loses a write" } else { "fault: crash" });
        let sessions = self.server.crash().map_err(|error| disk_broke(&error))?;
        self.ledger.crash();
        self.flushing = false;
        for session in sessions {
            let Some((socket, of)) = self.network.of_session(&session) else { continue };
            let (who, was_alive) = (of.who, self.network.carries_down(socket));
            self.network.kill_up(socket);
            self.network.kill_down(socket);
            if was_alive {
                self.trace.frame(self.queue.now(), "<", DEVICES[who].name, "gone");
                let told = self.queue.now().plus(self.network.link(who).down_ms);
                self.queue.put(told, Happening::DeviceNotices(socket, GONE));
            }
        }
        self.lurkers_come_later();
        // Whoever waits for an answer is told that there will be none.
        for (number, request) in &self.requests {
            let told = self.queue.now().plus(self.network.link(request.who).down_ms);
            self.queue.put(told, Happening::Response(*number));
        }
        self.rings = (None, None);
        self.set_rings();
        Ok(())
    }
}

fn few(times: u64) -> u32 {
    u32::try_from(times).unwrap_or(u32::MAX)
}
