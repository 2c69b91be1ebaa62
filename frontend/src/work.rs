//! What the keys are for: a new message, an answer, a change of an old one. One at a time.

use protocol::Seq;

/// What is being written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Work {
    /// A new message.
    #[default]
    New,
    /// A message that answers this one.
    Reply(Seq),
    /// The text of this one.
    Edit(Seq),
}
