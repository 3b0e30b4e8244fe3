//! The list of webhooks; one is changed, and deleted.

use askama::Template;

use crate::{
    domain::{
        Result,
        error::Fault,
        project::webhook::{Patch, Webhook},
    },
    http::console::base::{
        chrome::Chrome,
        done::Done,
        form::Form,
        page_route::{PageRoute, form, get},
        pager::Pager,
        request::PageRequest,
        response::render,
    },
    service::project::webhook,
    store::{Tx, project::webhook::webhook::WEBHOOKS},
};

use super::frame::{Heard, events_of, frame, id, list_of, offered};

#[derive(Template)]
#[template(path = "project/webhook/list.html")]
struct List {
    c: Chrome,
    webhooks: Vec<Webhook>,
    pager: Pager,
    search: String,
    here: String,
}

#[derive(Template)]
#[template(path = "project/webhook/edit.html")]
struct Edit {
    c: Chrome,
    webhook: Webhook,
    form: Form,
    events: Vec<Heard>,
    list: String,
    back: String,
}

#[derive(Template)]
#[template(path = "project/webhook/delete.html")]
struct Delete {
    c: Chrome,
    webhook: Webhook,
    list: String,
    back: String,
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    let mut pages = vec![get("/o/{org}/p/{project}/webhooks", list)];
    pages.extend(form("/o/{org}/p/{project}/webhooks/{id}/edit", edit_page, edit));
    pages.extend(form("/o/{org}/p/{project}/webhooks/{id}/delete", delete_page, delete));
    pages
}

fn list(request: &PageRequest, tx: &mut Tx<'_>) -> Result<String> {
    let (c, at, here) = frame(request, tx)?;
    let page = webhook::list(tx, request.actor()?, at, &request.listing(&WEBHOOKS, &[])?)?;
    let (pager, search) = (Pager::of(request, &page)?, request.query("search").unwrap_or_default().to_owned());
    render(&List { c, webhooks: page.items, pager, search, here })
}

fn edit_page(request: &PageRequest, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, at, list) = frame(request, tx)?;
    let webhook = webhook::get(tx, request.actor()?, at, id(request)?)?;
    let stored = || {
        let form = Form::of([("url", webhook.url.clone()), ("description", webhook.description.clone())]);
        let form = webhook.events.iter().fold(form, |form, event| form.and("event", event.word()));
        if webhook.is_active { form.and("active", "on") } else { form }
    };
    let form = typed.cloned().unwrap_or_else(stored);
    let back = format!("{list}/{}", webhook.id);
    render(&Edit { c, webhook, form, events: offered(), list, back })
}

fn edit(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let form = &request.form;
    let patch = Patch {
        url: Some(form.text("url").to_owned()),
        events: Some(events_of(form)),
        active: Some(form.ticked("active")),
        description: Some(form.text("description").to_owned()),
    };
    let changed = webhook::update(tx, request.actor()?, request.project()?, id(request)?, &patch)?;
    let words = request.locale.lang.t("webhook-changed").s("name", changed.host()).to_string();
    Ok(Done::Say(format!("{}/{}", list_of(request), changed.id), words))
}

fn delete_page(request: &PageRequest, tx: &mut Tx<'_>, _typed: Option<&Form>) -> Result<String> {
    let (c, at, list) = frame(request, tx)?;
    let webhook = webhook::get(tx, request.actor()?, at, id(request)?)?;
    let back = format!("{list}/{}", webhook.id);
    render(&Delete { c, webhook, list, back })
}

fn delete(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    if !request.form.ticked("sure") {
        return Err(Fault::new("sure", "required", "Say that it is meant.").into());
    }
    let gone = webhook::delete(tx, request.actor()?, request.project()?, id(request)?)?;
    Ok(Done::Say(list_of(request), request.locale.lang.t("webhook-gone").s("name", gone.host()).to_string()))
}
