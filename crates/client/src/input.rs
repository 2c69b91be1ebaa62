//! What goes into a client.

use protocol::{Availability, CommandId, Draft, Seq, http::MessagesPage};

use crate::output::PageRequest;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Begin: connect.
    Start,
    /// The browser thinks it has a network again.
    Online,
    /// The browser thinks it has none.
    Offline,
    /// The person wants no more waiting.
    TryNow,
    /// The socket that `Output::Connect` asked for is open. No success yet: that is `welcome`.
    Opened,
    /// Text came over it.
    Frame(String),
    /// It is gone, or never was.
    Closed {
        /// The close code; 1006 where there was none.
        code: u16,
    },
    /// The time that `Output::Timer` named has come.
    Timer,
    /// The person sent a message; `id` is minted by the shell.
    Send {
        /// The command's id.
        id: CommandId,
        /// What to write. Whom its text calls is added to whom it mentions.
        draft: Draft,
    },
    /// The person changed a message of theirs.
    Edit {
        /// The command's id.
        id: CommandId,
        /// The message.
        seq: Seq,
        /// The new text.
        text: String,
    },
    /// The person deleted a message.
    Delete {
        /// The command's id.
        id: CommandId,
        /// The message.
        seq: Seq,
    },
    /// The person put a reaction on a message, or took it away.
    React {
        /// The command's id.
        id: CommandId,
        /// The message.
        seq: Seq,
        /// Which, as it stands on the wire; whether it is one emoji, the room says.
        emoji: String,
        /// Put, or take away.
        on: bool,
    },
    /// "Try again" on a failed command.
    Retry(CommandId),
    /// "Discard" on a failed command.
    Discard(CommandId),
    /// The person is typing.
    Typing,
    /// The person came to the keyboard, or left it.
    Presence(Availability),
    /// The newest message that was on the screen.
    Seen(Seq),
    /// The person scrolled to where older messages are wanted.
    Older,
    /// The person scrolled into a gap.
    FillGap {
        /// As `Row::Gap` has it.
        above: Seq,
    },
    /// The person wants to see this message; it may be far above what is held.
    Visit(Seq),
    /// The answer to `Output::Fetch`. Each question gets exactly one, however long it takes.
    Page {
        /// What was asked.
        request: PageRequest,
        /// The answer; `None` when it failed and should be asked again later.
        page: Option<Box<MessagesPage>>,
    },
}
