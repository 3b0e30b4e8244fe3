//! Bytes that are handed out as a download and never shown: a browser runs, loads and frames nothing of them, and nobody keeps them.

use std::sync::Arc;

use actix_web::{
    HttpResponse,
    http::header::{self, HeaderName, HeaderValue},
};

use crate::{
    domain::{
        Error, Result,
        file::{
            blob::{Blob, BlobPlace, PIECE},
            media_type, name,
        },
    },
    http::base::{
        state::State,
        transport::{outgoing::Holder, pieces::sized_pieces, room::Caller},
    },
};

/// Nothing of it runs, whatever opens it.
const POLICY: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";

/// All bytes of a blob, under a name; of no type, so that nothing takes them for something to show. Each piece is a read of its own: a client that reads slowly keeps no snapshot.
///
/// # Errors
/// Not found, where a backup left the bytes out.
pub fn download(state: &Arc<State>, caller: Caller, blob: &Blob, filename: &str) -> Result<HttpResponse> {
    if blob.place == BlobPlace::Nowhere {
        return Err(Error::NotFound("file"));
    }
    let (files, blob, mut at) = (state.files.clone(), blob.clone(), 0);
    let size = blob.size;
    let next = move || {
        if at == size {
            return Ok(None);
        }
        let piece = files.read(&blob, at, (size - at).min(PIECE as u64))?;
        at += piece.len() as u64;
        Ok(Some(piece))
    };
    let mut answer = HttpResponse::Ok().body(sized_pieces(size, state.clone(), caller, next));
    answer.extensions_mut().insert(Holder(caller));
    let texts = [
        (header::CONTENT_TYPE, media_type::UNKNOWN.to_owned()),
        (header::CONTENT_DISPOSITION, disposition(&name::safe(filename), true)),
        (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::REFERRER_POLICY, "no-referrer".to_owned()),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin".to_owned()),
    ];
    for (name, text) in texts {
        if let Ok(value) = HeaderValue::from_str(&text) {
            answer.headers_mut().insert(name, value);
        }
    }
    Ok(answer)
}

/// RFC 6266: the name in plain letters for old clients, and as it is for all others.
pub fn disposition(name: &str, downloads: bool) -> String {
    let how = if downloads { "attachment" } else { "inline" };
    let plain: String = name.chars().map(|c| if c.is_ascii_graphic() && !"\"\\".contains(c) { c } else { '_' }).collect();
    let coded = percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC);
    format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{coded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_in_its_header_whatever_is_in_it() {
        assert_eq!(disposition("a.png", false), "inline; filename=\"a.png\"; filename*=UTF-8''a%2Epng");
        assert_eq!(disposition("é\".txt", true), "attachment; filename=\"__.txt\"; filename*=UTF-8''%C3%A9%22%2Etxt");
    }
}
