//! The Worker's one source of randomness: ids that nobody can guess, and seeds.

use base64ct::{Base64UrlUnpadded, Encoding};

/// An id of 128 random bits, 22 characters of `[A-Za-z0-9_-]`.
pub fn id() -> String {
    Base64UrlUnpadded::encode_string(&bytes::<16>())
}

/// An id of 128 random bits as 32 hex digits.
pub fn hex_id() -> String {
    bytes::<16>().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A seed for what need not be secret.
pub fn seed() -> u64 {
    u64::from_le_bytes(bytes())
}

/// Random bits.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    // The runtime's generator cannot fail inside a handler; a Worker that has none must not mint ids.
    #[expect(clippy::expect_used, reason = "without randomness no id may be minted")]
    getrandom::fill(&mut bytes).expect("the runtime has a random generator");
    bytes
}
