//! The page that tries calls: a published reference over the same document, which is part of this program and loads nothing from elsewhere. Its calls carry a
//! token of the reader's own session.

use std::sync::Arc;

use actix_web::{HttpResponse, http::Method};
use askama::Template;

use crate::{
    domain::{Result, access::Access},
    http::{
        base::{assets, compress},
        console::base::{
            chrome::Chrome,
            guard,
            page_route::{PageRoute, custom, read},
            request::PageRequest,
            response::{html, render},
        },
    },
    service::account::trial,
};

#[derive(Template)]
#[template(path = "reference/trial.html")]
struct Try {
    c: Chrome,
    /// What its calls carry; empty for whoever is not signed in.
    token: String,
    /// What these may do.
    access: Access,
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    vec![custom(Method::GET, "/docs/try", page).open()]
}

async fn page(request: Arc<PageRequest>) -> Result<HttpResponse> {
    let (nonce, text) = read(&request, |request, tx| {
        let c = Chrome::plain(request);
        let access = if request.query("access") == Some(Access::Write.word()) { Access::Write } else { Access::Read };
        let token = match &request.signed {
            Some(signed) => trial::begin(tx, &signed.actor, access)?.reveal().to_owned(),
            None => String::new(),
        };
        Ok((c.nonce.clone(), render(&Try { c, token, access })?))
    })
    .await?;
    Ok(protected(html(200, text), &nonce))
}

/// With a policy of its own: the reference writes styles of its own into the page. It asks nobody but this instance all the same.
fn protected(mut answer: HttpResponse, nonce: &str) -> HttpResponse {
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    guard::protect_by(&mut answer, &policy);
    compress::hold_secret(&mut answer);
    answer
}

impl Try {
    /// Where the reference is.
    fn scalar(&self) -> String {
        assets::address("vendor/scalar.js")
    }

    /// What begins it.
    fn module(&self) -> String {
        assets::address("console/trial.js")
    }

    fn writes(&self) -> bool {
        self.access > Access::Read
    }
}
