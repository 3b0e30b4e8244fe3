//! The projects of a service account, on its page: add it, change its role there, take it out.

use crate::{
    domain::{Result, access::Permission, error::Fault},
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
    let pages = [
        post("/o/{org}/settings/accounts/{account}/projects", one, add).does("place").fresh(),
        post("/o/{org}/settings/accounts/{account}/projects/{project}/role", one, change).does("role").fresh(),
        post("/o/{org}/settings/accounts/{account}/projects/{project}/remove", one, remove).does("take-out"),
    ];
    pages.map(|page| page.shown_at(ACCOUNT).needs(Permission::AccountManage)).to_vec()
}

fn add(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let org = request.org()?;
    let project = request.form.text("project").parse().map_err(|_| Fault::new("project", "required", "Choose a project."))?;
    accounts::place(tx, request.actor()?, org, id(request)?, (project, Some(request.form.role()?)))?;
    Ok(back_saying(request, id(request)?, "account-placed"))
}

fn change(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let (org, project) = request.project()?;
    accounts::place(tx, request.actor()?, org, id(request)?, (project, Some(request.form.role()?)))?;
    Ok(back_saying(request, id(request)?, "saved"))
}

fn remove(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Done> {
    let (org, project) = request.project()?;
    accounts::place(tx, request.actor()?, org, id(request)?, (project, None))?;
    Ok(back_saying(request, id(request)?, "account-taken-out"))
}
