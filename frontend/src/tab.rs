//! This tab among the tabs of one browser: each holds a lock with its name for as long as it lives.
//!
//! So a tab that starts can tell which commands on disk belong to nobody any more: those of tabs whose lock is gone, be it by a
//! close, a reload or a crash; and one that lives hears of another's end, by waiting for its lock. Web Locks need a secure page; without them every tab counts as gone, which is harmless: a command
//! that two tabs send has its effect once.

use futures::channel::oneshot;
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

use crate::random;

const PREFIX: &str = "edgewise-tab-";

/// This tab, alive while this value is.
pub struct Tab {
    name: String,
    _alive: Option<Guard>,
}

/// A lock that is held; given back when dropped.
pub struct Guard {
    release: Function,
}

impl Tab {
    /// Takes a name that no other tab has, and its lock.
    pub async fn open() -> Self {
        let name = random::token();
        let alive = acquire(&format!("{PREFIX}{name}")).await;
        Self { name, _alive: alive }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // The function that settles a promise does not fail.
        let _ = self.release.call0(&JsValue::UNDEFINED);
    }
}

/// The names of all tabs that live, this one too.
pub async fn living() -> Vec<String> {
    held().await.unwrap_or_default()
}

/// Waits until a tab is gone. Of all that wait for the same, each hears of it in its turn: while it holds what it got. `None` where
/// the browser has no locks.
pub async fn outlived(name: &str) -> Option<Guard> {
    acquire(&format!("{PREFIX}{name}")).await
}

/// Waits for a lock that only one tab can hold; none where the browser has no locks.
pub async fn acquire(name: &str) -> Option<Guard> {
    let locks = locks()?;
    let (granted, waiting) = oneshot::channel();
    let mut granted = Some(granted);
    // The lock is held until the promise that the callback returns is settled.
    let callback = Closure::once_into_js(move |_lock: JsValue| {
        Promise::new(&mut |release, _| {
            if let Some(granted) = granted.take() {
                let _ = granted.send(release);
            }
        })
    });
    let request: Function = method(&locks, "request")?;
    request.call2(&locks, &name.into(), &callback).ok()?;
    waiting.await.ok().map(|release| Guard { release })
}

async fn held() -> Option<Vec<String>> {
    let locks = locks()?;
    let query: Promise = method(&locks, "query")?.call0(&locks).ok()?.dyn_into().ok()?;
    let snapshot = JsFuture::from(query).await.ok()?;
    let held: Array = Reflect::get(&snapshot, &"held".into()).ok()?.dyn_into().ok()?;
    let names = held.iter().filter_map(|lock| Reflect::get(&lock, &"name".into()).ok()?.as_string());
    Some(names.filter_map(|name| name.strip_prefix(PREFIX).map(str::to_owned)).collect())
}

/// web-sys has the lock manager only behind an unstable switch; it is three calls.
fn locks() -> Option<JsValue> {
    let navigator = gloo::utils::window().navigator();
    Reflect::get(&navigator, &"locks".into()).ok().filter(|locks| locks.is_object())
}

fn method(object: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(object, &name.into()).ok()?.dyn_into().ok()
}
