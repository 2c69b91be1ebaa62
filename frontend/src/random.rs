//! The browser's randomness, asked here and nowhere else.

use protocol::CommandId;

/// Eight random bytes.
#[must_use]
pub fn seed() -> u64 {
    u64::from_le_bytes(bytes())
}

/// A name that nothing else has: 128 random bits in 32 characters.
#[must_use]
pub fn token() -> String {
    bytes::<16>().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A command's id.
///
/// # Panics
/// Never: the characters are those that an id has.
#[must_use]
pub fn command_id() -> CommandId {
    CommandId::parse(&token()).expect("32 hexadecimal digits are an id")
}

fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    let crypto = gloo::utils::window().crypto().expect("every browser that runs this has randomness");
    crypto.get_random_values_with_u8_array(&mut bytes).expect("fewer than 65,536 bytes are asked for");
    bytes
}
