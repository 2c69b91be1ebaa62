//! A person's side of an Inbox: which member a person is, what becomes of a guest who signs in, and where a member has been.
//!
//! Not here: who a person is (identity). Invariant: a person is one member from their first sign-in on, and whoever had a token of the
//! guest that they were cannot use it any more.

use archive::{Sql, SqlError};
use protocol::{Member, MemberId, Millis, Name, Slug};

use crate::{
    columns::{text, word},
    inbox::{Inbox, slugs},
    inbox_ask::{Begins, News},
};

pub const MIGRATION: &[&str] = &[
    // The Inbox of the person that the member is; NULL for a guest.
    "ALTER TABLE me ADD COLUMN person TEXT",
    // In the Inbox of a person: which member they are.
    "CREATE TABLE person (id INTEGER PRIMARY KEY CHECK (id = 1), member TEXT NOT NULL) STRICT",
    // Every room where the member has had a socket, or written: rooms that may hold something of theirs.
    "CREATE TABLE visited (room TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    "INSERT INTO visited (room) SELECT room FROM joined UNION SELECT room FROM rooms",
];

impl<S: Sql> Inbox<S> {
    /// The member that this Inbox's person is: `candidate`, if they never were here.
    pub(crate) fn is(&self, candidate: &MemberId) -> Result<MemberId, SqlError> {
        let is = "INSERT INTO person (id, member) VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET id = 1 RETURNING member";
        let rows = self.sql.query(is, &[word(candidate.as_str())])?;
        let member = rows.first().map(|row| text(row, 0)).transpose()?;
        let member = member.ok_or_else(|| SqlError("a statement gave no row".to_owned()))?;
        MemberId::parse(member).map_err(|bad| SqlError(bad.to_string()))
    }

    /// Whose the next sign-in is, and what they are called.
    pub(crate) fn whose(&self, begins: &Begins, name: &Name, now: Millis) -> Result<(), SqlError> {
        let Begins::Person(person) = begins else { return self.name(name) };
        if !self.sql.query("SELECT 1 FROM me WHERE person IS NULL", &[])?.is_empty() {
            self.end_all(now)?;
        }
        let begin = "INSERT INTO me (id, name, person) VALUES (1, ?1, ?2)
            ON CONFLICT (id) DO UPDATE SET person = excluded.person";
        self.sql.query(begin, &[word(name.as_str()), word(person.as_str())]).map(drop)
    }

    /// Everything that this guest has becomes that member's.
    pub(crate) fn hand_over(&self, to: &Member, now: Millis) -> Result<(), SqlError> {
        for room in self.visited()? {
            let news = News::HandedOver { from: self.member.clone(), to: to.clone() };
            self.tell(room.as_str(), &news, now)?;
        }
        self.end_all(now)
    }

    /// The member has a socket there, or writes: what is theirs may be there.
    pub(crate) fn visit(&self, room: &Slug) -> Result<(), SqlError> {
        let visit = "INSERT INTO visited (room) VALUES (?1) ON CONFLICT DO NOTHING";
        self.sql.query(visit, &[word(room.as_str())]).map(drop)
    }

    /// Every room that may hold something of the member's.
    pub(crate) fn visited(&self) -> Result<Vec<Slug>, SqlError> {
        slugs(&self.sql.query("SELECT room FROM visited UNION SELECT room FROM rooms WHERE kept = 1", &[])?)
    }

    pub(crate) fn end_all(&self, now: Millis) -> Result<(), SqlError> {
        let stand = self.sql.query("SELECT sign_in FROM sign_ins WHERE ended = 0", &[])?;
        stand.iter().try_for_each(|row| self.end(text(row, 0)?, now))
    }
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use archive::native::Native;
    use protocol::Role;

    use super::*;
    use crate::inbox_ask::{InboxAnswer, InboxAsk, Standing, Who};

    fn id(id: &str) -> MemberId {
        MemberId::parse(id).unwrap()
    }

    fn inbox() -> Inbox<Native> {
        Inbox::open(id("ada"), Native::in_memory().unwrap()).unwrap()
    }

    fn sign_in(inbox: &Inbox<Native>, sign_in: &str, name: &str, begins: Begins) -> InboxAnswer {
        let (sign_in, name) = (sign_in.to_owned(), Name::parse(name).unwrap());
        let ask = InboxAsk::SignIn { sign_in, name, role: Role::Member, expires_at: Millis(10_000), begins };
        inbox.answer(&ask, Millis(0)).unwrap()
    }

    fn check(inbox: &Inbox<Native>, sign_in: &str) -> InboxAnswer {
        inbox.answer(&InboxAsk::Check { sign_in: sign_in.to_owned() }, Millis(1)).unwrap()
    }

    fn join(inbox: &Inbox<Native>, sign_in: &str, room: &str) {
        let (sign_in, room) = (sign_in.to_owned(), Slug::parse(room).unwrap());
        let joined = inbox.answer(&InboxAsk::Join { sign_in, room }, Millis(1)).unwrap();
        assert!(matches!(joined, InboxAnswer::Stands(_)), "{joined:?}");
    }

    fn stands(name: &str, who: Who) -> InboxAnswer {
        InboxAnswer::Stands(Standing { name: name.to_owned(), role: Role::Member, who })
    }

    #[test]
    fn a_person_is_the_same_member_from_the_first_sign_in_on() {
        let inbox = inbox();
        let is = |candidate: &str| inbox.answer(&InboxAsk::Is(id(candidate)), Millis(0)).unwrap();
        assert_eq!(is("guest"), InboxAnswer::Is(id("guest")));
        assert_eq!(is("another"), InboxAnswer::Is(id("guest")));
    }

    #[test]
    fn a_guest_who_becomes_a_person_keeps_the_name_and_no_token_of_the_guest_is_good_any_more() {
        let inbox = inbox();
        assert_eq!(sign_in(&inbox, "as-guest", "Ada", Begins::Guest), stands("Ada", Who::Guest));
        join(&inbox, "as-guest", "lobby");

        let person = || Begins::Person(id("place"));
        assert_eq!(sign_in(&inbox, "laptop", "Augusta", person()), stands("Ada", Who::Person));

        assert_eq!(check(&inbox, "as-guest"), InboxAnswer::Ended);
        assert_eq!(inbox.ring(Millis(1)).unwrap().len(), 1, "the lobby closes its sockets");
        // Another device of the same person takes nothing away from the first.
        sign_in(&inbox, "phone", "Augusta", person());
        assert_eq!(check(&inbox, "laptop"), stands("Ada", Who::Person));
    }

    #[test]
    fn a_person_who_never_was_here_is_called_as_the_provider_says() {
        let answer = sign_in(&inbox(), "laptop", "Augusta", Begins::Person(id("place")));
        assert_eq!(answer, stands("Augusta", Who::Person));
    }

    #[test]
    fn a_guest_who_hands_over_tells_every_room_they_were_in_and_is_signed_out_everywhere() {
        let inbox = inbox();
        sign_in(&inbox, "laptop", "Ada", Begins::Guest);
        sign_in(&inbox, "phone", "Ada", Begins::Guest);
        join(&inbox, "phone", "garden");
        join(&inbox, "laptop", "lobby");
        inbox.answer(&InboxAsk::SignOut { sign_in: "phone".to_owned() }, Millis(1)).unwrap();

        let to = Member { id: id("countess"), name: "Countess".to_owned() };
        let ask = InboxAsk::HandOver { sign_in: "laptop".to_owned(), to: to.clone() };
        assert_eq!(inbox.answer(&ask, Millis(2)).unwrap(), InboxAnswer::Ended);

        let handed = News::HandedOver { from: id("ada"), to };
        let told = inbox.ring(Millis(2)).unwrap();
        let rooms: Vec<String> =
            told.iter().filter(|out| out.news == handed).map(|out| out.receiver.to_string()).collect();
        assert_eq!(rooms, ["garden", "lobby"]);
        assert_eq!(check(&inbox, "laptop"), InboxAnswer::Ended);
        assert_eq!(inbox.answer(&ask, Millis(3)).unwrap(), InboxAnswer::Ended, "only once");
    }
}
