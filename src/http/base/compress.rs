//! Compression of answers (RFC 9110 8.4): text of some length, where the client takes it.
//!
//! An answer that holds a secret never is: its length would tell of the secret to whoever can put a guess beside it (BREACH).

use actix_http::encoding::Encoder;
use actix_web::{
    HttpResponse,
    body::{BodySize, BoxBody, MessageBody},
    dev::ServiceResponse,
    http::{
        StatusCode,
        header::{self, ContentEncoding, HeaderValue},
    },
};

use super::transport::outgoing::SHORT;

/// A way of compressing.
pub type Coding = ContentEncoding;

/// Fewer bytes are not worth it.
const LEAST: u64 = 1024;

/// The codings that there are, the best first.
const CODINGS: [Coding; 2] = [Coding::Brotli, Coding::Gzip];
/// The codings of what is long, or of unknown length: for each such answer Brotli holds some megabytes until it is read.
const FRUGAL: [Coding; 1] = [Coding::Gzip];

/// Stands in the extensions of an answer that holds a secret.
struct Secret;

/// Says of an answer that it holds a secret.
pub fn hold_secret(answer: &mut HttpResponse) {
    answer.extensions_mut().insert(Secret);
}

/// The coding that a client takes and likes best (RFC 9110 12.5.3); none when it is to be sent as it is.
pub fn accepted(accept_encoding: Option<&HeaderValue>) -> Option<Coding> {
    choose(accept_encoding, &CODINGS)
}

fn choose(accept_encoding: Option<&HeaderValue>, codings: &[Coding]) -> Option<Coding> {
    let text = accept_encoding?.to_str().ok()?;
    let quality = |coding: &Coding| {
        let of = |name: &str| {
            let mut found = text.split(',').map(|one| one.split(';').map(str::trim)).filter_map(|mut parts| {
                let named = parts.next().is_some_and(|word| word.eq_ignore_ascii_case(name));
                let quality = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
                named.then(|| quality.map_or(Ok(1.0), str::parse::<f32>).unwrap_or(0.0))
            });
            found.next()
        };
        of(coding.as_str()).or_else(|| of("*")).unwrap_or(0.0)
    };
    let best = codings.iter().map(|coding| (quality(coding), *coding)).rev().max_by(|(a, _), (b, _)| a.total_cmp(b));
    best.filter(|(quality, _)| *quality > 0.0).map(|(_, coding)| coding)
}

/// The answer as its client takes it.
pub fn compressed(answer: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    if !is_worth_it(answer.response()) {
        return answer;
    }
    let frugal = !matches!(answer.response().body().size(), BodySize::Sized(bytes) if bytes <= SHORT);
    let codings = if frugal { &FRUGAL[..] } else { &CODINGS };
    let coding = choose(answer.request().headers().get(header::ACCEPT_ENCODING), codings);
    answer.map_body(|head, body| {
        let Some(coding) = coding else {
            // A cache must know that there are others.
            head.headers_mut().append(header::VARY, HeaderValue::from_static("Accept-Encoding"));
            return body;
        };
        // The same in other bytes (RFC 9110 8.8.1).
        if let Some(tag) = head.headers().get(header::ETAG).and_then(|tag| tag.to_str().ok()).filter(|tag| tag.starts_with('"'))
            && let Ok(weak) = HeaderValue::try_from(format!("W/{tag}"))
        {
            head.headers_mut().insert(header::ETAG, weak);
        }
        BoxBody::new(Encoder::response(coding, head, body))
    })
}

fn is_worth_it(answer: &HttpResponse) -> bool {
    let headers = answer.headers();
    let long = match answer.body().size() {
        BodySize::None => false,
        BodySize::Sized(bytes) => bytes > LEAST,
        BodySize::Stream => true,
    };
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let text = kind.starts_with("text/") || kind.starts_with("application/json") || kind.starts_with("application/x-ndjson");
    let whole = !matches!(answer.status(), StatusCode::PARTIAL_CONTENT | StatusCode::NOT_MODIFIED);
    long && text && whole && !headers.contains_key(header::CONTENT_ENCODING) && answer.extensions().get::<Secret>().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_coding_that_a_client_takes_is_chosen() {
        for (accept, coding) in [
            ("gzip, deflate, br", Some(Coding::Brotli)),
            ("gzip", Some(Coding::Gzip)),
            ("GZIP;q=0.5, br;q=0.4", Some(Coding::Gzip)),
            ("br;q=0, *", Some(Coding::Gzip)),
            ("*", Some(Coding::Brotli)),
            ("identity", None),
            ("br;q=0,gzip;q=0.000", None),
            ("br;q=x", None),
            ("deflate, zstd", None),
            ("", None),
        ] {
            assert_eq!(accepted(Some(&HeaderValue::from_static(accept))), coding, "{accept}");
        }
        assert_eq!(accepted(None), None);
    }
}
