//! Access tokens over HTTP: what is refused, with which reason, and what a token can never do.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use serde_json::{Value, json};
use stele::{
    app::SystemEntropy,
    domain::{
        access::{Access, Role},
        id::TokenId,
        key::token::{Claims, Format, SigningKey},
        time::Instant,
    },
    service::key::{signing::Signer, token::signing_keys},
};

use crate::support::{Made, Server, SetClock, Tenant, machine, tenant};

const ISSUER: &str = "http://stele.test/oauth";
const AUDIENCE: &str = "http://stele.test/api";
const MINUTE: Duration = Duration::from_secs(60);

struct Scene {
    _dir: tempfile::TempDir,
    server: Server,
    here: Tenant,
    made: Made,
    clock: std::sync::Arc<SetClock>,
}

fn scene() -> Scene {
    let (dir, clock) = (tempfile::tempdir().unwrap(), SetClock::new());
    let server = Server::start_with(&dir.path().join("stele.db"), clock.clone());
    let here = tenant(&server, "acme");
    let made = machine(&server, here.org, Role::Admin, Access::Full, None);
    Scene { _dir: dir, server, here, made, clock }
}

impl Scene {
    #[track_caller]
    fn refused(&self, token: &str, reason: &str) {
        let answer = self.server.ask("GET", "/whoami", Some(token), None);
        assert_eq!((answer.status, answer.reason()), (401, reason), "{token:.90}: {}", answer.body);
        assert!(!answer.message().is_empty());
    }

    fn exchange(&self, more: &Value) -> Value {
        let mut body = json!({ "apiKey": self.made.secret });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let answer = self.server.ask("POST", "/auth/token", None, Some(&body));
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.body
    }

    fn token(&self, format: &str) -> String {
        self.exchange(&json!({ "format": format }))["token"].as_str().unwrap().to_owned()
    }

    fn pair(&self, format: Format) -> SigningKey {
        signing_keys(&self.server.store).unwrap().into_iter().find(|key| key.format == format).unwrap()
    }

    /// Good claims of the key, which a test then spoils.
    fn claims(&self) -> Claims {
        let now = self.server.store.now();
        Claims {
            issuer: ISSUER.into(),
            audience: AUDIENCE.into(),
            subject: self.made.account,
            key: self.made.key,
            org: self.here.org,
            access: Access::Full,
            issued_at: now,
            expires_at: now + 5 * MINUTE,
            id: TokenId::new(now, &SystemEntropy),
        }
    }

    /// A token that the instance's own key signed.
    fn signed(&self, format: Format, claims: &Claims) -> String {
        let signer = Signer::new(signing_keys(&self.server.store).unwrap(), claims.issuer.clone(), claims.audience.clone()).unwrap();
        signer.sign(format, claims).unwrap()
    }
}

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

/// Header and payload of a JWT.
fn opened(jwt: &str) -> [Value; 2] {
    let mut parts = jwt.split('.').map(|part| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap_or_default()));
    [parts.next().unwrap().unwrap(), parts.next().unwrap().unwrap()]
}

#[test]
fn both_formats_are_good_and_paseto_is_the_default() {
    let scene = scene();
    assert_eq!(scene.exchange(&json!({}))["format"], "paseto");
    for format in ["paseto", "jwt"] {
        let answer = scene.server.ask("GET", "/whoami", Some(&scene.token(format)), None);
        assert_eq!(answer.status, 200, "{format}: {}", answer.body);
    }
    for (format, own) in [(Format::Paseto, "v4.public."), (Format::Jwt, "eyJ")] {
        let token = scene.signed(format, &scene.claims());
        assert!(token.starts_with(own));
        assert_eq!(scene.server.ask("GET", "/whoami", Some(&token), None).status, 200, "the helper makes good tokens");
    }
}

#[test]
fn a_token_that_was_changed_anywhere_is_refused() {
    let scene = scene();
    for format in ["paseto", "jwt"] {
        let token = scene.token(format);
        for at in (0..token.len()).step_by(7) {
            let mut changed = token.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            scene.refused(&String::from_utf8(changed).unwrap(), "token_invalid");
        }
        scene.refused(&token[..token.len() - 1], "token_invalid");
    }
    for garbage in ["x", "a.b.c", "v4.public.", "v4.local.AAAA", "v2.public.AAAA", "eyJ.eyJ.x"] {
        scene.refused(garbage, "token_invalid");
    }
}

#[test]
fn a_token_over_its_time_says_so() {
    let scene = scene();
    let tokens = ["paseto", "jwt"].map(|format| scene.token(format));
    scene.clock.pass(14 * MINUTE);
    for token in &tokens {
        assert_eq!(scene.server.ask("GET", "/whoami", Some(token), None).status, 200);
    }
    scene.clock.pass(MINUTE);
    for token in &tokens {
        scene.refused(token, "token_expired");
    }
}

#[test]
fn a_token_of_another_instance_is_refused() {
    let (one, other) = (scene(), scene());
    for format in ["paseto", "jwt"] {
        one.refused(&other.token(format), "token_invalid");
    }
}

#[test]
fn a_token_without_a_signature_or_signed_by_the_public_key_is_refused() {
    let scene = scene();
    let [header, said] = opened(&scene.token("jwt"));
    for alg in ["none", "None", "NONE"] {
        let bare = format!("{}.{}.", part(&json!({ "alg": alg, "typ": "at+jwt", "kid": header["kid"] })), part(&said));
        scene.refused(&bare, "token_invalid");
    }
    let public = scene.pair(Format::Jwt).public;
    let message = format!("{}.{}", part(&json!({ "alg": "HS256", "typ": "at+jwt", "kid": header["kid"] })), part(&said));
    for secret in [public.clone(), URL_SAFE_NO_PAD.encode(&public).into_bytes()] {
        let mac = crypto::sign(message.as_bytes(), &EncodingKey::from_secret(&secret), Algorithm::HS256).unwrap();
        scene.refused(&format!("{message}.{mac}"), "token_invalid");
    }
}

#[test]
fn a_jwt_of_another_type_or_an_unknown_key_is_refused() {
    let scene = scene();
    let [header, said] = opened(&scene.token("jwt"));
    let pair = scene.pair(Format::Jwt);
    let der = [&[48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32][..], &pair.secret].concat();
    let sign = |header: &Value| {
        let message = format!("{}.{}", part(header), part(&said));
        let signature = crypto::sign(message.as_bytes(), &EncodingKey::from_ed_der(&der), Algorithm::EdDSA).unwrap();
        format!("{message}.{signature}")
    };
    assert_eq!(scene.server.ask("GET", "/whoami", Some(&sign(&header)), None).status, 200, "the helper makes good tokens");
    for (name, value) in
        [("typ", json!("JWT")), ("typ", Value::Null), ("kid", json!("unknown")), ("kid", Value::Null), ("crit", json!(["exp"]))]
    {
        let mut spoiled = header.clone();
        spoiled[name] = value;
        scene.refused(&sign(&spoiled), "token_invalid");
    }
}

#[test]
fn a_token_for_somebody_else_or_from_somebody_else_is_refused() {
    let scene = scene();
    for format in Format::ALL {
        let spoiled = [
            Claims { issuer: "http://other.test/oauth".into(), ..scene.claims() },
            Claims { audience: "http://other.test/api".into(), ..scene.claims() },
            Claims { issued_at: scene.server.store.now() + 2 * MINUTE, ..scene.claims() },
        ];
        for claims in spoiled {
            scene.refused(&scene.signed(format, &claims), "token_invalid");
        }
        let past = Claims { issued_at: Instant::from_seconds(1_000), expires_at: Instant::from_seconds(2_000), ..scene.claims() };
        scene.refused(&scene.signed(format, &past), "token_expired");
    }
}

#[test]
fn no_token_and_a_key_in_its_place_are_told_what_to_do() {
    let scene = scene();
    let missing = scene.server.ask("GET", "/whoami", None, None);
    assert_eq!((missing.status, missing.reason()), (401, "token_missing"));
    assert_eq!(missing.header("www-authenticate"), "Bearer");
    let other = scene.server.ask_with("GET", "/whoami", None, None, &[("Authorization", "Basic eDp5")]);
    assert_eq!((other.status, other.header("www-authenticate")), (401, "Bearer"));
    let wrong = scene.server.ask("GET", "/whoami", Some("nonsense"), None);
    assert_eq!((wrong.status, wrong.header("www-authenticate")), (401, "Bearer error=\"invalid_token\""));
    let key = scene.server.ask("GET", "/whoami", Some(&scene.made.secret), None);
    assert_eq!((key.status, key.reason()), (401, "key_not_exchanged"));
    assert!(key.message().contains("/api/auth/token"), "{}", key.message());
}

#[test]
fn a_narrower_token_may_do_less_and_a_wider_one_is_not_to_be_had() {
    let scene = scene();
    let path = format!("/organizations/{}/projects", scene.here.org);
    let narrow = scene.exchange(&json!({ "access": "read" }))["token"].as_str().unwrap().to_owned();
    assert_eq!(scene.server.ask("GET", &path, Some(&narrow), None).status, 200);
    assert_eq!(scene.server.ask("POST", &path, Some(&narrow), Some(&json!({ "name": "New" }))).status, 403);
    let reader = machine(&scene.server, scene.here.org, Role::Admin, Access::Read, None);
    let wish = json!({ "apiKey": reader.secret, "access": "full" });
    let wide = scene.server.ask("POST", "/auth/token", None, Some(&wish)).body["token"].as_str().unwrap().to_owned();
    assert_eq!(scene.server.ask("POST", &path, Some(&wide), Some(&json!({ "name": "New" }))).status, 403);
}

#[test]
fn a_token_never_outlives_its_key() {
    let scene = scene();
    scene.clock.pass(Duration::from_secs(24 * 60 * 60) - 5 * MINUTE);
    let issued = scene.exchange(&json!({}));
    assert_eq!(issued["expiresIn"], 300, "the key lives for a day: {issued}");
    scene.clock.pass(5 * MINUTE);
    scene.refused(issued["token"].as_str().unwrap(), "token_expired");
    let late = scene.server.exchange(&scene.made.secret);
    assert_eq!((late.status, late.reason()), (401, "key_expired"));
}
