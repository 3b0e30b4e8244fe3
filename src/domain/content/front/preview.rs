//! Links that show one entry for an hour, also one that is not published, to whoever has them.
//!
//! A link says what it shows, who made it and when it ends, and is sealed with a key that is made from the secret of the instance. Nothing of it is
//! stored. It shows no more than its maker may see at the moment when it is followed.

use std::time::Duration;

use uuid::Uuid;

use crate::domain::{
    id::{AppId, AppPath, EntryId, KeyId, OrgId, ProjectId, SessionId, UserId},
    key::{seal, secret::PlainToken},
    time::Instant,
};

/// How long a link lives.
pub const LIFE: Duration = Duration::from_secs(60 * 60);

/// Bytes of what a link says.
const SAID: usize = 6 * 16 + 8 + 1;
/// Parts these addresses from others that are sealed.
const PURPOSE: &str = "stele 2026-11 preview link";

/// With what a link was made: it ends with that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum With {
    /// A key.
    Key(KeyId),
    /// A session.
    Session(SessionId),
}

/// What a link says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pass {
    /// Where the entry is.
    pub at: AppPath,
    /// The entry.
    pub entry: EntryId,
    /// Who made it.
    pub maker: UserId,
    /// With what they made it.
    pub with: With,
    /// When it ends.
    pub ends_at: Instant,
}

impl Pass {
    /// The text of the link.
    pub fn seal(&self, instance_secret: &[u8]) -> PlainToken {
        let (with, is_session) = match self.with {
            With::Key(key) => (key.uuid(), false),
            With::Session(session) => (session.uuid(), true),
        };
        let ids = [self.at.0.uuid(), self.at.1.uuid(), self.at.2.uuid(), self.entry.uuid(), self.maker.uuid(), with];
        let mut bytes: Vec<u8> = ids.iter().flat_map(|id| *id.as_bytes()).collect();
        bytes.push(u8::from(is_session));
        bytes.extend(self.ends_at.micros().to_be_bytes());
        seal::seal(PURPOSE, instance_secret, bytes)
    }

    /// Reads such a text, at this moment; none that was changed, that another instance made, or that has ended.
    pub fn open(text: &str, instance_secret: &[u8], now: Instant) -> Option<Self> {
        let said = seal::open(PURPOSE, instance_secret, text, SAID)?;
        let id = |at: usize| Uuid::from_slice(said.get(at * 16..(at + 1) * 16)?).ok();
        let micros = i64::from_be_bytes(said.get(SAID - 8..)?.try_into().ok()?);
        let pass = Self {
            at: (OrgId::from_uuid(id(0)?), ProjectId::from_uuid(id(1)?), AppId::from_uuid(id(2)?)),
            entry: EntryId::from_uuid(id(3)?),
            maker: UserId::from_uuid(id(4)?),
            with: match said.get(6 * 16)? {
                0 => With::Key(KeyId::from_uuid(id(5)?)),
                _ => With::Session(SessionId::from_uuid(id(5)?)),
            },
            ends_at: Instant::from_micros(micros),
        };
        (now < pass.ends_at).then_some(pass)
    }
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    use proptest::prelude::*;

    use super::{seal::SEAL, *};

    fn key() -> With {
        With::Key(KeyId::from_uuid(Uuid::from_u128(6)))
    }

    fn pass(with: With) -> Pass {
        let id = Uuid::from_u128;
        Pass {
            at: (OrgId::from_uuid(id(1)), ProjectId::from_uuid(id(2)), AppId::from_uuid(id(3))),
            entry: EntryId::from_uuid(id(4)),
            maker: UserId::from_uuid(id(5)),
            with,
            ends_at: Instant::from_seconds(100),
        }
    }

    #[test]
    fn a_link_is_good_until_it_ends_and_where_it_was_made() {
        for pass in [pass(With::Session(SessionId::from_uuid(Uuid::from_u128(6)))), pass(key())] {
            let text = pass.seal(b"secret");
            let open = |secret: &[u8], seconds| Pass::open(text.reveal(), secret, Instant::from_seconds(seconds));
            assert_eq!(open(b"secret", 99), Some(pass));
            assert_eq!((open(b"secret", 100), open(b"other", 99)), (None, None));
        }
    }

    proptest! {
        #[test]
        fn a_link_that_was_changed_is_none(at in 0..SAID + SEAL, by in 1..=255_u8, text in ".{0,300}") {
            let mut bytes = URL_SAFE_NO_PAD.decode(pass(key()).seal(b"secret").reveal()).unwrap();
            bytes[at] ^= by;
            let now = Instant::from_seconds(1);
            prop_assert_eq!(Pass::open(&URL_SAFE_NO_PAD.encode(bytes), b"secret", now), None);
            prop_assert_eq!(Pass::open(&text, b"secret", now), None);
        }
    }
}
