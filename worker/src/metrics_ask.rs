//! What a shard of the Metrics object is asked, and answers.

use protocol::read_by_tag;
use serde::Serialize;

/// What a shard is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MetricsAsk {
    /// To add what an isolate counted, as `Push` writes it.
    Push(String),
    /// For all that it knows.
    Read,
}

read_by_tag!(MetricsAsk {
    "push" => Push(one),
    "read" => Read,
});

/// What it answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MetricsAnswer {
    /// It has added it.
    Taken,
    /// All that it knows, as `Snapshot` writes it.
    Snapshot(String),
}

read_by_tag!(MetricsAnswer {
    "taken" => Taken,
    "snapshot" => Snapshot(one),
});
