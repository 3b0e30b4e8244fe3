//! The search page: what the palette offers, and entries besides; it is where the palette's link leads without a script.

use askama::Template;

use crate::{
    domain::{Error, Result, content::KINDS, id::OrgId, listing::Listing, text},
    service::project,
    store::{
        Tx,
        search::{SOURCES, Wanted},
    },
};

use super::{
    chrome::Chrome,
    page::{Page, get, render},
    place::Place,
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
    vec![get("/o/{org}/search", show)]
}

fn show(visit: &Visit, tx: &mut Tx<'_>) -> Result<String> {
    let (c, at) = Chrome::org(visit, tx)?;
    let search = visit.query("search").unwrap_or_default().to_owned();
    let folded = text::fold(&search);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let holds = |place: &Place| words.iter().all(|word| text::fold(&format!("{} {}", place.name, place.of)).contains(word));
    let mut places: Vec<_> = c.places().into_iter().filter(holds).collect();
    if !words.is_empty() {
        places.extend(entries(visit, tx, (at.id, &at.slug), &search)?);
    }
    render(&Search { c, search, places })
}

/// The entries of the organization's projects that hold all words.
fn entries(visit: &Visit, tx: &mut Tx<'_>, (org, slug): (OrgId, &str), search: &str) -> Result<Vec<Place>> {
    let actor = visit.actor()?;
    let all = Listing { page_size: 50, ..Listing::default() };
    let few = Listing { page_size: ENTRIES, order: SOURCES.order, ..Listing::default() };
    let wanted = Wanted { query: search.to_owned(), types: Vec::new() };
    let mut found = Vec::new();
    for project in project::list(tx, actor, org, &all)?.items {
        let hits = match project::search(tx, actor, (org, project.id), &wanted, &few) {
            // Whoever only sees that the project is there does not search in it.
            Err(Error::NotFound(_) | Error::Denied(_)) => continue,
            hits => hits?,
        };
        for hit in hits.items {
            let app = project.apps.iter().find(|app| app.id == hit.app);
            let kind = KINDS.iter().find(|kind| kind.content_type == hit.source_type);
            let Some((app, kind)) = app.zip(kind) else { continue };
            let to = format!("/o/{slug}/p/{}/{}/{}/{}/{}", project.slug, app.app_type.segment(), app.slug, kind.segment, hit.source_id);
            found.push(Place { to, icon: "file-text", name: hit.name, of: project.name.clone() });
        }
    }
    Ok(found)
}
