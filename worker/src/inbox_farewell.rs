//! The end of an account, as its Inbox knows it: everything that it holds of the member goes at once, and what is left is whom it
//! must still tell.
//!
//! Not here: what rooms do about it. Invariant: the rows that tell are stored in the same commit in which the member is forgotten, and
//! each goes only once it was heard; so a restart in between loses nothing.

use archive::{Sql, SqlError};
use protocol::{Legacy, MemberId, Millis};

use crate::{columns::text, inbox::Inbox, inbox_ask::News, outgoing::Receiver};

/// One row once the member has gone: what comes late is not kept.
pub const MIGRATION: &[&str] = &["CREATE TABLE departed (id INTEGER PRIMARY KEY CHECK (id = 1)) STRICT"];

/// In this order: a sign-in stands only beside a name.
const THEIRS: [&str; 7] = [
    "DELETE FROM me",
    "DELETE FROM sign_ins",
    "DELETE FROM joined",
    "DELETE FROM visited",
    "DELETE FROM rooms",
    "DELETE FROM subscriptions",
    "DELETE FROM quiet",
];

impl<S: Sql> Inbox<S> {
    /// The member deletes their account.
    pub(crate) fn depart(&self, legacy: Legacy, now: Millis) -> Result<(), SqlError> {
        let news = News::Farewell { member: self.member.clone(), legacy };
        for room in self.visited()? {
            self.tell(room.as_str(), &news, now)?;
        }
        if let Some(row) = self.sql.query("SELECT person FROM me WHERE person IS NOT NULL", &[])?.first() {
            let person = MemberId::parse(text(row, 0)?).map_err(|bad| SqlError(bad.to_string()))?;
            self.tell(&Receiver::Person(person).to_string(), &news, now)?;
        }
        self.end_all(now)?;
        THEIRS.iter().try_for_each(|statement| self.sql.query(statement, &[]).map(drop))?;
        self.sql.query("INSERT INTO departed (id) VALUES (1)", &[]).map(drop)
    }

    /// Whether the member deleted their account.
    pub(crate) fn has_departed(&self) -> Result<bool, SqlError> {
        Ok(!self.sql.query("SELECT 1 FROM departed", &[])?.is_empty())
    }

    /// In the Inbox of a person: they are not this member any more. Their next sign-in makes them somebody new.
    pub(crate) fn is_not(&self, member: &MemberId) -> Result<(), SqlError> {
        self.sql
            .query("DELETE FROM person WHERE member = ?1", &[crate::columns::word(member.as_str())])
            .map(drop)
    }
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use archive::native::Native;
    use protocol::{Name, Role, Slug, room::RoomKind};
    use room::places::{Kept, RoomNews};

    use super::*;
    use crate::{
        inbox_ask::{Begins, InboxAnswer, InboxAsk},
        inbox_rooms::{FromRoom, RoomsAnswer, RoomsAsk},
        inbox_tokens::{NewSignIn, TokensAsk},
    };

    fn id(id: &str) -> MemberId {
        MemberId::parse(id).unwrap()
    }

    fn inbox(database: &Native) -> Inbox<&Native> {
        Inbox::open(id("ada"), database).unwrap()
    }

    fn sign_in(inbox: &Inbox<&Native>, sign_in: &str, begins: Begins) -> InboxAnswer {
        let (sign_in, name) = (sign_in.to_owned(), Name::parse("Ada").unwrap());
        let ask = InboxAsk::SignIn { sign_in, name, role: Role::Member, expires_at: Millis(10_000), begins };
        inbox.answer(&ask, Millis(0)).unwrap()
    }

    fn join(inbox: &Inbox<&Native>, sign_in: &str, room: &str) -> InboxAnswer {
        let (sign_in, room) = (sign_in.to_owned(), Slug::parse(room).unwrap());
        inbox.answer(&InboxAsk::Join { sign_in, room }, Millis(1)).unwrap()
    }

    fn hear(inbox: &Inbox<&Native>, room: &str, number: u64, news: RoomNews) {
        let told = FromRoom { room: Slug::parse(room).unwrap(), number, news };
        let answer = inbox.answer(&InboxAsk::Rooms(RoomsAsk::Hear(told)), Millis(2)).unwrap();
        assert_eq!(answer, InboxAnswer::Rooms(RoomsAnswer::Heard));
    }

    fn kept() -> RoomNews {
        RoomNews::Kept(Kept { title: "Letters".to_owned(), kind: RoomKind::Private })
    }

    fn depart(inbox: &Inbox<&Native>) -> InboxAnswer {
        let ask = InboxAsk::Depart { sign_in: "laptop".to_owned(), legacy: Legacy::Removed };
        inbox.answer(&ask, Millis(3)).unwrap()
    }

    /// All rows of all tables but what is told.
    fn rows(database: &Native) -> String {
        ["me", "sign_ins", "joined", "visited", "rooms", "person"]
            .map(|table| format!("{:?}", database.query(&format!("SELECT * FROM {table}"), &[]).unwrap()))
            .concat()
    }

    #[test]
    fn every_room_that_they_were_in_and_the_person_that_they_are_hear_of_it_and_nothing_else_is_left() {
        let database = Native::in_memory().unwrap();
        let ada = inbox(&database);
        sign_in(&ada, "laptop", Begins::Person(id("place")));
        sign_in(&ada, "phone", Begins::Person(id("place")));
        join(&ada, "phone", "garden");
        hear(&ada, "letters", 1, kept());

        assert_eq!(depart(&ada), InboxAnswer::SignedOut);

        assert_eq!(rows(&database), "[][][][][][]");
        let farewell = News::Farewell { member: id("ada"), legacy: Legacy::Removed };
        let told = ada.ring(Millis(3)).unwrap();
        let whom: Vec<String> =
            told.iter().filter(|row| row.news == farewell).map(|row| row.receiver.to_string()).collect();
        assert_eq!(whom, ["garden", "letters", ".place"]);
        assert_eq!(told.len(), 4, "the garden closes the phone's sockets too");
        // Another time, over the same database.
        assert_eq!(inbox(&database).ring(Millis(4)).unwrap(), told);
    }

    #[test]
    fn nothing_of_theirs_is_good_any_more_and_nothing_that_comes_late_is_kept() {
        let database = Native::in_memory().unwrap();
        let ada = inbox(&database);
        sign_in(&ada, "laptop", Begins::Guest);
        let (name, expires_at) = (Name::parse("bot").unwrap(), Millis(9_000));
        let token = TokensAsk::Make(NewSignIn { sign_in: "token".to_owned(), name, expires_at });
        ada.answer(&InboxAsk::Tokens(token), Millis(1)).unwrap();
        depart(&ada);

        for known in ["laptop", "token"] {
            let ask = InboxAsk::Check { sign_in: known.to_owned() };
            assert_eq!(ada.answer(&ask, Millis(4)).unwrap(), InboxAnswer::Ended, "{known}");
            assert_eq!(join(&ada, known, "garden"), InboxAnswer::Ended);
        }
        assert_eq!(depart(&ada), InboxAnswer::Ended, "once is all there is");
        assert_eq!(ada.answer(&InboxAsk::Name, Millis(4)).unwrap(), InboxAnswer::Ended);
        hear(&ada, "letters", 7, RoomNews::Gone);
        hear(&ada, "letters", 8, kept());
        assert_eq!(sign_in(&ada, "again", Begins::Person(id("place"))), InboxAnswer::Ended);
        assert_eq!(rows(&database), "[][][][][][]");
    }

    #[test]
    fn a_person_whose_account_was_deleted_comes_back_as_somebody_new() {
        let database = Native::in_memory().unwrap();
        let place = Inbox::open(id("place"), &database).unwrap();
        let is = |candidate: &str| place.answer(&InboxAsk::Is(id(candidate)), Millis(0)).unwrap();
        assert_eq!(is("ada"), InboxAnswer::Is(id("ada")));
        place.answer(&InboxAsk::IsNot(id("somebody")), Millis(1)).unwrap();
        assert_eq!(is("new"), InboxAnswer::Is(id("ada")));
        place.answer(&InboxAsk::IsNot(id("ada")), Millis(1)).unwrap();
        assert_eq!(is("new"), InboxAnswer::Is(id("new")));
    }
}
