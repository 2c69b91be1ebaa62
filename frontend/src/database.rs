//! The browser's database as futures: what `store` needs of IndexedDB, and no more.
//!
//! Not here: what is kept. Invariant: what is asked is listened to before anything is waited for, so that no answer goes unheard.

use gloo::utils::window;
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, IdbDatabase, IdbOpenDbRequest, IdbRequest, IdbTransaction};

/// Opens a database, and makes these stores in one that is new.
///
/// # Errors
/// What the browser says where it gives this page none.
pub async fn open(name: &str, version: u32, stores: &'static [&'static str]) -> Result<IdbDatabase, JsValue> {
    let databases = window().indexed_db()?.ok_or(JsValue::UNDEFINED)?;
    let opening = databases.open_with_u32(name, version)?;
    // Held until it is open.
    let fill = Closure::once({
        let opening = opening.clone();
        move || fill(&opening, stores)
    });
    opening.set_onupgradeneeded(Some(fill.as_ref().unchecked_ref()));
    Ok(answer(&opening).await?.unchecked_into())
}

/// A database that lacks a store would lack it for ever, so it comes with all of them or not at all.
fn fill(opening: &IdbOpenDbRequest, stores: &[&str]) {
    let filled = opening.result().and_then(|database| {
        let database: IdbDatabase = database.unchecked_into();
        stores.iter().try_for_each(|store| database.create_object_store(store).map(drop))
    });
    if filled.is_err()
        && let Some(turn) = opening.transaction()
    {
        // Given up already, if not by this.
        let _ = turn.abort();
    }
}

/// What is answered.
///
/// # Errors
/// What the browser says instead.
pub async fn answer(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let answered = Promise::new(&mut |succeeded, failed| {
        request.set_onsuccess(Some(&succeeded));
        request.set_onerror(Some(&failed));
    });
    match JsFuture::from(answered).await {
        Ok(_) => request.result(),
        Err(_) => Err(reason(request.error()?)),
    }
}

/// Ends a transaction and waits until it is on disk: that its requests succeeded is not enough. It is ended before anything is
/// waited for, so that what is written as the page goes away is written.
///
/// # Errors
/// What the browser says when it was given up: then nothing of it has happened.
#[expect(
    deprecated,
    reason = "by web-sys, not by browsers; nothing else ends a transaction before the page goes away"
)]
pub async fn commit(turn: &IdbTransaction) -> Result<(), JsValue> {
    turn.commit()?;
    let ended = Promise::new(&mut |complete, given_up| {
        turn.set_oncomplete(Some(&complete));
        turn.set_onabort(Some(&given_up));
    });
    JsFuture::from(ended).await.map(drop).map_err(|_| reason(turn.error()))
}

fn reason(error: Option<DomException>) -> JsValue {
    error.map_or(JsValue::UNDEFINED, JsValue::from)
}
