//! The browser's side of notifications: its permission, its subscription, and its service worker, which shows them all
//! (`shell/service.js`): those that come from a push service and those of a page that nobody looks at.
//!
//! Not here: which rooms are quiet; the server holds that, for all devices. Invariant: nobody is asked for permission but after a click.

use gloo::utils::window;
use js_sys::{JSON, Reflect};
use protocol::{MemberId, http::Nudge};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Notification, NotificationPermission, PushSubscription, PushSubscriptionOptionsInit,
    ServiceWorkerRegistration,
};

use crate::{http, notifications, words};

/// How this browser stands to notifications.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It cannot show any.
    Unable,
    /// It was told not to.
    Denied,
    /// They are off.
    Off,
    /// They are on.
    On,
}

/// How this browser stands now.
pub fn standing(me: &MemberId) -> Standing {
    if !is_able() {
        return Standing::Unable;
    }
    match Notification::permission() {
        NotificationPermission::Denied => Standing::Denied,
        NotificationPermission::Granted if notifications::are_wanted_by(me) => Standing::On,
        _ => Standing::Off,
    }
}

/// Asks the person, and from then on takes notifications: from the server too, if it has a key to send them with.
///
/// # Errors
/// Why there are none, in a sentence. A person who said no is told by how the browser stands then.
pub async fn turn_on(me: MemberId, key: Option<String>) -> Result<(), String> {
    let failed = |_: JsValue| words::notifications_failed().to_owned();
    JsFuture::from(Notification::request_permission().map_err(failed)?).await.map_err(failed)?;
    if Notification::permission() != NotificationPermission::Granted {
        return Ok(());
    }
    if let Some(key) = key {
        let subscription = subscribe(&key).await.map_err(failed)?;
        http::subscribe(subscription).await.map_err(|failure| failure.sentence())?;
    }
    if notifications::want(Some(&me)) { Ok(()) } else { Err(words::notifications_failed().to_owned()) }
}

/// Takes none any more, from nowhere.
///
/// # Errors
/// Why they may still come, in a sentence.
pub async fn turn_off() -> Result<(), String> {
    notifications::want(None);
    if let Ok(registration) = ready().await
        && let Ok(Some(subscription)) = held(&registration).await
        && let Ok(ended) = subscription.unsubscribe()
    {
        // The server's word is what counts: it sends nothing from here on.
        drop(JsFuture::from(ended).await);
    }
    http::unsubscribe().await.map_err(|failure| failure.sentence())
}

/// Has the service worker show one.
pub fn notify(nudge: &Nudge) {
    if !is_able() {
        return;
    }
    let worker = window().navigator().service_worker().controller();
    let said = format!("nudge {}", protocol::encode(nudge));
    if !matches!(worker.map(|worker| worker.post_message(&said.into())), Some(Ok(()))) {
        tracing::warn!("nobody can be notified: this page has no service worker yet");
    }
}

/// A page over plain http has no service worker, and some browsers have no notifications.
fn is_able() -> bool {
    let has = |of: &JsValue, name: &str| Reflect::has(of, &name.into()).unwrap_or_default();
    has(&window(), "Notification") && has(&window().navigator(), "serviceWorker")
}

async fn ready() -> Result<ServiceWorkerRegistration, JsValue> {
    JsFuture::from(window().navigator().service_worker().ready()?).await?.dyn_into()
}

async fn held(registration: &ServiceWorkerRegistration) -> Result<Option<PushSubscription>, JsValue> {
    Ok(JsFuture::from(registration.push_manager()?.get_subscription()?).await?.dyn_into().ok())
}

/// The subscription as JSON. One to another key of the server's is of no use, and goes first.
async fn subscribe(key: &str) -> Result<String, JsValue> {
    let registration = ready().await?;
    if let Some(old) = held(&registration).await? {
        JsFuture::from(old.unsubscribe()?).await?;
    }
    let options = PushSubscriptionOptionsInit::new();
    options.set_user_visible_only(true);
    options.set_application_server_key_opt_str(Some(key));
    let made = JsFuture::from(registration.push_manager()?.subscribe_with_options(&options)?).await?;
    Ok(JSON::stringify(&made)?.into())
}
