//! What a form has done, and how that is answered.

use std::fmt;

use actix_web::HttpResponse;
use askama::Template;

use crate::{
    domain::Result,
    http::base::{compress::hold_secret, reply::blocking},
};

use super::{
    flash::flash,
    request::PageRequest,
    response::{html, render, see},
};

/// How a form that was accepted is answered.
#[derive(Debug)]
pub enum Done {
    /// By the next page.
    See(String),
    /// By the next page, which says this first.
    Say(String, String),
    /// The same, with a button that takes it back: the address that restores.
    Undo(String, String, String),
    /// By a page that asks whether it is meant; nothing was written.
    Ask(Drawing),
    /// By a page that is shown this once. A reload would send the form again, so only a [`form_once`](super::page_route::form_once) may say this.
    Once(Drawing),
}

/// A page whose data were found among the writes. It is drawn when these are over, so that none waits for it.
pub struct Drawing(Box<dyn FnOnce() -> Result<String> + Send>);

impl Drawing {
    /// The page of a template.
    pub fn of(template: impl Template + Send + 'static) -> Self {
        Self(Box::new(move || render(&template)))
    }
}

impl fmt::Debug for Drawing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Drawing")
    }
}

/// The answer to a form that was accepted.
///
/// # Errors
/// Internal, when its page cannot be drawn.
pub async fn finish(request: &PageRequest, done: Done) -> Result<HttpResponse> {
    Ok(match done {
        Done::See(to) => see(&to),
        Done::Say(to, words) => flash(request, &to, &words),
        Done::Undo(to, words, restore) => flash(request, &to, &format!("{words}\n{restore}")),
        Done::Ask(page) => html(200, blocking(page.0).await?),
        Done::Once(page) => {
            let mut answer = html(200, blocking(page.0).await?);
            hold_secret(&mut answer);
            answer
        }
    })
}
