//! A shard of the Directory as a Durable Object: hands what it is asked to [`Directory`].

use metrics::Family;
use worker::{DurableObject, Env, Request, Response, Result, State, durable_object};

use crate::{
    clock,
    directory::{Directory, DirectoryAsk},
    object, observe,
    problem::Problem,
    routes::json,
    sql::StorageSql,
};

/// One shard.
#[durable_object(fetch)]
pub struct DirectoryObject {
    state: State,
    env: Env,
}

impl DurableObject for DirectoryObject {
    fn new(state: State, env: Env) -> Self {
        observe::start(&env);
        observe::count(Family::Wakeups, &["directory"], 1);
        Self { state, env }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let scope = object::scope(&request, "directory");
        let answer = object::answer(scope, async { self.answer(object::asked(&mut request).await?) }).await;
        observe::let_out(&self.env);
        answer
    }
}

impl DirectoryObject {
    #[expect(clippy::needless_pass_by_value, reason = "what was asked is used up by answering it")]
    fn answer(&self, ask: DirectoryAsk) -> Result<Response, Problem> {
        // The object is named after its shard's number.
        let shard =
            self.state.id().name().and_then(|name| name.parse().ok()).ok_or_else(Problem::internal)?;
        let answer = Directory::open(shard, StorageSql::of(&self.state))
            .and_then(|directory| directory.answer(&ask, clock::now()))
            .map_err(|error| object::storage_failed(&error))?;
        Ok(json(200, &answer)?)
    }
}
