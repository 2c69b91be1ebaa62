//! Once: the same command of the same member has its effect once, for as long as the room lives.
//!
//! What is remembered of a command is a digest: FNV-1a, 64 bits, over the JSON of [`Command`]. That JSON names fields
//! in a fixed order and leaves absent ones out, so a field of a later version does not change the digest of a command
//! without it; and the sum is the same on every machine. Whoever makes two commands collide only fools themselves:
//! ids are compared within one member.

use archive::{Archive, Sql};
use protocol::{Command, CommandId, MemberId, Millis, Seq};

use crate::effect::Fatal;

/// What the archive remembers of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Recall {
    /// Nothing: it is new.
    New,
    /// It was acked so.
    Repeat {
        /// Where; `None` when it changed nothing.
        seq: Option<Seq>,
        /// When.
        at: Millis,
    },
    /// Its id stands for another command.
    Reused,
}

pub(crate) fn recall<S: Sql>(
    archive: &Archive<S>,
    member: &MemberId,
    id: &CommandId,
    digest: u64,
) -> Result<Recall, Fatal> {
    Ok(match archive.once(member, id)? {
        None => Recall::New,
        Some(once) if once.digest == digest => Recall::Repeat { seq: once.seq, at: once.at },
        Some(_) => Recall::Reused,
    })
}

/// What is remembered of a command's body.
pub(crate) fn digest(command: &Command) -> u64 {
    fnv1a(protocol::encode(command).as_bytes())
}

/// <http://www.isthe.com/chongo/tech/comp/fnv/>
pub(crate) fn fnv1a(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use protocol::Draft;

    use super::*;

    #[test]
    fn the_sum_is_the_published_one() {
        assert_eq!(fnv1a(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a(b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn a_digest_that_was_stored_by_the_first_version_still_matches() {
        let draft = Draft { text: "Bonjour".to_owned(), ..Draft::default() };
        let send = Command::Send(draft);
        assert_eq!(protocol::encode(&send), r#"{"command":"send","text":"Bonjour"}"#);
        assert_eq!(digest(&send), fnv1a(br#"{"command":"send","text":"Bonjour"}"#));
    }

    #[test]
    fn every_field_counts() {
        let react = |emoji: &str, on| Command::React { seq: Seq::ZERO.next(), emoji: emoji.to_owned(), on };
        assert_ne!(digest(&react("👍", true)), digest(&react("👍", false)));
        assert_ne!(digest(&react("👍", true)), digest(&react("👎", true)));
    }
}
