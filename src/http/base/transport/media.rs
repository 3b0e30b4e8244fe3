//! How bodies and answers are written down: what a route takes and gives, and the media type of each (RFC 9110 8.3).

use actix_web::http::header::{self, HeaderMap};

/// How a body or an answer travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// JSON, collected before it is read (RFC 8259).
    Json,
    /// The same, where it may be long: then it is kept in a file before it is read.
    LongJson,
    /// Files with a form (RFC 7578), kept as they come.
    Files,
    /// Bytes of any type, kept as they come.
    Bytes,
    /// The fields of a form (URL Standard 5).
    Form,
    /// Lines of JSON, kept in a file before they are read, or written as they are made.
    Lines,
    /// XML (RFC 7303 4: `text/xml` is the same as `application/xml`, and more programs take it for a text).
    Xml,
    /// Text of lines.
    Text,
    /// A stylesheet (RFC 2318).
    Css,
}

impl Transport {
    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json | Self::LongJson => "application/json",
            Self::Files => "multipart/form-data",
            Self::Form => "application/x-www-form-urlencoded",
            Self::Lines | Self::Bytes => "application/octet-stream",
            Self::Xml => "text/xml",
            Self::Text => "text/plain",
            Self::Css => "text/css",
        }
    }

    /// Whether a body says that it travels so; parameters such as a charset make no difference, nor does a suffix `+json` (RFC 6839).
    pub fn is_named(self, headers: &HeaderMap) -> bool {
        let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match self {
            _ if kind == self.media_type() => true,
            Self::Bytes => true,
            Self::Json | Self::LongJson => kind.starts_with("application/") && kind.ends_with("+json"),
            // Lines have no registered type, and generators of clients know none of the names in use.
            Self::Lines => matches!(kind.as_str(), "application/jsonl" | "application/x-ndjson" | "application/json"),
            Self::Form | Self::Files | Self::Xml | Self::Text | Self::Css => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_what_its_type_says_without_parameters() {
        let named = |transport: Transport, kind: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static(kind));
            transport.is_named(&headers)
        };
        for kind in ["application/json", "Application/JSON; charset=utf-8", "application/merge-patch+json"] {
            assert!(named(Transport::Json, kind) && !named(Transport::Form, kind), "{kind}");
        }
        assert!(named(Transport::Form, "application/x-www-form-urlencoded;charset=UTF-8"));
        for kind in ["text/plain", "text/json", "application/jsonp", "", "multipart/form-data; boundary=json"] {
            assert!(!named(Transport::Json, kind) && !named(Transport::Form, kind), "{kind}");
        }
        assert!(!Transport::Json.is_named(&HeaderMap::new()));
        assert!(named(Transport::Lines, "application/jsonl") && named(Transport::Lines, "application/octet-stream"));
        assert!(!named(Transport::Lines, "text/plain") && !named(Transport::Lines, "multipart/form-data"));
    }
}
