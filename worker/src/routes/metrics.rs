//! `GET /metrics`: all that was counted, for Prometheus and whoever knows the token.

use metrics::{Release, Snapshot};
use worker::{Env, Response, ResponseBuilder};

use crate::{
    call::Call,
    limits::METRICS_SHARDS,
    metrics_ask::{MetricsAnswer, MetricsAsk},
    objects::{self, Callee, Kind},
    observe,
    problem::Problem,
    secret,
};

/// The text. Where no token is set there is nothing here.
pub async fn show(call: &Call, env: &Env) -> Result<Response, Problem> {
    let token = env.secret("METRICS_TOKEN").map(|token| token.to_string()).unwrap_or_default();
    if token.is_empty() {
        return Err(Problem::not_found());
    }
    if !call.proof.bearer.as_deref().is_some_and(|given| secret::same(given, &token)) {
        return Err(Problem::bad_metrics_token());
    }
    // What this isolate has counted is in the answer: where there is one isolate alone, the numbers are exact.
    observe::push(env).await;
    let snapshot = snapshot(call, env).await?;
    let release = Release { version: observe::VERSION, commit: observe::commit() };
    let answer = ResponseBuilder::new()
        .with_header("content-type", metrics::CONTENT_TYPE)?
        .with_header("cache-control", "no-store")?;
    Ok(answer.fixed(metrics::text(&snapshot, release).into_bytes()))
}

/// What all shards know. One that does not answer fails the whole: without it counters would seem to fall.
async fn snapshot(call: &Call, env: &Env) -> Result<Snapshot, Problem> {
    let mut whole = Snapshot::default();
    for shard in 0..METRICS_SHARDS {
        let name = shard.to_string();
        let callee = Callee { kind: Kind::Metrics, name: &name, request_id: &call.id };
        match objects::ask(env, callee, &MetricsAsk::Read).await? {
            MetricsAnswer::Snapshot(snapshot) => whole.add(&Snapshot::read(&snapshot)),
            MetricsAnswer::Taken => return Err(Problem::internal()),
        }
    }
    Ok(whole)
}
