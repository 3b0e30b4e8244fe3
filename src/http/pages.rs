//! Every page as data: those of the console, and those of the reference, which wear its frame.

use actix_web::http::Method;

use super::{
    console::{base::page_route::PageRoute, routes},
    reference::{page, trial},
};

/// All pages.
pub fn all() -> Vec<PageRoute> {
    [routes::all(), page::pages(), trial::pages()].concat()
}

/// The same for a router.
pub fn by_path() -> impl Iterator<Item = (Method, String, PageRoute)> {
    all().into_iter().map(|page| (page.method.clone(), page.path.to_owned(), page))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::i18n::Lang;

    #[test]
    fn a_form_that_has_no_page_at_its_own_address_says_on_which_it_stands() {
        let all = all();
        for page in all.iter().filter(|page| page.method == Method::POST) {
            let at = page.shown_at.unwrap_or(page.path);
            assert!(all.iter().any(|shown| shown.method == Method::GET && shown.path == at), "nothing is shown at {at} ({})", page.path);
            assert!(page.path.starts_with(at), "{at} is no beginning of {}", page.path);
        }
    }

    #[test]
    fn a_button_that_is_a_form_of_its_own_says_what_it_does() {
        // What is sent to the page that it stands on is shown again there; leaving needs no signing in.
        let bare = |page: &&PageRoute| page.method == Method::POST && !page.open && page.shown_at.is_some() && page.path != "/sign-out";
        let all = all();
        let without: Vec<_> = all.iter().filter(bare).filter(|page| page.does.is_none()).map(|page| page.path).collect();
        assert!(without.is_empty(), "{without:?}");
        for does in all.iter().filter_map(|page| page.does) {
            assert!(Lang::ALL.iter().all(|lang| lang.has(&format!("does-{does}"))), "there are no words for {does}");
        }
    }
}
