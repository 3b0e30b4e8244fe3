//! The projects of a service account, on its page: add it, change its role there, take it out.

use crate::{
    domain::{Result, access::Role, error::Fault},
    http::console::base::{
        done::Done,
        page_route::{PageRoute, post},
        request::PageRequest,
    },
    service::org::service_account as accounts,
    store::Tx,
};

use super::service_account::{back_saying, id, one};

/// The page on which these forms stand.
const ACCOUNT: &str = "/o/{org}/settings/accounts/{account}";

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    vec![
        post("/o/{org}/settings/accounts/{account}/projects", one, add).shown_at(ACCOUNT).does("place").fresh(),
        post("/o/{org}/settings/accounts/{account}/projects/{project}/role", one, change).shown_at(ACCOUNT).does("role").fresh(),
        post("/o/{org}/settings/accounts/{account}/projects/{project}/remove", one, remove).shown_at(ACCOUNT).does("take-out"),
    ]
}

fn role(request: &PageRequest) -> Result<Role> {
    Role::from_word(request.form.text("role")).ok_or_else(|| Fault::new("role", "required", "Choose a role.").into())
}

fn add(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let org = request.org()?;
    let project = request.form.text("project").parse().map_err(|_| Fault::new("project", "required", "Choose a project."))?;
    accounts::place(tx, request.actor()?, org, id(request)?, (project, Some(role(request)?)))?;
    Ok(back_saying(request, id(request)?, "account-placed"))
}

fn change(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let (org, project) = request.project()?;
    accounts::place(tx, request.actor()?, org, id(request)?, (project, Some(role(request)?)))?;
    Ok(back_saying(request, id(request)?, "saved"))
}

fn remove(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let (org, project) = request.project()?;
    accounts::place(tx, request.actor()?, org, id(request)?, (project, None))?;
    Ok(back_saying(request, id(request)?, "account-taken-out"))
}
