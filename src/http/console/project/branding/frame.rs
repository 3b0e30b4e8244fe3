//! What the pages of brandings have in common: their frame, and what they say of a branding.

use crate::{
    domain::{
        Result,
        id::{BrandingId, ProjectPath},
        listing::{Listing, PAGE_SIZE_MAX},
        project::{app::App, branding::Branding},
    },
    http::console::base::{chrome::Chrome, request::PageRequest},
    service::project::{app, branding},
    store::Tx,
};

/// A branding, and what apps make of it.
pub(super) struct BrandingRow {
    pub(super) branding: Branding,
    /// Whether apps wear it that are bound to none.
    pub(super) is_first: bool,
    /// The names of the apps that wear it.
    pub(super) worn_by: Vec<String>,
}

/// The frame of these pages, where they are, and where the list is.
pub(super) fn frame(request: &PageRequest, tx: &mut Tx<'_>) -> Result<(Chrome, ProjectPath, String)> {
    let (c, org, at) = Chrome::project(request, tx)?;
    let here = format!("{}/branding", c.project_base());
    Ok((c, (org.id, at.id), here))
}

pub(super) fn id(request: &PageRequest) -> Result<BrandingId> {
    request.id_of("id", "branding")
}

/// The apps of the project.
pub(super) fn apps(request: &PageRequest, tx: &mut Tx<'_>, at: ProjectPath) -> Result<Vec<App>> {
    let all = Listing { page_size: PAGE_SIZE_MAX, ..Listing::default() };
    Ok(app::list(tx, request.actor()?, at, &all)?.items)
}

/// The names of the apps that wear a branding.
pub(super) fn wearers(apps: &[App], id: BrandingId, is_first: bool) -> Vec<String> {
    let wears = |app: &&App| app.branding.map_or(is_first, |bound| bound == id);
    apps.iter().filter(wears).map(|app| app.name.clone()).collect()
}

/// The branding of the path with the names of those that wear it, and whether it is the first.
pub(super) fn find_branding(request: &PageRequest, tx: &mut Tx<'_>, at: ProjectPath) -> Result<BrandingRow> {
    let branding = branding::get(tx, request.actor()?, at, id(request)?)?;
    let is_first = branding::first(tx, request.actor()?, at)? == Some(branding.id);
    let worn_by = wearers(&apps(request, tx, at)?, branding.id, is_first);
    Ok(BrandingRow { branding, is_first, worn_by })
}
