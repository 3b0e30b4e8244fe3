//! Projects of an organization.

use askama::Template;

use crate::{
    domain::{Result, listing::Listing, project::Project},
    service::project,
    store::{Tx, project as store},
};

use super::{
    chrome::Chrome,
    page::{Page, get, render},
    pager::Pager,
    visit::Visit,
};

#[derive(Template)]
#[template(path = "project/list.html")]
struct List {
    c: Chrome,
    projects: Vec<Project>,
    pager: Pager,
    search: String,
}

/// The pages of this file.
pub fn pages() -> Vec<Page> {
    vec![get("/o/{org}", list)]
}

fn list(visit: &Visit, tx: &mut Tx<'_>) -> Result<String> {
    let (c, at) = Chrome::org(visit, tx)?;
    let listing = Listing::parse(&store::PROJECTS, &[], &visit.filled_query()).map_err(crate::domain::Error::Invalid)?;
    let page = project::list(tx, visit.actor()?, at.id, &listing)?;
    let pager = Pager::of(visit, &page);
    render(&List { c, projects: page.items, pager, search: visit.query("search").unwrap_or_default().to_owned() })
}
