//! What tabs of one browser tell each other: that what a room's outbox holds on disk has changed. Nothing of it is in the message.

use gloo::events::EventListener;
use protocol::Slug;
use wasm_bindgen::JsValue;
use web_sys::BroadcastChannel;
use yew::Callback;

const PREFIX: &str = "edgewise-outbox/";

/// This tab's end of it, heard from for as long as this value is.
pub struct Channel {
    /// None where the browser has none: then a tab looks at the disk when it opens, and not again.
    end: Option<(BroadcastChannel, EventListener)>,
}

impl Channel {
    /// Hears what others tell of this room.
    #[must_use]
    pub fn open(room: &Slug, on_told: Callback<()>) -> Self {
        let channel = BroadcastChannel::new(&format!("{PREFIX}{room}")).ok();
        let end = channel.map(|channel| {
            let hearing = EventListener::new(&channel, "message", move |_| on_told.emit(()));
            (channel, hearing)
        });
        Self { end }
    }

    /// Tells the others.
    pub fn tell(&self) {
        if let Some((channel, _)) = &self.end {
            // It fails only once it is closed, and that is when it is dropped.
            let _ = channel.post_message(&JsValue::NULL);
        }
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        if let Some((channel, _)) = &self.end {
            channel.close();
        }
    }
}
