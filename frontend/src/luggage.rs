//! The composer's files as a hook: what is chosen, pasted or dropped sets out at once, and what is taken out comes back at once.
//!
//! Not here: what may go along (`client::tray`) and how a file travels (`carrier`). Invariant: files that are in the room and on no
//! message yet are kept as the text's draft is, so that a reload loses none of them.

use std::{cell::RefCell, rc::Rc};

use client::tray::{Place, Refusal, Stage, Tray};
use gloo::{events::EventListener, events::EventListenerOptions, utils::window};
use protocol::Slug;
use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, DragEvent, FileList};
use yew::{
    Callback, UseForceUpdateHandle, UseStateSetter, hook, use_effect_with, use_force_update, use_mut_ref,
    use_state,
};

use crate::{
    carrier::{Carrier, whole},
    draft, words,
};

/// What a person wants of the files.
#[derive(Debug, Clone, PartialEq)]
pub enum Wish {
    /// Put these along.
    Add(Vec<web_sys::File>),
    /// Take this one out.
    TakeOut(Place),
    /// Try this one again.
    Again(Place),
    /// They went with a message.
    Gone,
}

/// What goes along with the next message.
#[derive(Clone)]
pub struct Luggage {
    /// The files, as they stand now.
    pub tray: Tray,
    /// Files are held over the page, to be dropped.
    pub hovered: bool,
    /// Takes wishes.
    pub on_wish: Callback<Wish>,
}

/// A file of the tray: what it is, and who carries it.
struct Piece {
    place: Place,
    file: web_sys::File,
    carrier: Option<Carrier>,
}

struct Hold {
    room: Slug,
    most_bytes: u64,
    tray: Tray,
    pieces: Vec<Piece>,
    redraw: UseForceUpdateHandle,
}

type Held = Rc<RefCell<Option<Hold>>>;

/// The files of one composer. A room in which messages take no files has `most_bytes` 0.
#[hook]
pub fn use_luggage(room: &Slug, most_bytes: u64) -> Luggage {
    let held: Held = use_mut_ref(|| None);
    let hovered = use_state(|| false);
    let redraw = use_force_update();
    let tray = {
        let mut held = held.borrow_mut();
        let hold = held.get_or_insert_with(|| Hold {
            room: room.clone(),
            most_bytes,
            tray: Tray::restore(draft::read_files(room)),
            pieces: Vec::new(),
            redraw,
        });
        hold.most_bytes = most_bytes;
        hold.tray.clone()
    };
    let on_wish = {
        let held = held.clone();
        yew::use_callback((), move |wish: Wish, ()| grant(&held, wish))
    };
    use_effect_with(most_bytes > 0, {
        let (hovered, on_wish) = (hovered.setter(), on_wish.clone());
        move |takes_files| {
            let listeners = takes_files.then(|| dropped(&hovered, &on_wish));
            move || drop(listeners)
        }
    });
    Luggage { tray, hovered: *hovered, on_wish }
}

fn grant(held: &Held, wish: Wish) {
    let mut guard = held.borrow_mut();
    let Some(hold) = guard.as_mut() else { return };
    match wish {
        Wish::Add(files) => files.into_iter().for_each(|file| hold.add(held, file)),
        Wish::TakeOut(place) => {
            hold.tray.take_out(place);
            hold.pieces.retain(|piece| piece.place != place);
        }
        Wish::Again(place) => {
            hold.tray.note(place, Stage::Going { sent: 0 });
            hold.carry(held, place);
        }
        Wish::Gone => {
            hold.tray = Tray::default();
            hold.pieces.clear();
        }
    }
    hold.keep();
    hold.redraw.force_update();
}

impl Hold {
    fn add(&mut self, held: &Held, file: web_sys::File) {
        if let Some(place) = self.tray.put(file.name(), whole(file.size()), self.most_bytes) {
            self.pieces.push(Piece { place, file, carrier: None });
            self.carry(held, place);
        }
    }

    fn carry(&mut self, held: &Held, place: Place) {
        let Some(piece) = self.pieces.iter_mut().find(|piece| piece.place == place) else { return };
        let held = Rc::downgrade(held);
        let on_stage = Callback::from(move |stage: Stage| {
            let Some(held) = held.upgrade() else { return };
            if let Some(hold) = held.borrow_mut().as_mut() {
                let came = matches!(stage, Stage::There(_));
                hold.tray.note(place, stage);
                if came {
                    hold.keep();
                }
                hold.redraw.force_update();
            }
        });
        match Carrier::set_out(&self.room, &piece.file, &on_stage) {
            Ok(carrier) => piece.carrier = Some(carrier),
            Err(_) => {
                self.tray.note(place, Stage::Refused(Refusal::Said(words::browser_cannot_send().to_owned())))
            }
        }
    }

    fn keep(&self) {
        draft::write_files(&self.room, &self.tray.files());
    }
}

/// The files of a list, as the browser has them.
#[must_use]
pub fn listed(files: Option<FileList>) -> Vec<web_sys::File> {
    files.map(|files| (0..files.length()).filter_map(|at| files.get(at)).collect()).unwrap_or_default()
}

/// The files of what is pasted; none where it is a text that came with a picture of itself.
#[must_use]
pub fn pasted(transfer: &DataTransfer) -> Vec<web_sys::File> {
    let text = transfer.get_data("text/plain").unwrap_or_default();
    if text.is_empty() { listed(transfer.files()) } else { Vec::new() }
}

/// Files may be dropped anywhere on the page: without these, the browser would leave the page and open what was dropped.
fn dropped(hovered: &UseStateSetter<bool>, on_wish: &Callback<Wish>) -> [EventListener; 3] {
    let listen = |name: &'static str, heard: Box<dyn Fn(&DragEvent)>| {
        EventListener::new_with_options(
            &window(),
            name,
            EventListenerOptions::enable_prevent_default(),
            move |event| {
                if let Some(event) = event.dyn_ref::<DragEvent>().filter(|event| carries_files(event)) {
                    heard(event);
                }
            },
        )
    };
    let (over, out, done, on_wish) = (hovered.clone(), hovered.clone(), hovered.clone(), on_wish.clone());
    let on_over = move |event: &DragEvent| {
        event.prevent_default();
        over.set(true);
    };
    // Between two elements it is still over the page.
    let on_out = move |event: &DragEvent| out.set(event.related_target().is_some());
    let on_drop = move |event: &DragEvent| {
        event.prevent_default();
        done.set(false);
        on_wish.emit(Wish::Add(listed(event.data_transfer().and_then(|transfer| transfer.files()))));
    };
    [
        listen("dragover", Box::new(on_over)),
        listen("dragleave", Box::new(on_out)),
        listen("drop", Box::new(on_drop)),
    ]
}

/// A text that is dragged within the page is no file.
fn carries_files(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|transfer| transfer.types());
    types.is_some_and(|types| types.includes(&"Files".into(), 0))
}
