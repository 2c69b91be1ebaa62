//! What can be done to the world, one case each: by a person, by the network, to the room.
//!
//! An action names things by counting ("my second newest message"), never by id or seq: it can be replayed in a script
//! from which other steps were taken out. One that finds nothing to act on does nothing.

use crate::network::Who;

/// A wait, and then an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// How long the world runs on before it, in milliseconds.
    pub after_ms: u64,
    /// What happens then.
    pub action: Action,
}

/// What happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// To or by a device.
    Device(Who, Deed),
    /// To the room's server.
    Room(Mishap),
}

/// What a device, its person or its network does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Sends a message.
    Send(Wording),
    /// Answers a message, counted from the newest on the screen.
    Reply(u64, Wording),
    /// Changes a message of its own, counted from the newest.
    Edit(u64, Wording),
    /// Deletes a message of its own, or as a moderator any, counted from the newest.
    Delete(u64),
    /// Puts a reaction on a message, or takes it away; both counted.
    React(u64, u64, Side),
    /// Sends a message by HTTP.
    Post(Wording),
    /// Changes the delays of the link: to the server, from the server.
    Delay(u64, u64),
    /// The device's clock is set forward or back by so many milliseconds.
    StepClock(i64),
    /// One without further words.
    Plain(PlainDeed),
}

/// A reaction comes or goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// It comes.
    On,
    /// It goes.
    Off,
}

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wording {
    /// A few words, never the same twice.
    Plain,
    /// The same few words every time: an edit to them changes nothing.
    Same,
    /// Quotes, line ends, a NUL, emoji, two directions.
    Odd,
    /// Calls a member by name.
    Mention,
    /// As long as a text may be.
    Longest,
    /// One more than that.
    TooLong,
    /// White space.
    Blank,
}

macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$case_doc:meta])* $case:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$case_doc])* $case,)* }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$case),*];

            /// The word for it in a script.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$case => $word),* }
            }
        }
    };
}

named!(
    /// What a device does without further words.
    PlainDeed {
        /// The newest message was on the screen.
        Read = "reads",
        /// The person is writing.
        Type = "types",
        /// The person left the keyboard.
        Leave = "leaves",
        /// The person is back at it.
        Return = "returns",
        /// Older messages are wanted.
        ScrollUp = "scrolls-up",
        /// The first gap on the screen is scrolled into.
        FillGap = "fills-gap",
        /// "Try again" on the first failed command.
        Retry = "retries",
        /// "Discard" on the first failed command.
        Discard = "discards",
        /// No more waiting for the next try to connect.
        Hurry = "hurries",
        /// The browser says that there is no network.
        GoOffline = "goes-offline",
        /// The browser says that there is one.
        GoOnline = "goes-online",
        /// The page is loaded anew: only what is on disk is left.
        Reload = "reloads",
        /// The page gets no time: frames wait, timers do not ring.
        Freeze = "freezes",
        /// It gets its time again.
        Thaw = "thaws",
        /// The last message by HTTP is sent again, as it was.
        Repost = "reposts",
        /// The last command over the socket is sent again, as it was.
        Repeat = "repeats",
        /// The last command's id is sent with another body.
        Forge = "forges",
        /// Pins the newest message on the screen.
        Pin = "pins",
        /// Takes it down again.
        Unpin = "unpins",
        /// Throws Cem out.
        Kick = "kicks-cem",
        /// Keeps Ada from writing, for a while.
        Mute = "mutes-ada",
        /// Lets Ada write again.
        Unmute = "unmutes-ada",
        /// Something that is not JSON.
        BabbleText = "babbles-text",
        /// A type that nobody knows.
        BabbleType = "babbles-type",
        /// A known type with wrong fields.
        BabbleFields = "babbles-fields",
        /// A binary frame.
        BabbleBinary = "babbles-binary",
        /// A resume with a cursor of no log.
        BabbleCursor = "babbles-cursor",
        /// The member takes another name.
        Rename = "takes-a-name",
        /// The sign-in ends.
        SignOut = "signs-out",
        /// Signs in again, with what the disk holds.
        SignIn = "signs-in",
        /// The socket dies and both ends are told.
        Drop = "drops",
        /// Both ways of the socket die and nobody is told.
        Silence = "falls-silent",
        /// The socket dies and only the device is told.
        HalfClose = "vanishes",
        /// The socket dies and only the server is told.
        Abandon = "is-abandoned",
        /// Nothing new gets through: neither sockets nor requests.
        LinkDown = "loses-link",
        /// It does again.
        LinkUp = "regains-link",
    }
);

/// What happens to the room's server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mishap {
    /// The process dies: memory, sockets and what was not flushed are gone.
    Crash,
    /// The object loses its memory between two turns; its sockets stay open.
    Evict,
    /// The next so many transactions fail.
    FailWrites(u64),
    /// The next so many readings fail.
    FailReads(u64),
    /// A flush takes so many milliseconds from now on.
    SlowDisk(u64),
    /// The server's clock is set forward or back.
    StepClock(i64),
}

impl Wording {
    /// All of them, with their words in a script.
    pub const ALL: &[(Self, &'static str)] = &[
        (Self::Plain, "plain"),
        (Self::Same, "same"),
        (Self::Odd, "odd"),
        (Self::Mention, "mention"),
        (Self::Longest, "longest"),
        (Self::TooLong, "too-long"),
        (Self::Blank, "blank"),
    ];

    /// The text, given a number that nobody had before.
    #[must_use]
    pub fn text(self, number: u64) -> String {
        match self {
            Self::Plain | Self::Mention => format!("words {number}"),
            Self::Same => "the same words".to_owned(),
            Self::Odd => format!("\"{number}\"\n\u{0}\\ 👩‍👩‍👧 \u{5e9}\u{5dc} 'x'; DROP TABLE"),
            Self::Longest => "ä".repeat(protocol::limits::TEXT_SCALARS),
            Self::TooLong => "ä".repeat(protocol::limits::TEXT_SCALARS + 1),
            Self::Blank => " \n ".to_owned(),
        }
    }
}
