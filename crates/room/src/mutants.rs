//! Three faults on purpose, for the simulator to find: the proof that it would find such a one by accident.
//!
//! Only a build with the feature `mutants` has them, and it too behaves well until one is let loose. They are chosen for the
//! whole process, since a room is made in many places.

use std::sync::atomic::{AtomicU8, Ordering};

/// A fault on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Mutant {
    /// What goes out goes out before it is stored.
    AckBeforeStore = 1,
    /// A resume leaves out the first event after the cursor.
    ResumeOffByOne = 2,
    /// A room that wakes knows no command from before.
    ForgetOnceOnWake = 3,
}

/// 0 for none.
static LOOSE: AtomicU8 = AtomicU8::new(0);

impl Mutant {
    /// All of them, with their names.
    pub const ALL: [(Self, &'static str); 3] = [
        (Self::AckBeforeStore, "ack-before-store"),
        (Self::ResumeOffByOne, "resume-off-by-one"),
        (Self::ForgetOnceOnWake, "forget-once-on-wake"),
    ];

    /// From now on every room of this process has this fault, and no other.
    pub fn let_loose(self) {
        LOOSE.store(self as u8, Ordering::Relaxed);
    }

    /// Whether rooms have this fault.
    pub(crate) fn is_loose(self) -> bool {
        LOOSE.load(Ordering::Relaxed) == self as u8
    }
}
