//! Texts of addresses that only this instance can make: what they say, and a keyed hash of it (BLAKE3), in base64 without padding (RFC 4648 5).

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use super::secret::PlainToken;

/// Bytes of a seal.
pub const SEAL: usize = 32;

/// What is said, sealed. `purpose` parts one kind of address from another, so that none is taken for the other.
pub fn seal(purpose: &str, instance_secret: &[u8], mut said: Vec<u8>) -> PlainToken {
    let seal = keyed(purpose, instance_secret, &said);
    said.extend(seal.as_bytes());
    PlainToken::from_text(&URL_SAFE_NO_PAD.encode(said))
}

/// What such a text says, in so many bytes; none where it was changed, or another instance made it.
pub fn open(purpose: &str, instance_secret: &[u8], text: &str, bytes: usize) -> Option<Vec<u8>> {
    let mut said = URL_SAFE_NO_PAD.decode(text).ok().filter(|all| all.len() == bytes + SEAL)?;
    let seal: [u8; SEAL] = said.split_off(bytes).try_into().ok()?;
    // Hashes are compared in constant time.
    (keyed(purpose, instance_secret, &said) == blake3::Hash::from_bytes(seal)).then_some(said)
}

fn keyed(purpose: &str, instance_secret: &[u8], said: &[u8]) -> blake3::Hash {
    blake3::keyed_hash(&blake3::derive_key(purpose, instance_secret), said)
}
