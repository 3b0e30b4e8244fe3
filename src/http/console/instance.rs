//! The instance, for its operators: who and what is there, by name and number.

use actix_web::http::Method;
use askama::Template;

use crate::{
    domain::{Result, access::Permission, account::user, org::organization},
    http::console::base::{
        chrome::Chrome,
        page_route::{PageRoute, custom, get},
        pager::{Pager, Sorts},
        request::PageRequest,
        response::{render, see},
    },
    service::instance,
    store::{
        Tx,
        instance::{ORGANIZATIONS, PEOPLE},
    },
};

#[derive(Template)]
#[template(path = "instance/people.html")]
struct People {
    c: Chrome,
    people: Vec<user::Overview>,
    pager: Pager,
    sorts: Sorts,
    search: String,
}

#[derive(Template)]
#[template(path = "instance/organizations.html")]
struct Organizations {
    c: Chrome,
    organizations: Vec<organization::Overview>,
    pager: Pager,
    sorts: Sorts,
    search: String,
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    [
        custom(Method::GET, "/instance", |_| async move { Ok(see("/instance/people")) }),
        get("/instance/people", people),
        get("/instance/organizations", organizations),
    ]
    .map(|page| page.needs(Permission::InstanceManage))
    .into()
}

fn people(request: &PageRequest, tx: &mut Tx<'_>) -> Result<String> {
    let c = Chrome::own(request, tx)?;
    let (listing, search) = (request.listing(&PEOPLE, &[])?, request.query("search").unwrap_or_default().to_owned());
    let page = instance::people(tx, request.actor()?, &listing)?;
    let (pager, sorts) = (Pager::of(request, &page)?, Sorts::of(request, &listing));
    render(&People { c, people: page.items, pager, sorts, search })
}

fn organizations(request: &PageRequest, tx: &mut Tx<'_>) -> Result<String> {
    let c = Chrome::own(request, tx)?;
    let (listing, search) = (request.listing(&ORGANIZATIONS, &[])?, request.query("search").unwrap_or_default().to_owned());
    let page = instance::organizations(tx, request.actor()?, &listing)?;
    let (pager, sorts) = (Pager::of(request, &page)?, Sorts::of(request, &listing));
    render(&Organizations { c, organizations: page.items, pager, sorts, search })
}
