//! A webhook is made, or gets another secret: this is shown once.

use askama::Template;

use crate::{
    domain::{
        Result,
        project::webhook::{Draft, Webhook, secret::Secret},
        time::Instant,
    },
    http::console::base::{
        chrome::Chrome,
        done::{Done, Drawing},
        form::Form,
        page_route::{PageRoute, form_once},
        request::PageRequest,
        response::render,
    },
    service::{
        form_token::{self, FORM_TOKEN},
        project::webhook,
    },
    store::Tx,
};

use super::frame::{Heard, events_of, frame, id, list_of, offered};

#[derive(Template)]
#[template(path = "project/webhook/new.html")]
struct New {
    c: Chrome,
    form: Form,
    events: Vec<Heard>,
    back: String,
}

#[derive(Template)]
#[template(path = "project/webhook/rotate.html")]
struct Rotate {
    c: Chrome,
    form: Form,
    webhook: Webhook,
    list: String,
    back: String,
}

#[derive(Template)]
#[template(path = "project/webhook/shown.html")]
struct SecretPage {
    c: Chrome,
    webhook: Webhook,
    secret: String,
    /// Until when the secret before signs as well.
    overlap: Option<Instant>,
    list: String,
    back: String,
}

/// The frame of the page that shows a secret, which is made before: what was made is never lost because a page could not be put together.
struct Prepared {
    c: Chrome,
    list: String,
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    let new = form_once("/o/{org}/p/{project}/webhooks/new", new_page, prepare, make, sent_already);
    let rotate = form_once("/o/{org}/p/{project}/webhooks/{id}/secret", rotate_page, prepare, rotate, sent_already);
    [new, rotate].concat()
}

/// A form with the token that makes it good once.
fn with_token(request: &PageRequest, form: Form) -> Form {
    form.without(FORM_TOKEN).and(FORM_TOKEN, form_token::issue(request.state.store.now(), request.state.store.entropy()))
}

fn new_page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, _, back) = frame(request, tx)?;
    let form = with_token(request, typed.cloned().unwrap_or_default());
    render(&New { c, form, events: offered(), back })
}

fn rotate_page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, at, list) = frame(request, tx)?;
    let webhook = webhook::get(tx, request.actor()?, at, id(request)?)?;
    let back = format!("{list}/{}", webhook.id);
    render(&Rotate { c, form: with_token(request, typed.cloned().unwrap_or_default()), webhook, list, back })
}

fn prepare(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Prepared> {
    let (c, _, list) = frame(request, tx)?;
    Ok(Prepared { c, list })
}

fn make(request: &PageRequest, tx: &mut Tx<'_>, page: &Prepared) -> Result<Done> {
    let form = &request.form;
    let draft =
        Draft { url: form.text("url").to_owned(), events: events_of(form), active: true, description: form.optional("description") };
    Ok(page.show(webhook::create(tx, request.actor()?, request.project()?, &draft)?, None))
}

fn rotate(request: &PageRequest, tx: &mut Tx<'_>, page: &Prepared) -> Result<Done> {
    let rotated = webhook::rotate(tx, request.actor()?, request.project()?, id(request)?)?;
    let overlap = rotated.0.overlap_ends(tx.now());
    Ok(page.show(rotated, overlap))
}

fn sent_already(request: &PageRequest) -> Result<Done> {
    Ok(Done::Say(list_of(request), request.locale.lang.t("webhook-sent-already").to_string()))
}

impl Prepared {
    /// The page with the secret, which goes out with the answer to this form and is kept nowhere.
    fn show(&self, (webhook, secret): (Webhook, Secret), overlap: Option<Instant>) -> Done {
        let (c, list) = (self.c.clone(), self.list.clone());
        let back = format!("{list}/{}", webhook.id);
        Done::Once(Drawing::of(SecretPage { c, webhook, secret: secret.reveal(), overlap, list, back }))
    }
}
