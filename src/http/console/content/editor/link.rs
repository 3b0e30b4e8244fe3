//! What a link may lead to: a page with a search that works without a script, and is read by the one that offers names while somebody types.

use askama::Template;

use crate::{
    domain::{
        Result,
        access::Permission,
        content::{Kind, kinds::names::link_scheme},
        key::secret,
    },
    http::console::{
        base::{
            chrome::Chrome,
            link::AppLink,
            page_route::{PageRoute, get},
            request::{PageRequest, encode},
            response::render,
        },
        content::{
            entry::id,
            entry_list::{all, frame, kind},
        },
    },
    service::content::{entry_list, working::link},
    store::Tx,
};

/// An entry that a link may lead to.
struct LinkChoice {
    /// What is written for it.
    link: String,
    name: String,
    icon: &'static str,
    /// What it is, and in which app.
    of: String,
}

#[derive(Template)]
#[template(path = "content/editor/links.html")]
struct Links {
    c: Chrome,
    app: AppLink,
    kind: &'static Kind,
    name: String,
    search: String,
    places: Vec<LinkChoice>,
    /// What the page of the entry showed.
    locale: String,
    open: String,
    back: String,
    at: String,
}

/// The pages of this file.
pub(in crate::http::console) fn pages() -> Vec<PageRoute> {
    vec![get(all!("/{entry}/links"), page).needs(Permission::EntryWrite)]
}

fn page(request: &PageRequest, tx: &mut Tx<'_>) -> Result<String> {
    let kind = kind(request)?;
    let (c, app, at, back) = frame(request, tx)?;
    let name = entry_list::view(tx, request.actor()?, at, kind, id(request)?)?.entry.name;
    let search = secret::without_secrets(request.query("search").unwrap_or_default());
    let found = link::find(tx, request.actor()?, at, kind, &search)?;
    let apps = c.project.as_ref().map(|project| project.apps.as_slice()).unwrap_or_default();
    let place = |one: link::LinkTarget| {
        let app = apps.iter().find(|app| app.id == one.app)?;
        let of = format!("{} · {}", c.of_kind(one.kind, "one"), app.name);
        Some(LinkChoice { link: format!("{}:{}", link_scheme(one.kind)?, one.id), name: one.name, icon: one.kind.icon, of })
    };
    let places = found.into_iter().filter_map(place).collect();
    let asked = |name: &str| request.query(name).map(encode).unwrap_or_default();
    let (locale, open) = (asked("locale"), asked("open"));
    let at = format!("{back}/{}", id(request)?);
    render(&Links { c, app, kind, name, search, places, locale, open, back, at })
}
