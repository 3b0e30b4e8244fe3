//! Access tokens: what they say, how long they live, and the keys that sign them.

use std::{fmt, time::Duration};

use serde::{Deserialize, Serialize};

use crate::domain::{
    access::Access,
    id::{KeyId, OrgId, TokenId, UserId},
    time::Instant,
};

/// Shortest lifetime of a token.
pub const TTL_MIN: Duration = Duration::from_secs(60);

/// Longest lifetime of a token. A retired signing key verifies for this long, since its last token may live so long.
pub const TTL_MAX: Duration = Duration::from_secs(60 * 60);

/// Lifetime of a token unless configured otherwise.
pub const TTL_DEFAULT: Duration = Duration::from_secs(15 * 60);

/// How far a token's beginning may lie ahead of this clock. Its end has no such allowance.
pub const SKEW: Duration = Duration::from_secs(30);

/// The form of a token on the wire.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// PASETO v4.public.
    #[default]
    Paseto,
    /// JWT (RFC 9068), signed with EdDSA.
    Jwt,
}

impl Format {
    /// Every format, the default first.
    pub const ALL: [Self; 2] = [Self::Paseto, Self::Jwt];

    /// The word on the wire and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Paseto => "paseto",
            Self::Jwt => "jwt",
        }
    }

    /// The format of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.word() == word)
    }
}

/// What a token says. Its times are cut to whole seconds when it is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// Who issued it: the address of this instance's authorization server.
    pub issuer: String,
    /// Whom it is for.
    pub audience: String,
    /// The user or the service account that it acts as.
    pub subject: UserId,
    /// The API key that it came from.
    pub key: KeyId,
    /// The organization of that key.
    pub org: OrgId,
    /// What it may do at most: the key's access, or less.
    pub access: Access,
    /// When it begins.
    pub issued_at: Instant,
    /// When it is over: the first moment at which it is refused.
    pub expires_at: Instant,
    /// Its own id, by which it can be revoked alone.
    pub id: TokenId,
}

/// When a token issued now ends, in whole seconds: after `ttl` (brought within its limits), never after its key does.
pub fn expiry(now: Instant, ttl: Duration, key_expires_at: Option<Instant>) -> Instant {
    let end = now + ttl.clamp(TTL_MIN, TTL_MAX);
    let end = key_expires_at.map_or(end, |key_end| end.min(key_end));
    Instant::from_seconds(end.seconds())
}

/// A key pair (Ed25519, RFC 8032) that signs tokens of one format.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningKey {
    /// Its public name, made from the public key: a PASERK id (`k4.pid...`) or an RFC 7638 thumbprint.
    pub kid: String,
    /// The format of the tokens that it signs; it is never used for the other one.
    pub format: Format,
    /// The 32-byte seed.
    pub secret: Vec<u8>,
    /// The 32-byte public key.
    pub public: Vec<u8>,
    /// When it begins to sign. It is published, and verifies, even before.
    pub created_at: Instant,
    /// When it stopped signing, if it did.
    pub retired_at: Option<Instant>,
}

impl SigningKey {
    /// Whether it signs tokens that are issued at this moment. One that was retired never signs again.
    pub fn signs(&self, at: Instant) -> bool {
        self.created_at <= at && self.retired_at.is_none()
    }

    /// The first moment at which no token of it can be alive, and so the end of verifying with it.
    pub fn verifies_until(&self) -> Option<Instant> {
        self.retired_at.map(|end| end + TTL_MAX + SKEW)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "SigningKey({})", self.kid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Instant = Instant::from_micros(1_000_000_900_000);

    #[test]
    fn a_lifetime_stays_within_its_limits_and_within_the_key() {
        assert_eq!(expiry(NOW, TTL_DEFAULT, None), Instant::from_seconds(1_000_900));
        assert_eq!(expiry(NOW, Duration::ZERO, None), Instant::from_seconds(1_000_060));
        assert_eq!(expiry(NOW, Duration::MAX, None), Instant::from_seconds(1_003_600));
        assert_eq!(expiry(NOW, TTL_DEFAULT, Some(NOW + TTL_MIN)), Instant::from_seconds(1_000_060));
        assert_eq!(expiry(NOW, TTL_DEFAULT, Some(NOW + TTL_MAX)), Instant::from_seconds(1_000_900));
    }

    #[test]
    fn words_and_json_agree() {
        for format in Format::ALL {
            assert_eq!(Format::from_word(format.word()), Some(format));
            assert_eq!(serde_json::to_value(format).unwrap(), format.word());
        }
        assert_eq!(Format::from_word("JWT"), None);
    }

    #[test]
    fn debug_prints_no_secret() {
        let (secret, public) = (vec![7; 32], vec![8; 32]);
        let key = SigningKey { kid: "k".into(), format: Format::Jwt, secret, public, created_at: NOW, retired_at: None };
        assert_eq!(format!("{key:?}"), "SigningKey(k)");
    }
}
