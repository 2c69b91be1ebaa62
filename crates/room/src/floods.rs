//! Floods: frames that come faster than anybody types are stopped before the archive is asked anything.
//!
//! Not here: how fast one member may change the room (bucket.rs); a repeat costs no token there, and it costs one here.
//! Memory alone: a flood is forgotten within [`FULL_MS`] of silence, and no object is hibernated earlier than that.

use protocol::{
    Millis, RejectCode,
    limits::{FLOOD_ADDRESS, FLOOD_CLOSES, FLOOD_MEMBER, FLOOD_ROOM},
};
use serde::{Deserialize, Serialize};

use crate::{commands::Refusal, ordered::Map};

/// How long each of them takes to be forgotten whole.
const FULL_MS: u64 = 5_000;
/// Addresses that are told apart; when there are more, those that are silent are forgotten.
const ADDRESSES: usize = 1_000;

/// Where a socket or a request comes from, as far as a flood is concerned: a sum of the address, and never the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Origin(u32);

/// A leaking bucket: how full it is, in parts of which a frame has [`FULL_MS`].
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Flood {
    level: u64,
    at: Millis,
}

/// The floods of a room and of the addresses that speak to it. Each member's stand beside the member.
#[derive(Debug, Default)]
pub(crate) struct Floods {
    room: Flood,
    origins: Map<Origin, Flood>,
}

/// A member's two floods: what is refused, and what closes the socket.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct MemberFlood {
    refuses: Flood,
    closes: Flood,
}

/// What becomes of a frame.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Passage {
    /// It is taken.
    Free,
    /// It is refused.
    Refused(Refusal),
    /// It was one of too many refused: its socket closes.
    Closed,
}

impl Origin {
    /// That of an address as the runtime writes it.
    #[must_use]
    pub fn of(address: &str) -> Self {
        let sum = crate::once::fnv1a(address.as_bytes());
        Self(u32::try_from(sum >> 32).unwrap_or_default())
    }
}

impl Flood {
    /// Takes one frame in, of `most` within [`FULL_MS`]. Gives the wait where there is no room for it.
    fn take(&mut self, now: Millis, most: u64) -> Result<(), u64> {
        // A clock that was put back leaks nothing, and holds nobody up for longer than a full bucket takes.
        self.level = self.level.saturating_sub(now.since(self.at).saturating_mul(most));
        self.at = now;
        let after = self.level.saturating_add(FULL_MS);
        let over = after.saturating_sub(most.saturating_mul(FULL_MS));
        if over > 0 {
            return Err(over.div_ceil(most));
        }
        self.level = after;
        Ok(())
    }

    fn is_over(self, now: Millis, most: u64) -> bool {
        now.since(self.at).saturating_mul(most) >= self.level
    }
}

impl Floods {
    /// Takes a frame of a member in, from `origin` where that is known.
    pub(crate) fn take(&mut self, member: &mut MemberFlood, origin: Option<Origin>, now: Millis) -> Passage {
        if member.closes.take(now, FLOOD_CLOSES).is_err() {
            return Passage::Closed;
        }
        let taken = member
            .refuses
            .take(now, FLOOD_MEMBER)
            .and_then(|()| self.take_from(origin, now))
            .map_err(|wait| (RejectCode::RateLimited, wait))
            .and_then(|()| self.room.take(now, FLOOD_ROOM).map_err(|wait| (RejectCode::Busy, wait)));
        match taken {
            Ok(()) => Passage::Free,
            Err((code, wait)) => Passage::Refused(Refusal { code, retry_after_ms: Some(wait) }),
        }
    }

    fn take_from(&mut self, origin: Option<Origin>, now: Millis) -> Result<(), u64> {
        let Some(origin) = origin else { return Ok(()) };
        if let Some(flood) = self.origins.get_mut(&origin) {
            return flood.take(now, FLOOD_ADDRESS);
        }
        // Looked through for a new address alone: in a flood that is what comes least often.
        if self.origins.len() >= ADDRESSES {
            self.origins.retain(|_, flood| !flood.is_over(now, FLOOD_ADDRESS));
        }
        let mut first = Flood::default();
        let taken = first.take(now, FLOOD_ADDRESS);
        self.origins.insert(origin, first);
        taken
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn taken(flood: &mut Flood, now: u64, most: u64) -> usize {
        (0..100_000).take_while(|_| flood.take(Millis(now), most).is_ok()).count()
    }

    #[test]
    fn a_flood_takes_so_many_at_once_and_leaks_evenly() {
        let mut flood = Flood::default();
        assert_eq!(taken(&mut flood, 1_000_000, 100), 100);
        assert_eq!(taken(&mut flood, 1_000_050, 100), 1);
        assert_eq!(taken(&mut flood, 1_002_550, 100), 50);
        assert_eq!(taken(&mut flood, 1_007_550, 100), 100);
    }

    #[test]
    fn the_wait_it_names_is_exactly_long_enough() {
        let mut flood = Flood::default();
        taken(&mut flood, 1_000_000, 100);
        assert_eq!(flood.take(Millis(1_000_000), 100), Err(50));
        assert!(flood.take(Millis(1_000_049), 100).is_err());
        assert!(flood.take(Millis(1_000_050), 100).is_ok());
    }

    #[test]
    fn a_clock_that_is_put_back_holds_nobody_up_for_longer() {
        let mut flood = Flood::default();
        taken(&mut flood, 90_000_000, 100);
        assert_eq!(flood.take(Millis(1_000), 100), Err(50));
        assert_eq!(taken(&mut flood, 6_000, 100), 100);
    }

    #[test]
    fn addresses_that_are_silent_are_forgotten_and_floods_are_not() {
        let mut floods = Floods::default();
        for number in 0..ADDRESSES {
            let origin = Some(Origin(u32::try_from(number).expect("a small number")));
            floods.take_from(origin, Millis(1_000)).expect("the first frame");
        }
        let flooding = Some(Origin(7));
        for _ in 0..FLOOD_ADDRESS - 1 {
            floods.take_from(flooding, Millis(3_000)).expect("within bounds");
        }

        floods.take_from(Some(Origin::of("192.0.2.7")), Millis(6_001)).expect("a new address");

        assert_eq!(floods.origins.len(), 2);
    }
}
