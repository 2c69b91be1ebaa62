//! Every shape of the wire, byte for byte: what the types write, and that they read it back as the same value.
//!
//! A golden file is what other clients are written against. When a shape changes on purpose, run
//! `UPDATE_GOLDEN=1 cargo test -p protocol` and read the difference before it is committed.

mod codes;
mod events;
mod frames;
mod http;
mod notifications;
mod programs;

use protocol::encode;
use serde::{Serialize, de::DeserializeOwned};

/// The lines of one golden file: a comment that names the case, then its JSON.
#[derive(Default)]
struct Golden {
    lines: String,
}

impl Golden {
    /// Adds a shape; it must come back from its bytes as the same value.
    fn pin<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(&mut self, case: &str, value: &T) {
        let json = encode(value);
        let back: T = serde_json::from_str(&json).expect("what is written can be read");
        assert_eq!(&back, value, "{case} comes back as it was");
        self.line(case, &json);
    }

    /// Adds a line that is no JSON of a type.
    fn line(&mut self, case: &str, text: &str) {
        self.lines.push_str(&format!("# {case}\n{text}\n"));
    }

    /// Compares with the committed file, or writes it anew when `UPDATE_GOLDEN` is set.
    fn check(self, file: &str, committed: &str) {
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            let path = format!("{}/tests/golden/{file}", env!("CARGO_MANIFEST_DIR"));
            std::fs::write(path, self.lines).expect("the golden file can be written");
            return;
        }
        for (mine, theirs) in self.lines.lines().zip(committed.lines()) {
            assert_eq!(
                mine, theirs,
                "{file} differs; if that is meant: UPDATE_GOLDEN=1 cargo test -p protocol"
            );
        }
        assert_eq!(
            self.lines.lines().count(),
            committed.lines().count(),
            "{file} has another number of lines; if that is meant: UPDATE_GOLDEN=1 cargo test -p protocol"
        );
    }
}

/// Values that many shapes need.
mod given {
    use protocol::{CommandId, Epoch, Member, MemberId, Millis, Seq, SessionId};

    pub const AT: Millis = Millis(1_795_000_000_000);

    pub fn command(id: &str) -> CommandId {
        CommandId::parse(id).expect("a good id")
    }

    pub fn member(id: &str) -> MemberId {
        MemberId::parse(id).expect("a good id")
    }

    pub fn epoch() -> Epoch {
        Epoch::parse("e1").expect("a good epoch")
    }

    pub fn session() -> SessionId {
        SessionId::parse("s1").expect("a good id")
    }

    pub fn seq(seq: u64) -> Seq {
        Seq::try_new(seq).expect("a good seq")
    }

    pub fn ada() -> Member {
        Member { id: member("m-ada"), name: "Ada".to_owned() }
    }
}
