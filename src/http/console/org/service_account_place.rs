//! The projects of a service account, on its page: add it, change its role there, take it out.

use crate::{
    domain::{Result, access::Role, error::Fault},
    http::console::base::{
        chrome,
        page::{Done, Page, post},
        visit::Visit,
    },
    service::org::service_account as accounts,
    store::Tx,
};

use super::service_account::{id, one, said};

/// The page on which these forms stand.
const ACCOUNT: &str = "/o/{org}/settings/accounts/{account}";

/// The pages of this file.
pub fn pages() -> Vec<Page> {
    vec![
        post("/o/{org}/settings/accounts/{account}/projects", one, add).shown_at(ACCOUNT).does("place").fresh(),
        post("/o/{org}/settings/accounts/{account}/projects/{project}/role", one, change).shown_at(ACCOUNT).does("role").fresh(),
        post("/o/{org}/settings/accounts/{account}/projects/{project}/remove", one, remove).shown_at(ACCOUNT).does("take-out"),
    ]
}

fn role(visit: &Visit) -> Result<Role> {
    Role::from_word(visit.form.text("role")).ok_or_else(|| Fault::new("role", "required", "Choose a role.").into())
}

fn add(visit: &Visit, tx: &mut Tx<'_>) -> Result<Done> {
    let org = chrome::org_id(visit, tx)?;
    let project = visit.form.text("project").parse().map_err(|_| Fault::new("project", "required", "Choose a project."))?;
    accounts::place(tx, visit.actor()?, org, id(visit)?, (project, Some(role(visit)?)))?;
    Ok(said(visit, id(visit)?, "account-placed"))
}

fn change(visit: &Visit, tx: &mut Tx<'_>) -> Result<Done> {
    let (org, project) = chrome::project_id(visit, tx)?;
    accounts::place(tx, visit.actor()?, org, id(visit)?, (project, Some(role(visit)?)))?;
    Ok(said(visit, id(visit)?, "saved"))
}

fn remove(visit: &Visit, tx: &mut Tx<'_>) -> Result<Done> {
    let (org, project) = chrome::project_id(visit, tx)?;
    accounts::place(tx, visit.actor()?, org, id(visit)?, (project, None))?;
    Ok(said(visit, id(visit)?, "account-taken-out"))
}
