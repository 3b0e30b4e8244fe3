//! The page of one key: what it is, what was done with it, and how it is used.

use std::collections::HashMap;

use askama::Template;

use crate::{
    domain::{Error, Result, access::Permission, key::ends::KeyStatus},
    http::console::base::{
        chrome::Chrome,
        page_route::{PageRoute, get},
        request::PageRequest,
        response::render,
    },
    service::key::{calls as key_calls, key_list},
    store::Tx,
};

use super::{
    calls::{self, Calls},
    key::id,
    key_list::{KeyView, view},
    scope::Side,
    snippets::Snippets,
};

#[derive(Template)]
#[template(path = "key/key/one.html")]
struct One {
    c: Chrome,
    own: bool,
    one: KeyView,
    calls: Calls,
    /// How it is used; not of the personal key of somebody else.
    snippets: Option<Snippets>,
    /// Whether the reader may change it.
    may: bool,
    /// Where the list is.
    back: String,
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    vec![
        get("/o/{org}/settings/keys/{key}", |request, tx| show(request, tx, Side::Org)).needs(Permission::AccessRead),
        get("/account/keys/{key}", |request, tx| show(request, tx, Side::Own)),
    ]
}

fn show(request: &PageRequest, tx: &mut Tx<'_>, side: Side) -> Result<String> {
    let (c, back) = (side.frame(request, tx)?, side.list(request));
    let (key, story) = key_calls::of_key(tx, request.actor()?, side.keys(request)?, id(request)?, calls::since(request))?;
    let account = key.of_service_account.then_some(key.owner_id);
    // What works no more is used nowhere.
    let works = key.status(request.locale.now()) == KeyStatus::Active;
    let is_used_here = works && (account.is_some() || key.owner_id == request.actor()?.id);
    let snippets = is_used_here.then(|| Snippets::of(request, tx, (key.org, account), key.projects.as_deref())).transpose()?;
    let names = match key_list::names(tx, request.actor()?, key.org, key.projects.as_deref().unwrap_or_default()) {
        Err(Error::NotFound(_)) => HashMap::new(),
        found => found?,
    };
    let settings = if side == Side::Org { c.settings() } else { String::new() };
    let calls = Calls::of(request, &c, &settings, story);
    let may = side == Side::Own || c.org_can().key_manage();
    let nowhere = key_list::is_nowhere(tx, request.actor()?, &key)?;
    let mut one = view(request, key, &back, &names)?;
    one.nowhere = nowhere;
    render(&One { own: side == Side::Own, one, calls, snippets, may, back, c })
}
