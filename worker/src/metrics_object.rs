//! A shard of the Metrics object as a Durable Object: hands what it is asked to [`MetricsStore`], and writes when that is due.

use std::{
    cell::RefCell,
    panic::AssertUnwindSafe,
    rc::{Rc, Weak},
};

use archive::SqlError;
use metrics::Family;
use worker::{DurableObject, Env, Request, Response, Result, State, durable_object};

use crate::{
    clock, gather::When, metrics_ask::MetricsAsk, metrics_store::MetricsStore, object, observe,
    problem::Problem, routes::json, sql::StorageSql, timer::Timer,
};

/// One shard.
#[durable_object(fetch)]
pub struct MetricsObject {
    shard: AssertUnwindSafe<Rc<RefCell<Shard>>>,
}

struct Shard {
    state: State,
    store: Option<MetricsStore<StorageSql>>,
    timer: Timer,
}

impl DurableObject for MetricsObject {
    fn new(state: State, env: Env) -> Self {
        observe::start(&env);
        observe::count(Family::Wakeups, &["metrics"], 1);
        let shard = Rc::new_cyclic(|shard: &Weak<RefCell<Shard>>| {
            let shard = Weak::clone(shard);
            let timer = Timer::new(move || {
                if let Some(shard) = shard.upgrade() {
                    shard.borrow_mut().timer_rang();
                }
            });
            RefCell::new(Shard { state, store: None, timer })
        });
        Self { shard: AssertUnwindSafe(shard) }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let scope = object::scope(&request, "metrics");
        object::answer(scope, async {
            let ask = object::asked(&mut request).await?;
            self.shard.borrow_mut().answer(ask)
        })
        .await
    }
}

impl Shard {
    fn answer(&mut self, ask: MetricsAsk) -> std::result::Result<Response, Problem> {
        let store = self.store().map_err(|error| object::storage_failed(&error))?;
        let answer = store.answer(ask);
        self.write_if_due();
        Ok(json(200, &answer)?)
    }

    fn timer_rang(&mut self) {
        self.timer.rang();
        self.write_if_due();
    }

    /// What cannot be written now is written with what comes next: memory knows it.
    fn write_if_due(&mut self) {
        let (Some(store), now) = (&mut self.store, clock::now()) else { return };
        match store.due(now) {
            Some(When::Now) => {
                if let Err(error) = store.write(now) {
                    tracing::error!(%error, "what was counted could not be written");
                }
            }
            Some(When::At(at)) => self.timer.set(at),
            None => {}
        }
    }

    fn store(&mut self) -> std::result::Result<&mut MetricsStore<StorageSql>, SqlError> {
        if self.store.is_none() {
            self.store = Some(MetricsStore::open(StorageSql::of(&self.state))?);
        }
        self.store.as_mut().ok_or_else(|| SqlError("a shard was not opened".to_owned()))
    }
}
