//! HTML by hand, cleaned: no scripts, no styles, no forms, no frames, and links that lead where links may.

use std::{borrow::Cow, collections::HashMap};

use ammonia::Builder;

use super::{
    html::plain,
    links::{Links, SCHEMES, resolve},
    measure,
};

/// Appends what is left of it; what would grow without measure is shown as the plain text that it is.
pub(super) fn clean(html: &str, links: &dyn Links, out: &mut String) {
    // The cleaner asks from its own closure, which may borrow nothing: where links lead is found before.
    match measure::links(html) {
        Some(linked) => {
            let found: HashMap<String, String> = linked.into_iter().filter_map(|link| resolve(links, &link).map(|to| (link, to))).collect();
            out.push_str(&cleaner(move |link| found.get(link).cloned()).clean(html).to_string());
        }
        None => plain(out, html),
    }
}

/// A cleaner that asks where each link leads; one that leads nowhere goes.
fn cleaner(to: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Builder<'static> {
    let mut cleaner = Builder::default();
    cleaner.add_tags(["figure", "figcaption"]);
    cleaner.url_schemes(SCHEMES.into_iter().chain(["entry", "file", "dialog"]).collect());
    cleaner.attribute_filter(move |_, name, value| match name {
        "href" | "src" | "cite" => to(value).map(Cow::Owned),
        _ => Some(Cow::Borrowed(value)),
    });
    cleaner
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::content::render::links::Nowhere;

    #[test]
    fn what_runs_or_styles_goes_and_what_is_read_stays() {
        let clean = |html: &str| {
            let mut out = String::new();
            clean(html, &Nowhere, &mut out);
            out
        };
        assert_eq!(clean("<p onclick=x style=y class=z id=w>Hi <b>you</b><script>x</script></p>"), "<p>Hi <b>you</b></p>");
        assert_eq!(
            clean("<a href='javascript:x'>a</a><a href=/b>b</a>"),
            r#"<a rel="noopener noreferrer">a</a><a href="/b" rel="noopener noreferrer">b</a>"#
        );
        assert_eq!(clean("<iframe src=//x></iframe><form><input></form><img src=data:x onerror=y alt=z>"), r#"<img alt="z">"#);
        assert_eq!(clean("<figure>x<figcaption>y</figcaption></figure>"), "<figure>x<figcaption>y</figcaption></figure>");
        assert_eq!(clean("<a href='//evil.example'>a</a>"), r#"<a rel="noopener noreferrer">a</a>"#);
    }
}
