//! Whether the member is here: whether a page or a program of theirs asked for their rooms of late.
//!
//! Not here: who may know it; a direct room says so, and only to the other of the two. Invariant: nobody is here without a sign-in that
//! stands, and whoever has no page open costs nothing.

use archive::{Sql, SqlError};
use protocol::Millis;

use crate::{
    columns::instant,
    inbox::Inbox,
    inbox_ask::InboxAnswer,
    limits::{HERE_EVERY_MS, HERE_MS},
};

/// When the member asked for their rooms last, give or take [`HERE_EVERY_MS`].
pub const MIGRATION: &[&str] = &["ALTER TABLE me ADD COLUMN here_at INTEGER"];

impl<S: Sql> Inbox<S> {
    /// The member asks for their rooms. A clock that was put back makes no difference for longer than until the next time.
    pub(crate) fn note_here(&self, now: Millis) -> Result<(), SqlError> {
        let note = "UPDATE me SET here_at = ?1 WHERE here_at IS NULL OR here_at NOT BETWEEN ?2 AND ?1";
        self.sql.query(note, &[instant(now), ago(now, HERE_EVERY_MS)]).map(drop)
    }

    /// Whether they did so of late, and still can.
    pub(crate) fn is_here(&self, now: Millis) -> Result<InboxAnswer, SqlError> {
        let is_here = "SELECT 1 FROM me WHERE here_at BETWEEN ?2 AND ?1
            AND EXISTS (SELECT 1 FROM sign_ins WHERE ended = 0 AND expires_at > ?1)";
        let rows = self.sql.query(is_here, &[instant(now), ago(now, HERE_MS)])?;
        Ok(if rows.is_empty() { InboxAnswer::Away } else { InboxAnswer::Here })
    }
}

fn ago(now: Millis, ms: u64) -> archive::Value {
    instant(Millis(now.0.saturating_sub(ms)))
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use archive::native::Native;
    use protocol::{Legacy, MemberId, Name, Role};

    use super::*;
    use crate::{
        inbox_ask::{Begins, InboxAsk},
        inbox_rooms::RoomsAsk,
    };

    const START: u64 = 1_000_000;

    fn inbox() -> Inbox<Native> {
        let inbox = Inbox::open(MemberId::parse("ada").unwrap(), Native::in_memory().unwrap()).unwrap();
        let ask = InboxAsk::SignIn {
            sign_in: "laptop".to_owned(),
            name: Name::parse("Ada").unwrap(),
            role: Role::Member,
            expires_at: Millis(10 * START),
            begins: Begins::Guest,
        };
        inbox.answer(&ask, Millis(START)).unwrap();
        inbox
    }

    fn list(inbox: &Inbox<Native>, at: u64) {
        inbox.answer(&InboxAsk::Rooms(RoomsAsk::List), Millis(at)).unwrap();
    }

    fn is_here(inbox: &Inbox<Native>, at: u64) -> bool {
        match inbox.answer(&InboxAsk::IsHere, Millis(at)).unwrap() {
            InboxAnswer::Here => true,
            InboxAnswer::Away => false,
            other => panic!("{other:?}"),
        }
    }

    fn here_at(inbox: &Inbox<Native>) -> u64 {
        let rows = inbox.sql.query("SELECT here_at FROM me", &[]).unwrap();
        u64::try_from(crate::columns::integer(&rows[0], 0).unwrap()).unwrap()
    }

    #[test]
    fn whoever_asks_for_their_rooms_is_here_for_two_and_a_half_minutes() {
        let inbox = inbox();
        assert!(!is_here(&inbox, START), "a sign-in alone is no page");
        list(&inbox, START);
        assert!(is_here(&inbox, START));
        assert!(is_here(&inbox, START + HERE_MS));
        assert!(!is_here(&inbox, START + HERE_MS + 1));
    }

    #[test]
    fn a_page_that_asks_more_often_than_once_in_fifty_seconds_is_not_written_down_more_often() {
        let inbox = inbox();
        for (at, noted) in [(0, 0), (1, 0), (HERE_EVERY_MS, 0), (HERE_EVERY_MS + 1, HERE_EVERY_MS + 1)] {
            list(&inbox, START + at);
            assert_eq!(here_at(&inbox), START + noted, "asked {at} ms after the first time");
        }
    }

    #[test]
    fn whoever_signed_out_everywhere_or_deleted_their_account_is_not_here() {
        let leave = [
            InboxAsk::SignOut { sign_in: "laptop".to_owned() },
            InboxAsk::Depart { sign_in: "laptop".to_owned(), legacy: Legacy::Removed },
        ];
        for ask in leave {
            let inbox = inbox();
            list(&inbox, START);
            inbox.answer(&ask, Millis(START + 1)).unwrap();
            assert!(!is_here(&inbox, START + 2), "{ask:?}");
        }
    }

    #[test]
    fn a_clock_that_was_put_back_is_mended_by_the_next_ask() {
        let inbox = inbox();
        list(&inbox, 3 * START);
        assert!(!is_here(&inbox, START));
        list(&inbox, START);
        assert!(is_here(&inbox, START));
    }
}
