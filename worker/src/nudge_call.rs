//! One notification on its way to a browser's push service, and what came of it.
//!
//! Not here: what it says and to whom it goes (inbox_push.rs), and how it is encrypted (push_message.rs). Invariant: the push service
//! learns that there is something for a browser, and never what.

use js_sys::Uint8Array;
use metrics::Family;
use protocol::{Millis, http::PushSubscription};
use wasm_bindgen::JsValue;
use worker::Env;

use crate::{limits::PUSH_TTL_S, observe, outward, push_message::Receiver, vapid::Vapid};

/// A notification that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Its row.
    pub number: i64,
    /// For whom.
    pub to: PushSubscription,
    /// About which room.
    pub room: String,
    /// What it says, in JSON.
    pub says: String,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The push service took it.
    Taken,
    /// There is no such subscription any more, or nothing can be encrypted to it.
    Ended,
    /// It will never be taken.
    Refused,
    /// It may be, another time.
    Later,
}

/// Sends it.
pub async fn send(env: &Env, vapid: &Vapid, due: &Due, now: Millis) -> Outcome {
    let (outcome, counted) = match post(env, vapid, due, now).await {
        Ok(Some(status)) => outcome_of(status),
        Ok(None) => (Outcome::Ended, "ended"),
        Err(_) => (Outcome::Later, "unreachable"),
    };
    if outcome != Outcome::Taken {
        // Its address says who it is.
        tracing::warn!(reason = counted, "a push service did not take a notification");
    }
    observe::count(Family::Nudges, &[counted], 1);
    outcome
}

/// What was answered; `None` where the subscription's keys are good for nothing.
async fn post(env: &Env, vapid: &Vapid, due: &Due, now: Millis) -> Result<Option<u16>, JsValue> {
    let Some(receiver) = Receiver::parse(&due.to.keys) else { return Ok(None) };
    let Ok(body) = receiver.encrypt(&due.says).await else { return Ok(None) };
    let headers = [
        ("authorization", vapid.authorization(&due.to.endpoint, now).await?),
        ("ttl", PUSH_TTL_S.to_string()),
        ("topic", receiver.topic(&due.room)),
    ];
    let mut all = vec![
        ("content-encoding", "aes128gcm"),
        ("content-type", "application/octet-stream"),
        ("urgency", "high"),
    ];
    all.extend(headers.iter().map(|(name, value)| (*name, value.as_str())));
    let answer = outward::post(env, &due.to.endpoint, &all, &Uint8Array::from(body.as_slice())).await?;
    if let Some(stream) = answer.body() {
        // Nobody waits for the rest of it.
        let _ = stream.cancel();
    }
    Ok(Some(answer.status()))
}

const fn outcome_of(status: u16) -> (Outcome, &'static str) {
    match status {
        200..=299 => (Outcome::Taken, "taken"),
        404 | 410 => (Outcome::Ended, "ended"),
        429 | 500.. => (Outcome::Later, "refused"),
        _ => (Outcome::Refused, "refused"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_answer_that_may_change_is_asked_for_again() {
        let outcomes = [201, 202, 404, 410, 429, 500, 503, 400, 413, 307].map(|status| outcome_of(status).0);
        use Outcome::{Ended, Later, Refused, Taken};
        assert_eq!(outcomes, [Taken, Taken, Ended, Ended, Later, Later, Later, Refused, Refused, Refused]);
    }
}
