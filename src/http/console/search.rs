//! The search page: what the palette offers, and in an organization what lies in its projects besides. The palette reads it
//! while somebody types; its link leads there without a script.

use askama::Template;

use crate::{
    domain::{
        Error, Result,
        access::{Permission, allows},
        content::KINDS,
        listing::Listing,
        project::Project,
        text,
    },
    service::project,
    store::{
        Tx,
        search::{SOURCES, Wanted},
    },
};

use super::{
    chrome::Chrome,
    page::{Page, get, render},
    place::{AppLink, OrgPlace, Place},
    visit::Visit,
};

/// Most entries of one project that are shown.
const ENTRIES: u32 = 20;

#[derive(Template)]
#[template(path = "search/page.html")]
struct Search {
    c: Chrome,
    search: String,
    places: Vec<Place>,
}

/// The pages of this file.
pub fn pages() -> Vec<Page> {
    vec![
        get("/search", |visit, tx| {
            let c = Chrome::own(visit, tx)?;
            show(visit, tx, c, None)
        }),
        get("/o/{org}/search", |visit, tx| {
            let (c, at) = Chrome::org(visit, tx)?;
            show(visit, tx, c, Some(&at))
        }),
    ]
}

fn show(visit: &Visit, tx: &mut Tx<'_>, c: Chrome, at: Option<&OrgPlace>) -> Result<String> {
    let search = visit.query("search").unwrap_or_default().to_owned();
    let folded = text::fold(&search);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let holds = |place: &Place| words.iter().all(|word| text::fold(&format!("{} {}", place.name, place.of)).contains(word));
    let mut places: Vec<_> = c.places().into_iter().filter(holds).collect();
    if let Some(at) = at.filter(|_| !words.is_empty()) {
        let all = Listing { page_size: 50, ..Listing::default() };
        for project in project::list(tx, visit.actor()?, at.id, &all)?.items {
            places.extend(below(visit, tx, &c, at, &project)?.into_iter().filter(holds));
            places.extend(entries(visit, tx, at, &project, &search)?);
        }
    }
    render(&Search { c, search, places })
}

/// The places below a project.
fn below(visit: &Visit, tx: &mut Tx<'_>, c: &Chrome, at: &OrgPlace, project: &Project) -> Result<Vec<Place>> {
    let role = project::role(tx, visit.actor()?, (at.id, project.id))?;
    let manages = role.is_some_and(|role| allows(role, Permission::ProjectManage));
    let link = |app: &crate::domain::project::AppLite| AppLink {
        id: app.id,
        name: app.name.clone(),
        slug: app.slug.clone(),
        app_type: app.app_type,
    };
    let apps: Vec<_> = project.apps.iter().map(link).collect();
    Ok(c.places_in(&format!("/o/{}/p/{}", at.slug, project.slug), &project.name, &apps, manages))
}

/// The entries of a project that hold all words.
fn entries(visit: &Visit, tx: &mut Tx<'_>, at: &OrgPlace, project: &Project, search: &str) -> Result<Vec<Place>> {
    let few = Listing { page_size: ENTRIES, order: SOURCES.order, ..Listing::default() };
    let wanted = Wanted { query: search.to_owned(), types: Vec::new() };
    let hits = match project::search(tx, visit.actor()?, (at.id, project.id), &wanted, &few) {
        // Whoever only sees that the project is there does not search in it.
        Err(Error::NotFound(_) | Error::Denied(_)) => return Ok(Vec::new()),
        hits => hits?.items,
    };
    let mut found = Vec::new();
    for hit in hits {
        let app = project.apps.iter().find(|app| app.id == hit.app);
        let kind = KINDS.iter().find(|kind| kind.content_type == hit.source_type);
        let Some((app, kind)) = app.zip(kind) else { continue };
        let to = format!("/o/{}/p/{}/{}/{}/{}/{}", at.slug, project.slug, app.app_type.segment(), app.slug, kind.segment, hit.source_id);
        found.push(Place { to, icon: "file-text", name: hit.name, of: project.name.clone() });
    }
    Ok(found)
}
