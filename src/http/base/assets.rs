//! What the console's pages load: embedded, named by the fingerprint of its content, compressed at build time.

use std::{borrow::Cow, collections::HashMap, sync::LazyLock};

use actix_web::{HttpRequest, HttpResponse, http::header, web::Bytes};
use rust_embed::RustEmbed;

use super::{
    compress::Coding,
    document::{Asked, Document},
};

/// The folder `static/`.
#[derive(RustEmbed)]
#[folder = "static"]
struct Embedded;

/// The compressed forms that `build.rs` made, the best first: name, coding, bytes.
const COMPRESSED: &[(&str, Coding, &[u8])] = include!(concat!(env!("OUT_DIR"), "/compressed.rs"));

static ASSETS: LazyLock<HashMap<String, Document>> =
    LazyLock::new(|| Embedded::iter().filter_map(|name| asset(&name).map(|asset| (name.into_owned(), asset))).collect());

fn asset(name: &str) -> Option<Document> {
    let plain = match Embedded::get(name)?.data {
        Cow::Borrowed(data) => Bytes::from_static(data),
        Cow::Owned(data) => Bytes::from(data),
    };
    let compressed = COMPRESSED.iter().filter(|(of, _, _)| *of == name).map(|(_, coding, data)| (*coding, Bytes::from_static(data)));
    Some(Document::new(kind(name), plain, compressed.collect()))
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => "text/plain; charset=utf-8",
    }
}

/// The address of an asset. A change of its content changes the address, so it may be kept for ever.
pub fn address(name: &str) -> String {
    let fingerprint = ASSETS.get(name).map_or("missing", |asset| asset.fingerprint.as_str());
    format!("/static/{fingerprint}/{name}")
}

/// Answers `/static/{fingerprint}/{name}`. A stylesheet names its fonts relative to itself, so any fingerprint is good for
/// a file that is there.
pub fn serve(request: &HttpRequest) -> HttpResponse {
    let path = request.path().trim_start_matches("/static/");
    let Some((fingerprint, asset)) = path.split_once('/').and_then(|(fingerprint, name)| Some((fingerprint, ASSETS.get(name)?))) else {
        return HttpResponse::NotFound().finish();
    };
    let lasting =
        if fingerprint == asset.fingerprint || asset.kind == "font/woff2" { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = request.headers();
    let if_none_match = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let mut answer = asset.answer(Asked { accept_encoding: headers.get(header::ACCEPT_ENCODING), if_none_match }, lasting);
    answer.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, header::HeaderValue::from_static("nosniff"));
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_compressed_and_fonts_are_not() {
        let css = &ASSETS["console.css"];
        assert_eq!(css.compressed.iter().map(|(coding, _)| *coding).collect::<Vec<_>>(), [Coding::Brotli, Coding::Gzip]);
        assert!(css.compressed.iter().all(|(_, body)| body.len() < css.plain.len() / 2));
        assert!(ASSETS["fonts/inter-latin.woff2"].compressed.is_empty());
    }

    #[test]
    fn every_icon_that_a_template_uses_is_in_the_sprite() {
        let sprite = std::str::from_utf8(&ASSETS["icons.svg"].plain).expect("text").to_owned();
        for (file, text) in crate::service::words::tests::sources() {
            for name in text.split("icon(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(sprite.contains(&format!("id=\"{name}\"")), "{file}: there is no icon {name}");
            }
        }
    }
}
