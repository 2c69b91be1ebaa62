//! Visits rooms that no tab has open and where something waits, one after the other, by a driver that nobody looks at.
//!
//! Not here: which room is next and how long a visit takes (`client::visits`). Invariant: of all tabs of a browser one visits at a
//! time, and none without locks: nobody could tell what waits from what another tab is sending.

use std::{
    collections::BTreeSet,
    rc::{Rc, Weak},
};

use client::{
    Input,
    visits::{Visit, Visits},
};
use futures::{
    StreamExt,
    channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded},
};
use gloo::{events::EventListener, timers::callback::Interval};
use protocol::{MemberId, Slug};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, hook, use_effect_with};

use crate::{
    address::Address,
    browser,
    driver::{self, Driver},
    store::Store,
    tab::{self, Guard, Tab},
};

/// Only one tab at a time visits.
const VISITING: &str = "edgewise-visiting";
/// How often it is looked whether a tab that is gone left something, and after which time a visit makes way for another room's.
const TURN_MS: u32 = 60_000;

/// Why it is looked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cause {
    /// It may be another room's turn.
    Turn,
    /// The driver of this visit has something new to show.
    Changed,
}

/// Sees to what waits elsewhere, for as long as the member is at this address.
#[hook]
pub fn use_visits(member: Option<MemberId>, address: &Address) {
    let open = match address {
        Address::Room { room, .. } => Some(room.clone()),
        _ => None,
    };
    use_effect_with((member, open), |(member, open)| {
        let (causes, caused) = unbounded();
        let ticking = member.clone().map(|member| {
            let turn = causes.clone();
            tell(&turn, Cause::Turn);
            let visits = Visits::new(member.clone(), open.clone());
            spawn_local(run(
                Runner { me: member, visits, causes: turn.clone(), awaited: BTreeSet::new() },
                caused,
            ));
            Interval::new(TURN_MS, move || tell(&turn, Cause::Turn))
        });
        move || {
            drop(ticking);
            causes.close_channel();
        }
    });
}

/// A visit that goes on; it ends when this is dropped.
struct Visiting {
    driver: Rc<Driver>,
    _network: Vec<EventListener>,
    _alone: Guard,
}

struct Runner {
    me: MemberId,
    visits: Visits,
    causes: UnboundedSender<Cause>,
    /// Tabs whose end is heard of.
    awaited: BTreeSet<String>,
}

/// Until the channel is closed. What a visit that is cut off has not sent stays on disk.
async fn run(mut runner: Runner, mut caused: UnboundedReceiver<Cause>) {
    let Ok(store) = Store::open(driver::DATABASE).await else { return };
    // Whoever looks lives: so where no tab seems to, the browser has no locks.
    let _living = Tab::open().await;
    let mut visiting: Option<Visiting> = None;
    while let Some(cause) = caused.next().await {
        match (visiting.as_ref().map(|visiting| visiting.driver.visit()), cause) {
            (None, Cause::Changed) | (Some(Visit::Goes), Cause::Changed) => continue,
            (Some(Visit::Goes), Cause::Turn) if runner.look(&store).await.is_none() => continue,
            (Some(Visit::Goes) | None, Cause::Turn) => {}
            (Some(over), _) => runner.visits.leave(over),
        }
        drop(visiting.take());
        visiting = runner.visit_next(&store).await;
    }
}

impl Runner {
    /// The room that is next, if one is.
    async fn look(&mut self, store: &Store) -> Option<Slug> {
        let living = tab::living().await;
        let found = self.visits.look(&store.kept().await.unwrap_or_default(), &living);
        for tab in found.living {
            if self.awaited.insert(tab.clone()) {
                let causes = self.causes.clone();
                spawn_local(async move {
                    drop(tab::outlived(&tab).await);
                    tell(&causes, Cause::Turn);
                });
            }
        }
        found.visit
    }

    /// Looks a second time once no other tab visits: what waited may be sent by then.
    async fn visit_next(&mut self, store: &Store) -> Option<Visiting> {
        self.look(store).await?;
        let alone = tab::acquire(VISITING).await?;
        let room = self.look(store).await.filter(|_| !self.causes.is_closed())?;
        self.visits.visit(room.clone());
        let causes = self.causes.clone();
        let on_change = Callback::from(move |()| tell(&causes, Cause::Changed));
        let driver = Driver::open(self.me.clone(), room, on_change).await;
        // What it opened with may be nothing to send.
        tell(&self.causes, Cause::Changed);
        let network = browser::listen(&heard_by(Rc::downgrade(&driver)));
        Some(Visiting { driver, _network: network, _alone: alone })
    }
}

fn heard_by(driver: Weak<Driver>) -> Callback<Input> {
    Callback::from(move |input| {
        if let Some(driver) = driver.upgrade() {
            driver.give(input);
        }
    })
}

fn tell(causes: &UnboundedSender<Cause>, cause: Cause) {
    // Nobody listens once the member is elsewhere.
    let _ = causes.unbounded_send(cause);
}
