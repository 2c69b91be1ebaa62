//! `/healthz` and `/readyz`: whether the Worker runs, and whether it can keep what it is given.

use protocol::http::Health;
use worker::{Env, Method, Response};

use super::json;
use crate::{
    call::Call,
    directory::{DirectoryAnswer, DirectoryAsk},
    objects::{self, Callee, Kind},
    observe,
    problem::Problem,
};

/// The Worker runs; no object is asked.
pub fn health(call: &Call) -> Result<Response, Problem> {
    refuse_other_methods(call)?;
    Ok(json(200, &status("ok"))?)
}

/// An object answers, and can write.
pub async fn ready(call: &Call, env: &Env) -> Result<Response, Problem> {
    refuse_other_methods(call)?;
    let callee = Callee { kind: Kind::Directory, name: "0", request_id: &call.id };
    match objects::ask(env, callee, &DirectoryAsk::Probe).await? {
        DirectoryAnswer::Writes => Ok(json(200, &status("ok"))?),
        _ => Err(Problem::internal()),
    }
}

fn refuse_other_methods(call: &Call) -> Result<(), Problem> {
    match call.method {
        Method::Get | Method::Head => Ok(()),
        _ => Err(Problem::method_not_allowed("GET, HEAD")),
    }
}

fn status(status: &str) -> Health {
    Health {
        status: status.to_owned(),
        version: observe::VERSION.to_owned(),
        commit: observe::commit().to_owned(),
    }
}
