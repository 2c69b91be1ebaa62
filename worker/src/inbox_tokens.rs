//! The API tokens of a member, as their Inbox knows them: sign-ins that have a name and are borne by programs.
//!
//! Not here: the tokens themselves; what is kept of one is the digest of its secret. Invariant: taking one back ends it as signing out
//! ends a sign-in, so that every room it has sockets in hears so.

use archive::{Row, Sql, SqlError};
use protocol::{Millis, Name, http::ApiToken, limits::API_TOKENS, read_by_fields, read_by_tag};
use serde::Serialize;

use crate::{
    columns::{instant, integer, text, word},
    inbox::Inbox,
};

/// What an Inbox is asked about API tokens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TokensAsk {
    /// A new one.
    Make(NewSignIn),
    /// Those that stand.
    List,
    /// This one is taken back.
    Revoke(String),
}

read_by_tag!(TokensAsk {
    "make" => Make(one),
    "list" => List,
    "revoke" => Revoke(one),
});

/// What it answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TokensAnswer {
    /// It stands from now on.
    Made,
    /// There are as many as there may be.
    Full,
    /// Those that stand, the oldest first.
    Listed(Vec<ApiToken>),
    /// It stands no longer.
    Revoked,
    /// There is none of that id.
    Unknown,
}

read_by_tag!(TokensAnswer {
    "made" => Made,
    "full" => Full,
    "listed" => Listed(one),
    "revoked" => Revoked,
    "unknown" => Unknown,
});

/// The sign-in of a program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewSignIn {
    /// The digest of the token's secret.
    pub sign_in: String,
    /// What its owner calls it.
    pub name: Name,
    /// When it ends.
    pub expires_at: Millis,
}

read_by_fields!(NewSignIn { sign_in, name, expires_at });

/// A sign-in without a label is a person's.
pub const MIGRATION: &[&str] = &[
    "ALTER TABLE sign_ins ADD COLUMN label TEXT",
    "ALTER TABLE sign_ins ADD COLUMN made_at INTEGER NOT NULL DEFAULT 0",
];

impl<S: Sql> Inbox<S> {
    /// Answers; to be called inside a transaction.
    pub fn about_tokens(&self, ask: &TokensAsk, now: Millis) -> Result<TokensAnswer, SqlError> {
        Ok(match ask {
            TokensAsk::Make(new) => self.make_token(new, now)?,
            TokensAsk::List => TokensAnswer::Listed(self.tokens(now)?),
            TokensAsk::Revoke(id) => self.revoke_token(id, now)?,
        })
    }

    fn tokens(&self, now: Millis) -> Result<Vec<ApiToken>, SqlError> {
        let standing = "SELECT sign_in, label, made_at, expires_at FROM sign_ins
            WHERE label IS NOT NULL AND ended = 0 AND expires_at > ?1 ORDER BY made_at, sign_in";
        self.sql.query(standing, &[instant(now)])?.iter().map(api_token).collect()
    }

    fn make_token(&self, new: &NewSignIn, now: Millis) -> Result<TokensAnswer, SqlError> {
        if self.tokens(now)?.len() >= API_TOKENS {
            return Ok(TokensAnswer::Full);
        }
        // A program has its member's rights in each room and none beyond, whoever made its token.
        let make = "INSERT INTO sign_ins (sign_in, role, expires_at, label, made_at)
            VALUES (?1, 'member', ?2, ?3, ?4)";
        let row = [word(&new.sign_in), instant(new.expires_at), word(new.name.as_str()), instant(now)];
        self.sql.query(make, &row).map(|_| TokensAnswer::Made)
    }

    fn revoke_token(&self, id: &str, now: Millis) -> Result<TokensAnswer, SqlError> {
        let stands = "SELECT 1 FROM sign_ins WHERE sign_in = ?1 AND label IS NOT NULL AND ended = 0";
        if self.sql.query(stands, &[word(id)])?.is_empty() {
            return Ok(TokensAnswer::Unknown);
        }
        self.end(id, now).map(|()| TokensAnswer::Revoked)
    }
}

fn api_token(row: &Row) -> Result<ApiToken, SqlError> {
    let at = |column| integer(row, column).map(|at| Millis(u64::try_from(at).unwrap_or_default()));
    Ok(ApiToken {
        id: text(row, 0)?.to_owned(),
        name: text(row, 1)?.to_owned(),
        created_at: at(2)?,
        expires_at: at(3)?,
        token: None,
    })
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use archive::native::Native;
    use protocol::{MemberId, Role, Slug};

    use super::*;
    use crate::inbox_ask::{Begins, InboxAnswer, InboxAsk, News, Standing, Who};

    const END: Millis = Millis(10_000);

    fn inbox() -> Inbox<Native> {
        let inbox = Inbox::open(MemberId::parse("ada").unwrap(), Native::in_memory().unwrap()).unwrap();
        let name = Name::parse("Ada").unwrap();
        let sign_in = "laptop".to_owned();
        let ask =
            InboxAsk::SignIn { sign_in, name, role: Role::Owner, expires_at: END, begins: Begins::Guest };
        inbox.answer(&ask, Millis(0)).unwrap();
        inbox
    }

    fn ask(inbox: &Inbox<Native>, ask: TokensAsk, now: Millis) -> TokensAnswer {
        match inbox.answer(&InboxAsk::Tokens(ask), now).unwrap() {
            InboxAnswer::Tokens(answer) => answer,
            other => panic!("{other:?}"),
        }
    }

    fn make(inbox: &Inbox<Native>, id: &str, now: Millis) -> TokensAnswer {
        let name = Name::parse(&format!("bot {id}")).unwrap();
        ask(inbox, TokensAsk::Make(NewSignIn { sign_in: id.to_owned(), name, expires_at: END }), now)
    }

    fn names(inbox: &Inbox<Native>, now: Millis) -> Vec<String> {
        match ask(inbox, TokensAsk::List, now) {
            TokensAnswer::Listed(tokens) => tokens.into_iter().map(|token| token.name).collect(),
            other => panic!("{other:?}"),
        }
    }

    fn check(inbox: &Inbox<Native>, id: &str) -> InboxAnswer {
        inbox.answer(&InboxAsk::Check { sign_in: id.to_owned() }, Millis(5)).unwrap()
    }

    #[test]
    fn a_token_stands_beside_the_sign_ins_of_its_member_and_owns_nothing() {
        let inbox = inbox();
        assert_eq!(make(&inbox, "b", Millis(2)), TokensAnswer::Made);
        assert_eq!(make(&inbox, "a", Millis(1)), TokensAnswer::Made);
        assert_eq!(names(&inbox, Millis(5)), ["bot a", "bot b"]);
        let standing = Standing { name: "Ada".to_owned(), role: Role::Member, who: Who::Guest };
        assert_eq!(check(&inbox, "a"), InboxAnswer::Stands(standing));
        assert_eq!(names(&inbox, END), [""; 0]);
    }

    #[test]
    fn a_token_that_is_taken_back_ends_and_its_rooms_hear_so() {
        let inbox = inbox();
        make(&inbox, "a", Millis(1));
        let room = Slug::parse("lobby").unwrap();
        inbox.answer(&InboxAsk::Join { sign_in: "a".to_owned(), room }, Millis(2)).unwrap();
        assert_eq!(ask(&inbox, TokensAsk::Revoke("a".to_owned()), Millis(3)), TokensAnswer::Revoked);
        assert_eq!(check(&inbox, "a"), InboxAnswer::Ended);
        assert_eq!(names(&inbox, Millis(5)), [""; 0]);
        let member = MemberId::parse("ada").unwrap();
        let news = News::SignedOut { member, sign_in: "a".to_owned() };
        let told: Vec<News> = inbox.ring(Millis(5)).unwrap().into_iter().map(|row| row.news).collect();
        assert_eq!(told, [news]);
    }

    #[test]
    fn what_is_no_token_is_not_taken_back() {
        let inbox = inbox();
        make(&inbox, "a", Millis(1));
        ask(&inbox, TokensAsk::Revoke("a".to_owned()), Millis(3));
        for id in ["a", "laptop", "never"] {
            assert_eq!(
                ask(&inbox, TokensAsk::Revoke(id.to_owned()), Millis(4)),
                TokensAnswer::Unknown,
                "{id}"
            );
        }
        assert!(matches!(check(&inbox, "laptop"), InboxAnswer::Stands(_)));
    }

    #[test]
    fn a_member_has_so_many_tokens_and_one_more_when_one_is_taken_back() {
        let inbox = inbox();
        for number in 0..API_TOKENS {
            assert_eq!(make(&inbox, &number.to_string(), Millis(1)), TokensAnswer::Made);
        }
        assert_eq!(make(&inbox, "more", Millis(1)), TokensAnswer::Full);
        ask(&inbox, TokensAsk::Revoke("0".to_owned()), Millis(2));
        assert_eq!(make(&inbox, "more", Millis(3)), TokensAnswer::Made);
    }
}
