//! The server that the smoke part is about: one that was deployed, named by the environment, or one of its own where none is named.
//!
//! `EDGEWISE_URL` is its address; `EDGEWISE_COMMIT` the commit that must answer there, so that the version before is not taken for the
//! new one; `EDGEWISE_PATIENCE_S` how long a new version may take to be everywhere.

use std::{env, sync::OnceLock, time::Duration};

use hyper::Method;
use protocol::http::Health;
use tokio::time::{Instant, MissedTickBehavior, interval};

use crate::{
    http::Ask,
    server::{self, Limits, Server},
};

/// A new address at the edge gets its name and its certificate within a minute or two.
const PATIENCE: Duration = Duration::from_secs(180);
/// Kind to a server that is just coming up.
const BETWEEN_LOOKS: Duration = Duration::from_millis(500);

/// The server, once the version that is expected answers there.
///
/// # Panics
/// When it does not, with what answered instead.
pub async fn server() -> &'static Server {
    let Some(server) = named() else { return server::shared(Limits::On) };
    let expected = env::var("EDGEWISE_COMMIT").ok();
    let patience = env::var("EDGEWISE_PATIENCE_S").ok().map(|seconds| seconds.parse().expect("seconds"));
    let patience = patience.map_or(PATIENCE, Duration::from_secs);
    let (started, mut looks) = (Instant::now(), interval(BETWEEN_LOOKS));
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        looks.tick().await;
        let last = match look(server, expected.as_deref()).await {
            Ok(()) => return server,
            Err(last) => last,
        };
        assert!(started.elapsed() < patience, "after {patience:?} {}: {last}", server.url());
    }
}

/// The server that the environment names, whatever its version.
pub fn named() -> Option<&'static Server> {
    static NAMED: OnceLock<Option<Server>> = OnceLock::new();
    let named = NAMED.get_or_init(|| env::var("EDGEWISE_URL").ok().map(|url| Server::elsewhere(&url)));
    named.as_ref()
}

/// Whether the expected version answers; if not, what is in the way.
async fn look(server: &Server, expected: Option<&str>) -> Result<(), String> {
    let ask = Ask::new(server, Method::GET, "/healthz").try_answer();
    let answer = match tokio::time::timeout(BETWEEN_LOOKS * 10, ask).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(error)) => return Err(format!("nobody answers ({error})")),
        Err(_) => return Err("nobody answers in time".to_owned()),
    };
    if answer.status != 200 {
        return Err(format!("/healthz answers {}", answer.status));
    }
    let health: Health = answer.json(200);
    match expected {
        Some(commit) if commit != health.commit => {
            Err(format!("{} answers, not yet {commit}", health.commit))
        }
        _ => Ok(()),
    }
}
