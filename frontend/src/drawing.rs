//! Has a room drawn when it has changed, as often as the client's `Pace` says, its first messages once they can be read.
//!
//! Not here: what a scene looks like. Invariant: a change is drawn at once, or by the one timer that is set, or when what its first
//! messages wait for has come; with this the timer is gone.

use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
    time::Duration,
};

use client::{
    pace::{Draw, Pace, Sight},
    view::Row,
};
use gloo::timers::{callback::Timeout, future::sleep};
use wasm_bindgen_futures::spawn_local;
use yew::UseStateSetter;

use crate::{browser, clock, observer, reader, scene::Scene};

/// What a room shows now; none before it is open.
type Now = Box<dyn Fn() -> Option<Scene>>;

/// How the first messages stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum First {
    /// Nothing is known of them: where they will be, a place is kept.
    Awaited,
    /// The room was drawn, and had none.
    None,
    /// They wait for what reads them.
    Prepared,
    /// They were drawn.
    Drawn,
}

/// What draws a room, and when it last did.
pub struct Drawing {
    me: Weak<Self>,
    now: Now,
    drawn: UseStateSetter<Option<Rc<Scene>>>,
    pace: RefCell<Pace>,
    due: RefCell<Option<Timeout>>,
    first: Cell<First>,
}

impl Drawing {
    /// Draws what is `now` by setting `drawn`.
    #[must_use]
    pub fn new(now: Now, drawn: UseStateSetter<Option<Rc<Scene>>>) -> Rc<Self> {
        Rc::new_cyclic(|me| Self {
            me: me.clone(),
            now,
            drawn,
            pace: RefCell::default(),
            due: RefCell::default(),
            first: Cell::new(First::Awaited),
        })
    }

    /// Something has changed.
    pub fn changed(&self) {
        let draw = self.pace.borrow_mut().changed(clock::now(), sight());
        match draw {
            Draw::Now => self.draw(),
            Draw::In(ms) => self.draw_in(ms),
            Draw::Then => {}
        }
    }

    fn draw(&self) {
        drop(self.due.take());
        self.pace.borrow_mut().drawn(clock::now());
        let Some(scene) = (self.now)() else { return };
        let first = self.first.get();
        if !scene.has_message() {
            if first == First::Awaited && scene.is_loaded() {
                self.first.set(First::None);
            }
            self.drawn.set(Some(Rc::new(scene)));
            return;
        }
        match first {
            First::Drawn => {
                observer::message_shown();
                self.drawn.set(Some(Rc::new(scene)));
            }
            First::Awaited => {
                self.draw_prepared(Rc::clone(&scene.rows));
                self.drawn.set(Some(Rc::new(scene.awaiting_reader())));
            }
            First::None => self.draw_prepared(scene.rows),
            First::Prepared => {}
        }
    }

    fn draw_in(&self, ms: u32) {
        let me = self.me.clone();
        let due = Timeout::new(ms, move || {
            if let Some(me) = me.upgrade() {
                me.draw();
            }
        });
        drop(self.due.replace(Some(due)));
    }

    /// In a task of its own: with all that stands around the messages it would be a long one.
    fn draw_prepared(&self, rows: Rc<Vec<Row>>) {
        self.first.set(First::Prepared);
        let me = self.me.clone();
        spawn_local(async move {
            reader::prepare(&rows).await;
            sleep(Duration::ZERO).await;
            if let Some(me) = me.upgrade() {
                me.first.set(First::Drawn);
                me.draw();
            }
        });
    }
}

fn sight() -> Sight {
    if browser::is_hidden() { Sight::Hidden } else { Sight::Shown }
}
