//! Notifications, as an Inbox knows them: where its member's browsers take them, which rooms are to be quiet, and what is on its way.
//!
//! Not here: how one is sent (nudge_call.rs) and whom a message calls, which its room decides. Invariant: a subscription ends with its
//! sign-in, and what is on its way ends with its subscription and with its room: triggers see to it, in whatever turn that comes.

use archive::{Row, Sql, SqlError, Value};
use protocol::{
    Millis, Slug,
    http::{Nudge, PushKeys, PushSubscription},
    limits::PUSH_SUBSCRIPTIONS,
    read_by_fields, read_by_tag,
};
use serde::Serialize;

use crate::{
    columns::{instant, integer, text, word},
    directory::LOBBY,
    inbox::{Inbox, slugs},
    limits::{NUDGE_AGAIN_MS, NUDGE_TRIES, NUDGES_AT_ONCE},
    nudge_call::{Due, Outcome},
};

/// What an Inbox is asked about notifications.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PushAsk {
    /// How they stand for this sign-in.
    State(String),
    /// This sign-in takes them there from now on.
    Subscribe(NewSubscription),
    /// It takes them no longer.
    Unsubscribe(String),
    /// The member wants none of this room.
    Hush(Slug),
    /// They want them again.
    Unhush(Slug),
    /// A message calls the member, who is not in its room.
    Nudge(Nudge),
}

read_by_tag!(PushAsk {
    "state" => State(one),
    "subscribe" => Subscribe(one),
    "unsubscribe" => Unsubscribe(one),
    "hush" => Hush(one),
    "unhush" => Unhush(one),
    "nudge" => Nudge(one),
});

/// What it answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PushAnswer {
    /// How they stand.
    State {
        /// Whether the sign-in takes them.
        subscribed: bool,
        /// The rooms that are to be quiet.
        quiet: Vec<Slug>,
    },
    /// It is so now.
    Done,
    /// The member has no such room in their list.
    Unknown,
}

read_by_tag!(PushAnswer {
    "state" => State { subscribed, quiet },
    "done" => Done,
    "unknown" => Unknown,
});

/// A sign-in's subscription.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewSubscription {
    /// Whose.
    pub sign_in: String,
    /// Where.
    pub subscription: PushSubscription,
}

read_by_fields!(NewSubscription { sign_in, subscription });

pub const MIGRATION: &[&str] = &[
    "CREATE TABLE subscriptions (
        sign_in TEXT PRIMARY KEY,
        endpoint TEXT NOT NULL UNIQUE,
        p256dh TEXT NOT NULL,
        auth TEXT NOT NULL,
        made_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID",
    "CREATE TABLE quiet (room TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    // What is on its way to a subscription: of each room the newest. AUTOINCREMENT: what came of one says nothing of the next.
    "CREATE TABLE nudges (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        sign_in TEXT NOT NULL,
        room TEXT NOT NULL,
        says TEXT NOT NULL,
        tries INTEGER NOT NULL,
        due_at INTEGER NOT NULL,
        UNIQUE (sign_in, room)
    ) STRICT",
    "CREATE TRIGGER subscriptions_end_with_their_sign_in AFTER UPDATE OF ended ON sign_ins WHEN new.ended = 1 BEGIN
        DELETE FROM subscriptions WHERE sign_in = new.sign_in;
    END",
    "CREATE TRIGGER nudges_end_with_their_subscription AFTER DELETE ON subscriptions BEGIN
        DELETE FROM nudges WHERE sign_in = old.sign_in;
    END",
    "CREATE TRIGGER nudges_end_with_their_room AFTER UPDATE OF kept ON rooms WHEN new.kept = 0 BEGIN
        DELETE FROM quiet WHERE room = new.room;
        DELETE FROM nudges WHERE room = new.room;
    END",
];

// A room that the member has in their list; the lobby is in everybody's.
macro_rules! listed {
    () => {
        "(EXISTS (SELECT 1 FROM rooms WHERE room = ?1 AND kept = 1)
            OR ?1 = ?2 AND EXISTS (SELECT 1 FROM visited WHERE room = ?1))"
    };
}
const LISTED: &str = concat!("SELECT ", listed!());
const NUDGE: &str = concat!(
    "INSERT OR REPLACE INTO nudges (sign_in, room, says, tries, due_at)
    SELECT sign_in, ?1, ?3, 0, ?4 FROM subscriptions
    WHERE NOT EXISTS (SELECT 1 FROM quiet WHERE room = ?1) AND ",
    listed!()
);
// Programs take none: whoever gets hold of a token must not have messages sent elsewhere.
const SUBSCRIBE: &str = "INSERT OR REPLACE INTO subscriptions (sign_in, endpoint, p256dh, auth, made_at)
    SELECT ?1, ?2, ?3, ?4, ?5 FROM sign_ins WHERE sign_in = ?1 AND ended = 0 AND label IS NULL";
const TOO_MANY: &str = "DELETE FROM subscriptions WHERE sign_in NOT IN (
    SELECT sign_in FROM subscriptions ORDER BY made_at DESC, sign_in LIMIT ?1)";
const DUE: &str =
    "SELECT number, endpoint, p256dh, auth, room, says FROM nudges JOIN subscriptions USING (sign_in)
    WHERE due_at <= ?1 ORDER BY number LIMIT ?2";
// Each wait is twice the last one.
const BEGUN: &str = "UPDATE nudges SET due_at = ?2 + (?3 << tries), tries = tries + 1 WHERE number = ?1";
const ENDED: &str = "DELETE FROM subscriptions WHERE endpoint = ?1";

impl<S: Sql> Inbox<S> {
    /// Answers; to be called inside a transaction.
    pub fn about_push(&self, ask: &PushAsk, now: Millis) -> Result<PushAnswer, SqlError> {
        match ask {
            PushAsk::State(sign_in) => return self.push_state(sign_in),
            PushAsk::Subscribe(new) => self.subscribe(new, now)?,
            PushAsk::Unsubscribe(sign_in) => {
                self.sql.query("DELETE FROM subscriptions WHERE sign_in = ?1", &[word(sign_in)])?;
            }
            PushAsk::Hush(room) => return self.hush(room),
            PushAsk::Unhush(room) => {
                self.sql.query("DELETE FROM quiet WHERE room = ?1", &[word(room.as_str())])?;
            }
            PushAsk::Nudge(nudge) => {
                let row = [
                    word(nudge.room.as_str()),
                    word(LOBBY),
                    Value::Text(protocol::encode(nudge)),
                    instant(now),
                ];
                self.sql.query(NUDGE, &row)?;
            }
        }
        Ok(PushAnswer::Done)
    }

    fn push_state(&self, sign_in: &str) -> Result<PushAnswer, SqlError> {
        let has = self.sql.query("SELECT 1 FROM subscriptions WHERE sign_in = ?1", &[word(sign_in)])?;
        let quiet = slugs(&self.sql.query("SELECT room FROM quiet ORDER BY room", &[])?)?;
        Ok(PushAnswer::State { subscribed: !has.is_empty(), quiet })
    }

    fn subscribe(&self, new: &NewSubscription, now: Millis) -> Result<(), SqlError> {
        let PushSubscription { endpoint, keys: PushKeys { p256dh, auth } } = &new.subscription;
        let row = [word(&new.sign_in), word(endpoint), word(p256dh), word(auth), instant(now)];
        self.sql.query(SUBSCRIBE, &row)?;
        let most = i64::try_from(PUSH_SUBSCRIPTIONS).unwrap_or(i64::MAX);
        self.sql.query(TOO_MANY, &[Value::Integer(most)]).map(drop)
    }

    fn hush(&self, room: &Slug) -> Result<PushAnswer, SqlError> {
        let listed = self.sql.query(LISTED, &[word(room.as_str()), word(LOBBY)])?;
        if listed.first().map_or(Ok(0), |row| integer(row, 0))? == 0 {
            return Ok(PushAnswer::Unknown);
        }
        self.sql.query("INSERT OR IGNORE INTO quiet (room) VALUES (?1)", &[word(room.as_str())])?;
        Ok(PushAnswer::Done)
    }

    /// What is to be sent now. Until something comes of it, it is due again a while later: it may get lost with the object.
    pub fn begin_nudges(&self, now: Millis) -> Result<Vec<Due>, SqlError> {
        let mut due = Vec::new();
        self.sql.transaction(&mut || {
            self.sql.query("DELETE FROM nudges WHERE tries >= ?1", &[Value::Integer(NUDGE_TRIES)])?;
            let rows = self.sql.query(DUE, &[instant(now), Value::Integer(NUDGES_AT_ONCE)])?;
            due = rows.iter().map(due_row).collect::<Result<_, _>>()?;
            let begun = |due: &Due| {
                let row = [Value::Integer(due.number), instant(now), Value::Integer(NUDGE_AGAIN_MS)];
                self.sql.query(BEGUN, &row).map(drop)
            };
            due.iter().try_for_each(begun)
        })?;
        Ok(due)
    }

    /// What came of one.
    pub fn settle_nudge(&self, due: &Due, outcome: Outcome) -> Result<(), SqlError> {
        match outcome {
            Outcome::Later => return Ok(()),
            Outcome::Taken | Outcome::Refused => {
                self.sql.query("DELETE FROM nudges WHERE number = ?1", &[Value::Integer(due.number)])
            }
            Outcome::Ended => self.sql.query(ENDED, &[word(&due.to.endpoint)]),
        }
        .map(drop)
    }
}

fn due_row(row: &Row) -> Result<Due, SqlError> {
    let word = |column| text(row, column).map(str::to_owned);
    let keys = PushKeys { p256dh: word(2)?, auth: word(3)? };
    let to = PushSubscription { endpoint: word(1)?, keys };
    Ok(Due { number: integer(row, 0)?, to, room: word(4)?, says: word(5)? })
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use archive::native::Native;
    use protocol::{Legacy, MemberId, Name, Role, Seq, room::RoomKind};
    use room::places::{Kept, RoomNews};

    use super::*;
    use crate::{
        inbox_ask::{Begins, InboxAnswer, InboxAsk},
        inbox_rooms::{FromRoom, RoomsAsk},
        inbox_tokens::{NewSignIn, TokensAsk},
    };

    fn slug(room: &str) -> Slug {
        Slug::parse(room).unwrap()
    }

    fn ask(inbox: &Inbox<Native>, ask: InboxAsk, at: u64) -> InboxAnswer {
        inbox.answer(&ask, Millis(at)).unwrap()
    }

    fn push(inbox: &Inbox<Native>, about: PushAsk, at: u64) -> PushAnswer {
        match ask(inbox, InboxAsk::Push(about), at) {
            InboxAnswer::Push(answer) => answer,
            other => panic!("{other:?}"),
        }
    }

    /// Ada's, who is signed in on a laptop and a phone and keeps the garden.
    fn inbox() -> Inbox<Native> {
        let inbox = Inbox::open(MemberId::parse("ada").unwrap(), Native::in_memory().unwrap()).unwrap();
        for device in ["laptop", "phone"] {
            sign_in(&inbox, device);
        }
        hear(&inbox, 1, RoomNews::Kept(Kept { title: "Garden".to_owned(), kind: RoomKind::Private }));
        inbox
    }

    fn sign_in(inbox: &Inbox<Native>, sign_in: &str) {
        let (sign_in, name) = (sign_in.to_owned(), Name::parse("Ada").unwrap());
        let (role, expires_at) = (Role::Member, Millis(1_000_000));
        ask(inbox, InboxAsk::SignIn { sign_in, name, role, expires_at, begins: Begins::Guest }, 0);
    }

    fn hear(inbox: &Inbox<Native>, number: u64, news: RoomNews) {
        let told = FromRoom { room: slug("garden"), number, news };
        ask(inbox, InboxAsk::Rooms(RoomsAsk::Hear(told)), 1);
    }

    fn subscribe(inbox: &Inbox<Native>, sign_in: &str, at: u64) {
        let keys = PushKeys { p256dh: "p".to_owned(), auth: "a".to_owned() };
        let subscription = PushSubscription { endpoint: format!("https://push.example/{sign_in}"), keys };
        push(inbox, PushAsk::Subscribe(NewSubscription { sign_in: sign_in.to_owned(), subscription }), at);
    }

    fn is_subscribed(inbox: &Inbox<Native>, sign_in: &str) -> bool {
        match push(inbox, PushAsk::State(sign_in.to_owned()), 1) {
            PushAnswer::State { subscribed, .. } => subscribed,
            other => panic!("{other:?}"),
        }
    }

    fn nudge(inbox: &Inbox<Native>, room: &str, seq: u64, at: u64) {
        let (title, by, excerpt) = ("Garden".to_owned(), "Bob".to_owned(), "psst".to_owned());
        let seq = Seq::try_new(seq).unwrap();
        push(inbox, PushAsk::Nudge(Nudge { room: slug(room), title, seq, at: Millis(at), by, excerpt }), at);
    }

    /// Where something is sent now, and about which message.
    fn sent(inbox: &Inbox<Native>, at: u64) -> Vec<String> {
        let line = |due: &Due| {
            let says: Nudge = protocol::decode(&due.says).unwrap();
            format!("{} {} {}", due.to.endpoint.rsplit('/').next().unwrap(), due.room, says.seq)
        };
        inbox.begin_nudges(Millis(at)).unwrap().iter().map(line).collect()
    }

    #[test]
    fn every_subscription_is_told_of_the_newest_message_of_each_room_that_the_member_has() {
        let inbox = inbox();
        subscribe(&inbox, "laptop", 1);
        subscribe(&inbox, "phone", 2);
        for seq in [3, 4] {
            nudge(&inbox, "garden", seq, 5);
        }
        nudge(&inbox, "somewhere", 9, 5);
        nudge(&inbox, "lobby", 9, 5);
        assert_eq!(inbox.due_at().unwrap(), Some(Millis(5)));
        assert_eq!(sent(&inbox, 5), ["laptop garden 4", "phone garden 4"]);
    }

    #[test]
    fn the_lobby_is_in_the_list_of_whoever_has_been_there() {
        let inbox = inbox();
        subscribe(&inbox, "laptop", 1);
        ask(&inbox, InboxAsk::Join { sign_in: "laptop".to_owned(), room: slug("lobby") }, 1);
        nudge(&inbox, "lobby", 9, 5);
        assert_eq!(sent(&inbox, 5), ["laptop lobby 9"]);
    }

    #[test]
    fn a_room_that_is_to_be_quiet_is_until_it_need_not_be() {
        let inbox = inbox();
        subscribe(&inbox, "laptop", 1);
        assert_eq!(push(&inbox, PushAsk::Hush(slug("somewhere")), 1), PushAnswer::Unknown);
        assert_eq!(push(&inbox, PushAsk::Hush(slug("garden")), 1), PushAnswer::Done);
        let state = push(&inbox, PushAsk::State("laptop".to_owned()), 1);
        assert_eq!(state, PushAnswer::State { subscribed: true, quiet: vec![slug("garden")] });
        nudge(&inbox, "garden", 3, 5);
        assert_eq!(sent(&inbox, 5), [""; 0]);
        push(&inbox, PushAsk::Unhush(slug("garden")), 6);
        nudge(&inbox, "garden", 4, 6);
        assert_eq!(sent(&inbox, 6), ["laptop garden 4"]);
    }

    #[test]
    fn what_is_not_taken_is_sent_later_and_later_and_then_no_more() {
        let inbox = inbox();
        subscribe(&inbox, "laptop", 1);
        nudge(&inbox, "garden", 3, 1_000);
        let mut at = Vec::new();
        while let Some(due_at) = inbox.due_at().unwrap().filter(|due_at| due_at.0 < 900_000_000) {
            let due = inbox.begin_nudges(due_at).unwrap();
            at.extend(due.iter().map(|_| (due_at.0 - 1_000) / 60_000));
            due.iter().for_each(|due| inbox.settle_nudge(due, Outcome::Later).unwrap());
            if due.is_empty() {
                inbox.ring(due_at).unwrap();
            }
        }
        assert_eq!(at, [0, 1, 3, 7, 15]);
    }

    #[test]
    fn what_came_of_a_message_says_nothing_of_the_next() {
        let inbox = inbox();
        subscribe(&inbox, "laptop", 1);
        nudge(&inbox, "garden", 3, 5);
        let first = inbox.begin_nudges(Millis(5)).unwrap();
        nudge(&inbox, "garden", 4, 6);
        inbox.settle_nudge(&first[0], Outcome::Taken).unwrap();
        let second = inbox.begin_nudges(Millis(6)).unwrap();
        assert_eq!(second.len(), 1);
        inbox.settle_nudge(&second[0], Outcome::Refused).unwrap();
        assert_eq!(sent(&inbox, 900_000), [""; 0]);
    }

    #[test]
    fn a_subscription_that_the_push_service_does_not_know_ends_with_all_that_was_on_its_way() {
        let inbox = inbox();
        subscribe(&inbox, "laptop", 1);
        subscribe(&inbox, "phone", 2);
        nudge(&inbox, "garden", 3, 5);
        let due = inbox.begin_nudges(Millis(5)).unwrap();
        inbox.settle_nudge(&due[0], Outcome::Ended).unwrap();
        assert!(!is_subscribed(&inbox, "laptop") && is_subscribed(&inbox, "phone"));
        assert_eq!(sent(&inbox, 500_000), ["phone garden 3"]);
    }

    #[test]
    fn whoever_signs_out_leaves_a_room_or_deletes_their_account_is_told_no_more() {
        let inbox = inbox();
        subscribe(&inbox, "laptop", 1);
        subscribe(&inbox, "phone", 2);
        nudge(&inbox, "garden", 3, 5);
        ask(&inbox, InboxAsk::SignOut { sign_in: "laptop".to_owned() }, 6);
        assert_eq!(sent(&inbox, 6), ["phone garden 3"]);
        push(&inbox, PushAsk::Hush(slug("garden")), 7);
        hear(&inbox, 2, RoomNews::Gone);
        assert_eq!(sent(&inbox, 500_000), [""; 0]);
        let state = push(&inbox, PushAsk::State("phone".to_owned()), 8);
        assert_eq!(state, PushAnswer::State { subscribed: true, quiet: Vec::new() });
        ask(&inbox, InboxAsk::Depart { sign_in: "phone".to_owned(), legacy: Legacy::Removed }, 9);
        assert!(!is_subscribed(&inbox, "phone"));
    }

    #[test]
    fn a_program_and_a_sign_in_that_ended_take_no_notifications() {
        let inbox = inbox();
        let (name, expires_at) = (Name::parse("bot").unwrap(), Millis(9_000));
        let token = NewSignIn { sign_in: "token".to_owned(), name, expires_at };
        ask(&inbox, InboxAsk::Tokens(TokensAsk::Make(token)), 1);
        ask(&inbox, InboxAsk::SignOut { sign_in: "laptop".to_owned() }, 1);
        for none in ["token", "laptop", "nobody"] {
            subscribe(&inbox, none, 2);
            assert!(!is_subscribed(&inbox, none), "{none}");
        }
    }

    #[test]
    fn beyond_so_many_subscriptions_the_oldest_goes_and_a_sign_in_has_one() {
        let inbox = inbox();
        let count = u64::try_from(PUSH_SUBSCRIPTIONS).unwrap();
        for number in 0..=count {
            sign_in(&inbox, &format!("device-{number}"));
            subscribe(&inbox, &format!("device-{number}"), number);
            subscribe(&inbox, &format!("device-{number}"), number);
        }
        assert!(!is_subscribed(&inbox, "device-0"));
        assert!((1..=count).all(|number| is_subscribed(&inbox, &format!("device-{number}"))));
    }
}
