//! The two things that change by themselves: the room, and the time.

use std::rc::Rc;

use gloo::timers::callback::Interval;
use protocol::{MemberId, Slug};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, UseStateSetter, hook, use_callback, use_effect_with, use_mut_ref, use_state};

use crate::{
    beacon, browser,
    calendar::Reading,
    clock,
    driver::Driver,
    intent::Intent,
    observer,
    scene::Scene,
    vitals::{self, Moment},
};

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
                        scene.set(Some(shown(&opened)));
                        *driver.borrow_mut() = Some(opened);
                    }
                }
            });
            let listeners = browser::listen(&told(&driver));
            let moments = beacon::moments(&telling(&driver));
            move || {
                drop((still_wanted, listeners, moments));
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
            scene.set(Some(shown(&driver)));
        }
    })
}

fn shown(driver: &Driver) -> Rc<Scene> {
    let scene = driver.scene();
    if scene.has_message() {
        observer::message_shown();
    }
    Rc::new(scene)
}

fn told(driver: &Held) -> Callback<client::Input> {
    let driver = driver.clone();
    Callback::from(move |input| {
        if let Some(driver) = held(&driver) {
            driver.give(input);
        }
    })
}

/// Sends what there is to tell, at each moment at which something may be told.
fn telling(driver: &Held) -> Callback<Moment> {
    let driver = driver.clone();
    Callback::from(move |moment| {
        let measured = || held(&driver).map(|driver| driver.take_measurements()).unwrap_or_default();
        if let Some(told) = observer::tell(moment, measured) {
            beacon::send(beacon::METRICS, &vitals::body(&told));
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
