//! A shard of the Directory as a Durable Object: hands what it is asked to [`Directory`].

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
}

impl DurableObject for DirectoryObject {
    fn new(state: State, env: Env) -> Self {
        observe::start(&env);
        Self { state }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let request_id = object::request_id(&request);
        object::answer(&request_id, async { self.answer(object::asked(&mut request).await?) }).await
    }
}

impl DirectoryObject {
    #[expect(clippy::needless_pass_by_value, reason = "what was asked is used up by answering it")]
    fn answer(&self, ask: DirectoryAsk) -> Result<Response, Problem> {
        let answer = Directory::open(StorageSql::of(&self.state))
            .and_then(|directory| directory.answer(&ask, clock::now()))
            .map_err(|error| object::storage_failed(&error))?;
        Ok(json(200, &answer)?)
    }
}
