//! Every metric there is, in one table: its name, what it says, its kind, and the closed set of each label's values.
//!
//! Dashboards and rules are written against these names. No room and no member is ever a value.

/// What a family of series is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Only grows.
    Counter,
    /// Goes up and down; a sum over what each source said last.
    Gauge,
    /// Counts of values by the bucket they fall into: the upper bounds, in millionths of the unit, growing.
    Histogram(&'static [u64]),
}

/// A label and the values that it may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// Its name.
    pub name: &'static str,
    /// All values.
    pub values: &'static [&'static str],
    /// Stands for whatever is none of them.
    pub other: &'static str,
}

/// What the table says of a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Definition {
    /// As Prometheus knows it.
    pub name: &'static str,
    /// What it says, in a sentence without its full stop.
    pub help: &'static str,
    /// What it is.
    pub kind: Kind,
    /// Its labels, in order; at most [`LABELS`].
    pub labels: &'static [Label],
}

/// Labels that a family has at most.
pub(crate) const LABELS: usize = 3;

const ROUTE: Label = Label {
    name: "route",
    values: &[
        "session",
        "sign_in",
        "sign_in_begin",
        "sign_in_callback",
        "rooms",
        "room",
        "messages",
        "reactions",
        "events",
        "members",
        "moderation",
        "search",
        "export",
        "import",
        "files",
        "file",
        "invites",
        "invite",
        "direct",
        "me",
        "my_rooms",
        "my_export",
        "my_room",
        "tokens",
        "push",
        "quiet",
        "commands",
        "hooks",
        "hook",
        "socket",
        "client_errors",
        "client_metrics",
        "description",
        "metrics",
        "healthz",
        "readyz",
        "nothing",
        "asset",
    ],
    other: "other",
};

/// Every status that a route answers with, and those that the platform adds.
const STATUS: Label = Label {
    name: "status",
    values: &[
        "101", "200", "201", "202", "204", "206", "303", "304", "400", "401", "403", "404", "405", "409",
        "410", "411", "413", "416", "426", "429", "500", "502", "503",
    ],
    other: "other",
};

/// Where whoever asks is, as the platform knows it.
const CONTINENT: Label = Label {
    name: "continent",
    values: &["AF", "AN", "AS", "EU", "NA", "OC", "SA", "unknown"],
    other: "unknown",
};

const RECOVERED: Label = Label { name: "recovered", values: &["yes", "no"], other: "no" };

const COMMAND: Label = Label {
    name: "command",
    values: &[
        "send", "edit", "delete", "react", "pin", "moderate", "role", "read", "typing", "presence",
        "received", "resume",
    ],
    other: "other",
};

const REJECT: Label = Label {
    name: "code",
    values: &[
        "bad_frame",
        "unknown_type",
        "too_large",
        "empty",
        "too_long",
        "bad_id",
        "id_reused",
        "not_found",
        "forbidden",
        "not_yours",
        "muted",
        "read_only",
        "slow_mode",
        "rate_limited",
        "too_many",
        "bad_emoji",
        "storage_failed",
        "busy",
    ],
    other: "unknown",
};

const CLOSE: Label = Label {
    name: "code",
    values: &[
        "4001", "4003", "4004", "4005", "4006", "4009", "4022", "4100", "4101", "4102", "4103", "4200",
        "4201",
    ],
    other: "other",
};

const CALLED: Label = Label { name: "outcome", values: &["taken", "refused", "unreachable"], other: "other" };

/// What became of a notification; `refused` may be taken later.
const NUDGED: Label =
    Label { name: "outcome", values: &["taken", "refused", "unreachable", "ended"], other: "other" };

const OBJECT: Label =
    Label { name: "object", values: &["room", "inbox", "directory", "metrics"], other: "other" };

const WAY: Label = Label { name: "way", values: &["in", "out"], other: "other" };

/// What became of the messages of an account.
const LEGACY: Label = Label { name: "messages", values: &["anonymised", "removed"], other: "other" };

/// Where the bytes of a file were found; `browser` had them still.
const FROM: Label = Label { name: "from", values: &["cache", "bucket", "room", "browser"], other: "other" };

const CAUSE: Label = Label { name: "cause", values: &["storage", "panic"], other: "other" };

const SOURCE: Label = Label { name: "source", values: &["worker", "browser"], other: "other" };

const DROPPED: Label =
    Label { name: "reason", values: &["repeated", "rate_limited", "not_sent"], other: "other" };

/// Seconds, from 5 ms to 10 s.
const SECONDS: &[u64] =
    &[5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000];

/// Events in one frame of fan-out.
const EVENTS: &[u64] = &[
    1_000_000,
    2_000_000,
    5_000_000,
    10_000_000,
    20_000_000,
    50_000_000,
    100_000_000,
    200_000_000,
    500_000_000,
];

/// Layout shift has no unit; 0.1 is good and 0.25 is poor.
const SHIFT: &[u64] = &[10_000, 25_000, 50_000, 100_000, 150_000, 250_000, 500_000, 1_000_000];

/// One row a family: the case, its kind, its name, its labels, what it says.
macro_rules! catalogue {
    ($($family:ident: $kind:expr, $name:literal, $labels:expr, $help:literal;)*) => {
        /// A family of series.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Family {
            $(#[doc = $help] $family,)*
        }

        impl Family {
            /// All of them, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$family,)*];

            /// What the table says of it.
            #[must_use]
            pub const fn definition(self) -> &'static Definition {
                match self {
                    $(Self::$family => &Definition { name: $name, help: $help, kind: $kind, labels: $labels },)*
                }
            }
        }
    };
}

catalogue! {
    HttpRequests: Kind::Counter, "edgewise_http_requests_total", &[ROUTE, STATUS, CONTINENT],
        "Requests that the Worker answered";
    HttpRequestSeconds: Kind::Histogram(SECONDS), "edgewise_http_request_seconds", &[ROUTE, CONTINENT],
        "How long an answer took, as far as the Worker's clock sees it: it moves across I/O alone";
    SocketsOpen: Kind::Gauge, "edgewise_sockets_open", &[],
        "Sockets that stand in rooms";
    RoomsWithSockets: Kind::Gauge, "edgewise_rooms_with_sockets", &[],
        "Rooms in which a socket stands";
    StorageBytes: Kind::Gauge, "edgewise_storage_bytes", &[],
        "Bytes that the databases of rooms take, of those that have reported";
    Joins: Kind::Counter, "edgewise_joins_total", &[RECOVERED],
        "Welcomes that rooms gave to sockets that came, by whether they went on from a cursor";
    Commands: Kind::Counter, "edgewise_commands_total", &[COMMAND],
        "Frames of clients that rooms could read";
    Messages: Kind::Counter, "edgewise_messages_total", &[],
        "Messages stored";
    PrunedEvents: Kind::Counter, "edgewise_pruned_events_total", &[],
        "Events that retention took out";
    AccountsDeleted: Kind::Counter, "edgewise_accounts_deleted_total", &[LEGACY],
        "Members who deleted their account, by what became of their messages";
    ForgottenMessages: Kind::Counter, "edgewise_forgotten_messages_total", &[],
        "Messages that lost their author, or their text too, with an account";
    FileBytes: Kind::Counter, "edgewise_file_bytes_total", &[WAY],
        "Bytes of files that came and were given";
    FilesGiven: Kind::Counter, "edgewise_files_given_total", &[FROM],
        "Files that were given, in whole or in part, by where they were found";
    FilesRemoved: Kind::Counter, "edgewise_files_removed_total", &[],
        "Files that went with their message or waited for one too long";
    FanoutFrames: Kind::Counter, "edgewise_fanout_frames_total", &[],
        "Frames with events that rooms gave to sockets";
    FanoutDeliveries: Kind::Counter, "edgewise_fanout_deliveries_total", &[],
        "Events that rooms gave to sockets: each event once a socket";
    FanoutBatchEvents: Kind::Histogram(EVENTS), "edgewise_fanout_batch_events", &[],
        "Events that one round of fan-out held";
    Rejects: Kind::Counter, "edgewise_rejects_total", &[REJECT],
        "Commands that rooms refused, by socket and by HTTP";
    Closes: Kind::Counter, "edgewise_closes_total", &[CLOSE],
        "Sockets that the server closed";
    Wakeups: Kind::Counter, "edgewise_wakeups_total", &[OBJECT],
        "Objects that came into memory";
    Turns: Kind::Counter, "edgewise_turns_total", &[],
        "Turns that rooms took";
    TurnsFailed: Kind::Counter, "edgewise_turns_failed_total", &[CAUSE],
        "Turns that came to nothing";
    HookCalls: Kind::Counter, "edgewise_hook_calls_total", &[CALLED],
        "Calls of outgoing webhooks, by what came of them";
    Nudges: Kind::Counter, "edgewise_nudges_total", &[NUDGED],
        "Notifications that were sent to browsers' push services, by what came of them";
    ErrorsReported: Kind::Counter, "edgewise_errors_reported_total", &[SOURCE],
        "Errors that were handed to error tracking, or would have been where none is set up";
    ErrorReportsDropped: Kind::Counter, "edgewise_error_reports_dropped_total", &[DROPPED],
        "Error reports that did not reach error tracking";
    ClientAckSeconds: Kind::Histogram(SECONDS), "edgewise_client_ack_seconds", &[CONTINENT],
        "From a command's leaving to its ack, as clients measured it";
    ClientDeliverySeconds: Kind::Histogram(SECONDS), "edgewise_client_delivery_seconds", &[CONTINENT],
        "From an event's instant to its arrival, as clients measured it";
    ClientPageLoadSeconds: Kind::Histogram(SECONDS), "edgewise_client_page_load_seconds", &[CONTINENT],
        "From navigation to the loaded page";
    ClientFirstMessageSeconds: Kind::Histogram(SECONDS), "edgewise_client_first_message_seconds", &[CONTINENT],
        "From navigation to the first message on the screen";
    ClientLcpSeconds: Kind::Histogram(SECONDS), "edgewise_client_lcp_seconds", &[CONTINENT],
        "Largest contentful paint";
    ClientInpSeconds: Kind::Histogram(SECONDS), "edgewise_client_inp_seconds", &[CONTINENT],
        "Interaction to next paint";
    ClientCls: Kind::Histogram(SHIFT), "edgewise_client_cls", &[CONTINENT],
        "Cumulative layout shift";
    ClientReconnects: Kind::Counter, "edgewise_client_reconnects_total", &[CONTINENT],
        "Times that clients had to connect again";
}

impl Family {
    /// The family of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|family| family.definition().name == name)
    }

    /// The bounds of its buckets; none where it is no histogram.
    pub(crate) const fn bounds(self) -> &'static [u64] {
        match self.definition().kind {
            Kind::Histogram(bounds) => bounds,
            Kind::Counter | Kind::Gauge => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_say_what_their_family_is_and_stand_once() {
        let mut seen = BTreeSet::new();
        for family in Family::ALL {
            let Definition { name, kind, labels, .. } = family.definition();
            assert!(name.starts_with("edgewise_") && seen.insert(name), "{name}");
            assert_eq!(name.ends_with("_total"), matches!(kind, Kind::Counter), "{name}");
            assert!(labels.len() <= LABELS, "{name}");
        }
    }

    #[test]
    fn bounds_grow() {
        for family in Family::ALL {
            assert!(family.bounds().is_sorted_by(|a, b| a < b), "{family:?}");
        }
    }

    /// The protocol's golden files list all codes: first in every line that is no comment.
    fn codes(golden: &str) -> Vec<&str> {
        let lines = golden.lines().filter(|line| !line.starts_with('#'));
        lines.filter_map(|line| line.split(' ').next()).collect()
    }

    #[test]
    fn every_reject_code_and_every_close_code_has_a_value_of_its_own() {
        let rejects = codes(include_str!("../../protocol/tests/golden/reject_codes.txt"));
        assert_eq!(rejects.len(), REJECT.values.len() + 1);
        assert!(rejects.iter().all(|code| REJECT.values.contains(code) || *code == REJECT.other));
        let closes = codes(include_str!("../../protocol/tests/golden/close_codes.txt"));
        assert_eq!(closes, CLOSE.values);
    }

    #[test]
    fn no_label_can_have_more_values_than_a_byte_counts() {
        for label in Family::ALL.iter().flat_map(|family| family.definition().labels) {
            assert!(label.values.len() < usize::from(u8::MAX), "{}", label.name);
        }
    }
}
