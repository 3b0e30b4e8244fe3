//! Takes secrets out of lines of the log, whoever wrote them: what looks like one, and what stands behind a name that holds one.

use std::{borrow::Cow, sync::OnceLock};

use regex::{Captures, Regex};

/// What stands in the place of a secret.
const HIDDEN: &str = "(hidden)";

/// Each alternative keeps what is in its group, and hides the rest.
const SECRETS: &str = r#"(?xi)
    gct_[0-9a-z_]+                                          # API keys
  | \b((?:bearer|basic)\ +)[0-9a-z+/=._~-]+                 # credentials of a header
  | \bv[0-9]\.(?:public|local)\.[0-9a-z_.-]+                # PASETO
  | \bk[0-9]\.(?:secret|local|seal|secret-[a-z]+)\.[0-9a-z_.-]+
  | \beyj[0-9a-z_-]+\.[0-9a-z_.-]+                          # JWT
  | \$argon2[^\s"\\]+                                       # hashes of passwords
  | (://[^\s:@/"]*:)[^\s@/"]+(@)                            # passwords in addresses
  | ((?:[a-z_-]*(?:token|password|passwort|secret|apikey|api_key|api-key|cookie|authorization)|stele(?:-device|-flash)?)
      \\?["']?\ *[=:]\ *(?:Some\()?\\?["']?)(?:(?:bearer|basic)\ +)?[^\s"'&;)\\]+   # by name: in forms, JSON, cookies, and as code prints them
  | [0-9a-z_-]{40,}                                         # whatever else is as long as a secret
"#;

/// The line with whatever looks like a secret replaced.
pub fn redacted(line: &str) -> Cow<'_, str> {
    static PATTERN: OnceLock<Option<Regex>> = OnceLock::new();
    let Some(pattern) = PATTERN.get_or_init(|| Regex::new(SECRETS).ok()) else { return HIDDEN.into() };
    pattern.replace_all(line, |found: &Captures<'_>| {
        let kept = |group: usize| found.get(group).map_or("", |text| text.as_str());
        format!("{}{}{}{HIDDEN}{}", kept(1), kept(4), kept(2), kept(3))
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{
        app::SystemEntropy,
        domain::{
            access::Access,
            id::{KeyId, OrgId, TokenId, UserId},
            key::{
                secret::{KeyKind, PlainKey, PlainToken},
                token::{Claims, Format},
            },
            time::Instant,
        },
        service::{account::password, key::signing::Signer},
    };

    /// A secret of every kind that there is, with what it is.
    fn secrets() -> Vec<(&'static str, String)> {
        let (entropy, now) = (&SystemEntropy, Instant::from_seconds(1_800_000_000));
        let keys = Format::ALL.map(|format| Signer::generate(format, now, entropy).unwrap());
        let signer = Signer::new(keys.to_vec(), "https://a.example/oauth".into(), "https://a.example/api".into()).unwrap();
        let claims = Claims {
            issuer: signer.issuer().to_owned(),
            audience: signer.audience().to_owned(),
            subject: UserId::new(now, entropy),
            key: KeyId::new(now, entropy),
            org: OrgId::new(now, entropy),
            access: Access::Full,
            issued_at: now,
            expires_at: now + Duration::from_secs(900),
            id: TokenId::new(now, entropy),
        };
        let mut found: Vec<_> = [KeyKind::Personal, KeyKind::Service]
            .into_iter()
            .flat_map(|kind| [false, true].map(|sandbox| ("key", PlainKey::new(kind, sandbox, entropy).reveal().to_owned())))
            .collect();
        found.extend(Format::ALL.map(|format| ("token", signer.sign(format, &claims).unwrap())));
        found.push(("session, set-up, invitation or reset", PlainToken::new(entropy).reveal().to_owned()));
        found.push(("device", format!("{:032x}{}", 7, blake3::hash(b"a").to_hex())));
        found.push(("hash of a password", password::hash("correct horse battery", entropy).unwrap()));
        found
    }

    #[test]
    fn no_secret_of_any_kind_reaches_the_log_wherever_it_stands() {
        for (what, secret) in secrets() {
            for line in [
                format!("a {secret} in a sentence"),
                format!("Authorization: Bearer {secret}"),
                format!("GET /set-up?token={secret}&a=b"),
                format!("{{\"apiKey\":\"{secret}\"}}"),
                format!("cookie: stele={secret}; a=b"),
                format!("Some(\"{secret}\")"),
                format!("https://stele.example/invitation/{secret}"),
            ] {
                let told = redacted(&line);
                assert!(!told.contains(&secret) && told.contains(HIDDEN), "{what}: {told}");
                // Not even in part.
                let longest = secret.split(|c: char| !c.is_ascii_alphanumeric()).max_by_key(|part| part.len()).unwrap();
                assert!(!told.contains(longest), "{what}: {told}");
            }
        }
    }

    #[test]
    fn what_somebody_chose_is_known_by_its_name_or_its_place() {
        for line in [
            "smtp://user:hunter2@mail.example:587 did not answer",
            "smtps://mailer:hunter2@mail.example",
            "Authorization: Basic aHVudGVyMjpodW50ZXIy",
            "authorization: basic hunter2",
            "email=a@b.example&password=hunter2",
            "{\"password\":\"hunter2\"}",
            "{\"fields\":{\"message\":\"{\\\"password\\\":\\\"hunter2\\\"}\"}}",
            "Config { metrics_token: Some(\"hunter2\"), log_json: false }",
            "client_secret=hunter2&grant_type=client_credentials",
            "metrics-token = \"hunter2\"",
            "Cookie: __Host-stele=hunter2; __Host-stele-device=hunter2; stele-flash=hunter2",
        ] {
            let told = redacted(line);
            assert!(!told.contains("hunter2") && !told.contains("aHVudGVyMjpodW50ZXIy"), "{told}");
        }
    }

    #[test]
    fn what_is_no_secret_stays() {
        for line in [
            "request method=PATCH route=/api/organizations/{organizationId}/api-keys/{keyId} status=200 ms=3 bytes=812 \
             key=01a2082f-69fd-781b-88f9-179bf7b76891 address=2001:db8::1 id=687e133d-7",
            "a key exchange was refused address=192.0.2.1 reason=token_expired",
            "Stele serves address=127.0.0.1:4010 public_url=https://content.example.com data=/var/lib/stele/stele.db",
        ] {
            assert_eq!(redacted(line), line);
        }
    }
}
