//! HTML by hand, cleaned: no scripts, no styles, no forms, no frames, and links that lead where links may.

use std::{
    borrow::Cow,
    collections::HashMap,
    sync::{Arc, Mutex},
};

use ammonia::Builder;

use super::links::{Links, SCHEMES, resolve};

/// What is left of it.
pub(super) fn clean(html: &str, links: &dyn Links) -> String {
    // The cleaner asks from its own closure, which may borrow nothing: first what is linked is gathered, then where that leads is put in.
    let seen = Arc::new(Mutex::new(Vec::new()));
    let gathered = seen.clone();
    cleaner(move |link| {
        gathered.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(link.to_owned());
        None
    })
    .clean(html);
    let seen = std::mem::take(&mut *seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
    let found: HashMap<String, String> = seen.into_iter().filter_map(|link| Some((link.clone(), resolve(links, &link)?))).collect();
    cleaner(move |link| found.get(link).cloned()).clean(html).to_string()
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
        let clean = |html: &str| clean(html, &Nowhere);
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
