//! What this isolate has counted, and how it gets to the Metrics object.
//!
//! One registry an isolate, for the edge and for every object that lives in it: so a push costs one call for all of them, at most
//! one in 10 s, and none while nothing happens. What was counted and not pushed is lost with the isolate: 10 s of counting at most.

use std::cell::RefCell;

use metrics::{Family, Micros, Push, Registry};
use protocol::Millis;
use worker::Env;

use super::{pace::Pace, scope};
use crate::{
    clock,
    gather::When,
    limits::{METRICS_SHARDS, PUSH_EVERY_MS},
    metrics_ask::{MetricsAnswer, MetricsAsk},
    objects::{self, Callee, Kind},
    random,
};

thread_local! {
    static COUNTED: RefCell<Counted> = const { RefCell::new(Counted { registry: Registry::new(), pace: Pace::new() }) };
}

struct Counted {
    registry: Registry,
    pace: Pace,
}

/// So many more of these. The values are those of the family's labels, in order.
pub fn count(family: Family, values: &[&str], more: u64) {
    with(|counted| counted.registry.count(family, values, more));
}

/// A value of a histogram.
pub fn observe(family: Family, values: &[&str], value: Micros) {
    with(|counted| counted.registry.observe(family, values, value));
}

/// How big something is now at `source`.
pub fn set(source: &str, family: Family, value: u64) {
    with(|counted| counted.registry.set(source, family, value));
}

/// When there is something to push, and it may be pushed; `None` where there is nothing.
pub fn due(now: Millis) -> Option<When> {
    with(|counted| (!counted.registry.is_empty()).then(|| counted.pace.next(PUSH_EVERY_MS, now))).flatten()
}

/// Pushes, if there is something to push and the last push is long enough ago.
pub async fn push_if_due(env: &Env) {
    if due(clock::now()) == Some(When::Now) {
        push(env).await;
    }
}

/// Pushes what there is.
pub async fn push(env: &Env) {
    let taken = with(|counted| {
        counted.pace.done(clock::now());
        counted.registry.take()
    });
    let Some(push) = taken.filter(|push| !push.is_empty()) else { return };
    let request_id = scope::current().request_id.map_or_else(random::id, |id| id.to_string());
    // One after the other: there are seldom more than two, and nobody waits.
    for (shard, push) in push.by_shard(own_shard(), shard_of) {
        if let Some(failed) = tell(env, shard, push, &request_id).await {
            with(|counted| counted.registry.put_back(failed));
        }
    }
}

/// Gives back what could not be told. Should only the answer have been lost, it is told twice: better than never.
async fn tell(env: &Env, shard: u32, push: Push, request_id: &str) -> Option<Push> {
    let name = shard.to_string();
    let callee = Callee { kind: Kind::Metrics, name: &name, request_id };
    match objects::ask(env, callee, &MetricsAsk::Push(push.write())).await {
        Ok(MetricsAnswer::Taken) => None,
        Ok(MetricsAnswer::Snapshot(_)) | Err(_) => Some(push),
    }
}

/// Which shard hears what this isolate counts: any, but the same for as long as it lives.
fn own_shard() -> u32 {
    thread_local! {
        static SHARD: u64 = random::seed();
    }
    SHARD.with(|seed| u32::try_from(seed % u64::from(METRICS_SHARDS)).unwrap_or_default())
}

/// Which shard knows a source: its last word replaces the one before, so it must always be the same.
fn shard_of(source: &str) -> u32 {
    crate::directory::fnv(source) % METRICS_SHARDS
}

/// `None` where counting is under way already: a panic in the midst of it must not become a second one.
fn with<T>(change: impl FnOnce(&mut Counted) -> T) -> Option<T> {
    COUNTED.with(|counted| counted.try_borrow_mut().ok().map(|mut counted| change(&mut counted)))
}
