//! What an Inbox knows of its one member: name, sign-ins, and the rooms each has sockets in.
//!
//! Not here: what is asked and answered (inbox_ask.rs); the object, the network, the clock; the rooms that the member keeps (inbox_rooms.rs); whether they are here (inbox_here.rs); API tokens (inbox_tokens.rs); and how rooms are told (outgoing.rs). Invariant: an answer is one transaction, so a
//! room that was joined in it will hear of the sign-in's end.

use archive::{Row, Sql, SqlError, Value};
use protocol::{Member, MemberId, Millis, Name, Role, Slug};

use crate::{
    columns::{instant, integer, text, word},
    inbox_ask::{InboxAnswer, InboxAsk, News, Standing, Who},
    inbox_farewell, inbox_here, inbox_person, inbox_push, inbox_rooms, inbox_tokens,
};

/// The slugs of rows that have nothing else.
pub(crate) fn slugs(rows: &[Row]) -> Result<Vec<Slug>, SqlError> {
    rows.iter().map(|row| Slug::parse(text(row, 0)?).map_err(|bad| SqlError(bad.to_string()))).collect()
}

/// One member's Inbox over its storage.
#[derive(Debug)]
pub struct Inbox<S: Sql> {
    pub(crate) member: MemberId,
    pub(crate) sql: S,
}

/// Rooms that are asked whether a name is taken in them: as many as people have open.
const NAMED_IN: i64 = 8;

const MIGRATIONS: &[&[&str]] = &[
    FIRST,
    inbox_rooms::MIGRATION,
    inbox_tokens::MIGRATION,
    inbox_person::MIGRATION,
    inbox_farewell::MIGRATION,
    inbox_push::MIGRATION,
    inbox_here::MIGRATION,
];

const FIRST: &[&str] = &[
    "CREATE TABLE me (id INTEGER PRIMARY KEY CHECK (id = 1), name TEXT NOT NULL) STRICT",
    "CREATE TABLE sign_ins (
        sign_in TEXT PRIMARY KEY,
        role TEXT NOT NULL,
        expires_at INTEGER NOT NULL,
        ended INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID",
    // Where a sign-in has had a socket.
    "CREATE TABLE joined (
        sign_in TEXT NOT NULL,
        room TEXT NOT NULL,
        PRIMARY KEY (sign_in, room)
    ) STRICT, WITHOUT ROWID",
    // AUTOINCREMENT: a number is never given twice, so that a receiver can tell a repeat.
    "CREATE TABLE outgoing (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        room TEXT NOT NULL,
        news TEXT NOT NULL,
        tries INTEGER NOT NULL,
        due_at INTEGER NOT NULL
    ) STRICT",
];

impl<S: Sql> Inbox<S> {
    /// Opens the Inbox of `member`.
    pub fn open(member: MemberId, sql: S) -> Result<Self, SqlError> {
        archive::migrate(&sql, MIGRATIONS)?;
        Ok(Self { member, sql })
    }

    /// Answers in one transaction.
    pub fn answer(&self, ask: &InboxAsk, now: Millis) -> Result<InboxAnswer, SqlError> {
        let mut answer = InboxAnswer::Ended;
        self.sql.transaction(&mut || {
            answer = self.turn(ask, now)?;
            Ok(())
        })?;
        Ok(answer)
    }

    fn turn(&self, ask: &InboxAsk, now: Millis) -> Result<InboxAnswer, SqlError> {
        if let InboxAsk::SignIn { sign_in, name, role, expires_at, begins } = ask {
            if self.has_departed()? {
                return Ok(InboxAnswer::Ended);
            }
            self.whose(begins, name, now)?;
            self.begin(sign_in, *role, *expires_at)?;
        }
        let sign_in = match ask {
            InboxAsk::Is(candidate) => return self.is(candidate).map(InboxAnswer::Is),
            InboxAsk::IsNot(member) => return self.is_not(member).map(|()| InboxAnswer::Ended),
            InboxAsk::Rooms(ask) => return self.about_rooms(ask, now).map(InboxAnswer::Rooms),
            InboxAsk::Tokens(ask) => return self.about_tokens(ask, now).map(InboxAnswer::Tokens),
            InboxAsk::Push(ask) => return self.about_push(ask, now).map(InboxAnswer::Push),
            InboxAsk::Name => return self.named(),
            InboxAsk::IsHere => return self.is_here(now),
            InboxAsk::SignIn { sign_in, .. }
            | InboxAsk::Check { sign_in }
            | InboxAsk::Join { sign_in, .. }
            | InboxAsk::Joined { sign_in }
            | InboxAsk::Visited { sign_in }
            | InboxAsk::HandOver { sign_in, .. }
            | InboxAsk::Depart { sign_in, .. }
            | InboxAsk::Rename { sign_in, .. }
            | InboxAsk::SignOut { sign_in } => sign_in,
        };
        if self.standing(sign_in, now)?.is_none() {
            return Ok(InboxAnswer::Ended);
        }
        match ask {
            InboxAsk::SignIn { .. }
            | InboxAsk::Check { .. }
            | InboxAsk::Rooms(_)
            | InboxAsk::Tokens(_)
            | InboxAsk::Push(_)
            | InboxAsk::Is(_)
            | InboxAsk::IsNot(_)
            | InboxAsk::Name
            | InboxAsk::IsHere => {}
            InboxAsk::Depart { legacy, .. } => {
                return self.depart(*legacy, now).map(|()| InboxAnswer::SignedOut);
            }
            InboxAsk::HandOver { to, .. } => self.hand_over(to, now)?,
            InboxAsk::Join { sign_in, room } => self.join(sign_in, room)?,
            InboxAsk::Joined { sign_in } => return self.joined(sign_in).map(InboxAnswer::Joined),
            InboxAsk::Visited { .. } => return self.visited().map(InboxAnswer::Joined),
            InboxAsk::Rename { name, .. } => self.rename(name, now)?,
            InboxAsk::SignOut { sign_in } => return self.end(sign_in, now).map(|()| InboxAnswer::SignedOut),
        }
        Ok(self.standing(sign_in, now)?.map_or(InboxAnswer::Ended, InboxAnswer::Stands))
    }

    fn begin(&self, sign_in: &str, role: Role, expires_at: Millis) -> Result<(), SqlError> {
        let begin = "INSERT INTO sign_ins (sign_in, role, expires_at) VALUES (?1, ?2, ?3)";
        let role = Value::Text(if role == Role::Owner { "owner" } else { "member" }.to_owned());
        self.sql.query(begin, &[word(sign_in), role, instant(expires_at)]).map(drop)
    }

    fn standing(&self, sign_in: &str, now: Millis) -> Result<Option<Standing>, SqlError> {
        let stands = "SELECT me.name, sign_ins.role, me.person IS NULL FROM sign_ins, me
            WHERE sign_ins.sign_in = ?1 AND sign_ins.ended = 0 AND sign_ins.expires_at > ?2";
        let rows = self.sql.query(stands, &[word(sign_in), instant(now)])?;
        let read = |row: &Row| {
            let role = if text(row, 1)? == "owner" { Role::Owner } else { Role::Member };
            let who = if integer(row, 2)? == 0 { Who::Person } else { Who::Guest };
            Ok(Standing { name: text(row, 0)?.to_owned(), role, who })
        };
        rows.first().map(read).transpose()
    }

    fn join(&self, sign_in: &str, room: &Slug) -> Result<(), SqlError> {
        let join = "INSERT INTO joined (sign_in, room) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        self.sql.query(join, &[word(sign_in), word(room.as_str())])?;
        self.visit(room)
    }

    fn joined(&self, sign_in: &str) -> Result<Vec<Slug>, SqlError> {
        let rooms = "SELECT room FROM joined WHERE sign_in = ?1 LIMIT ?2";
        let rows = self.sql.query(rooms, &[word(sign_in), Value::Integer(NAMED_IN)])?;
        slugs(&rows)
    }

    fn rename(&self, name: &Name, now: Millis) -> Result<(), SqlError> {
        self.name(name)?;
        let member = Member { id: self.member.clone(), name: name.as_str().to_owned() };
        let rooms =
            "SELECT DISTINCT joined.room FROM joined JOIN sign_ins USING (sign_in) WHERE sign_ins.ended = 0";
        for row in self.sql.query(rooms, &[])? {
            // A name that was overtaken must not be told after the one that overtook it.
            let overtaken =
                "DELETE FROM outgoing WHERE room = ?1 AND json_type(news, '$.renamed') IS NOT NULL";
            self.sql.query(overtaken, &[word(text(&row, 0)?)])?;
            self.tell(text(&row, 0)?, &News::Renamed(member.clone()), now)?;
        }
        Ok(())
    }

    /// Ends a sign-in, and lets its rooms know.
    pub(crate) fn end(&self, sign_in: &str, now: Millis) -> Result<(), SqlError> {
        self.sql.query("UPDATE sign_ins SET ended = 1 WHERE sign_in = ?1", &[word(sign_in)])?;
        let rooms = self.sql.query("SELECT room FROM joined WHERE sign_in = ?1", &[word(sign_in)])?;
        for row in rooms {
            let news = News::SignedOut { member: self.member.clone(), sign_in: sign_in.to_owned() };
            self.tell(text(&row, 0)?, &news, now)?;
        }
        self.sql.query("DELETE FROM joined WHERE sign_in = ?1", &[word(sign_in)]).map(drop)
    }

    /// The member's name; as if a sign-in had ended where there never was one.
    fn named(&self) -> Result<InboxAnswer, SqlError> {
        let rows = self.sql.query("SELECT name FROM me", &[])?;
        let name = rows.first().map(|row| text(row, 0)).transpose()?;
        Ok(name.map_or(InboxAnswer::Ended, |name| InboxAnswer::Named(name.to_owned())))
    }

    /// The member is called so from now on.
    pub(crate) fn name(&self, name: &Name) -> Result<(), SqlError> {
        let name_me =
            "INSERT INTO me (id, name) VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET name = excluded.name";
        self.sql.query(name_me, &[word(name.as_str())]).map(drop)
    }
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use archive::native::Native;

    use super::*;
    use crate::{inbox_ask::Begins, limits::TOLD_AT_ONCE};

    const END: Millis = Millis(10_000);

    fn inbox() -> Inbox<Native> {
        Inbox::open(MemberId::parse("ada").unwrap(), Native::in_memory().unwrap()).unwrap()
    }

    fn name(name: &str) -> Name {
        Name::parse(name).unwrap()
    }

    fn room(room: &str) -> Slug {
        Slug::parse(room).unwrap()
    }

    fn sign_in(inbox: &Inbox<Native>, sign_in: &str) -> InboxAnswer {
        let sign_in = sign_in.to_owned();
        let ask = InboxAsk::SignIn {
            sign_in,
            name: name("Ada"),
            role: Role::Member,
            expires_at: END,
            begins: Begins::Guest,
        };
        inbox.answer(&ask, Millis(0)).unwrap()
    }

    fn check(inbox: &Inbox<Native>, sign_in: &str, now: Millis) -> InboxAnswer {
        inbox.answer(&InboxAsk::Check { sign_in: sign_in.to_owned() }, now).unwrap()
    }

    fn join(inbox: &Inbox<Native>, sign_in: &str, slug: &str) -> InboxAnswer {
        inbox.answer(&InboxAsk::Join { sign_in: sign_in.to_owned(), room: room(slug) }, Millis(1)).unwrap()
    }

    fn sign_out(inbox: &Inbox<Native>, sign_in: &str, now: Millis) -> InboxAnswer {
        inbox.answer(&InboxAsk::SignOut { sign_in: sign_in.to_owned() }, now).unwrap()
    }

    fn stands(name: &str) -> InboxAnswer {
        InboxAnswer::Stands(Standing { name: name.to_owned(), role: Role::Member, who: Who::Guest })
    }

    #[test]
    fn a_sign_in_stands_until_its_end() {
        let inbox = inbox();
        assert_eq!(sign_in(&inbox, "laptop"), stands("Ada"));
        assert_eq!(check(&inbox, "laptop", Millis(9_999)), stands("Ada"));
        assert_eq!(check(&inbox, "laptop", END), InboxAnswer::Ended);
        assert_eq!(check(&inbox, "never", Millis(1)), InboxAnswer::Ended);
    }

    #[test]
    fn signing_out_ends_one_sign_in_and_tells_each_room_it_joined_once() {
        let inbox = inbox();
        sign_in(&inbox, "laptop");
        sign_in(&inbox, "phone");
        for (sign_in, slug) in
            [("laptop", "lobby"), ("laptop", "lobby"), ("laptop", "garden"), ("phone", "lobby")]
        {
            assert_eq!(join(&inbox, sign_in, slug), stands("Ada"));
        }
        assert_eq!(sign_out(&inbox, "laptop", Millis(5)), InboxAnswer::SignedOut);
        assert_eq!(sign_out(&inbox, "laptop", Millis(5)), InboxAnswer::Ended);
        assert_eq!(join(&inbox, "laptop", "kitchen"), InboxAnswer::Ended);
        assert_eq!(check(&inbox, "phone", Millis(5)), stands("Ada"));

        let due = inbox.ring(Millis(5)).unwrap();
        let ended = News::SignedOut { member: MemberId::parse("ada").unwrap(), sign_in: "laptop".to_owned() };
        assert_eq!(due.iter().map(|out| out.receiver.to_string()).collect::<Vec<_>>(), ["garden", "lobby"]);
        assert!(due.iter().all(|out| out.news == ended));
    }

    #[test]
    fn a_sign_in_that_stands_knows_where_it_has_had_sockets() {
        let inbox = inbox();
        sign_in(&inbox, "laptop");
        sign_in(&inbox, "phone");
        join(&inbox, "laptop", "lobby");
        join(&inbox, "laptop", "garden");
        let joined = |sign_in: &str| {
            inbox.answer(&InboxAsk::Joined { sign_in: sign_in.to_owned() }, Millis(1)).unwrap()
        };
        assert_eq!(joined("laptop"), InboxAnswer::Joined(vec![room("garden"), room("lobby")]));
        assert_eq!(joined("phone"), InboxAnswer::Joined(Vec::new()));
        assert_eq!(joined("never"), InboxAnswer::Ended);
    }

    #[test]
    fn a_room_that_does_not_answer_is_told_again_later_and_later_until_it_has_heard() {
        let inbox = inbox();
        sign_in(&inbox, "laptop");
        join(&inbox, "laptop", "lobby");
        sign_out(&inbox, "laptop", Millis(5));
        let mut now = Millis(5);
        for wait_ms in [250, 500, 1_000, 2_000] {
            let due = inbox.ring(now).unwrap();
            assert_eq!(due.len(), 1);
            inbox.not_heard(due[0].number, now).unwrap();
            assert_eq!(inbox.due_at().unwrap(), Some(now.plus(wait_ms)));
            assert_eq!(inbox.ring(now.plus(wait_ms - 1)).unwrap(), []);
            now = now.plus(wait_ms);
        }
        inbox.heard(inbox.ring(now).unwrap()[0].number).unwrap();
        assert_eq!(inbox.due_at().unwrap(), None);
    }

    #[test]
    fn a_sign_in_that_runs_out_is_told_like_one_that_was_ended() {
        let inbox = inbox();
        sign_in(&inbox, "laptop");
        join(&inbox, "laptop", "lobby");
        assert_eq!(inbox.due_at().unwrap(), Some(END));
        assert_eq!(inbox.ring(Millis(9_999)).unwrap(), []);
        assert_eq!(inbox.ring(END).unwrap().len(), 1);
    }

    #[test]
    fn a_name_that_was_overtaken_is_not_told_any_more() {
        let inbox = inbox();
        sign_in(&inbox, "laptop");
        join(&inbox, "laptop", "lobby");
        for new in ["Ada L.", "Countess"] {
            let ask = InboxAsk::Rename { sign_in: "laptop".to_owned(), name: name(new) };
            assert_eq!(inbox.answer(&ask, Millis(5)).unwrap(), stands(new));
        }
        let due = inbox.ring(Millis(5)).unwrap();
        let member = Member { id: MemberId::parse("ada").unwrap(), name: "Countess".to_owned() };
        assert_eq!(due.into_iter().map(|out| out.news).collect::<Vec<_>>(), [News::Renamed(member)]);
    }

    #[test]
    fn an_overtaken_name_does_not_take_a_sign_out_with_it() {
        let inbox = inbox();
        sign_in(&inbox, "laptop");
        sign_in(&inbox, "phone");
        join(&inbox, "laptop", "lobby");
        join(&inbox, "phone", "lobby");
        sign_out(&inbox, "laptop", Millis(5));
        let ask = InboxAsk::Rename { sign_in: "phone".to_owned(), name: name("Countess") };
        inbox.answer(&ask, Millis(6)).unwrap();
        assert_eq!(inbox.ring(Millis(6)).unwrap().len(), 2);
    }

    #[test]
    fn no_more_rooms_are_told_at_once_than_a_worker_may_call() {
        let inbox = inbox();
        sign_in(&inbox, "laptop");
        for number in 0..2 * TOLD_AT_ONCE {
            join(&inbox, "laptop", &format!("room-{number}"));
        }
        sign_out(&inbox, "laptop", Millis(5));
        assert_eq!(inbox.ring(Millis(5)).unwrap().len(), TOLD_AT_ONCE);
    }
}
