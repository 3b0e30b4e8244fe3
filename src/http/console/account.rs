//! Service accounts of an organization: list, make, change, disable, delete; each with its keys.

use askama::Template;

use crate::{
    domain::{
        Error, Result,
        access::Role,
        account::{Draft, Patch, ServiceAccount},
        error::Fault,
        id::UserId,
        listing::Listing,
    },
    service::account,
    store::{Tx, account::ACCOUNTS},
};

use super::{
    chrome::{self, Chrome},
    form::Form,
    key::{KeyView, Segment, of_account},
    page::{Done, Page, form, get, post, render},
    pager::Pager,
    visit::Visit,
};

/// The roles that a service account can have.
const ROLES: [Role; 4] = [Role::Admin, Role::Editor, Role::Viewer, Role::Collaborator];

#[derive(Template)]
#[template(path = "account/list.html")]
struct List {
    c: Chrome,
    accounts: Vec<ServiceAccount>,
    pager: Pager,
    search: String,
}

#[derive(Template)]
#[template(path = "account/one.html")]
struct One {
    c: Chrome,
    account: ServiceAccount,
    keys: Vec<KeyView>,
    segments: Vec<Segment>,
    at: String,
}

#[derive(Template)]
#[template(path = "account/edit.html")]
struct Edit {
    c: Chrome,
    form: Form,
    roles: [Role; 4],
    /// The name of the one that is changed; none for a new one.
    name: Option<String>,
    to: String,
    back: String,
}

#[derive(Template)]
#[template(path = "account/end.html")]
struct End {
    c: Chrome,
    account: ServiceAccount,
    /// How many keys stop working.
    keys: u64,
    /// Whether it is deleted, not disabled.
    delete: bool,
    to: String,
    back: String,
}

/// The pages of this file.
pub fn pages() -> Vec<Page> {
    let mut pages = vec![get("/o/{org}/settings/accounts", list), get("/o/{org}/settings/accounts/{account}", one)];
    pages.extend(form("/o/{org}/settings/accounts/new", new_page, make));
    pages.extend(form("/o/{org}/settings/accounts/{account}/edit", edit_page, change).map(Page::fresh));
    pages.extend(
        form(
            "/o/{org}/settings/accounts/{account}/disable",
            |visit, tx, _| end_page(visit, tx, false),
            |visit, tx| switch(visit, tx, true),
        )
        .map(Page::fresh),
    );
    pages.extend(form("/o/{org}/settings/accounts/{account}/delete", |visit, tx, _| end_page(visit, tx, true), delete).map(Page::fresh));
    pages.push(
        post("/o/{org}/settings/accounts/{account}/enable", |visit, tx, _| one(visit, tx), |visit, tx| switch(visit, tx, false)).fresh(),
    );
    pages
}

fn id(visit: &Visit) -> Result<UserId> {
    visit.id_of("account", "service account")
}

fn list(visit: &Visit, tx: &mut Tx<'_>) -> Result<String> {
    let (c, at) = Chrome::org(visit, tx)?;
    let listing = Listing::parse(&ACCOUNTS, &[], &visit.filled_query()).map_err(Error::Invalid)?;
    let page = account::list(tx, visit.actor()?, at.id, &listing)?;
    let search = visit.query("search").unwrap_or_default().to_owned();
    render(&List { c, pager: Pager::of(visit, &page), accounts: page.items, search })
}

fn one(visit: &Visit, tx: &mut Tx<'_>) -> Result<String> {
    let (c, at) = Chrome::org(visit, tx)?;
    let account = account::get(tx, visit.actor()?, at.id, id(visit)?)?;
    let (keys, segments) = of_account(visit, tx, account.id, &format!("{}/keys", c.settings()))?;
    let at = format!("{}/accounts/{}", c.settings(), account.id);
    render(&One { c, account, keys, segments, at })
}

fn new_page(visit: &Visit, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, _) = Chrome::org(visit, tx)?;
    let back = format!("{}/accounts", c.settings());
    let form = typed.cloned().unwrap_or_else(|| Form::of([("role", Role::Viewer.word().into())]));
    render(&Edit { c, form, roles: ROLES, name: None, to: format!("{back}/new"), back })
}

/// The role that was chosen.
fn role(visit: &Visit) -> Result<Role> {
    Role::from_word(visit.form.text("role")).ok_or_else(|| Fault::new("role", "required", "Choose a role.").into())
}

fn make(visit: &Visit, tx: &mut Tx<'_>) -> Result<Done> {
    let org = chrome::org_id(visit, tx)?;
    let draft = Draft { name: visit.form.text("name").into(), role: role(visit)?, description: visit.form.optional("description") };
    let made = account::create(tx, visit.actor()?, org, &draft)?;
    Ok(Done::Say(format!("/o/{}/settings/accounts/{}", visit.param("org"), made.id), visit.reader.lang.t("account-made").to_string()))
}

fn edit_page(visit: &Visit, tx: &mut Tx<'_>, typed: Option<&Form>) -> Result<String> {
    let (c, at) = Chrome::org(visit, tx)?;
    let account = account::get(tx, visit.actor()?, at.id, id(visit)?)?;
    let back = format!("{}/accounts/{}", c.settings(), account.id);
    let form = typed.cloned().unwrap_or_else(|| {
        let description = account.description.clone().unwrap_or_default();
        Form::of([("name", account.name.clone()), ("role", account.role.word().into()), ("description", description)])
    });
    render(&Edit { c, form, roles: ROLES, name: Some(account.name), to: format!("{back}/edit"), back })
}

fn change(visit: &Visit, tx: &mut Tx<'_>) -> Result<Done> {
    let org = chrome::org_id(visit, tx)?;
    let description = Some(visit.form.optional("description"));
    let patch = Patch { name: Some(visit.form.text("name").into()), role: Some(role(visit)?), description, disabled: None };
    let changed = account::update(tx, visit.actor()?, org, id(visit)?, &patch)?;
    Ok(said(visit, changed.id, "saved"))
}

fn switch(visit: &Visit, tx: &mut Tx<'_>, disabled: bool) -> Result<Done> {
    let org = chrome::org_id(visit, tx)?;
    let patch = Patch { disabled: Some(disabled), ..Patch::default() };
    let changed = account::update(tx, visit.actor()?, org, id(visit)?, &patch)?;
    Ok(said(visit, changed.id, if disabled { "account-disabled-said" } else { "account-enabled-said" }))
}

fn said(visit: &Visit, id: UserId, words: &str) -> Done {
    Done::Say(format!("/o/{}/settings/accounts/{id}", visit.param("org")), visit.reader.lang.t(words).to_string())
}

fn end_page(visit: &Visit, tx: &mut Tx<'_>, delete: bool) -> Result<String> {
    let (c, at) = Chrome::org(visit, tx)?;
    let account = account::get(tx, visit.actor()?, at.id, id(visit)?)?;
    let (_, segments) = of_account(visit, tx, account.id, "")?;
    let keys = segments.iter().find(|one| one.word == "active").map_or(0, |one| one.count);
    let back = format!("{}/accounts/{}", c.settings(), account.id);
    render(&End { c, account, keys, delete, to: format!("{back}/{}", if delete { "delete" } else { "disable" }), back })
}

fn delete(visit: &Visit, tx: &mut Tx<'_>) -> Result<Done> {
    let org = chrome::org_id(visit, tx)?;
    account::delete(tx, visit.actor()?, org, id(visit)?)?;
    Ok(Done::Say(format!("/o/{}/settings/accounts", visit.param("org")), visit.reader.lang.t("account-deleted").to_string()))
}
