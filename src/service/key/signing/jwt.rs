//! JWT access tokens (RFC 9068), signed with EdDSA over Ed25519 (RFC 8037) and nothing else.

use std::borrow::Cow;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, crypto::rust_crypto, jwk::EllipticCurve};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::domain::{
    access::Access,
    id::{KeyId, OrgId, TokenId, UserId},
    key::token::{Claims, SigningKey},
    time::Instant,
};

use super::Verified;

/// What stands before the 32 bytes of an Ed25519 seed in PKCS #8 (RFC 8410, section 7).
const PKCS8_HEAD: [u8; 16] = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

/// The media type of an access token (RFC 9068, section 2.1), and its long form.
const TYPES: [&str; 2] = ["at+jwt", "application/at+jwt"];

/// A decoded key pair.
pub(super) struct Key {
    header: Header,
    secret: EncodingKey,
    public: DecodingKey,
    x: String,
    kid: String,
}

impl Key {
    pub(super) fn new(key: &SigningKey) -> Result<Self, String> {
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(TYPES[0].to_owned());
        header.kid = Some(key.kid.clone());
        Ok(Self {
            header,
            secret: EncodingKey::from_ed_der(&pkcs8(&key.secret)),
            public: DecodingKey::from_ed_der(&key.public),
            x: URL_SAFE_NO_PAD.encode(&key.public),
            kid: key.kid.clone(),
        })
    }

    pub(super) fn sign(&self, claims: &Claims) -> Result<String, String> {
        jsonwebtoken::encode(&self.header, &Payload::of(claims), &self.secret).map_err(|error| error.to_string())
    }

    /// The public key as a JWK.
    pub(super) fn jwk(&self) -> Value {
        json!({ "kty": "OKP", "crv": "Ed25519", "x": self.x, "alg": "EdDSA", "use": "sig", "kid": self.kid })
    }
}

/// What the library is to check: algorithm, issuer and audience. Times are judged by the caller, by its own clock.
pub(super) fn rules(issuer: &str, audience: &str) -> Validation {
    let mut rules = Validation::new(Algorithm::EdDSA);
    rules.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
    rules.set_issuer(&[issuer]);
    rules.set_audience(&[audience]);
    rules.leeway = 0;
    rules.validate_exp = false;
    rules.validate_nbf = false;
    rules
}

/// Reads a token of one of the keys. The header chooses among known keys and says nothing else: any further parameter
/// (`jwk`, `jku`, `x5u`, `crit`, ...) is refused, for tokens made here have none.
pub(super) fn verify<'a>(token: &str, mut keys: impl Iterator<Item = &'a Key>, rules: &Validation) -> Option<Verified> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sent {
        alg: String,
        typ: String,
        kid: String,
    }
    let header = URL_SAFE_NO_PAD.decode(token.split('.').next()?).ok()?;
    let sent: Sent = serde_json::from_slice(&header).ok()?;
    if sent.alg != "EdDSA" || !TYPES.contains(&sent.typ.as_str()) {
        return None;
    }
    let key = keys.find(|key| key.kid == sent.kid)?;
    jsonwebtoken::decode::<Payload<'static>>(token, &key.public, rules).ok().map(|data| data.claims.into_verified())
}

/// The public half of a 32-byte seed.
pub(super) fn public_of(seed: &[u8]) -> Result<Vec<u8>, String> {
    let derive = rust_crypto::DEFAULT_PROVIDER.key_utils.ed_pub_components_from_private_key;
    derive(&pkcs8(seed), &EllipticCurve::Ed25519).map_err(|error| error.to_string())
}

/// The RFC 7638 thumbprint of a public key.
pub(super) fn kid(public: &[u8]) -> String {
    let x = URL_SAFE_NO_PAD.encode(public);
    URL_SAFE_NO_PAD.encode(Sha256::digest(format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#)))
}

fn pkcs8(seed: &[u8]) -> Vec<u8> {
    [&PKCS8_HEAD, seed].concat()
}

/// `client_id` is the API key, `scope` its access; `aud` is one name and never a list.
#[derive(Serialize, Deserialize)]
struct Payload<'a> {
    iss: Cow<'a, str>,
    aud: Cow<'a, str>,
    sub: UserId,
    client_id: KeyId,
    iat: i64,
    nbf: i64,
    exp: i64,
    jti: TokenId,
    scope: Access,
    org: OrgId,
}

impl<'a> Payload<'a> {
    fn of(claims: &'a Claims) -> Self {
        Self {
            iss: Cow::Borrowed(&claims.issuer),
            aud: Cow::Borrowed(&claims.audience),
            sub: claims.subject,
            client_id: claims.key,
            iat: claims.issued_at.seconds(),
            nbf: claims.issued_at.seconds(),
            exp: claims.expires_at.seconds(),
            jti: claims.id,
            scope: claims.access,
            org: claims.org,
        }
    }

    fn into_verified(self) -> Verified {
        let claims = Claims {
            issuer: self.iss.into_owned(),
            audience: self.aud.into_owned(),
            subject: self.sub,
            key: self.client_id,
            org: self.org,
            access: self.scope,
            issued_at: Instant::from_seconds(self.iat),
            expires_at: Instant::from_seconds(self.exp),
            id: self.jti,
        };
        Verified { claims, not_before: Instant::from_seconds(self.nbf) }
    }
}
