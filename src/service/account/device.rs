//! Browsers in which somebody signed in before. A cookie of theirs says so, with a proof that only this instance can make; it opens
//! nothing, and only sets its browser apart from strangers who try passwords.

use crate::{
    domain::{
        Result,
        id::{Entropy, UserId},
        text,
    },
    store::{Store, instance},
};

/// People that one browser is known to at most.
const PEOPLE: usize = 5;

/// What makes and checks the proofs.
#[derive(Clone)]
pub struct Devices([u8; 32]);

impl Devices {
    /// Those of this instance.
    ///
    /// # Errors
    /// Those of the store.
    pub fn new(store: &Store) -> Result<Self> {
        let secret = store.write_now(instance::unguarded_get_or_make)?.secret;
        Ok(Self(blake3::derive_key("stele 2026-11 known browser", &secret)))
    }

    fn proof(&self, user: UserId, device: &[u8; 16]) -> blake3::Hash {
        blake3::keyed_hash(&self.0, format!("{user} {}", text::hex(device)).as_bytes())
    }

    /// The browser's number, if its cookie proves that this person signed in with it.
    pub fn verify(&self, cookie: &str, user: UserId) -> Option<[u8; 16]> {
        cookie.split('.').take(PEOPLE).find_map(|part| {
            let (device, proof) = part.split_at_checked(32)?;
            let device = u128::from_str_radix(device, 16).ok()?.to_be_bytes();
            // Hashes are compared in constant time.
            (self.proof(user, &device) == blake3::Hash::from_hex(proof).ok()?).then_some(device)
        })
    }

    /// The cookie of a browser in which somebody has just signed in: what it had, and this person's proof.
    pub fn with(&self, cookie: &str, user: UserId, entropy: &dyn Entropy) -> String {
        if self.verify(cookie, user).is_some() {
            return cookie.to_owned();
        }
        let mut device = [0; 16];
        entropy.fill(&mut device);
        let mine = format!("{}{}", text::hex(&device), self.proof(user, &device).to_hex());
        let is_part = |part: &&str| part.len() == 96 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
        let parts: Vec<_> = [mine.as_str()].into_iter().chain(cookie.split('.').filter(is_part)).take(PEOPLE).collect();
        parts.join(".")
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::app::SystemEntropy;

    #[test]
    fn a_browser_is_known_to_those_who_signed_in_with_it_and_cannot_make_that_up() {
        let (devices, other) = (Devices([1; 32]), Devices([2; 32]));
        let user = |n| UserId::from_uuid(Uuid::from_u128(n));
        let cookie = devices.with("rubbish.", user(1), &SystemEntropy);
        let first = devices.verify(&cookie, user(1)).expect("known");
        assert_eq!((devices.verify(&cookie, user(2)), other.verify(&cookie, user(1)), devices.verify("", user(1))), (None, None, None));
        let both = devices.with(&cookie, user(2), &SystemEntropy);
        assert!(devices.verify(&both, user(1)) == Some(first) && devices.verify(&both, user(2)).is_some());
        assert_eq!(devices.with(&both, user(1), &SystemEntropy), both);
        let many = (3..20).fold(both, |cookie, n| devices.with(&cookie, user(n), &SystemEntropy));
        assert!(many.len() < 500 && devices.verify(&many, user(19)).is_some() && devices.verify(&many, user(1)).is_none());
    }
}
