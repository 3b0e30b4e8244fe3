//! Secrets of webhooks, and how they sign (Standard Webhooks). None is stored: each follows from the secret of the instance.

use std::fmt;

use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};

use crate::domain::{
    id::{DeliveryId, WebhookId},
    time::Instant,
};

/// What a secret begins with, as receivers know it.
const PREFIX: &str = "whsec_";
/// Bytes of a block of SHA-256 (RFC 2104).
const BLOCK: usize = 64;

/// The secret of a webhook.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 32]);

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret")
    }
}

impl Secret {
    /// That of a webhook whose secret was changed so often, from that of the instance.
    pub fn of(instance: &[u8], webhook: WebhookId, generation: u32) -> Self {
        let material = [instance, webhook.uuid().as_bytes(), &generation.to_be_bytes()].concat();
        Self(blake3::derive_key("stele 2026-11 secret of a webhook", &material))
    }

    /// As receivers take it.
    pub fn reveal(&self) -> String {
        format!("{PREFIX}{}", BASE64_STANDARD.encode(self.0))
    }

    /// The signature of a message at a moment: `v1,` and the HMAC of id, moment and body.
    pub fn sign(&self, id: DeliveryId, at: Instant, body: &str) -> String {
        let signed = format!("{id}.{}.{body}", at.seconds());
        format!("v1,{}", BASE64_STANDARD.encode(hmac(&self.0, signed.as_bytes())))
    }
}

/// HMAC with SHA-256 (RFC 2104), of a key that is no longer than a block.
fn hmac(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    let pad = |with: u8| {
        let mut block = [with; BLOCK];
        block.iter_mut().zip(key).for_each(|(byte, key)| *byte ^= key);
        block
    };
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::hex;

    #[test]
    fn it_signs_as_the_standard_says() {
        // As `openssl dgst -sha256 -mac HMAC` has it.
        let key: [u8; 32] = std::array::from_fn(|n| u8::try_from(n).expect("small"));
        assert_eq!(hex(&hmac(&key, b"abc")), "f0133729c4163dede81e21cd47839256da58171238c8a0d874397c73b14e1e47");
    }

    #[test]
    fn each_webhook_and_each_change_has_its_own_and_none_is_printed() {
        let id = |n: u128| WebhookId::from_uuid(uuid::Uuid::from_u128(n));
        let first = Secret::of(b"instance", id(1), 0);
        assert_eq!(first, Secret::of(b"instance", id(1), 0));
        for other in [Secret::of(b"instance", id(2), 0), Secret::of(b"instance", id(1), 1), Secret::of(b"another", id(1), 0)] {
            assert_ne!(first, other);
        }
        assert!(first.reveal().starts_with(PREFIX) && first.reveal().len() == PREFIX.len() + 44);
        assert_eq!(format!("{first:?}"), "Secret");
    }
}
