//! The two things that change by themselves: the room, and the time.

use std::rc::Rc;

use gloo::timers::callback::Interval;
use protocol::{MemberId, Slug};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, UseStateSetter, hook, use_callback, use_effect_with, use_mut_ref, use_state};

use crate::{browser, calendar::Reading, clock, driver::Driver, intent::Intent, scene::Scene};

/// A room that is open.
#[derive(Clone)]
pub struct OpenRoom {
    /// What it shows; none until what was kept of it has been read from the disk.
    pub scene: Option<Rc<Scene>>,
    /// Takes wishes. Those from before the room is open are lost: there is nothing to wish for yet.
    pub on_intent: Callback<Intent>,
}

/// Opens a room for a member, and closes it with the component.
#[hook]
pub fn use_room(member: &MemberId, room: &Slug) -> OpenRoom {
    let scene = use_state(|| None);
    let driver = use_mut_ref(|| None::<Rc<Driver>>);
    use_effect_with((member.clone(), room.clone()), {
        let (scene, driver) = (scene.setter(), driver.clone());
        move |(member, room)| {
            let (member, room) = (member.clone(), room.clone());
            let still_wanted = Rc::new(());
            let wanted = Rc::downgrade(&still_wanted);
            spawn_local({
                let driver = driver.clone();
                async move {
                    let opened = Driver::open(member, room, show(&scene, &driver)).await;
                    if wanted.upgrade().is_some() {
                        scene.set(Some(Rc::new(opened.scene())));
                        *driver.borrow_mut() = Some(opened);
                    }
                }
            });
            let listeners = browser::listen(&told(&driver));
            move || {
                drop((still_wanted, listeners));
                driver.borrow_mut().take();
            }
        }
    });
    let on_intent = use_callback((), move |intent: Intent, ()| {
        if let Some(driver) = held(&driver) {
            driver.wish(intent);
        }
    });
    OpenRoom { scene: (*scene).clone(), on_intent }
}

type Held = Rc<std::cell::RefCell<Option<Rc<Driver>>>>;

/// The driver itself, so that nothing is borrowed while it works.
fn held(driver: &Held) -> Option<Rc<Driver>> {
    driver.borrow().clone()
}

fn show(scene: &UseStateSetter<Option<Rc<Scene>>>, driver: &Held) -> Callback<()> {
    let (scene, driver) = (scene.clone(), driver.clone());
    Callback::from(move |()| {
        if let Some(driver) = held(&driver) {
            scene.set(Some(Rc::new(driver.scene())));
        }
    })
}

fn told(driver: &Held) -> Callback<client::Input> {
    let driver = driver.clone();
    Callback::from(move |input| {
        if let Some(driver) = held(&driver) {
            driver.give(input);
        }
    })
}

/// The time, and again every so many milliseconds.
#[hook]
pub fn use_reading(every_ms: u32) -> Reading {
    let reading = use_state(clock::reading);
    use_effect_with(every_ms, {
        let reading = reading.setter();
        move |every_ms| {
            reading.set(clock::reading());
            let ticking = Interval::new(*every_ms, move || reading.set(clock::reading()));
            move || drop(ticking)
        }
    });
    *reading
}
