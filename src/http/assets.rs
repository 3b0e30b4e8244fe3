//! What the console's pages load: embedded, named by the fingerprint of its content, compressed at build time.

use std::{borrow::Cow, collections::HashMap, sync::LazyLock};

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderMap},
    web::Bytes,
};
use rust_embed::RustEmbed;

use super::etag;

/// The folder `static/`.
#[derive(RustEmbed)]
#[folder = "static"]
struct Embedded;

/// The compressed forms that `build.rs` made, the best first: name, coding, bytes.
const COMPRESSED: &[(&str, &str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/compressed.rs"));

struct Asset {
    plain: Bytes,
    compressed: Vec<(&'static str, Bytes)>,
    kind: &'static str,
    fingerprint: String,
}

static ASSETS: LazyLock<HashMap<String, Asset>> =
    LazyLock::new(|| Embedded::iter().filter_map(|name| asset(&name).map(|asset| (name.into_owned(), asset))).collect());

fn asset(name: &str) -> Option<Asset> {
    let plain = match Embedded::get(name)?.data {
        Cow::Borrowed(data) => Bytes::from_static(data),
        Cow::Owned(data) => Bytes::from(data),
    };
    let compressed =
        COMPRESSED.iter().filter(|(of, _, _)| *of == name).map(|(_, coding, data)| (*coding, Bytes::from_static(data))).collect();
    let fingerprint = blake3::hash(&plain).to_hex()[..16].to_owned();
    Some(Asset { plain, compressed, kind: kind(name), fingerprint })
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
    let found = asset.compressed.iter().find(|(coding, _)| accepts(request.headers(), coding));
    // Each coding is a representation of its own, with a validator of its own (RFC 9110 8.8.3.3).
    let tag = format!("{}{}", asset.fingerprint, found.map_or("", |(coding, _)| coding));
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let mut answer = if known.is_some_and(|tags| etag::names(tags, &tag)) { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    let lasting =
        if fingerprint == asset.fingerprint || asset.kind == "font/woff2" { "public, max-age=31536000, immutable" } else { "no-cache" };
    answer.insert_header((header::ETAG, format!("\"{tag}\""))).insert_header((header::CACHE_CONTROL, lasting));
    answer.insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff")).insert_header((header::VARY, "Accept-Encoding"));
    if let Some((coding, _)) = found {
        answer.insert_header((header::CONTENT_ENCODING, *coding));
    }
    answer.content_type(asset.kind).body(found.map_or(&asset.plain, |(_, body)| body).clone())
}

/// Whether the client takes this coding (RFC 9110 12.5.3).
fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|one| {
        let mut parts = one.split(';').map(str::trim);
        parts.next().is_some_and(|name| name.eq_ignore_ascii_case(coding)) && !parts.any(|part| matches!(part, "q=0" | "q=0.0"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_compressed_and_fonts_are_not() {
        let css = &ASSETS["console.css"];
        assert_eq!(css.compressed.iter().map(|(coding, _)| *coding).collect::<Vec<_>>(), ["br", "gzip"]);
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
