//! What is told of errors, decided: which, how often, and what happened before. No text that a person wrote has a way in.
//!
//! Not here: the browser; `faults` hears of errors and sends what comes out. Invariant: the same error is told once a minute, a page tells
//! at most [`DIFFERENT`] in a minute, and nothing after a panic: what follows one is its echo.

use client::Input;
use protocol::{
    Availability, Millis,
    http::{
        AtMost, Breadcrumb, BreadcrumbCategory, Bytes, ErrorKind, ErrorReport, ErrorReports, PagePath,
        Release, Scalars,
    },
    limits::BREADCRUMBS,
};

/// The same error is not told again for so long.
const AGAIN_AFTER_MS: u64 = 60_000;
/// Errors in a minute, beyond which more say nothing new.
const DIFFERENT: usize = 5;

/// Something that went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// How it came out.
    pub kind: ErrorKind,
    /// What it says of itself.
    pub message: String,
    /// As the browser writes it.
    pub stack: Option<String>,
}

/// The page on which something went wrong.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// Its path; it names a room.
    pub address: &'a str,
    /// What it was built from.
    pub commit: &'a str,
}

/// What a page has told, and what it would tell with the next error.
#[derive(Debug, Default)]
pub struct Reports {
    breadcrumbs: Vec<Breadcrumb>,
    /// When each was told last.
    told: Vec<(String, Millis)>,
    panicked: bool,
}

impl Reports {
    /// Nothing has happened yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { breadcrumbs: Vec::new(), told: Vec::new(), panicked: false }
    }

    /// Remembers what happened, for an error that may come. The words are the program's own.
    pub fn note(&mut self, category: BreadcrumbCategory, what: &str, now: Millis) {
        if self.breadcrumbs.len() == BREADCRUMBS {
            self.breadcrumbs.remove(0);
        }
        self.breadcrumbs.push(Breadcrumb { at: now, category, message: Scalars::cut(what) });
    }

    /// Remembers what the client was given.
    pub fn note_input(&mut self, input: &Input, now: Millis) {
        if let Some((category, what)) = breadcrumb(input) {
            self.note(category, &what, now);
        }
    }

    /// What to tell of a fault on this page; `None` where it was told already, or says nothing new.
    pub fn of(&mut self, fault: Fault, page: Page<'_>, now: Millis) -> Option<ErrorReports> {
        self.told.retain(|(_, at)| now.since(*at) < AGAIN_AFTER_MS);
        if self.panicked
            || self.told.len() >= DIFFERENT
            || self.told.iter().any(|(message, _)| *message == fault.message)
        {
            return None;
        }
        self.panicked = fault.kind == ErrorKind::Panic;
        let error = ErrorReport {
            kind: fault.kind,
            message: Scalars::cut(&without(&fault.message, page.address)),
            stack: fault.stack.map(|stack| Bytes::cut(&without(&stack, page.address))),
            at: now,
            path: if page.address == "/" { PagePath::Start } else { PagePath::Room },
            request_id: None,
            breadcrumbs: AtMost::last_of(self.breadcrumbs.clone()),
        };
        self.told.push((fault.message, now));
        Some(ErrorReports { release: release(page.commit), errors: AtMost::last_of(vec![error]) })
    }
}

/// What the page runs. The commit stands in the page: compiled in, each commit would cost a build.
fn release(commit: &str) -> Release {
    const VERSION: &str = env!("CARGO_PKG_VERSION");
    let named = Release::parse(&format!("edgewise@{VERSION}+{commit}"));
    named
        .or_else(|_| Release::parse(concat!("edgewise@", env!("CARGO_PKG_VERSION"))))
        .expect("a version is a release")
}

/// A page's address names its room, which may be a private one, or holds the code that lets people in.
fn without(text: &str, address: &str) -> String {
    let telling = address.split('/').filter(|part| part.len() > 1 && !["rooms", "invite"].contains(part));
    telling.fold(text.to_owned(), |text, part| text.replace(part, "[room]"))
}

/// What is remembered of an input: its kind, never what is in it.
fn breadcrumb(input: &Input) -> Option<(BreadcrumbCategory, String)> {
    use BreadcrumbCategory::{Command, Connection, Navigation};
    let (category, what) = match input {
        Input::Opened => (Connection, "open"),
        Input::Online => (Connection, "online"),
        Input::Offline => (Connection, "offline"),
        Input::TryNow => (Connection, "try now"),
        Input::Closed { code } => return Some((Connection, format!("closed {code}"))),
        Input::Send { .. } | Input::SendFiles { .. } => (Command, "send"),
        Input::Edit { .. } => (Command, "edit"),
        Input::Delete { .. } => (Command, "delete"),
        Input::React { .. } => (Command, "react"),
        Input::Pin { .. } => (Command, "pin"),
        Input::Moderate { .. } => (Command, "moderate"),
        Input::Role { .. } => (Command, "role"),
        Input::Retry(_) => (Command, "retry"),
        Input::Discard(_) => (Command, "discard"),
        Input::Start => (Navigation, "room"),
        Input::Presence(Availability::Active) => (Navigation, "shown"),
        Input::Presence(Availability::Away) => (Navigation, "hidden"),
        Input::Visit(_) | Input::VisitDate(_) => (Navigation, "message"),
        Input::Frame(_)
        | Input::Timer
        | Input::Tabs { .. }
        | Input::Typing
        | Input::Seen(_)
        | Input::InView(_)
        | Input::Older
        | Input::FillGap(_)
        | Input::Page { .. } => {
            return None;
        }
    };
    Some((category, what.to_owned()))
}

#[cfg(test)]
mod tests {
    use protocol::{CommandId, Draft};

    use super::*;

    const LOBBY: Page<'_> = Page { address: "/lobby", commit: "0123abc" };

    fn fault(message: &str) -> Fault {
        Fault { kind: ErrorKind::Error, message: message.to_owned(), stack: None }
    }

    fn tells(reports: &mut Reports, message: &str, at: u64) -> bool {
        reports.of(fault(message), LOBBY, Millis(at)).is_some()
    }

    #[test]
    fn the_same_error_is_told_once_a_minute() {
        let mut reports = Reports::new();
        assert!(tells(&mut reports, "a", 0));
        assert!(!tells(&mut reports, "a", 59_999));
        assert!(tells(&mut reports, "a", 60_000));
    }

    #[test]
    fn five_different_errors_are_told_in_a_minute_and_a_sixth_is_not() {
        let mut reports = Reports::new();
        for message in ["a", "b", "c", "d", "e"] {
            assert!(tells(&mut reports, message, 0), "{message}");
        }
        assert!(!tells(&mut reports, "f", 30_000));
        assert!(tells(&mut reports, "f", 60_000));
    }

    #[test]
    fn nothing_is_told_after_a_panic() {
        let mut reports = Reports::new();
        let panic = Fault { kind: ErrorKind::Panic, ..fault("a panic at row.rs:1:1") };
        assert!(reports.of(panic, Page { address: "/", ..LOBBY }, Millis(0)).is_some());
        assert!(!tells(&mut reports, "RuntimeError: unreachable", 100_000));
    }

    #[test]
    fn a_report_bears_the_last_twenty_breadcrumbs_and_what_was_written_is_in_none() {
        let mut reports = Reports::new();
        let id = CommandId::parse("c1").unwrap();
        let draft = Draft { text: "a secret".to_owned(), ..Draft::default() };
        for code in 4000..4020 {
            reports.note_input(&Input::Closed { code }, Millis(1));
        }
        reports.note_input(&Input::Frame("a secret".to_owned()), Millis(2));
        reports.note_input(&Input::Send { id, draft }, Millis(3));

        let told = reports.of(fault("a"), LOBBY, Millis(4)).unwrap();

        let breadcrumbs = told.errors.as_slice()[0].breadcrumbs.as_slice();
        assert_eq!(breadcrumbs.len(), BREADCRUMBS);
        assert_eq!(breadcrumbs[0].message.as_str(), "closed 4001");
        assert_eq!(breadcrumbs[19].message.as_str(), "send");
        assert!(!serde_json::to_string(&told).unwrap().contains("secret"));
    }

    #[test]
    fn the_name_of_a_room_and_the_code_of_an_invitation_are_taken_out_wherever_they_stand_in_the_address() {
        let told = |address: &str, message: &str| {
            let told = Reports::new().of(fault(message), Page { address, ..LOBBY }, Millis(0)).unwrap();
            told.errors.as_slice()[0].message.as_str().to_owned()
        };
        assert_eq!(told("/r/quiet-plans/1235", "at quiet-plans"), "at [room]");
        assert_eq!(told("/invite/ab.cd", "at ab.cd"), "at [room]");
        assert_eq!(told("/rooms", "no rooms"), "no rooms");
    }

    #[test]
    fn the_name_of_the_room_is_taken_out() {
        let stack = "at https://a.example/quiet-plans:1:2\nat https://a.example/assets/app.js:3:4";
        let broken = Fault { stack: Some(stack.to_owned()), ..fault("quiet-plans has no such thing") };

        let told = Reports::new().of(broken, Page { address: "/quiet-plans", ..LOBBY }, Millis(0)).unwrap();

        let error = &told.errors.as_slice()[0];
        assert_eq!(error.path, PagePath::Room);
        assert_eq!(error.message.as_str(), "[room] has no such thing");
        let stack = error.stack.as_ref().unwrap().as_str();
        assert_eq!(stack, "at https://a.example/[room]:1:2\nat https://a.example/assets/app.js:3:4");
    }

    #[test]
    fn what_is_too_long_is_cut_and_what_comes_out_is_what_the_server_takes() {
        let broken = Fault { stack: Some("é".repeat(5_000)), ..fault(&"x".repeat(1_000)) };
        let told = Reports::new().of(broken, Page { address: "/", ..LOBBY }, Millis(0)).unwrap();
        let body = serde_json::to_string(&told).unwrap();
        assert_eq!(serde_json::from_str::<ErrorReports>(&body).unwrap(), told);
        assert_eq!(told.errors.as_slice()[0].path, PagePath::Start);
    }

    #[test]
    fn the_release_has_the_pages_commit_unless_that_is_none() {
        let release = |commit| release(commit).as_str().to_owned();
        assert!(release("0123abc").ends_with("+0123abc"));
        assert_eq!(release("a b"), concat!("edgewise@", env!("CARGO_PKG_VERSION")));
    }
}
