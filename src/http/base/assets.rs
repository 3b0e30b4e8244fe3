//! What the console's pages load: embedded, named by the fingerprint of its content, compressed at build time.

use std::{collections::HashMap, sync::LazyLock};

use actix_web::{HttpRequest, HttpResponse, http::header, web::Bytes};

use super::{
    compress::{self, Coding},
    document::{Accepts, EncodedDocument, fingerprint},
};

/// A file of `static/`.
struct File {
    name: &'static str,
    plain: &'static [u8],
    /// The compressed forms, the best first; none of what is compressed already.
    compressed: &'static [(Coding, &'static [u8])],
}

/// Where fonts are, up to the slash before their names: they never change, so any fingerprint is good.
pub const FONTS: &str = "/static/0";
/// Where front-ends find the stylesheet of content. Its number is that of the classes that content has: with one of them it changes its address.
pub const STYLESHEET: &str = "/content.v1.css";

/// All files, as `build.rs` made them.
const FILES: &[File] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The folder of the script's modules. They import each other by relative paths, so all of them have the fingerprint of the whole
/// folder: then an import leads to the address that lasts, with no import map in each page and no text rewritten.
const MODULES: &str = "console/";

static ASSETS: LazyLock<HashMap<&str, EncodedDocument>> = LazyLock::new(|| {
    let modules: Vec<u8> = FILES.iter().filter(|file| file.name.starts_with(MODULES)).flat_map(|file| file.plain).copied().collect();
    let modules = fingerprint(&modules);
    let asset = |file: &File| {
        let compressed = file.compressed.iter().map(|(coding, data)| (*coding, Bytes::from_static(data)));
        let mut asset = EncodedDocument::new(kind(file.name), Bytes::from_static(file.plain), compressed.collect());
        if file.name.starts_with(MODULES) {
            asset.fingerprint.clone_from(&modules);
        } else if let (true, Some((_, packed))) = (file.plain.is_empty(), file.compressed.first()) {
            asset.fingerprint = fingerprint(packed);
        }
        asset
    };
    FILES.iter().map(|file| (file.name, asset(file))).collect()
});

/// What is kept compressed alone, as it is: by its fingerprint, for the rare client that does not take it so.
static UNPACKED: LazyLock<HashMap<&str, Bytes>> = LazyLock::new(|| {
    let packed = ASSETS.values().filter(|asset| asset.plain.is_empty());
    let unpack = |asset: &'static EncodedDocument| {
        let mut plain = Vec::new();
        let (_, packed) = asset.compressed.first()?;
        brotli::BrotliDecompress(&mut &packed[..], &mut plain).ok()?;
        Some((asset.fingerprint.as_str(), Bytes::from(plain)))
    };
    packed.filter_map(unpack).collect()
});

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("webp") => "image/webp",
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
    let mut answer = answer(request, asset, lasting);
    if asset.kind == "font/woff2" {
        // The stylesheet of a branding is used by pages of other sites, and fonts are always fetched as those of another origin.
        let open = [("access-control-allow-origin", "*"), ("cross-origin-resource-policy", "cross-origin")];
        for (name, value) in open {
            answer.headers_mut().insert(header::HeaderName::from_static(name), header::HeaderValue::from_static(value));
        }
    }
    answer
}

/// Answers with the file of this name, wherever it was asked for; `lasting` says for how long it may be kept.
pub fn serve_file(request: &HttpRequest, name: &str, lasting: &'static str) -> HttpResponse {
    ASSETS.get(name).map_or_else(|| HttpResponse::NotFound().finish(), |asset| answer(request, asset, lasting))
}

fn answer(request: &HttpRequest, asset: &EncodedDocument, lasting: &'static str) -> HttpResponse {
    let headers = request.headers();
    let if_none_match = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let asked = Accepts { accept_encoding: headers.get(header::ACCEPT_ENCODING), if_none_match };
    let takes_packed = compress::accepted(asked.accept_encoding) == Some(Coding::Brotli);
    let mut answer = match UNPACKED.get(asset.fingerprint.as_str()).filter(|_| asset.plain.is_empty() && !takes_packed) {
        Some(plain) => {
            let fingerprint = asset.fingerprint.clone();
            EncodedDocument { kind: asset.kind, plain: plain.clone(), compressed: Vec::new(), fingerprint }.answer(asked, lasting)
        }
        None => asset.answer(asked, lasting),
    };
    answer.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, header::HeaderValue::from_static("nosniff"));
    answer
}

#[cfg(test)]
mod tests {
    use actix_web::body::MessageBody as _;

    use super::*;

    #[test]
    fn text_is_compressed_and_fonts_are_not() {
        let css = &ASSETS["console.css"];
        assert_eq!(css.compressed.iter().map(|(coding, _)| *coding).collect::<Vec<_>>(), [Coding::Brotli, Coding::Gzip]);
        assert!(css.compressed.iter().all(|(_, body)| body.len() < css.plain.len() / 2));
        assert!(ASSETS["fonts/inter-latin.woff2"].compressed.is_empty());
    }

    #[test]
    fn what_is_kept_compressed_alone_is_sent_to_whoever_takes_it_and_unpacked_for_others() {
        let sent = |coding: &str| {
            let request = actix_web::test::TestRequest::get().insert_header((header::ACCEPT_ENCODING, coding)).to_http_request();
            let answer = serve_file(&request, "vendor/scalar.js", "no-cache");
            let coding = answer.headers().get(header::CONTENT_ENCODING).and_then(|coding| coding.to_str().ok()).map(str::to_owned);
            (coding, answer.into_body().try_into_bytes().expect("a body"))
        };
        let (packed, plain) = (sent("gzip, br"), sent("gzip"));
        assert_eq!((packed.0.as_deref(), plain.0.as_deref()), (Some("br"), None));
        assert!(packed.1.len() < 1_000_000 && plain.1.len() > 3_000_000, "{} {}", packed.1.len(), plain.1.len());
        let licence = std::str::from_utf8(&ASSETS["vendor/scalar.LICENSE.txt"].plain).expect("text");
        let version = licence.split_once("api-reference ").and_then(|(_, rest)| rest.split_once(' ')).expect("a version").0;
        assert!(
            String::from_utf8_lossy(&plain.1[..1000]).contains(&format!("@scalar/api-reference {version}")),
            "the licence names another version"
        );
    }

    #[test]
    fn the_stylesheet_is_one_file() {
        let css = std::str::from_utf8(&ASSETS["console.css"].plain).expect("text");
        assert!(!css.contains("@import"), "an import is not joined");
        for layer in std::fs::read_dir("static/layers").expect("the folder") {
            let layer = std::fs::read_to_string(layer.expect("a file").path()).expect("text");
            assert!(css.contains(&layer), "not imported: {layer}");
        }
        assert!(!ASSETS.keys().any(|name| name.starts_with("layers/")));
    }

    #[test]
    fn modules_import_what_is_there_under_one_fingerprint() {
        let modules: Vec<_> = ASSETS.iter().filter(|(name, _)| name.starts_with(MODULES)).collect();
        assert!(modules.len() > 10);
        for (name, module) in modules {
            assert_eq!(module.fingerprint, ASSETS["console/main.js"].fingerprint, "{name}");
            let text = std::str::from_utf8(&module.plain).expect("text");
            for import in text.lines().filter(|line| line.starts_with("import ")) {
                let path = import.split('"').nth(1).expect("a path");
                assert!(path.starts_with('.'), "{name}: {path} is not relative");
                let here = url::Url::parse(&format!("stele:/{name}")).expect("an address");
                let found = here.join(path).expect("an address").path().trim_start_matches('/').to_owned();
                assert!(ASSETS.contains_key(found.as_str()), "{name}: there is no {found}");
            }
        }
    }

    #[test]
    fn every_picture_of_the_help_is_there_in_each_language_and_theme() {
        let sources = crate::service::i18n::tests::sources();
        let names: Vec<_> =
            sources.iter().flat_map(|(_, text)| text.split("picture(c, h, \"").skip(1).filter_map(|rest| rest.split('"').next())).collect();
        assert!(!names.is_empty());
        for name in names {
            for (lang, theme) in [("en", "light"), ("en", "dark"), ("fr", "light"), ("fr", "dark")] {
                let file = format!("help/{name}-{lang}-{theme}.webp");
                assert!(ASSETS.get(file.as_str()).is_some_and(|picture| picture.plain.starts_with(b"RIFF")), "there is no {file}");
            }
        }
    }

    #[test]
    fn every_icon_that_a_template_uses_is_in_the_sprite() {
        let sprite = std::str::from_utf8(&ASSETS["icons.svg"].plain).expect("text").to_owned();
        for (file, text) in crate::service::i18n::tests::sources() {
            for name in text.split("icon(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(sprite.contains(&format!("id=\"{name}\"")), "{file}: there is no icon {name}");
            }
        }
    }
}
