//! The tray: the files that go along with the next message, from the moment they were chosen.
//!
//! A pure value beside the client: files go to the room by HTTP, whoever is connected. Not here: how they get there. The invariant: a
//! message takes the tray only as a whole, once every file in it is in the room or was taken out.

use protocol::{File, limits::ATTACHMENTS};

/// Names a file in the tray, before the room has a name for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place(u32);

/// How a file stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// So many bytes of it are on their way or there.
    Going {
        /// How many.
        sent: u64,
    },
    /// The room has it.
    There(File),
    /// It did not get there, and why, for people. It may be tried again.
    Failed(String),
    /// It can be on no message here.
    Refused(Refusal),
}

/// Why a file can be on no message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// A message takes no more files than this.
    TooMany(usize),
    /// A file has at most so many bytes here.
    TooLarge(u64),
    /// There is nothing in it.
    Empty,
    /// Said by the server, or by the browser, for people.
    Said(String),
}

/// A file in the tray.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its place.
    pub place: Place,
    /// What it is called here.
    pub name: String,
    /// In bytes.
    pub size: u64,
    /// How it stands.
    pub stage: Stage,
}

/// The files of the next message, in the order in which they were chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tray {
    entries: Vec<Entry>,
    next: u32,
}

/// Whether the next message can go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ready {
    /// There is no file: it is the text's matter.
    Empty,
    /// A file is on its way, or failed and is still there.
    Waits,
    /// All files are in the room.
    Full,
}

impl Tray {
    /// With files that are in the room already, as they were kept when the page was left.
    #[must_use]
    pub fn restore(files: Vec<File>) -> Self {
        let mut tray = Self::default();
        for file in files {
            tray.push(file.name.clone(), file.size, Stage::There(file));
        }
        tray
    }

    /// Puts a file in. Gives its place if it is to be sent; one that is too large, empty, or one too many, is refused where it stands.
    pub fn put(&mut self, name: String, size: u64, most_bytes: u64) -> Option<Place> {
        let refusal = if self.entries.len() >= ATTACHMENTS {
            Some(Refusal::TooMany(ATTACHMENTS))
        } else if size > most_bytes {
            Some(Refusal::TooLarge(most_bytes))
        } else if size == 0 {
            Some(Refusal::Empty)
        } else {
            None
        };
        let goes = refusal.is_none();
        let place = self.push(name, size, refusal.map_or(Stage::Going { sent: 0 }, Stage::Refused));
        goes.then_some(place)
    }

    /// Something became of a file. One that was taken out meanwhile is not heard of any more.
    pub fn note(&mut self, place: Place, stage: Stage) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.place == place) {
            entry.stage = stage;
        }
    }

    /// Takes a file out.
    pub fn take_out(&mut self, place: Place) {
        self.entries.retain(|entry| entry.place != place);
    }

    /// All files, in order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Those that the room has, in order.
    #[must_use]
    pub fn files(&self) -> Vec<File> {
        let there = self.entries.iter().filter_map(|entry| match &entry.stage {
            Stage::There(file) => Some(file.clone()),
            Stage::Going { .. } | Stage::Failed(_) | Stage::Refused(_) => None,
        });
        there.collect()
    }

    /// Whether a message can take it.
    #[must_use]
    pub fn ready(&self) -> Ready {
        match self.entries.as_slice() {
            [] => Ready::Empty,
            entries if entries.iter().all(|entry| matches!(entry.stage, Stage::There(_))) => Ready::Full,
            _ => Ready::Waits,
        }
    }

    fn push(&mut self, name: String, size: u64, stage: Stage) -> Place {
        let place = Place(self.next);
        self.next = self.next.wrapping_add(1);
        self.entries.push(Entry { place, name, size, stage });
        place
    }
}
