//! The driver among the other tabs of its browser: it shows what they have yet to send, and takes over what one leaves when it goes.
//!
//! Invariant: whoever takes over is alone while it asks who lives, so no command is two tabs' at once.

use client::{Input, saved::Saved};
use wasm_bindgen_futures::spawn_local;

use super::{Driver, complain};
use crate::{
    store::{OfOthers, Owner, Store},
    tab,
};

/// Only one tab at a time takes over what others left.
const ADOPTING: &str = "edgewise-adopting";

/// Whether the disk is being looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Looking {
    /// It is not.
    #[default]
    No,
    /// It is.
    Now,
    /// It is, and something has changed since.
    AndAgain,
}

impl Driver {
    /// Another tab of this room has changed the disk. However many changes come while it is looked at, it is looked at once more.
    pub(super) fn look(&self) {
        let already = self.looking.get() != Looking::No;
        self.looking.set(if already { Looking::AndAgain } else { Looking::Now });
        if let Some(me) = self.me.upgrade().filter(|_| !already) {
            spawn_local(async move { me.look_until_still().await });
        }
    }

    async fn look_until_still(&self) {
        self.look_once(None).await;
        while self.looking.replace(Looking::Now) == Looking::AndAgain {
            self.look_once(None).await;
        }
        self.looking.set(Looking::No);
    }

    /// `gone` is a tab whose lock is held here, which else would count as alive.
    async fn look_once(&self, gone: Option<&str>) {
        let Some(store) = &self.store else { return };
        let _one_at_a_time = tab::acquire(ADOPTING).await;
        let living = tab::living().await;
        // Without locks nobody knows who lives. Each tab then keeps to its own, and the next one takes over what it finds.
        if living.is_empty() {
            return;
        }
        let living: Vec<String> = living.into_iter().filter(|name| gone != Some(name)).collect();
        match store.adopt(&self.owner, &living).await {
            Ok(OfOthers { left, sending }) => {
                for (tab, _) in &sending {
                    self.outlive(tab);
                }
                let sending = sending.into_iter().map(|(_, saved)| saved).collect();
                self.give(Input::Tabs { left, sending });
            }
            Err(error) => self.note(Err(error)),
        }
    }

    /// Looks again when that tab is gone.
    fn outlive(&self, tab: &str) {
        if !self.awaited.borrow_mut().insert(tab.to_owned()) {
            return;
        }
        let (me, tab) = (self.me.clone(), tab.to_owned());
        spawn_local(async move {
            let _gone = tab::outlived(&tab).await;
            if let Some(me) = me.upgrade() {
                me.look_once(Some(&tab)).await;
            }
        });
    }
}

/// What was kept, and what other tabs left behind.
pub(super) async fn restore(store: &Store, owner: &Owner) -> Saved {
    let _one_at_a_time = tab::acquire(ADOPTING).await;
    let found = store.adopt(owner, &tab::living().await).await;
    let place = store.place(owner).await;
    Saved {
        outbox: found.map_err(|error| complain(&error)).unwrap_or_default().left,
        place: place.map_err(|error| complain(&error)).unwrap_or_default(),
    }
}
