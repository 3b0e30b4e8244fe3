//! Tokens by which somebody who is signed in tries calls of the API from its reference. They say whose session they are of and what they may do, are
//! sealed with a key that is made from the secret of the instance, and end after a quarter of an hour, or with the session. Nothing of them is stored.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

use crate::domain::{
    access::Access,
    error::Reason,
    id::{SessionId, UserId},
    key::secret::PlainToken,
    time::Instant,
};

/// How long a token lives.
pub const LIFE: Duration = Duration::from_secs(15 * 60);

/// What a token begins with.
const PREFIX: &str = "stele_try_";
/// Bytes of what a token says, and of its seal.
const SAID: usize = 2 * 16 + 1 + 8;
const SEAL: usize = 32;

/// What a token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trial {
    /// The session that it is of.
    pub session: SessionId,
    /// Who is signed in there.
    pub user: UserId,
    /// What it may do: reading, or writing content. Nothing that a password is asked for.
    pub access: Access,
    /// When it ends.
    pub ends_at: Instant,
}

impl Trial {
    /// Whether a text means to be such a token.
    pub fn looks_like(text: &str) -> bool {
        text.starts_with(PREFIX)
    }

    /// The text of the token.
    pub fn seal(&self, instance_secret: &[u8]) -> PlainToken {
        let ids = [self.session.uuid(), self.user.uuid()];
        let mut bytes: Vec<u8> = ids.iter().flat_map(|id| *id.as_bytes()).collect();
        bytes.push(u8::from(self.access > Access::Read));
        bytes.extend(self.ends_at.micros().to_be_bytes());
        let seal = sealed(instance_secret, &bytes);
        bytes.extend(seal.as_bytes());
        PlainToken::from_text(&format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// Reads such a text, at this moment.
    ///
    /// # Errors
    /// Why it is none: it was changed, another instance made it, or it has ended.
    pub fn open(text: &str, instance_secret: &[u8], now: Instant) -> Result<Self, Reason> {
        let trial = Self::read(text, instance_secret).ok_or(Reason::TokenInvalid)?;
        if now < trial.ends_at { Ok(trial) } else { Err(Reason::TokenExpired) }
    }

    fn read(text: &str, instance_secret: &[u8]) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text.strip_prefix(PREFIX)?).ok().filter(|bytes| bytes.len() == SAID + SEAL)?;
        let (said, seal) = bytes.split_at(SAID);
        // Hashes are compared in constant time.
        if sealed(instance_secret, said) != blake3::Hash::from_bytes(seal.try_into().ok()?) {
            return None;
        }
        let id = |at: usize| Uuid::from_slice(said.get(at * 16..(at + 1) * 16)?).ok();
        Some(Self {
            session: SessionId::from_uuid(id(0)?),
            user: UserId::from_uuid(id(1)?),
            access: if *said.get(2 * 16)? == 0 { Access::Read } else { Access::Write },
            ends_at: Instant::from_micros(i64::from_be_bytes(said.get(SAID - 8..)?.try_into().ok()?)),
        })
    }
}

fn sealed(instance_secret: &[u8], said: &[u8]) -> blake3::Hash {
    blake3::keyed_hash(&blake3::derive_key("stele 2026-11 token of a session", instance_secret), said)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn trial(access: Access) -> Trial {
        let (session, user) = (SessionId::from_uuid(Uuid::from_u128(1)), UserId::from_uuid(Uuid::from_u128(2)));
        Trial { session, user, access, ends_at: Instant::from_seconds(100) }
    }

    #[test]
    fn a_token_is_good_until_it_ends_and_where_it_was_made() {
        for made in [trial(Access::Read), trial(Access::Write)] {
            let text = made.seal(b"secret");
            let open = |secret: &[u8], seconds| Trial::open(text.reveal(), secret, Instant::from_seconds(seconds));
            assert!(Trial::looks_like(text.reveal()));
            assert_eq!(open(b"secret", 99), Ok(made));
            assert_eq!((open(b"secret", 100), open(b"other", 99)), (Err(Reason::TokenExpired), Err(Reason::TokenInvalid)));
        }
    }

    #[test]
    fn none_may_do_more_than_write_content() {
        let text = trial(Access::Full).seal(b"secret");
        assert_eq!(Trial::open(text.reveal(), b"secret", Instant::from_seconds(1)).map(|it| it.access), Ok(Access::Write));
    }

    proptest! {
        #[test]
        fn a_token_that_was_changed_is_none(at in 0..SAID + SEAL, by in 1..=255_u8, text in ".{0,200}") {
            let made = trial(Access::Read).seal(b"secret");
            let mut bytes = URL_SAFE_NO_PAD.decode(made.reveal().trim_start_matches(PREFIX)).unwrap();
            bytes[at] ^= by;
            let changed = format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes));
            for text in [changed, text.clone(), format!("{PREFIX}{text}")] {
                prop_assert_eq!(Trial::open(&text, b"secret", Instant::from_seconds(1)), Err(Reason::TokenInvalid));
            }
        }
    }
}
