//! The search page: what the palette offers, the pages of the help, and what has a name that the reader may see. The palette reads it
//! while somebody types; its link leads there without a script.

pub mod names;
pub mod query;

use std::collections::HashSet;

use actix_web::{HttpResponse, http::Method};
use askama::Template;

use crate::{
    domain::{
        Error, Result,
        access::{Permission, Role, allows},
        content::of_type,
        key::secret,
        project::project::{AppLite, Project},
    },
    service::project::project,
    store::{Tx, content::search::Hit},
};

use super::{
    base::{
        chrome::Chrome,
        link::{AppLink, OrgPlace, PaletteItem, alike},
        page_route::{PageRoute, custom, get},
        request::{PageRequest, encode},
        response::{render, see},
    },
    help,
};
use names::Found;
use query::{Match, Query};

/// Most entries that are shown.
const ENTRIES: usize = 20;

#[derive(Template)]
#[template(path = "base/search.html")]
struct Search {
    c: Chrome,
    search: String,
    places: Vec<PaletteItem>,
    /// Where the same words are looked for in the content of the project that one came from.
    content: Option<String>,
}

/// The pages of this file. What is typed is sent in a body, since it may be a key that was pasted: the address has only what of it may
/// be looked up.
pub fn pages() -> Vec<PageRoute> {
    vec![
        get("/search", |request, tx| {
            let c = Chrome::own(request, tx)?;
            show(request, tx, c, None)
        }),
        get("/o/{org}/search", |request, tx| {
            let (c, at) = match Chrome::project(request, tx) {
                Err(Error::NotFound(_)) => Chrome::org(request, tx)?,
                found => found.map(|(c, at, _)| (c, at))?,
            };
            show(request, tx, c, Some(&at))
        }),
        custom(Method::POST, "/search", |request| async move { Ok(to_results(&request)) }),
        custom(Method::POST, "/o/{org}/search", |request| async move { Ok(to_results(&request)) }).needs(Permission::OrganizationSee),
    ]
}

/// Leads to the page that answers.
fn to_results(request: &PageRequest) -> HttpResponse {
    see(&request.with("search", &secret::without_secrets(request.form.raw("search"))))
}

fn show(request: &PageRequest, tx: &mut Tx<'_>, c: Chrome, at: Option<&OrgPlace>) -> Result<String> {
    let search = secret::without_secrets(request.query("search").unwrap_or_default());
    let query = Query::of(&search);
    let fixed = c.places().into_iter().chain(help::page::places(&c));
    let places = if query.is_empty() { fixed.collect() } else { find_all(request, tx, &c, at, &query, fixed.collect())? };
    let content = c.project.is_some().then(|| format!("{}/find?search={}", c.project_base(), encode(&search)));
    render(&Search { content: content.filter(|_| !search.is_empty()), c, search, places })
}

/// All that is found, the best first; of what is found as well, what is near.
fn find_all(
    request: &PageRequest,
    tx: &mut Tx<'_>,
    c: &Chrome,
    at: Option<&OrgPlace>,
    query: &Query,
    fixed: Vec<PaletteItem>,
) -> Result<Vec<PaletteItem>> {
    let held = |item: PaletteItem| query.place(&item).map(|how| (item, how));
    let mut all: Vec<Found> = fixed.into_iter().filter_map(held).collect();
    all.extend(names::all(request, tx, c, at, query)?);
    if let Some(at) = at {
        let found = project::search_org(tx, request.actor()?, at.id, query.text(), ENTRIES)?;
        let is_alone = |project: &Project| found.projects.iter().filter(|(other, _)| other.name == project.name).count() == 1;
        let named = |project: &Project| if is_alone(project) { project.name.clone() } else { alike(&project.name, &project.slug) };
        all.extend(found.projects.iter().flat_map(|(project, role)| below(c, at, project, *role, &named(project))).filter_map(held));
        let entries = found.hits.into_iter().filter_map(|hit| entry(c, at, &found.projects, hit));
        // What is called so in another language, or is found by a word of its texts, comes behind what is called so here.
        all.extend(entries.map(|item| {
            let how = query.find(&item.name).unwrap_or(Match::Holds);
            (item, how)
        }));
    }
    let mut seen = HashSet::new();
    all.retain(|(item, _)| seen.insert(item.to.clone()));
    all.sort_by_key(|(_, how)| *how);
    Ok(all.into_iter().map(|(item, _)| item).collect())
}

/// A project and the places below it, by what it is called here.
fn below(c: &Chrome, at: &OrgPlace, project: &Project, role: Option<Role>, name: &str) -> Vec<PaletteItem> {
    let may = |permission| role.is_some_and(|role| allows(role, permission));
    let link = |app: &AppLite| AppLink { id: app.id, name: app.name.clone(), slug: app.slug.clone(), app_type: app.app_type };
    let apps: Vec<_> = project.apps.iter().map(link).collect();
    let base = format!("/o/{}/p/{}", at.slug, project.slug);
    let itself = PaletteItem::new(base.clone(), "layout-grid", name.to_owned(), c.t("projects").to_string());
    let below = c.places_in(&base, name, &apps, may);
    [itself].into_iter().chain(below).collect()
}

/// The page of an entry that was found.
fn entry(c: &Chrome, at: &OrgPlace, projects: &[(Project, Option<Role>)], hit: Hit) -> Option<PaletteItem> {
    let mut apps = projects.iter().flat_map(|(project, _)| project.apps.iter().map(move |app| (project, app)));
    let (project, app) = apps.find(|(_, app)| app.id == hit.app)?;
    let kind = of_type(c.kinds, &hit.source_type)?;
    let base = format!("/o/{}/p/{}/{}/{}", at.slug, project.slug, app.app_type.segment(), app.slug);
    Some(PaletteItem::new(format!("{base}/{}/{}", kind.segment, hit.source_id), kind.icon, hit.name, project.name.clone()))
}
