//! Comparing what somebody says with what they should know.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A key shorter than this is guessed rather than known: 128 bits in hex.
pub const KEY_BYTES: usize = 32;

/// Compares MACs in place of the secrets, so that the time it takes says nothing of them.
pub fn same(given: &str, secret: &str) -> bool {
    let mac = |text: &str| {
        let keyed = Hmac::<Sha256>::new_from_slice(secret.as_bytes());
        keyed.map(|keyed| keyed.chain_update(text.as_bytes()))
    };
    match (mac(given), mac(secret)) {
        (Ok(given), Ok(secret)) => given.verify(&secret.finalize().into_bytes()).is_ok(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_secret_itself_is_the_same() {
        assert!(same("secret", "secret"));
        for other in ["", "secre", "secret ", "Secret"] {
            assert!(!same(other, "secret"), "{other}");
        }
    }
}
