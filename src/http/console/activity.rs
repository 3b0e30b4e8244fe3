//! The audit trail of an organization.

use askama::Template;

use crate::{
    domain::{Error, Result, activity::Activity, listing::Listing},
    service::org,
    store::{Tx, activity::ACTIVITIES},
};

use super::{
    chrome::Chrome,
    page::{Page, get, render},
    pager::Pager,
    visit::Visit,
};

#[derive(Template)]
#[template(path = "activity/list.html")]
struct List {
    c: Chrome,
    activities: Vec<Activity>,
    pager: Pager,
    search: String,
}

/// The pages of this file.
pub fn pages() -> Vec<Page> {
    vec![get("/o/{org}/settings/activity", list)]
}

fn list(visit: &Visit, tx: &mut Tx<'_>) -> Result<String> {
    let (c, at) = Chrome::org(visit, tx)?;
    let listing = Listing::parse(&ACTIVITIES, &[], &visit.filled_query()).map_err(Error::Invalid)?;
    let page = org::list_activities(tx, visit.actor()?, at.id, &listing)?;
    let search = visit.query("search").unwrap_or_default().to_owned();
    render(&List { c, pager: Pager::of(visit, &page), activities: page.items, search })
}
