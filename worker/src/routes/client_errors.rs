//! `POST /api/client-errors`: what browsers report goes to error tracking from here, so that no page speaks with a third party.
//!
//! Whoever is not signed in may report too: the sign-in may be what broke.

use std::cell::RefCell;

use metrics::Family;
use protocol::{decode_object, http::ErrorReports, limits::REPORT_BYTES};
use worker::{Env, Request, Response, ResponseBuilder};

use super::{session, text};
use crate::{
    call::Call,
    clock,
    limits::{REPORT_EVERY_MS, REPORTS_BURST},
    observe,
    problem::Problem,
    turnstile::{Pass, Rate, Turnstile},
};

const REPORTS: Rate = Rate { burst: REPORTS_BURST, every_ms: REPORT_EVERY_MS };

thread_local! {
    static TURNSTILE: RefCell<Turnstile> = const { RefCell::new(Turnstile::new(REPORTS)) };
}

/// Takes a report, whole or not at all.
pub async fn take(call: &Call, request: Request, env: &Env) -> Result<Response, Problem> {
    pass(call, env)?;
    let body = text(request, REPORT_BYTES).await?;
    let reports: ErrorReports = decode_object(&body)
        .map_err(|_| Problem::bad_request("That is no error report, or more than one may hold."))?;
    tracing::warn!(
        errors = reports.errors.as_slice().len(),
        of = reports.release.as_str(),
        "a browser reports errors"
    );
    observe::errors::of_browser(&reports, &call.id);
    Ok(ResponseBuilder::new().with_status(202).empty())
}

fn pass(call: &Call, env: &Env) -> Result<(), Problem> {
    let Some(address) = call.address.as_deref().filter(|_| session::limited(env)) else { return Ok(()) };
    match TURNSTILE.with_borrow_mut(|turnstile| turnstile.pass(address, clock::now())) {
        Pass::Go => Ok(()),
        Pass::Wait(wait_ms) => {
            observe::count(Family::ErrorReportsDropped, &["rate_limited"], 1);
            Err(Problem::too_many_reports(wait_ms))
        }
    }
}
