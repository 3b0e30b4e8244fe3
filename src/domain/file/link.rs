//! Addresses of private files that are good for a while, for whoever has them. Such an address is sealed with a key that is made from the secret of
//! the instance, and stored nowhere.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use uuid::Uuid;

use crate::domain::time::Instant;

/// How long an address is good unless asked otherwise.
pub const LIFE: Duration = Duration::from_secs(60 * 60);
/// The longest that one may be good.
pub const LIFE_MAX: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// Bytes of a seal: half of a hash cannot be guessed either.
const SEAL: usize = 16;

/// The seal of an address that leads to what has this id, a file or a version of one, until a second.
pub fn seal(instance_secret: &[u8], id: Uuid, until: i64) -> String {
    URL_SAFE_NO_PAD.encode(sealed(instance_secret, id, until))
}

/// Whether a seal is that of what has this id, and its time is not over.
pub fn is_good(seal: &str, instance_secret: &[u8], (id, until): (Uuid, i64), now: Instant) -> bool {
    let given: Option<[u8; SEAL]> = URL_SAFE_NO_PAD.decode(seal).ok().and_then(|bytes| bytes.try_into().ok());
    // Hashes are compared in constant time; these are made of equal halves.
    let whole = |half: [u8; SEAL]| blake3::Hash::from_bytes(std::array::from_fn(|at| half[at % SEAL]));
    now.seconds() < until && given.is_some_and(|given| whole(given) == whole(sealed(instance_secret, id, until)))
}

fn sealed(instance_secret: &[u8], id: Uuid, until: i64) -> [u8; SEAL] {
    let mut said = id.as_bytes().to_vec();
    said.extend(until.to_be_bytes());
    let hash = blake3::keyed_hash(&blake3::derive_key("stele 2026-11 address of a private file", instance_secret), &said);
    let bytes = hash.as_bytes();
    std::array::from_fn(|at| bytes[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_is_good_for_one_file_until_its_time_and_where_it_was_made() {
        let (file, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let text = seal(b"secret", file, 100);
        let good = |text: &str, secret: &[u8], file, until, now| is_good(text, secret, (file, until), Instant::from_seconds(now));
        assert!(good(&text, b"secret", file, 100, 99));
        assert!(!good(&text, b"secret", file, 100, 100), "its time is over");
        assert!(!good(&text, b"secret", file, 101, 99), "the time was changed");
        assert!(!good(&text, b"secret", other, 100, 99) && !good(&text, b"other", file, 100, 99));
        for bad in ["", "x", &text[1..], &format!("{text}A"), "AAAAAAAAAAAAAAAAAAAAAA"] {
            assert!(!good(bad, b"secret", file, 100, 99), "{bad}");
        }
    }
}
