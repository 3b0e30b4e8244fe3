//! The search page: what the palette offers, and in an organization what lies in its projects besides. The palette reads it
//! while somebody types; its link leads there without a script.

use askama::Template;

use crate::{
    domain::{
        Result,
        access::{Permission, Role, allows},
        content::of_type,
        listing::Listing,
        project::project::{AppLite, Project},
        text,
    },
    service::{
        key::key::{self, KeyScope},
        project::project,
    },
    store::{
        Tx,
        content::search::Hit,
        key::key_list::{KeyFilter, MINE},
    },
};

use super::base::{
    chrome::Chrome,
    link::{AppLink, OrgPlace, PaletteItem},
    page_route::{PageRoute, get},
    request::PageRequest,
    response::render,
};

/// Most keys that are shown.
const KEYS: u32 = 8;
/// Most entries that are shown.
const ENTRIES: u32 = 20;

#[derive(Template)]
#[template(path = "base/search.html")]
struct Search {
    c: Chrome,
    search: String,
    places: Vec<PaletteItem>,
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    vec![
        get("/search", |request, tx| {
            let c = Chrome::own(request, tx)?;
            show(request, tx, c, None)
        }),
        get("/o/{org}/search", |request, tx| {
            let (c, at) = Chrome::org(request, tx)?;
            show(request, tx, c, Some(&at))
        }),
    ]
}

fn show(request: &PageRequest, tx: &mut Tx<'_>, c: Chrome, at: Option<&OrgPlace>) -> Result<String> {
    let search = request.query("search").unwrap_or_default().to_owned();
    let folded = text::fold(&search);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let holds = |place: &PaletteItem| words.iter().all(|word| text::fold(&format!("{} {}", place.name, place.of)).contains(word));
    let mut places: Vec<_> = c.places().into_iter().filter(holds).collect();
    if !words.is_empty() {
        places.extend(keys(request, tx, &c, at)?);
    }
    if let Some(at) = at.filter(|_| !words.is_empty()) {
        let found = project::search_org(tx, request.actor()?, at.id, &search, ENTRIES)?;
        places.extend(found.projects.iter().flat_map(|(project, role)| below(&c, at, project, *role)).filter(holds));
        places.extend(found.hits.into_iter().filter_map(|hit| entry(&c, at, &found.projects, hit)));
    }
    render(&Search { c, search, places })
}

/// The keys that are found: those of the organization for whoever may see them, else one's own.
fn keys(request: &PageRequest, tx: &mut Tx<'_>, c: &Chrome, at: Option<&OrgPlace>) -> Result<Vec<PaletteItem>> {
    let (scope, base) = match at.filter(|_| c.org_can(Permission::AccessRead)) {
        Some(at) => (KeyScope::Org(at.id), format!("{}/keys", c.settings())),
        None => (KeyScope::Own, "/account/keys".to_owned()),
    };
    let query = [("search".to_owned(), request.query("search").unwrap_or_default().to_owned()), ("pageSize".to_owned(), KEYS.to_string())];
    // What no list searches for finds no key.
    let Ok(listing) = Listing::parse(&MINE, &[], &query) else { return Ok(Vec::new()) };
    let found = key::list(tx, request.actor()?, scope, KeyFilter::All, &listing)?.items.into_iter();
    let of = |name: &str| format!("{} · {name}", c.t("api-keys"));
    Ok(found
        .map(|key| PaletteItem { to: format!("{base}/{}", key.id), icon: "key-round", of: of(&key.owner_name), name: key.name })
        .collect())
}

/// The places below a project.
fn below(c: &Chrome, at: &OrgPlace, project: &Project, role: Option<Role>) -> Vec<PaletteItem> {
    let manages = role.is_some_and(|role| allows(role, Permission::ProjectManage));
    let link = |app: &AppLite| AppLink { id: app.id, name: app.name.clone(), slug: app.slug.clone(), app_type: app.app_type };
    let apps: Vec<_> = project.apps.iter().map(link).collect();
    c.places_in(&format!("/o/{}/p/{}", at.slug, project.slug), &project.name, &apps, manages)
}

/// The page of an entry that was found.
fn entry(c: &Chrome, at: &OrgPlace, projects: &[(Project, Option<Role>)], hit: Hit) -> Option<PaletteItem> {
    let mut apps = projects.iter().flat_map(|(project, _)| project.apps.iter().map(move |app| (project, app)));
    let (project, app) = apps.find(|(_, app)| app.id == hit.app)?;
    let kind = of_type(c.kinds, &hit.source_type)?;
    let base = format!("/o/{}/p/{}/{}/{}", at.slug, project.slug, app.app_type.segment(), app.slug);
    Some(PaletteItem {
        to: format!("{base}/{}/{}", kind.segment, hit.source_id),
        icon: kind.icon,
        name: hit.name,
        of: project.name.clone(),
    })
}
