//! The first start: whoever holds the address that was printed becomes the owner of the instance's first organization.

use std::sync::Arc;

use actix_web::{HttpResponse, http::Method};
use askama::Template;

use crate::{
    domain::{Error, Result, error::Faults, id::UserId, network::Network, org::organization},
    http::{
        base::hashing::QueueKey,
        console::base::{
            chrome::Chrome,
            form::{Form, faults},
            page_route::{PageRoute, again, custom, read},
            request::PageRequest,
            response::{html, put, render, see},
        },
    },
    service::account::{session, user},
    store::Tx,
};

#[derive(Template)]
#[template(path = "account/setup/page.html")]
struct SetUp {
    c: Chrome,
    form: Form,
    token: String,
}

#[derive(Template)]
#[template(path = "account/setup/waiting.html")]
struct Waiting {
    c: Chrome,
    /// Whether another address than the printed one led here.
    wrong: bool,
}

#[derive(Template)]
#[template(path = "account/setup/done.html")]
struct Done {
    c: Chrome,
}

/// The page of an instance that nobody has set up, which says where the address stands; none once somebody is there.
///
/// # Errors
/// Those of the store.
pub fn waiting(request: &PageRequest, tx: &mut Tx<'_>, wrong: bool) -> Result<Option<String>> {
    // The command line may have made somebody meanwhile.
    let is_waiting = request.state.console.setup.lock().is_some() && !user::is_set_up(tx)?;
    is_waiting.then(|| render(&Waiting { c: Chrome::plain(request), wrong })).transpose()
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    vec![
        custom(Method::GET, "/set-up", |request| async move {
            // The command line may have made somebody meanwhile.
            let is_over = read(&request, |_, tx| user::is_set_up(tx)).await?;
            match token(&request) {
                Ok(_) if !is_over => Ok(html(200, show(&request, &Form::default())?)),
                Ok(_) => elsewhere(&request, Error::NotFound("page")).await,
                Err(why) => elsewhere(&request, why).await,
            }
        })
        .open()
        .secret(),
        custom(Method::POST, "/set-up", set_up).open().secret(),
    ]
}

/// The token of the address, if it is the one that was printed.
fn token(request: &PageRequest) -> Result<String> {
    let given = request.query("token").map(str::to_owned).or_else(|| request.form.optional("token")).unwrap_or_default();
    let setup = request.state.console.setup.lock();
    // Hashes are compared, so that the time says nothing about how much of it was right.
    let right = setup.as_ref().is_some_and(|secret| blake3::hash(secret.reveal().as_bytes()) == blake3::hash(given.as_bytes()));
    if right { Ok(given) } else { Err(Error::NotFound("page")) }
}

fn show(request: &PageRequest, form: &Form) -> Result<String> {
    render(&SetUp { c: Chrome::plain(request), form: form.clone(), token: token(request)? })
}

/// The answer to an address that sets nothing up: where the right one stands, or that it was used.
async fn elsewhere(request: &Arc<PageRequest>, why: Error) -> Result<HttpResponse> {
    let page = read(request, |request, tx| match waiting(request, tx, true)? {
        None if user::is_set_up(tx)? => render(&Done { c: Chrome::plain(request) }).map(Some),
        page => Ok(page),
    });
    page.await?.map(|page| html(404, page)).ok_or(why)
}

async fn set_up(request: Arc<PageRequest>) -> Result<HttpResponse> {
    if let Err(why) = token(&request) {
        return elsewhere(&request, why).await;
    }
    match make(&request).await {
        Ok((secret, slug, owner)) => {
            *request.state.console.setup.lock() = None;
            let mut answer = see(&format!("/o/{slug}"));
            put(&mut answer, &request.session_cookie(secret));
            put(&mut answer, &request.device_cookie(owner));
            Ok(answer)
        }
        // Another form was faster.
        Err(why @ Error::NotFound(_)) => elsewhere(&request, why).await,
        Err(why) => again(&request, why, |request, _, form| show(request, form)).await,
    }
}

/// Makes the owner, the organization and a session in one transaction.
async fn make(request: &Arc<PageRequest>) -> Result<(String, String, UserId)> {
    let form = &request.form;
    let draft =
        organization::Draft { name: form.text("organization").to_owned(), slug: form.optional("slug"), description: None, website: None };
    // All faults at once: of the person and of the organization.
    let mut found = Faults::default();
    let person = user::check(form.text("name"), form.text("email"), form.raw("password"));
    for faults in [person.as_ref().err().and_then(faults), draft.check().err().as_ref().and_then(faults).map(renamed)].into_iter().flatten()
    {
        found.0.extend(faults.0);
    }
    found.into_result()?;
    let person = person?;
    let hash = request.state.hashed(&[QueueKey::Network(Network::of(request.ip))], form.raw("password").to_owned()).await?;
    let (ip, agent, locale) = (request.ip.to_string(), request.user_agent.clone(), request.locale.lang.tag());
    request
        .state
        .store
        .write(move |tx| {
            let (owner, made, secret) = session::set_up(tx, (&person, &hash), locale, &draft, (&ip, &agent))?;
            Ok((secret.reveal().to_owned(), made.slug, owner))
        })
        .await
}

/// The faults of the organization's name, under the name of its field here.
fn renamed(mut faults: Faults) -> Faults {
    for fault in faults.0.iter_mut().filter(|fault| fault.field == "name") {
        fault.field = "organization".into();
    }
    faults
}
