//! What goes into a client.

use protocol::{
    Availability, CommandId, Draft, File, MemberId, Millis, Moderation, Role, Seq, http::MessagesPage,
};

use crate::{output::PageRequest, saved::SavedCommand, view::GapEdge};

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
    /// The person sent a message with files, which are in the room already.
    SendFiles {
        /// The command's id.
        id: CommandId,
        /// What to write, if anything. Its attachments become these files.
        draft: Draft,
        /// They, in their order.
        files: Vec<File>,
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
    /// The person pinned a message to the room, or took it down.
    Pin {
        /// The command's id.
        id: CommandId,
        /// The message.
        seq: Seq,
        /// Pin, or take down.
        on: bool,
    },
    /// The person acted on a member: threw out, kept out, muted, or took that back.
    Moderate {
        /// The command's id.
        id: CommandId,
        /// On whom, and how.
        moderation: Moderation,
    },
    /// The person gave a member a role.
    Role {
        /// The command's id.
        id: CommandId,
        /// Whom.
        member: MemberId,
        /// Which.
        role: Role,
    },
    /// "Try again" on a failed command.
    Retry(CommandId),
    /// "Discard" on a failed command.
    Discard(CommandId),
    /// The disk's word on the member's other tabs in this room. What one that is gone left is this tab's from now on; what those
    /// that live have yet to send is shown here and sent there.
    Tabs {
        /// Of tabs that are gone.
        left: Vec<SavedCommand>,
        /// All that wait in tabs that live.
        sending: Vec<SavedCommand>,
    },
    /// The person is typing.
    Typing,
    /// The person came to the keyboard, or left it.
    Presence(Availability),
    /// The newest message that was on the screen.
    Seen(Seq),
    /// The person scrolled to where older messages are wanted.
    Older,
    /// The person scrolled into a gap.
    FillGap(GapEdge),
    /// The message that the person's place hangs on, whether they look at the page or not: what is around it is held.
    InView(Seq),
    /// The person wants to see this message; it may be far above what is held.
    Visit(Seq),
    /// The person wants to see what was written then: the first message at or after that instant.
    VisitDate(Millis),
    /// The answer to `Output::Fetch`. Each question gets exactly one, however long it takes.
    Page {
        /// What was asked.
        request: PageRequest,
        /// The answer; `None` when it failed and should be asked again later.
        page: Option<Box<MessagesPage>>,
    },
}
