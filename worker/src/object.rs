//! What the objects' `fetch` have in common: a JSON value in, an answer out, whatever happens in between.

use archive::SqlError;
use serde::de::DeserializeOwned;
use worker::{Request, Response, Result};

use crate::{guard, problem::Problem};

/// The request id that came along.
pub fn request_id(request: &Request) -> String {
    request.headers().get("x-request-id").ok().flatten().unwrap_or_default()
}

/// What is asked, from the body.
pub async fn asked<A: DeserializeOwned>(request: &mut Request) -> Result<A, Problem> {
    let text = request.text().await?;
    serde_json::from_str(&text).map_err(|error| Problem::from(worker::Error::from(error)))
}

/// Runs an object's answer to its end; an `Err` and a panic are answered too.
pub async fn answer(
    request_id: &str,
    answering: impl Future<Output = Result<Response, Problem>>,
) -> Result<Response> {
    match guard::catch_async(answering).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(problem)) => problem.answer(request_id),
        Err(guard::Panicked) => Problem::internal().answer(request_id),
    }
}

/// The storage failed: whoever asked may ask again.
pub fn storage_failed(error: &SqlError) -> Problem {
    tracing::error!(%error, "the storage failed");
    Problem::rejected(protocol::RejectCode::StorageFailed, None)
}
