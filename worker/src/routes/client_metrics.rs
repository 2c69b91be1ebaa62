//! `POST /api/client-metrics`: how pages fare, as they measured it, by continent.

use std::cell::RefCell;

use metrics::{Family, Micros};
use protocol::http::{ClientMetrics, Measured};
use worker::{Env, Request, Response};

use super::body;
use crate::{
    auth,
    call::Call,
    clock,
    limits::{CLIENT_METRICS_MS, REMEMBERED},
    memory::Memory,
    observe,
    problem::Problem,
};

thread_local! {
    static COUNTED: RefCell<Memory<()>> = const { RefCell::new(Memory::new(CLIENT_METRICS_MS, REMEMBERED)) };
}

/// Counts what a member's page measured, once a minute; the rest is passed over.
pub async fn take(call: &Call, request: Request, env: &Env) -> Result<Response, Problem> {
    let caller = auth::caller(call, env).await?;
    let measured: ClientMetrics = body(request).await?;
    let (member, now) = (caller.member.id.as_str(), clock::now());
    if COUNTED.with_borrow(|counted| counted.recall(member, now)).is_none() {
        COUNTED.with_borrow_mut(|counted| counted.put(member.to_owned(), (), now));
        count(&measured, call.continent.as_deref().unwrap_or_default());
    }
    Ok(Response::empty()?.with_status(204))
}

fn count(measured: &ClientMetrics, continent: &str) {
    let seconds = |family, value: Measured| {
        observe::observe(family, &[continent], Micros::of_millis(value.ms().into()));
    };
    let once = [
        (Family::ClientPageLoadSeconds, measured.page_load_ms),
        (Family::ClientFirstMessageSeconds, measured.first_message_ms),
        (Family::ClientLcpSeconds, measured.lcp_ms),
        (Family::ClientInpSeconds, measured.inp_ms),
    ];
    for (family, value) in once {
        value.into_iter().for_each(|value| seconds(family, value));
    }
    measured.acks_ms.iter().for_each(|ack| seconds(Family::ClientAckSeconds, *ack));
    measured.deliveries_ms.iter().for_each(|delivery| seconds(Family::ClientDeliverySeconds, *delivery));
    if let Some(shift) = measured.cls {
        observe::observe(Family::ClientCls, &[continent], Micros(shift.millionths().into()));
    }
    observe::count(Family::ClientReconnects, &[continent], measured.reconnects.into());
}
