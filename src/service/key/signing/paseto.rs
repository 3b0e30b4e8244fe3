//! PASETO v4.public: claims with RFC 3339 times, a footer that names the key, an empty implicit assertion.

use std::borrow::Cow;

use pasetors::{
    keys::{AsymmetricPublicKey, AsymmetricSecretKey},
    paserk::{FormatAsPaserk, Id},
    token::{Public, UntrustedToken},
    version4::{PublicToken, V4},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::domain::{
    access::Access,
    id::{KeyId, OrgId, TokenId, UserId},
    key::token::{Claims, SigningKey},
    time::Instant,
};

use super::Verified;

/// What every token of this kind begins with.
pub(super) const PREFIX: &str = PublicToken::HEADER;

/// A decoded key pair.
pub(super) struct Key {
    kid: String,
    secret: AsymmetricSecretKey<V4>,
    public: AsymmetricPublicKey<V4>,
    footer: Vec<u8>,
}

impl Key {
    pub(super) fn new(key: &SigningKey) -> Result<Self, String> {
        let pair = [key.secret.as_slice(), &key.public].concat();
        let secret = AsymmetricSecretKey::from(&pair).map_err(|error| error.to_string())?;
        let public = AsymmetricPublicKey::from(&key.public).map_err(|error| error.to_string())?;
        let footer = json!({ "kid": key.kid }).to_string().into_bytes();
        Ok(Self { kid: key.kid.clone(), secret, public, footer })
    }

    pub(super) fn sign(&self, claims: &Claims) -> Result<String, String> {
        let payload = serde_json::to_vec(&Payload::of(claims)).map_err(|error| error.to_string())?;
        PublicToken::sign(&self.secret, &payload, Some(&self.footer), None).map_err(|error| error.to_string())
    }

    /// The public key for the list of keys.
    pub(super) fn paserk(&self) -> Value {
        json!({ "kid": self.kid, "key": paserk(&self.public) })
    }
}

/// Reads a token whose footer names one of the keys. Footers are compared as bytes: those made here have one spelling,
/// and so nothing that was not verified is ever parsed.
pub(super) fn verify<'a>(token: &str, mut keys: impl Iterator<Item = &'a Key>) -> Option<Verified> {
    let token = UntrustedToken::<Public, V4>::try_from(token).ok()?;
    let key = keys.find(|key| key.footer == token.untrusted_footer())?;
    let trusted = PublicToken::verify(&key.public, &token, Some(&key.footer), None).ok()?;
    serde_json::from_str::<Payload<'static>>(trusted.payload()).ok().map(Payload::into_verified)
}

/// The PASERK id of a public key, `k4.pid...`.
pub(super) fn kid(public: &[u8]) -> Result<String, String> {
    let public = AsymmetricPublicKey::<V4>::from(public).map_err(|error| error.to_string())?;
    Ok(paserk(&Id::from(&public)))
}

fn paserk(part: &impl FormatAsPaserk) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = part.fmt(&mut text);
    text
}

#[derive(Serialize, Deserialize)]
struct Payload<'a> {
    iss: Cow<'a, str>,
    aud: Cow<'a, str>,
    sub: UserId,
    iat: Instant,
    nbf: Instant,
    exp: Instant,
    jti: TokenId,
    key: KeyId,
    org: OrgId,
    access: Access,
}

impl<'a> Payload<'a> {
    fn of(claims: &'a Claims) -> Self {
        let issued_at = Instant::from_seconds(claims.issued_at.seconds());
        Self {
            iss: Cow::Borrowed(&claims.issuer),
            aud: Cow::Borrowed(&claims.audience),
            sub: claims.subject,
            iat: issued_at,
            nbf: issued_at,
            exp: Instant::from_seconds(claims.expires_at.seconds()),
            jti: claims.id,
            key: claims.key,
            org: claims.org,
            access: claims.access,
        }
    }

    fn into_verified(self) -> Verified {
        let claims = Claims {
            issuer: self.iss.into_owned(),
            audience: self.aud.into_owned(),
            subject: self.sub,
            key: self.key,
            org: self.org,
            access: self.access,
            issued_at: self.iat,
            expires_at: self.exp,
            id: self.jti,
        };
        Verified { claims, not_before: self.nbf }
    }
}
