//! The two things that change by themselves: the room, and the time.

use std::{rc::Rc, time::Duration};

use gloo::{
    events::EventListener,
    timers::{callback::Interval, future::sleep},
    utils::window,
};
use protocol::{MemberId, Slug, http::MyRoom};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, UseStateSetter, hook, use_callback, use_effect_with, use_mut_ref, use_state};

use crate::{
    address::Address,
    beacon, browser,
    calendar::Reading,
    clock,
    drawing::Drawing,
    driver::Driver,
    http,
    intent::Intent,
    observer,
    scene::Scene,
    vitals::{self, Moment},
};

/// How often the list of rooms is asked for: each time, every room in it counts.
const MY_ROOMS_EVERY_MS: u32 = 60_000;

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
                    let drawing = drawing(&scene, &driver);
                    let on_change = {
                        let drawing = drawing.clone();
                        Callback::from(move |()| drawing.changed())
                    };
                    let opened = Driver::open(member, room, on_change).await;
                    sleep(Duration::ZERO).await;
                    if wanted.upgrade().is_some() {
                        *driver.borrow_mut() = Some(opened);
                        drawing.changed();
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

/// Draws the room of the driver that is held.
fn drawing(scene: &UseStateSetter<Option<Rc<Scene>>>, driver: &Held) -> Rc<Drawing> {
    let driver = driver.clone();
    Drawing::new(Box::new(move || held(&driver).map(|driver| driver.scene())), scene.clone())
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

/// The rooms of a member who is signed in.
#[derive(Clone)]
pub struct MyRoomsNow {
    /// As they were told last; empty before that.
    pub kept: Rc<Vec<MyRoom>>,
    /// Asks for them again.
    pub on_changed: Callback<()>,
}

impl PartialEq for MyRoomsNow {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.kept, &other.kept) && self.on_changed == other.on_changed
    }
}

/// Asks for a member's rooms now, whenever they go somewhere else or come back to the page, and once in a while.
#[hook]
pub fn use_my_rooms(member: Option<MemberId>, address: Address) -> MyRoomsNow {
    let kept = use_state(Rc::<Vec<MyRoom>>::default);
    let on_changed = use_callback(member.is_some(), {
        let kept = kept.setter();
        move |(), inside| {
            if *inside {
                let kept = kept.clone();
                spawn_local(async move {
                    // What was told before stands for as long as nothing newer comes.
                    if let Ok(told) = http::my_rooms().await {
                        kept.set(Rc::new(told.rooms));
                    }
                });
            }
        }
    });
    use_effect_with((member, address), {
        let on_changed = on_changed.clone();
        move |_| {
            let (asked, looked) = (on_changed.clone(), on_changed.clone());
            on_changed.emit(());
            let asking = Interval::new(MY_ROOMS_EVERY_MS, move || asked.emit(()));
            let coming = EventListener::new(&window(), "focus", move |_| looked.emit(()));
            move || drop((asking, coming))
        }
    });
    MyRoomsNow { kept: (*kept).clone(), on_changed }
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
