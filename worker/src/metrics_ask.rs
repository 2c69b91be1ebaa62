//! What a shard of the Metrics object is asked, and answers.

use serde::{Deserialize, Serialize};

/// What a shard is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MetricsAsk {
    /// To add what an isolate counted, as `Push` writes it.
    Push(String),
    /// For all that it knows.
    Read,
}

/// What it answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MetricsAnswer {
    /// It has added it.
    Taken,
    /// All that it knows, as `Snapshot` writes it.
    Snapshot(String),
}
