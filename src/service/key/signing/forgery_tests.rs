//! What must not pass: tampered, foreign, confused and malformed tokens.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use pasetors::{keys::AsymmetricSecretKey, version4::PublicToken};

use super::{
    tests::{AUDIENCE, ISSUER, NOW, claims, pairs, signer},
    *,
};

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Signs any header and payload with the seed of any key.
fn forged_jwt(header: &Value, payload: &Value, key: &SigningKey) -> String {
    let message = format!("{}.{}", part(header), part(payload));
    let der = [&[48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32][..], &key.secret].concat();
    let signature = crypto::sign(message.as_bytes(), &EncodingKey::from_ed_der(&der), Algorithm::EdDSA).unwrap();
    format!("{message}.{signature}")
}

fn forged_paseto(payload: &Value, footer: &str, key: &SigningKey) -> String {
    let secret = AsymmetricSecretKey::from(&[key.secret.as_slice(), &key.public].concat()).unwrap();
    PublicToken::sign(&secret, payload.to_string().as_bytes(), Some(footer.as_bytes()), None).unwrap()
}

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

/// The header and the payload of a good JWT, and the payload and the footer of a good PASETO.
fn good() -> [Value; 4] {
    let signer = signer(pairs(1));
    let jwt = signer.sign(Format::Jwt, &claims()).unwrap();
    let paseto = signer.sign(Format::Paseto, &claims()).unwrap();
    let jwt: Vec<_> = jwt.split('.').map(|part| URL_SAFE_NO_PAD.decode(part).unwrap()).collect();
    let paseto: Vec<_> = paseto.split('.').skip(2).map(|part| URL_SAFE_NO_PAD.decode(part).unwrap()).collect();
    let message = &paseto[0][..paseto[0].len() - 64];
    [&jwt[0], &jwt[1], message, &paseto[1]].map(|bytes| serde_json::from_slice(bytes).unwrap())
}

fn with(value: &Value, name: &str, set: Value) -> Value {
    let mut changed = value.clone();
    changed[name] = set;
    changed
}

fn without(value: &Value, name: &str) -> Value {
    let mut changed = value.clone();
    changed.as_object_mut().unwrap().shift_remove(name).unwrap();
    changed
}

#[track_caller]
fn refuse(token: &str) {
    assert_eq!(signer(pairs(1)).verify(token, NOW), Err(Reason::TokenInvalid), "{token:.80}");
}

#[test]
fn the_helpers_make_good_tokens() {
    let [header, said, message, footer] = good();
    let (keys, signer) = (pairs(1), signer(pairs(1)));
    assert_eq!(signer.verify(&forged_jwt(&header, &said, &keys[1]), NOW), Ok(claims()));
    assert_eq!(signer.verify(&forged_paseto(&message, &footer.to_string(), &keys[0]), NOW), Ok(claims()));
    let long_type = with(&header, "typ", json!("application/at+jwt"));
    assert_eq!(signer.verify(&forged_jwt(&long_type, &said, &keys[1]), NOW), Ok(claims()));
}

#[test]
fn no_byte_can_be_changed_added_or_left_out() {
    let signer = signer(pairs(1));
    for format in Format::ALL {
        let token = signer.sign(format, &claims()).unwrap();
        for at in 0..token.len() {
            let mut bytes = token.clone().into_bytes();
            bytes[at] = ALPHABET.iter().position(|c| *c == bytes[at]).map_or(b'A', |index| ALPHABET[index ^ 1]);
            let changed = String::from_utf8(bytes).unwrap();
            assert_eq!(signer.verify(&changed, NOW), Err(Reason::TokenInvalid), "{format:?} at {at}");
        }
        for (at, _) in token.match_indices('.').chain([(token.len(), "")]) {
            // The last letter of a part has up to four bits that carry nothing.
            let last = ALPHABET.iter().position(|c| *c == token.as_bytes()[at - 1]).unwrap();
            for bits in 1..16 {
                refuse(&format!("{}{}{}", &token[..at - 1], char::from(ALPHABET[last ^ bits]), &token[at..]));
            }
            for more in ["=", "==", "A", "AAAA", ".", " ", "\n", "\0", "é"] {
                refuse(&format!("{}{more}{}", &token[..at], &token[at..]));
            }
            refuse(&format!("{}{}", &token[..at - 1], &token[at..]));
            refuse(&token[..at - 1]);
        }
        refuse(&format!(" {token}"));
        refuse(&token.to_ascii_uppercase());
    }
}

#[test]
fn keys_of_another_instance_count_for_nothing() {
    let [header, said, message, footer] = good();
    let (ours, theirs) = (pairs(1), pairs(2));
    for format in Format::ALL {
        refuse(&signer(pairs(2)).sign(format, &claims()).unwrap());
    }
    refuse(&forged_jwt(&header, &said, &theirs[1]));
    refuse(&forged_paseto(&message, &footer.to_string(), &theirs[0]));
    refuse(&forged_jwt(&with(&header, "kid", json!(theirs[1].kid)), &said, &ours[1]));
    refuse(&forged_paseto(&message, &json!({ "kid": theirs[0].kid }).to_string(), &ours[0]));
}

#[test]
fn a_key_of_one_format_does_not_count_for_the_other() {
    let [header, said, message, footer] = good();
    let [paseto, jwt] = <[SigningKey; 2]>::try_from(pairs(1)).unwrap();
    refuse(&forged_paseto(&message, &footer.to_string(), &jwt));
    for kid in [&jwt.kid, &super::paseto::kid(&jwt.public).unwrap()] {
        refuse(&forged_paseto(&message, &json!({ "kid": kid }).to_string(), &jwt));
    }
    refuse(&forged_jwt(&header, &said, &paseto));
    for kid in [&paseto.kid, &super::jwt::kid(&paseto.public)] {
        refuse(&forged_jwt(&with(&header, "kid", json!(kid)), &said, &paseto));
    }
}

#[test]
fn another_issuer_or_audience_is_refused_even_with_the_same_keys() {
    let [header, said, message, footer] = good();
    let keys = pairs(1);
    for (name, value) in [
        ("iss", json!("http://elsewhere/oauth")),
        ("iss", json!(format!("{ISSUER}/"))),
        ("iss", json!([ISSUER])),
        ("aud", json!("http://elsewhere/api")),
        ("aud", json!("")),
        ("aud", json!([AUDIENCE])),
        ("aud", json!([AUDIENCE, "http://elsewhere/api"])),
    ] {
        refuse(&forged_jwt(&header, &with(&said, name, value.clone()), &keys[1]));
        refuse(&forged_paseto(&with(&message, name, value), &footer.to_string(), &keys[0]));
    }
}

#[test]
fn a_jwt_chooses_neither_its_algorithm_nor_its_key() {
    let [header, said, ..] = good();
    let key = &pairs(1)[1];
    let none = with(&header, "alg", json!("none"));
    for signature in ["", "AA"] {
        refuse(&format!("{}.{}.{signature}", part(&none), part(&said)));
    }
    refuse(&format!("{}.{}", part(&none), part(&said)));
    for (alg, algorithm) in [("HS256", Algorithm::HS256), ("EdDSA", Algorithm::HS256), ("HS512", Algorithm::HS512)] {
        let message = format!("{}.{}", part(&with(&header, "alg", json!(alg))), part(&said));
        let x = URL_SAFE_NO_PAD.encode(&key.public);
        for secret in [key.public.as_slice(), x.as_bytes(), b""] {
            let signature = crypto::sign(message.as_bytes(), &EncodingKey::from_secret(secret), algorithm).unwrap();
            refuse(&format!("{message}.{signature}"));
        }
    }
    for alg in ["none", "None", "eddsa", "Ed25519", "HS256", "RS256", ""] {
        refuse(&forged_jwt(&with(&header, "alg", json!(alg)), &said, key));
    }
    for typ in ["JWT", "jwt", "AT+JWT", "id+jwt", "application/jwt", ""] {
        refuse(&forged_jwt(&with(&header, "typ", json!(typ)), &said, key));
    }
    for name in ["alg", "typ", "kid"] {
        refuse(&forged_jwt(&without(&header, name), &said, key));
    }
    let jwk = signer(pairs(1)).jwks(NOW)["keys"][0].clone();
    for (name, value) in [
        ("jwk", jwk),
        ("jku", json!("http://elsewhere/jwks")),
        ("x5u", json!("http://elsewhere/x5")),
        ("x5c", json!([])),
        ("crit", json!(["exp"])),
        ("b64", json!(false)),
    ] {
        refuse(&forged_jwt(&with(&header, name, value), &said, key));
    }
    let twice = header.to_string().replacen('{', r#"{"alg":"none","#, 1);
    refuse(&format!("{}.{}.AA", URL_SAFE_NO_PAD.encode(twice), part(&said)));
}

#[test]
fn a_footer_must_name_a_key_and_nothing_else() {
    let [.., message, footer] = good();
    let key = &pairs(1)[0];
    for footer in [String::new(), "{}".into(), key.kid.clone(), with(&footer, "wpk", json!("x")).to_string(), footer.to_string() + " "] {
        refuse(&forged_paseto(&message, &footer, key));
    }
}

#[test]
fn every_claim_is_needed_in_its_own_form() {
    let [header, said, message, footer] = good();
    let keys = pairs(1);
    for name in said.as_object().unwrap().keys() {
        refuse(&forged_jwt(&header, &without(&said, name), &keys[1]));
        for odd in [Value::Null, json!(1.5), json!("everything"), json!({}), json!(-1)] {
            let changed = forged_jwt(&header, &with(&said, name, odd.clone()), &keys[1]);
            // A time before 1970 is a time; the tests of times are elsewhere.
            if !(odd == json!(-1) && ["iat", "nbf", "exp"].contains(&name.as_str())) {
                refuse(&changed);
            }
        }
    }
    for name in message.as_object().unwrap().keys() {
        refuse(&forged_paseto(&without(&message, name), &footer.to_string(), &keys[0]));
        for odd in [Value::Null, json!(1_800_000_900), json!("everything"), json!({}), json!("2027-01-15")] {
            refuse(&forged_paseto(&with(&message, name, odd), &footer.to_string(), &keys[0]));
        }
    }
    refuse(&forged_jwt(&header, &json!([]), &keys[1]));
    refuse(&forged_paseto(&json!("text"), &footer.to_string(), &keys[0]));
}

#[test]
fn what_is_no_token_is_refused_without_harm() {
    let signer = signer(pairs(1));
    let paseto = signer.sign(Format::Paseto, &claims()).unwrap();
    let body = &paseto["v4.public.".len()..];
    for prefix in ["v4.local.", "v3.public.", "v2.public.", "v1.public.", "v2.local.", "V4.public.", "v4.public", "v4.", ""] {
        refuse(&format!("{prefix}{body}"));
    }
    for text in
        ["", ".", "..", "...", "v4.public.", "v4.public..", "v4.public.AA", "v4.public.A.A", "e30.e30.e30", "\0", "é.é.é", "gct_sat_x"]
    {
        refuse(text);
    }
    for text in [".", "A", "A.", "{", "v4.public.", "\u{10ffff}"] {
        refuse(&text.repeat(100_000 / text.len()));
        refuse(&format!("v4.public.{}", text.repeat(8_000 / text.len())));
    }
    refuse(&format!("{}.{}.{}", URL_SAFE_NO_PAD.encode("[".repeat(5_000)), "e30", "AA"));
}
