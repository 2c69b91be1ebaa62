//! What stands behind the question mark on the way to a provider and back.
//!
//! Not here: whether it is true. A field that is unknown is ignored; one that is given twice is refused.

use crate::query::{BadQuery, Query};

/// On the way there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInQuery {
    /// Where the browser lands in the end, if it says.
    pub place: Option<String>,
}

/// On the way back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallbackQuery {
    /// Which attempt it answers.
    pub state: Option<String>,
    /// What is worth tokens, where the person signed in.
    pub code: Option<String>,
    /// Why they did not.
    pub error: Option<String>,
}

impl SignInQuery {
    /// Reads `return`.
    pub fn parse(query: &str) -> Result<Self, BadQuery> {
        Ok(Self { place: owned(&Query::parse(query), "return")? })
    }
}

impl CallbackQuery {
    /// Reads `state`, `code` and `error`.
    pub fn parse(query: &str) -> Result<Self, BadQuery> {
        let query = Query::parse(query);
        let one = |name| owned(&query, name);
        Ok(Self { state: one("state")?, code: one("code")?, error: one("error")? })
    }
}

fn owned(query: &Query, name: &str) -> Result<Option<String>, BadQuery> {
    Ok(query.one(name)?.map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_provider_sends_back_is_read_and_decoded() {
        let query = CallbackQuery::parse("code=a%2Fb&state=s&iss=https%3A%2F%2Fid.example").unwrap();
        assert_eq!(query.code.as_deref(), Some("a/b"));
        assert_eq!((query.state.as_deref(), query.error), (Some("s"), None));
        assert_eq!(SignInQuery::parse("return=%2Fr%2Flobby").unwrap().place.as_deref(), Some("/r/lobby"));
    }

    #[test]
    fn what_is_given_twice_is_refused() {
        assert!(CallbackQuery::parse("code=a&code=b").is_err());
        assert!(SignInQuery::parse("return=/a&return=/b").is_err());
    }
}
