//! What tokens made here do: round trips, times, rotation, published keys.

use std::time::Duration;

use jsonwebtoken::{DecodingKey, jwk::Jwk};

use crate::domain::{
    access::Access,
    id::{KeyId, OrgId, TokenId, UserId},
    key::token::{TTL_DEFAULT, TTL_MAX},
};

use super::*;

pub(super) const ISSUER: &str = "http://localhost:8080/oauth";
pub(super) const AUDIENCE: &str = "http://localhost:8080/api";
pub(super) const NOW: Instant = Instant::from_seconds(1_800_000_000);
pub(super) const SECOND: Duration = Duration::from_secs(1);

/// Randomness that is the same byte throughout.
pub(super) struct Same(pub u8);

impl Entropy for Same {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(self.0);
    }
}

/// Keys that follow from `byte`, made half an hour ago.
pub(super) fn pairs(byte: u8) -> Vec<SigningKey> {
    let made_at = NOW - Duration::from_secs(1_800);
    Format::ALL.into_iter().zip([byte, byte | 0x80]).map(|(format, byte)| Signer::generate(format, made_at, &Same(byte)).unwrap()).collect()
}

pub(super) fn signer(keys: Vec<SigningKey>) -> Signer {
    Signer::new(keys, ISSUER.into(), AUDIENCE.into()).unwrap()
}

pub(super) fn claims() -> Claims {
    Claims {
        issuer: ISSUER.into(),
        audience: AUDIENCE.into(),
        subject: UserId::new(NOW, &Same(1)),
        key: KeyId::new(NOW, &Same(2)),
        org: OrgId::new(NOW, &Same(3)),
        access: Access::Write,
        issued_at: NOW,
        expires_at: NOW + TTL_DEFAULT,
        id: TokenId::new(NOW, &Same(4)),
    }
}

#[test]
fn a_token_says_what_was_signed_in_whole_seconds() {
    let signer = signer(pairs(1));
    let mut exact = claims();
    exact.issued_at = NOW + Duration::from_micros(999_999);
    exact.expires_at = exact.expires_at + Duration::from_micros(1);
    for format in Format::ALL {
        let token = signer.sign(format, &exact).unwrap();
        assert_eq!(token.starts_with("v4.public."), format == Format::Paseto);
        assert_eq!(signer.verify(&token, NOW).unwrap(), claims());
    }
}

#[test]
fn the_names_on_the_wire_are_the_documented_ones() {
    let signer = signer(pairs(1));
    let jwt = signer.sign(Format::Jwt, &claims()).unwrap();
    let said: Value = jsonwebtoken::dangerous::insecure_decode_claims(&jwt).unwrap();
    let common = ["iss", "aud", "sub", "iat", "nbf", "exp", "jti"];
    let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&said), ["iss", "aud", "sub", "client_id", "iat", "nbf", "exp", "jti", "scope", "org"]);
    assert_eq!((&said["scope"], &said["exp"]), (&json!("write"), &json!(1_800_000_900)));
    let header = jsonwebtoken::decode_header(&jwt).unwrap();
    assert_eq!((header.typ.as_deref(), header.kid), (Some("at+jwt"), Some(pairs(1)[1].kid.clone())));

    let token = signer.sign(Format::Paseto, &claims()).unwrap();
    let token = pasetors::token::UntrustedToken::<pasetors::token::Public, pasetors::version4::V4>::try_from(&token).unwrap();
    let said: Value = serde_json::from_slice(token.untrusted_payload()).unwrap();
    assert_eq!(names(&said), [&common[..], &["key", "org", "access"]].concat());
    assert_eq!(said["exp"], "2027-01-15T08:15:00.000Z");
    assert_eq!(token.untrusted_footer(), format!(r#"{{"kid":"{}"}}"#, pairs(1)[0].kid).as_bytes());
}

#[test]
fn a_token_is_refused_from_the_second_of_its_end_on() {
    let signer = signer(pairs(1));
    for format in Format::ALL {
        let token = signer.sign(format, &claims()).unwrap();
        let end = NOW + TTL_DEFAULT;
        assert!(signer.verify(&token, end - Duration::from_micros(1)).is_ok());
        assert_eq!(signer.verify(&token, end), Err(Reason::TokenExpired));
        assert_eq!(signer.verify(&token, end + TTL_MAX), Err(Reason::TokenExpired));
    }
}

#[test]
fn a_beginning_may_lie_thirty_seconds_ahead_and_no_more() {
    let signer = signer(pairs(1));
    for format in Format::ALL {
        let token = signer.sign(format, &claims()).unwrap();
        assert!(signer.verify(&token, NOW - SKEW).is_ok());
        assert_eq!(signer.verify(&token, NOW - SKEW - Duration::from_micros(1)), Err(Reason::TokenInvalid));
    }
}

#[test]
fn after_a_rotation_the_new_key_signs_and_the_old_one_verifies_for_its_time() {
    let mut keys = pairs(1);
    let before = signer(keys.clone());
    for key in &mut keys {
        key.retired_at = Some(NOW);
    }
    for (format, byte) in Format::ALL.into_iter().zip([2, 0x82]) {
        keys.push(Signer::generate(format, NOW, &Same(byte)).unwrap());
    }
    let after = signer(keys);
    for format in Format::ALL {
        let long = Claims { expires_at: NOW + Duration::from_secs(86_400), ..claims() };
        let old = before.sign(format, &long).unwrap();
        let new = after.sign(format, &long).unwrap();
        let grace = TTL_MAX + SKEW;
        assert!(after.verify(&old, NOW + grace - Duration::from_micros(1)).is_ok());
        assert_eq!(after.verify(&old, NOW + grace), Err(Reason::TokenInvalid));
        assert!(after.verify(&new, NOW + grace).is_ok());
        assert_eq!(before.verify(&new, NOW), Err(Reason::TokenInvalid));
    }
    let counts = |now| [after.jwks(now), after.paseto_keys(now)].map(|list| list["keys"].as_array().unwrap().len());
    assert_eq!(counts(NOW), [2, 2]);
    assert_eq!(counts(NOW + TTL_MAX + SKEW), [1, 1]);
}

#[test]
fn a_new_key_is_published_and_verifies_before_it_signs() {
    let (mut keys, old) = (pairs(1), pairs(1));
    for (format, byte) in Format::ALL.into_iter().zip([2, 0x82]) {
        keys.push(Signer::generate(format, NOW + SECOND, &Same(byte)).unwrap());
    }
    let (both, old, new) = (signer(keys.clone()), signer(old), signer(keys.split_off(2)));
    assert_eq!(both.jwks(NOW)["keys"].as_array().unwrap().len(), 2);
    for format in Format::ALL {
        let later = Claims { issued_at: NOW + SECOND, ..claims() };
        assert!(old.verify(&both.sign(format, &claims()).unwrap(), NOW).is_ok());
        assert!(new.verify(&both.sign(format, &later).unwrap(), NOW).is_ok());
        // A clock that was set back must not stop the exchange.
        assert!(both.verify(&new.sign(format, &claims()).unwrap(), NOW).is_ok());
    }
}

#[test]
fn others_can_verify_with_the_published_keys() {
    let signer = signer(pairs(1));
    let token = signer.sign(Format::Jwt, &claims()).unwrap();
    let jwk: Jwk = serde_json::from_value(signer.jwks(NOW)["keys"][0].clone()).unwrap();
    assert_eq!(jwk.common.key_id, Some(pairs(1)[1].kid.clone()));
    let data = jsonwebtoken::decode::<Value>(&token, &DecodingKey::from_jwk(&jwk).unwrap(), &signer.rules).unwrap();
    assert_eq!(data.claims["sub"], claims().subject.to_string());

    let token = signer.sign(Format::Paseto, &claims()).unwrap();
    let published = &signer.paseto_keys(NOW)["keys"][0];
    assert_eq!(published["kid"], pairs(1)[0].kid);
    let public = pasetors::keys::AsymmetricPublicKey::try_from(published["key"].as_str().unwrap()).unwrap();
    let token = pasetors::token::UntrustedToken::try_from(&token).unwrap();
    assert!(pasetors::version4::PublicToken::verify(&public, &token, None, None).is_ok());
}

#[test]
fn a_key_has_the_public_half_and_the_thumbprint_of_rfc_8037() {
    struct Seed;
    impl Entropy for Seed {
        fn fill(&self, bytes: &mut [u8]) {
            use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
            bytes.copy_from_slice(&URL_SAFE_NO_PAD.decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A").unwrap());
        }
    }
    let mut keys = pairs(1);
    keys[1] = Signer::generate(Format::Jwt, NOW, &Seed).unwrap();
    let published = signer(keys).jwks(NOW);
    assert_eq!(
        published["keys"][0],
        json!({
            "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
            "alg": "EdDSA", "use": "sig", "kid": "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
        })
    );
}

#[test]
fn damaged_missing_and_doubled_keys_are_told_at_the_start() {
    let refused = |change: fn(&mut Vec<SigningKey>)| {
        let mut keys = pairs(1);
        change(&mut keys);
        Signer::new(keys, ISSUER.into(), AUDIENCE.into()).unwrap_err()
    };
    assert!(refused(|keys| keys[0].secret[0] ^= 1).ends_with("is damaged"));
    assert!(refused(|keys| keys[1].public[31] ^= 1).ends_with("is damaged"));
    assert!(refused(|keys| keys[1].secret.truncate(31)).ends_with("is damaged"));
    assert!(refused(|keys| keys[1].kid = keys[0].kid.clone()).ends_with("is damaged"));
    assert!(refused(|keys| keys[1].format = Format::Paseto).ends_with("is damaged"));
    assert!(refused(|keys| keys.push(keys[0].clone())).ends_with("is there twice"));
    assert_eq!(refused(|keys| keys.truncate(1)), "there is no jwt key to sign with");
    assert_eq!(refused(|keys| keys[0].retired_at = Some(NOW)), "there is no paseto key to sign with");
    assert!(Signer::new(pairs(1), String::new(), AUDIENCE.into()).is_err());
}

#[test]
fn claims_of_another_issuer_or_audience_are_not_signed() {
    let signer = signer(pairs(1));
    for format in Format::ALL {
        assert!(signer.sign(format, &Claims { issuer: "x".into(), ..claims() }).is_err());
        assert!(signer.sign(format, &Claims { audience: "x".into(), ..claims() }).is_err());
    }
}
