//! Access tokens: signing, verifying, and the public keys for others who verify.
//!
//! A [`Signer`] is made once from the stored keys and never changes; a rotation makes a new one. Each format has keys of
//! its own, so a token of one format cannot pass as one of the other. Nothing here reads a clock: the libraries' own
//! checks of times are off, and [`Signer::verify`] judges them for both formats.

mod jwt;
mod paseto;

#[cfg(test)]
mod forgery_tests;
#[cfg(test)]
mod tests;

use std::{cmp::Reverse, fmt};

use serde_json::{Value, json};

use crate::domain::{
    Error, Result,
    error::Reason,
    id::Entropy,
    key::token::{Claims, Format, SKEW, SigningKey},
    time::Instant,
};

/// Most bytes of a token; a longer one is refused unread. Those made here have some 700.
const TOKEN_MAX: usize = 8 * 1024;

/// Most bytes of an issuer or an audience, so that no token made here comes near [`TOKEN_MAX`].
const NAME_MAX: usize = 500;

/// Signs and verifies the tokens of one issuer for one audience.
pub struct Signer {
    issuer: String,
    audience: String,
    paseto: Ring<paseto::Key>,
    jwt: Ring<jwt::Key>,
    rules: jsonwebtoken::Validation,
}

impl fmt::Debug for Signer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Signer({})", self.issuer)
    }
}

impl Signer {
    /// From the stored keys of both formats, retired ones too.
    ///
    /// # Errors
    /// Says which key is broken, or for which format there is none to sign with.
    pub fn new(keys: Vec<SigningKey>, issuer: String, audience: String) -> std::result::Result<Self, String> {
        for (name, text) in [("issuer", &issuer), ("audience", &audience)] {
            if text.is_empty() || text.len() > NAME_MAX {
                return Err(format!("the {name} of tokens must have 1 to {NAME_MAX} bytes"));
            }
        }
        let paseto = Ring::new(&keys, Format::Paseto, paseto::Key::new)?;
        let jwt = Ring::new(&keys, Format::Jwt, jwt::Key::new)?;
        let rules = jwt::rules(&issuer, &audience);
        Ok(Self { issuer, audience, paseto, jwt, rules })
    }

    /// Who signs, for [`Claims::issuer`].
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// For whom, for [`Claims::audience`].
    pub fn audience(&self) -> &str {
        &self.audience
    }

    /// A token that says `claims`, signed by the newest key that is in use when they are issued.
    ///
    /// # Errors
    /// [`Error::Internal`] when the claims are not of this issuer and audience, or a library fails.
    pub fn sign(&self, format: Format, claims: &Claims) -> Result<String> {
        if claims.issuer != self.issuer || claims.audience != self.audience {
            return Err(Error::Internal("claims for another issuer or audience".into()));
        }
        let signed = match format {
            Format::Paseto => self.paseto.signing(claims.issued_at).map(|key| key.sign(claims)),
            Format::Jwt => self.jwt.signing(claims.issued_at).map(|key| key.sign(claims)),
        };
        signed
            .unwrap_or_else(|| Err("no key".into()))
            .map_err(|cause| Error::Internal(format!("signing a {} token: {cause}", format.word())))
    }

    /// What a token says, when it was signed here, for this audience, and its time is not over.
    ///
    /// # Errors
    /// [`Reason::TokenExpired`] from the very second of its end on; [`Reason::TokenInvalid`] for all else.
    pub fn verify(&self, token: &str, now: Instant) -> std::result::Result<Claims, Reason> {
        let claims = self.signed(token, now).ok_or(Reason::TokenInvalid)?;
        if claims.expires_at <= now { Err(Reason::TokenExpired) } else { Ok(claims) }
    }

    /// What a token says that was signed here for this audience, be its time over or not.
    pub fn signed(&self, token: &str, now: Instant) -> Option<Claims> {
        if token.len() > TOKEN_MAX {
            return None;
        }
        let read = if token.starts_with(paseto::PREFIX) {
            paseto::verify(token, self.paseto.live(now))
        } else {
            jwt::verify(token, self.jwt.live(now), &self.rules)
        };
        let Verified { claims, not_before } = read?;
        let begun = not_before.max(claims.issued_at) <= now + SKEW;
        (begun && claims.issuer == self.issuer && claims.audience == self.audience).then_some(claims)
    }

    /// A new key pair from 32 random bytes.
    ///
    /// # Errors
    /// [`Error::Internal`] when a library fails.
    pub fn generate(format: Format, now: Instant, entropy: &dyn Entropy) -> Result<SigningKey> {
        let mut secret = vec![0; 32];
        entropy.fill(&mut secret);
        let made = jwt::public_of(&secret).and_then(|public| Ok((kid_of(format, &public)?, public)));
        let (kid, public) = made.map_err(|cause| Error::Internal(format!("making a signing key: {cause}")))?;
        Ok(SigningKey { kid, format, secret, public, created_at: now, retired_at: None })
    }

    /// The JWT keys as a JWK set (RFC 7517, RFC 8037): those that sign, will sign, or whose tokens may be alive.
    pub fn jwks(&self, now: Instant) -> Value {
        json!({ "keys": self.jwt.live(now).map(jwt::Key::jwk).collect::<Vec<_>>() })
    }

    /// The PASETO keys as PASERKs (`k4.public`) with their ids (`k4.pid`); the same selection as in [`Self::jwks`].
    pub fn paseto_keys(&self, now: Instant) -> Value {
        json!({ "keys": self.paseto.live(now).map(paseto::Key::paserk).collect::<Vec<_>>() })
    }
}

/// A token whose signature is good, but whose times and names were not judged yet.
struct Verified {
    claims: Claims,
    not_before: Instant,
}

/// The name of a public key.
fn kid_of(format: Format, public: &[u8]) -> std::result::Result<String, String> {
    match format {
        Format::Paseto => paseto::kid(public),
        Format::Jwt => Ok(jwt::kid(public)),
    }
}

/// The keys of one format, newest first, each with its decoded form.
struct Ring<K>(Vec<(SigningKey, K)>);

impl<K> Ring<K> {
    fn new(
        keys: &[SigningKey],
        format: Format,
        decode: fn(&SigningKey) -> std::result::Result<K, String>,
    ) -> std::result::Result<Self, String> {
        let mut ring = Vec::new();
        for key in keys.iter().filter(|key| key.format == format) {
            // A seed that does not belong to its public key would sign tokens that nobody can verify.
            let whole = jwt::public_of(&key.secret).is_ok_and(|public| public == key.public);
            if !whole || kid_of(format, &key.public)? != key.kid {
                return Err(format!("the {} signing key {} is damaged", format.word(), key.kid));
            }
            if ring.iter().any(|(other, _): &(SigningKey, K)| other.kid == key.kid) {
                return Err(format!("the {} signing key {} is there twice", format.word(), key.kid));
            }
            ring.push((key.clone(), decode(key)?));
        }
        ring.sort_by_key(|(key, _)| Reverse(key.created_at));
        if ring.iter().all(|(key, _)| key.retired_at.is_some()) {
            return Err(format!("there is no {} key to sign with", format.word()));
        }
        Ok(Self(ring))
    }

    /// The newest key that signs at this moment. If none has begun yet, the clock was set back: then the oldest that was
    /// not retired, since refusing every exchange would help nobody.
    fn signing(&self, at: Instant) -> Option<&K> {
        let begun = self.0.iter().find(|(key, _)| key.signs(at));
        begun.or_else(|| self.0.iter().rfind(|(key, _)| key.retired_at.is_none())).map(|(_, decoded)| decoded)
    }

    /// The keys whose tokens may be alive.
    fn live(&self, now: Instant) -> impl Iterator<Item = &K> {
        self.0.iter().filter(move |(key, _)| key.verifies_until().is_none_or(|end| now < end)).map(|(_, decoded)| decoded)
    }
}
