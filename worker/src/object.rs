//! What the objects' `fetch` have in common: a JSON value in, an answer out, whatever happens in between.

use archive::SqlError;
use serde::de::DeserializeOwned;
use worker::{Request, Response, Result};

use crate::{
    guard,
    observe::{self, Scope},
    problem::Problem,
};

/// What an object's work for this request is about.
pub fn scope(request: &Request, object: &'static str) -> Scope {
    let request_id = request.headers().get("x-request-id").ok().flatten();
    Scope { request_id: request_id.map(Into::into), route: Some(object), ..Scope::nothing() }
}

/// What is asked, from the body.
pub async fn asked<A: DeserializeOwned>(request: &mut Request) -> Result<A, Problem> {
    let text = request.text().await?;
    protocol::decode(&text).map_err(|error| Problem::from(worker::Error::from(error)))
}

/// Runs an object's answer to its end; an `Err` and a panic are answered too.
pub async fn answer(
    scope: Scope,
    answering: impl Future<Output = Result<Response, Problem>>,
) -> Result<Response> {
    let request_id = scope.request_id.clone().unwrap_or_default();
    match observe::within(scope, guard::catch_async(answering)).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(problem)) => problem.answer(&request_id),
        Err(guard::Panicked) => Problem::internal().answer(&request_id),
    }
}

/// The storage failed: whoever asked may ask again.
pub fn storage_failed(error: &SqlError) -> Problem {
    tracing::error!(%error, "the storage failed");
    Problem::rejected(protocol::RejectCode::StorageFailed, None)
}
