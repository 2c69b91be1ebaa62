//! `/healthz` and `/readyz`: whether the Worker runs, and whether it can keep what it is given.

use protocol::http::Health;
use worker::{Env, Response};

use super::json;
use crate::{
    call::Call,
    directory::{DirectoryAnswer, DirectoryAsk},
    objects::{self, Callee, Kind},
    observe,
    problem::Problem,
};

/// The Worker runs; no object is asked.
pub async fn health() -> Result<Response, Problem> {
    Ok(json(200, &status("ok"))?)
}

/// An object answers, and can write.
pub async fn ready(call: &Call, env: &Env) -> Result<Response, Problem> {
    let callee = Callee { kind: Kind::Directory, name: "0", request_id: &call.id };
    match objects::ask(env, callee, &DirectoryAsk::Probe).await? {
        DirectoryAnswer::Writes => Ok(json(200, &status("ok"))?),
        _ => Err(Problem::internal()),
    }
}

fn status(status: &str) -> Health {
    Health {
        status: status.to_owned(),
        version: observe::VERSION.to_owned(),
        commit: observe::commit().to_owned(),
    }
}
