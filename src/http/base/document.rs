//! A public document: the same for everybody, written out and compressed once, and sent as often as it is asked for.

use std::io::Write;

use actix_web::{
    HttpResponse,
    http::header::{self, HeaderValue},
    web::Bytes,
};
use flate2::{Compression, write::GzEncoder};

use super::{
    compress::{self, Coding},
    etag,
    transport::outgoing::InMemory,
};

/// The document in its codings.
pub struct EncodedDocument {
    /// Its media type.
    pub kind: &'static str,
    /// As it is.
    pub plain: Bytes,
    /// The compressed forms.
    pub compressed: Vec<(Coding, Bytes)>,
    /// The fingerprint of its content.
    pub fingerprint: String,
}

/// What a request says of the forms that it takes, and of those that it has.
#[derive(Debug, Clone, Copy)]
pub struct Accepts<'a> {
    /// `Accept-Encoding`.
    pub accept_encoding: Option<&'a HeaderValue>,
    /// `If-None-Match`.
    pub if_none_match: Option<&'a str>,
}

impl EncodedDocument {
    /// A document in the forms that there are.
    pub fn new(kind: &'static str, plain: Bytes, compressed: Vec<(Coding, Bytes)>) -> Self {
        let fingerprint = fingerprint(&plain);
        Self { kind, plain, compressed, fingerprint }
    }

    /// A document of JSON, with the forms to be made.
    pub fn json(text: String) -> Self {
        let made = [(Coding::Brotli, brotli(text.as_bytes())), (Coding::Gzip, gzip(text.as_bytes()))];
        // What cannot be compressed is sent as it is.
        let compressed = made.into_iter().filter_map(|(coding, made)| Some((coding, Bytes::from(made.ok()?)))).collect();
        Self::new("application/json", text.into(), compressed)
    }

    /// The answer; `lasting` says for how long it may be kept.
    pub fn answer(&self, asked: Accepts<'_>, lasting: &'static str) -> HttpResponse {
        let accepted = compress::accepted(asked.accept_encoding);
        let found = self.compressed.iter().find(|(coding, _)| accepted == Some(*coding));
        let known = asked.if_none_match.is_some_and(|tags| etag::names(tags, &self.fingerprint));
        let mut answer = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
        // Compressed it is the same document in other bytes (RFC 9110 8.8.1).
        let weak = if found.is_some() { "W/" } else { "" };
        answer.insert_header((header::ETAG, format!("{weak}\"{}\"", self.fingerprint)));
        answer.insert_header((header::CACHE_CONTROL, lasting)).insert_header((header::VARY, "Accept-Encoding"));
        if known {
            return answer.finish();
        }
        if let Some((coding, _)) = found {
            answer.insert_header((header::CONTENT_ENCODING, coding.as_str()));
        }
        let mut answer = answer.content_type(self.kind).body(found.map_or(&self.plain, |(_, body)| body).clone());
        answer.extensions_mut().insert(InMemory);
        answer
    }
}

/// The fingerprint of these bytes.
pub fn fingerprint(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..16].to_owned()
}

fn brotli(text: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::new();
    brotli::CompressorWriter::new(&mut out, 4096, 9, 22).write_all(text)?;
    Ok(out)
}

fn gzip(text: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::default());
    writer.write_all(text)?;
    writer.finish()
}
