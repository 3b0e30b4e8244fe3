//! Of which type a file is: by its first bytes, whatever its name says. And how it is handed out, so that nothing of it runs.

use super::name;

/// So many first bytes tell what a file is.
pub const HEAD: usize = 8 * 1024;

/// What is not known better.
pub const UNKNOWN: &str = "application/octet-stream";
/// Text without markup.
pub const PLAIN: &str = "text/plain";
/// A font for pages.
pub const WOFF2: &str = "font/woff2";
/// Scalable vector graphics: pictures that may hold scripts.
pub const SVG: &str = "image/svg+xml";
/// Pages.
pub const HTML: &str = "text/html";

/// Types of text that do not begin with `text/`.
const TEXTS: [&str; 9] = [
    "application/json",
    "application/ld+json",
    "application/geo+json",
    "application/xml",
    "application/yaml",
    "application/toml",
    "application/x-yaml",
    "application/javascript",
    "application/x-sh",
];

/// What a browser shows by itself without running any of it.
const SHOWN: [&str; 21] = [
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "image/avif",
    "image/bmp",
    "image/x-icon",
    "image/vnd.microsoft.icon",
    "video/mp4",
    "video/webm",
    "video/ogg",
    "video/quicktime",
    "video/x-m4v",
    "audio/mpeg",
    "audio/mp4",
    "audio/m4a",
    "audio/ogg",
    "audio/x-wav",
    "audio/x-flac",
    "audio/aac",
    "audio/webm",
];

/// The type of a file: of these first bytes, with this name, and of the type that it came with, if it came with one. What the bytes are counts
/// first; a name or a type is believed only of what has no mark of its own.
pub fn of(name: &str, said: Option<&str>, head: &[u8]) -> String {
    let guessed = mime_guess::from_path(name).first_raw();
    if let Some(text) = text_of(head) {
        let marked = markup(text);
        let is_good = |kind: &str| is_text(kind) && ![SVG, HTML].contains(&kind);
        let plain = said.filter(|kind| is_good(kind)).or(guessed.filter(|kind| is_good(kind))).unwrap_or(PLAIN);
        return marked.unwrap_or(plain).to_owned();
    }
    if head.starts_with(b"wOF2") {
        return WOFF2.to_owned();
    }
    match infer::get(head).map(|found| found.mime_type()) {
        // Many formats are such an archive, and only their names tell them apart.
        Some("application/zip" | "application/x-ole-storage") => {
            guessed.filter(|kind| is_document(kind)).unwrap_or("application/zip").to_owned()
        }
        Some(found) if is_text(found) => UNKNOWN.to_owned(),
        Some(found) => found.to_owned(),
        None => guessed.filter(|kind| is_document(kind)).unwrap_or(UNKNOWN).to_owned(),
    }
}

/// The type that a name ends in says.
pub fn of_name(name: &str) -> &'static str {
    mime_guess::from_path(name).first_raw().unwrap_or(UNKNOWN)
}

/// Formats without a mark that this knows: no pictures, sounds, films, pages and fonts for them, which would be lies.
fn is_document(kind: &str) -> bool {
    (kind.starts_with("application/") || kind.starts_with("font/") || kind.starts_with("model/"))
        && !is_text(kind)
        && !["application/pdf", WOFF2].contains(&kind)
}

/// Whether files of this type are text.
pub fn is_text(kind: &str) -> bool {
    kind.starts_with("text/") || kind == SVG || TEXTS.contains(&kind)
}

/// Whether files of this type are pictures.
pub fn is_image(kind: &str) -> bool {
    kind.starts_with("image/")
}

/// The beginning of a text; none where the bytes are none.
fn text_of(head: &[u8]) -> Option<&str> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        // The end may be in the middle of a letter.
        Err(error) if error.error_len().is_none() => std::str::from_utf8(&head[..error.valid_up_to()]).ok()?,
        Err(_) => return None,
    };
    let is_binary = |c: char| matches!(c, '\0'..='\u{8}' | '\u{e}'..='\u{1a}' | '\u{1c}'..='\u{1f}');
    (!text.contains(is_binary)).then_some(text)
}

/// Whether a text is a page or a picture, however much stands before its first element.
fn markup(text: &str) -> Option<&'static str> {
    const PAGES: [&str; 17] = [
        "!doctype html",
        "html",
        "head",
        "body",
        "script",
        "iframe",
        "style",
        "title",
        "meta",
        "link",
        "div",
        "table",
        "h1",
        "p",
        "a",
        "br",
        "font",
    ];
    let mut rest = text.trim_start();
    while let Some(inside) = rest.strip_prefix('<') {
        let lower: String = inside.chars().take(20).collect::<String>().to_ascii_lowercase();
        let begins =
            |tag: &str| lower.strip_prefix(tag).is_some_and(|next| next.starts_with(|c: char| c.is_whitespace() || "/>".contains(c)));
        if begins("svg") || lower.starts_with("!doctype svg") || begins("svg:svg") {
            return Some(SVG);
        }
        if PAGES.iter().any(|tag| begins(tag)) {
            return Some(HTML);
        }
        let end = match lower.as_str() {
            _ if inside.starts_with("!--") => "-->",
            _ if inside.starts_with('?') => "?>",
            _ if inside.starts_with('!') => ">",
            // Some other element: a picture may be named by its namespace, and what a page shows may stand in it.
            _ => break,
        };
        let Some(at) = inside.find(end) else { break };
        rest = inside[at + end.len()..].trim_start();
    }
    let lower = text.to_ascii_lowercase();
    if lower.contains("http://www.w3.org/2000/svg") && rest.starts_with('<') {
        return Some(SVG);
    }
    let is_page = rest.starts_with('<') && (lower.contains("<script") || lower.contains("http://www.w3.org/1999/xhtml"));
    is_page.then_some(HTML)
}

/// How a file of a type is handed out: the type that browsers are told, and whether they may show it by themselves.
pub fn handed_out(kind: &str) -> (&str, bool) {
    match kind {
        SVG | HTML => (kind, false),
        "application/json" | "text/csv" | "text/vtt" => (kind, true),
        "text/markdown" => ("text/markdown; charset=utf-8", true),
        // Scripts and stylesheets are texts to read, which no page of this instance takes in.
        kind if is_text(kind) => ("text/plain; charset=utf-8", true),
        kind => (kind, SHOWN.contains(&kind)),
    }
}

/// Whether a name ends as those of a type do, or its ending says nothing.
pub fn agrees(filename: &str, kind: &str) -> bool {
    let Some(ending) = name::ending(filename) else { return true };
    let guesses = mime_guess::from_ext(&ending);
    guesses.is_empty() || guesses.iter().any(|guess| guess.essence_str() == kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

    #[test]
    fn what_the_bytes_are_counts_and_not_what_they_are_called() {
        for (name, said, head, kind) in [
            ("a.png", None, PNG, "image/png"),
            ("a.html", Some("text/html"), PNG, "image/png"),
            ("a.png", Some("image/png"), b"<script>alert(1)</script>".as_slice(), HTML),
            ("a.png", Some("image/png"), b"  <!-- x --><!DOCTYPE html><p>", HTML),
            ("a.jpg", None, b"<?xml version=\"1.0\"?>\n<!DOCTYPE svg>\n<svg onload='x()'>", SVG),
            ("a.txt", None, b"<s:svg xmlns:s='http://www.w3.org/2000/svg'>", SVG),
            ("a.txt", None, b"\xef\xbb\xbf<svg/>", SVG),
            ("a.png", Some("image/png"), b"\x01\x02\x03\xff\xfe", UNKNOWN),
            ("a.pdf", None, b"%PDF-1.7\n\xff\xff", "application/pdf"),
            ("a.md", None, b"# Hello", "text/markdown"),
            ("a.png", Some("text/csv"), b"a,b", "text/csv"),
            ("a.exe", Some("text/html"), b"plain", PLAIN),
            ("a.svg", None, b"no picture", PLAIN),
            ("a.json", None, b"{}", "application/json"),
            ("a.bin", None, b"", PLAIN),
            ("a.odt", None, b"PK\x03\x04\xff\xff\xff", "application/vnd.oasis.opendocument.text"),
            ("a.png", None, b"PK\x03\x04\xff\xff\xff", "application/zip"),
        ] {
            assert_eq!(of(name, said, head), kind, "{name} {said:?} {head:?}");
        }
    }

    #[test]
    fn nothing_that_runs_is_shown_by_itself() {
        for kind in [SVG, HTML, "application/pdf", "application/xhtml+xml", "application/zip", UNKNOWN] {
            assert!(!handed_out(kind).1, "{kind}");
        }
        for kind in ["text/javascript", "text/css", "application/javascript", "text/xml"] {
            assert_eq!(handed_out(kind), ("text/plain; charset=utf-8", true), "{kind}");
        }
        assert_eq!(handed_out("image/png"), ("image/png", true));
        assert!(agrees("a.jpeg", "image/jpeg") && agrees("a", "image/png") && !agrees("a.png", HTML));
    }
}
