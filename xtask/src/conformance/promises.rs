//! Which tests show which promise of docs/protocol.md.
//!
//! The invariant, held by the tests below: the words of each promise stand in the document, and there is a test for each.

/// A promise, and what shows that it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promise {
    /// Its words, as they stand in docs/protocol.md.
    pub words: &'static str,
    /// How the names of the tests that show it begin; the longest beginning of all promises counts.
    pub shown_by: &'static [&'static str],
}

const fn promise(words: &'static str, shown_by: &'static [&'static str]) -> Promise {
    Promise { words, shown_by }
}

/// All of them, in the order of the document.
pub const PROMISES: [Promise; 33] = [
    promise("**Acked is durable.**", &["log::what_was_acked_"]),
    promise("**Seen is durable.**", &["log::what_was_seen_"]),
    promise("**One order.**", &["log::"]),
    promise("**Once.**", &["once::"]),
    promise("**No silent hole.**", &["resume::", "sleep::after_a_sleep_"]),
    promise("**A slow reader costs only itself.**", &["people::a_slow_reader_"]),
    promise("Every answer has `x-request-id`", &["http::every_answer_of_the_worker_"]),
    promise("Errors are `application/problem+json`", &["http::"]),
    promise("`lobby` exists from the start and is public", &["rooms::the_lobby_"]),
    promise(
        "A mutating request that carries a\ncookie must be same-origin",
        &["session::a_change_by_cookie_"],
    ),
    promise(
        "Without a session everything under `/api` answers 401 `no_session`",
        &["session::without_a_session_"],
    ),
    promise("A sign-in ends when it expires or is deleted", &["session::signing_out_"]),
    promise("`POST /api/session`", &["session::"]),
    promise(
        "A room is found if slug, title and topic hold every word of `q`",
        &["directory::", "places::the_directory_"],
    ),
    promise("`POST /api/rooms`", &["rooms::"]),
    promise(
        "404 `room_not_found` for a room that is not there",
        &["rooms::a_room_that_is_not_there_", "places::a_private_room_"],
    ),
    promise("`PATCH /api/rooms/{room}`", &["places::settings_"]),
    promise("`DELETE /api/rooms/{room}`", &["places::only_its_owner_"]),
    promise("`before`/`after` exclude their seq", &["history::"]),
    promise("`highlight`: the parts of `text` that were looked for", &["search::"]),
    promise("`GET /api/rooms/{room}/export`", &["export::"]),
    promise("`POST /api/invites/{code}`", &["places::"]),
    promise("`POST /api/direct`", &["places::two_members_"]),
    promise(
        "`GET /api/me/rooms`",
        &[
            "places::what_is_unread_",
            "places::a_public_room_is_kept_",
            "places::who_asks_for_their_rooms_",
            "places::whoever_signs_out_",
        ],
    ),
    promise("`POST /api/me/tokens`", &["programs::"]),
    promise("the caller's account is deleted", &["own_data::whoever_deletes_", "own_data::an_account_"]),
    promise("The server speaks first: `welcome`", &["upgrade::"]),
    promise(
        "`ping` (the four characters, not JSON) is answered `pong`",
        &["frames::ping_", "sleep::a_ping_"],
    ),
    promise("One JSON object a text frame", &["frames::"]),
    promise("Every command has an `id`", &["commands::"]),
    promise("coalesced; never to its own member", &["people::"]),
    promise("Settings, sanctions and roles count from the next frame of every open socket", &["rights::"]),
    promise("A message, as history and snapshots give it, is the sum of its events", &["folding::"]),
];

/// What cannot be seen at a server of somebody else's: that no file was made for a room that is not there.
pub const SEEN_ON_DISK: [&str; 2] =
    ["places::guesses_at_private_rooms_", "rooms::asking_for_a_room_that_is_not_there_"];

/// The promise that a test shows.
pub fn shown_by(test: &str) -> Option<usize> {
    let begins = |promise: &Promise| {
        let lengths =
            promise.shown_by.iter().filter(|begin| test.starts_with(**begin)).map(|begin| begin.len());
        lengths.max()
    };
    let fitting = PROMISES.iter().enumerate().filter_map(|(place, promise)| Some((begins(promise)?, place)));
    fitting.max_by_key(|(length, _)| *length).map(|(_, place)| place)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::project::Project;

    /// Every test of the promises, as the runner names it.
    fn tests() -> Vec<String> {
        let folder = Project::here().root.join("crates/e2e/tests/promises");
        let mut tests = Vec::new();
        for file in fs::read_dir(&folder).expect("the tests are there").filter_map(Result::ok) {
            let text = fs::read_to_string(file.path()).expect("a source");
            let module = file.path().file_stem().expect("a name").to_string_lossy().into_owned();
            let named = text.split("#[tokio::test]\nasync fn ").skip(1);
            tests.extend(named.filter_map(|rest| Some(format!("{module}::{}", rest.split_once('(')?.0))));
        }
        tests
    }

    #[test]
    fn every_promise_stands_in_the_document() {
        let path = Project::here().root.join("docs/protocol.md");
        let document = fs::read_to_string(path).expect("the document").to_lowercase();
        for Promise { words, .. } in PROMISES {
            assert!(document.contains(&words.to_lowercase()), "docs/protocol.md does not say: {words}");
        }
    }

    #[test]
    fn every_promise_is_shown_by_a_test() {
        let tests = tests();
        assert!(tests.len() > 100, "{tests:?}");
        for (place, promise) in PROMISES.iter().enumerate() {
            assert!(
                tests.iter().any(|test| shown_by(test) == Some(place)),
                "nothing shows: {}",
                promise.words
            );
        }
        for begin in SEEN_ON_DISK {
            assert!(tests.iter().any(|test| test.starts_with(begin)), "there is no test {begin}…");
        }
    }

    #[test]
    fn the_longest_beginning_counts() {
        let words = |test| shown_by(test).map(|place| PROMISES[place].words);
        assert_eq!(words("log::what_was_acked_is_in_the_log"), Some("**Acked is durable.**"));
        assert_eq!(words("log::anything_else"), Some("**One order.**"));
        assert_eq!(words("nothing::of_ours"), None);
    }
}
