//! What one can see of a running server: its metrics, its log, and its error reports.

mod errors;
mod log;
mod scrape;
mod visits;
