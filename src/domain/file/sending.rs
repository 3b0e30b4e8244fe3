//! Addresses to which one file may be sent once, by whoever has one: for an agent, whose program has no key at hand.
//!
//! An address says which upload it is for, with which key it was made and when it ends, and is sealed with a key that is made from the secret of the
//! instance. It ends with that key, and with the file.

use std::time::Duration;

use uuid::Uuid;

use crate::domain::{
    id::{KeyId, OrgId, ProjectId, ProjectPath, UploadId},
    key::{seal, secret::PlainToken},
    time::Instant,
};

/// How long an address is good.
pub const LIFE: Duration = Duration::from_secs(60 * 60);

/// Bytes of what an address says.
const SAID: usize = 4 * 16 + 8;
/// Parts these addresses from others that are sealed.
const PURPOSE: &str = "stele 2026-11 address for a file";

/// What an address says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pass {
    /// The project.
    pub at: ProjectPath,
    /// The upload that has begun for it.
    pub upload: UploadId,
    /// The key that it was made with.
    pub key: KeyId,
    /// When it ends.
    pub ends_at: Instant,
}

impl Pass {
    /// The text of the address.
    pub fn seal(&self, instance_secret: &[u8]) -> PlainToken {
        let ids = [self.at.0.uuid(), self.at.1.uuid(), self.upload.uuid(), self.key.uuid()];
        let mut bytes: Vec<u8> = ids.iter().flat_map(|id| *id.as_bytes()).collect();
        bytes.extend(self.ends_at.micros().to_be_bytes());
        seal::seal(PURPOSE, instance_secret, bytes)
    }

    /// Reads such a text, at this moment; none that was changed, that another instance made, or that has ended.
    pub fn open(text: &str, instance_secret: &[u8], now: Instant) -> Option<Self> {
        let said = seal::open(PURPOSE, instance_secret, text, SAID)?;
        let id = |at: usize| Uuid::from_slice(said.get(at * 16..(at + 1) * 16)?).ok();
        let micros = i64::from_be_bytes(said.get(SAID - 8..)?.try_into().ok()?);
        let pass = Self {
            at: (OrgId::from_uuid(id(0)?), ProjectId::from_uuid(id(1)?)),
            upload: UploadId::from_uuid(id(2)?),
            key: KeyId::from_uuid(id(3)?),
            ends_at: Instant::from_micros(micros),
        };
        (now < pass.ends_at).then_some(pass)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_good_until_it_ends_and_where_it_was_made() {
        let id = Uuid::from_u128;
        let (at, upload, key) =
            ((OrgId::from_uuid(id(1)), ProjectId::from_uuid(id(2))), UploadId::from_uuid(id(3)), KeyId::from_uuid(id(4)));
        let pass = Pass { at, upload, key, ends_at: Instant::from_seconds(100) };
        let text = pass.seal(b"secret");
        let open = |text: &str, secret: &[u8], seconds| Pass::open(text, secret, Instant::from_seconds(seconds));
        assert_eq!(open(text.reveal(), b"secret", 99), Some(pass));
        assert_eq!((open(text.reveal(), b"secret", 100), open(text.reveal(), b"other", 99)), (None, None));
        let changed = format!("B{}", &text.reveal()[1..]);
        assert_eq!((open(&changed, b"secret", 99), open("", b"secret", 99)), (None, None));
    }
}
