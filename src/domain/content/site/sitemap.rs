//! What search engines are told of a site: its addresses, in the form of sitemaps.org.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

use crate::domain::{Result, error::Fault, time::Instant};

/// Most addresses of one file (sitemaps.org).
pub const MOST: u32 = 50_000;
/// Most files of one index.
pub const FILES_MAX: u32 = 50_000;

/// Characters of a path that stay as they are; all of them may stand in XML, too.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The same of a path that is encoded already.
const ENCODED: &AsciiSet = &PATH.remove(b'%');

/// How a file begins and ends.
pub const FILE: (&str, &str) =
    ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n", "</urlset>\n");

/// Where a site is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base(String);

impl Base {
    /// Reads the address at which a site begins: `https://example.org`, or one with a path.
    ///
    /// # Errors
    /// The fault of `base`.
    pub fn parse(text: &str) -> Result<Self> {
        let malformed = || Fault::new("base", "malformed", "base must be the address of the site, such as https://example.org.");
        let url = Url::parse(text).map_err(|_| malformed())?;
        let good = matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none();
        if !good || url.query().is_some() || url.fragment().is_some() || text.len() > 500 {
            return Err(malformed().into());
        }
        let path = url.path().trim_end_matches('/');
        let path = utf8_percent_encode(path, ENCODED).to_string();
        Ok(Self(format!("{}{path}", url.origin().ascii_serialization())))
    }

    /// The element of an address of the site.
    pub fn location(&self, path: &str, changed: Option<Instant>) -> String {
        let changed = changed.map(|at| format!("<lastmod>{at}</lastmod>")).unwrap_or_default();
        format!("<url><loc>{}{}</loc>{changed}</url>\n", self.0, utf8_percent_encode(path, PATH))
    }

    /// An index of so many files, where all addresses are too many for one: `sitemap-1.xml` and so on, at the site.
    pub fn index(&self, files: u32) -> String {
        let mut out =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n".to_owned();
        for n in 1..=files {
            out.push_str(&format!("<sitemap><loc>{}/sitemap-{n}.xml</loc></sitemap>\n", self.0));
        }
        out.push_str("</sitemapindex>\n");
        out
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_base_is_an_address_of_the_web_without_a_query() {
        let told = |text: &str| Base::parse(text).ok().map(|base| base.location("/a", None));
        for (text, wanted) in [
            ("https://example.org", "https://example.org/a"),
            ("HTTPS://Example.org:443/", "https://example.org/a"),
            ("http://localhost:8080/sub/dir/", "http://localhost:8080/sub/dir/a"),
            ("https://bücher.example/ä&\"<", "https://xn--bcher-kva.example/%C3%A4%26%22%3C/a"),
        ] {
            assert_eq!(told(text), Some(format!("<url><loc>{wanted}</loc></url>\n")), "{text}");
        }
        for bad in [
            "",
            "/a",
            "example.org",
            "ftp://a.example",
            "javascript:x",
            "https://u:p@a.example",
            "https://a.example?x",
            "https://a.example#x",
        ] {
            assert_eq!(told(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn nothing_breaks_out_of_an_element(base in ".{0,60}", path in ".{0,60}") {
            let good = Base::parse("https://example.org").unwrap();
            let bases = [Some(good), Base::parse(&format!("https://example.org/{base}")).ok()];
            for told in bases.into_iter().flatten().map(|one| one.location(&path, None)) {
                let inside = told.strip_prefix("<url><loc>").unwrap().strip_suffix("</loc></url>\n").unwrap();
                prop_assert!(!inside.contains(['<', '>', '&', '"', '\'', '\n', ' ']), "{}", told);
            }
        }
    }
}
