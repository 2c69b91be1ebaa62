//! How long a test waits before it says what it waited for in vain.

use std::{future::Future, time::Duration};

/// How long a test waits for anything. What takes longer on a busy machine has gone wrong.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Waits for `future`, but not for ever.
///
/// # Panics
/// When it takes longer than [`PATIENCE`].
pub async fn within<T>(what: &str, future: impl Future<Output = T>) -> T {
    match tokio::time::timeout(PATIENCE, future).await {
        Ok(value) => value,
        Err(_) => panic!("waited {PATIENCE:?} for {what}"),
    }
}

/// Waits until `holds`, asking anew, but not for ever.
///
/// # Panics
/// When it takes longer than [`PATIENCE`].
pub async fn eventually(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    within(what, async {
        while !holds().await {
            tokio::task::yield_now().await;
        }
    })
    .await;
}
