//! A message that the next page shows, once.

use actix_web::HttpResponse;

use super::{
    request::{FLASH_COOKIE, PageRequest, encode},
    response::{local, put, see},
};

/// Leads to a page that says this first.
pub fn flash(request: &PageRequest, to: &str, words: &str) -> HttpResponse {
    let mut answer = see(to);
    // Its text is shown as text, so nothing in it can do harm; it lives for one page.
    put(&mut answer, &request.cookie(FLASH_COOKIE, encode(words)));
    answer
}

/// Whether an address restores something, or takes a change back: no other may stand behind the button of a message, whoever wrote the cookie.
pub fn is_restore(to: &str) -> bool {
    to.starts_with("/o/") && ["/restore", "/undo"].iter().any(|end| to.ends_with(end)) && local(to) == to
}
