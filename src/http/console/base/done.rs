//! What a form has done, and how that is answered; and how one is that was refused.

use std::fmt;

use actix_web::HttpResponse;
use askama::Template;

use crate::{
    domain::{
        Error, Result,
        error::{Fault, Faults},
    },
    http::base::{compress::hold_secret, error, reply::blocking},
};

use super::{
    flash::flash,
    form::{self, Form},
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

/// The code of a fault that says how long to wait; its message is in the reader's language already.
const WAIT: &str = "wait";

/// A form that was refused, as it is shown again: with what was typed, and each fault beside its field.
pub struct Refused {
    /// The form.
    pub form: Form,
    status: u16,
    wait: Option<u32>,
    word: &'static str,
}

impl Refused {
    /// For this reason.
    ///
    /// # Errors
    /// The reason, where nothing that is typed helps.
    pub fn of(request: &PageRequest, why: Error) -> Result<Self> {
        let (status, wait) = match why {
            Error::Limited(_) | Error::RateLimited(_) => (429, why.wait()),
            Error::Stale => (412, None),
            _ => (422, None),
        };
        let word = error::word(&why);
        let faults = match wait {
            Some(seconds) => too_often(request, seconds),
            None => form::faults(&why).ok_or(why)?,
        };
        Ok(Self { form: request.form.again(&faults), status, wait, word })
    }

    /// The answer with its page; after too many tries with the seconds to wait (RFC 6585 4).
    pub fn answer(&self, page: String) -> HttpResponse {
        let mut answer = html(self.status, page);
        error::mark(&mut answer, self.word);
        error::retry_after(&mut answer, self.wait);
        answer
    }
}

/// What is said of a password that was tried too often: nothing else waits.
fn too_often(request: &PageRequest, seconds: u32) -> Faults {
    let words = request.locale.lang.t("sign-in-wait").n("n", seconds).to_string();
    Faults(vec![Fault::new("password", WAIT, words)])
}
