//! Repeats of a creation: a caller that never got an answer asks again under the same key, and nothing is made twice.

use std::time::Duration;

use super::{Result, access::Passed, error::Fault};

/// How long an answer is kept.
pub const LIFE: Duration = Duration::from_secs(24 * 60 * 60);

/// The header that names a request.
pub const HEADER: &str = "idempotency-key";

/// Most characters of a key.
const MAX: usize = 255;

/// Reads the values of the header.
///
/// # Errors
/// Invalid when there are several, or one that is empty, too long, or has characters that are not seen.
pub fn parse<'v>(values: impl IntoIterator<Item = &'v [u8]>) -> Result<Option<String>> {
    let mut values = values.into_iter();
    let Some(value) = values.next() else { return Ok(None) };
    let fault = |code, message: &str| Err(Fault::new("Idempotency-Key", code, message).into());
    if values.next().is_some() {
        return fault("repeated", "Idempotency-Key is given twice.");
    }
    match std::str::from_utf8(value) {
        Ok(text) if (1..=MAX).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic()) => Ok(Some(text.to_owned())),
        _ => fault("malformed", "Idempotency-Key is 1 to 255 visible ASCII characters."),
    }
}

/// A request as it is told from another one under the same key.
#[derive(Debug, Clone)]
pub struct Request {
    /// The key that the caller chose.
    pub key: String,
    /// The hash of method, path and body.
    pub fingerprint: String,
}

impl Request {
    /// A request of this method, path and body.
    pub fn new(key: String, method: &str, target: &str, body: &[u8]) -> Self {
        let mut hash = blake3::Hasher::new();
        for part in [method.as_bytes(), target.as_bytes(), body] {
            hash.update(&(part.len() as u64).to_le_bytes()).update(part);
        }
        Self { key, fingerprint: hash.finalize().to_hex().to_string() }
    }

    /// The same with a body that is not in memory, of which this is the hash.
    pub fn of_hash(key: String, method: &str, target: &str, body: &blake3::Hash) -> Self {
        Self::new(key, method, target, body.as_bytes())
    }
}

/// What became of a request, until its time is over.
#[derive(Debug, Clone)]
pub struct Past {
    /// The hash of method, path and body.
    pub fingerprint: String,
    /// The gates that it passed, which a repeat must pass as well.
    pub gates: Vec<Passed>,
    /// Its answer.
    pub answer: StoredAnswer,
}

/// An answer that can be given again. It never holds a secret.
#[derive(Debug, Clone)]
pub struct StoredAnswer {
    /// The status.
    pub status: u16,
    /// Its headers, as JSON pairs.
    pub headers: String,
    /// The body.
    pub body: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_one_word_of_bounded_length() {
        let read = |values: &[&str]| parse(values.iter().map(|value| value.as_bytes()));
        assert_eq!(read(&[]).ok(), Some(None));
        assert_eq!(read(&["a!~\""]).ok(), Some(Some("a!~\"".into())));
        assert!(read(&[&"a".repeat(255)]).is_ok());
        for wrong in ["", "a b", "é", "a\t", &"a".repeat(256)] {
            assert!(read(&[wrong]).is_err(), "{wrong:?}");
        }
        assert!(read(&["a", "a"]).is_err());
    }

    #[test]
    fn requests_differ_by_method_path_and_body() {
        let of = |method, target, body: &str| Request::new("k".into(), method, target, body.as_bytes()).fingerprint;
        let one = of("POST", "/a", "{}");
        assert_eq!(one, of("POST", "/a", "{}"));
        for other in [of("PUT", "/a", "{}"), of("POST", "/b", "{}"), of("POST", "/a", "{} "), of("POST", "/a{", "}")] {
            assert_ne!(one, other);
        }
    }
}
