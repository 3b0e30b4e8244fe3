//! Projects, and what spans a project: search and addresses.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Permission, Role},
        activity::Note,
        app,
        id::{OrgId, ProjectId},
        listing::{Listing, Page},
        project::{Draft, Patch, Project},
        text,
        time::Instant,
    },
    store::{
        Tx, door, project,
        search::{self, Hit, Place},
    },
};

use super::enter;

/// One project, with those of its apps that the caller may see.
pub fn get(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: (OrgId, ProjectId)) -> Result<Project> {
    let at = enter::project(tx, actor, at, Permission::ProjectSee)?;
    project::get(tx, &at)
}

/// The same, by its slug.
pub fn get_by_slug(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, slug: &str) -> Result<Project> {
    enter::org(tx, actor, org, Permission::OrganizationSee)?;
    let id = door::unguarded_project_by_slug(tx, org, slug)?.ok_or(Error::NotFound("project"))?;
    get(tx, actor, (org, id))
}

/// The caller's effective role in a project; none for whom it does not exist.
pub fn role(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: (OrgId, ProjectId)) -> Result<Option<Role>> {
    Ok(door::unguarded_project_place(tx, actor, at.1)?.filter(|place| place.org == at.0).and_then(|place| place.role))
}

/// The projects of the organization that the caller may see.
pub fn list(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, listing: &Listing) -> Result<Page<Project>> {
    let at = enter::org(tx, actor, org, Permission::OrganizationSee)?;
    project::list(tx, &at, listing)
}

/// Makes one.
pub fn create(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, draft: &Draft) -> Result<Project> {
    let at = enter::org(tx, actor, org, Permission::ProjectCreate)?;
    let mut made = draft.check(ProjectId::new(tx.now(), tx.entropy()), org, tx.now())?;
    if draft.slug.is_none() {
        made.slug = text::free_slug(&made.slug, |slug| door::unguarded_project_by_slug(tx, org, slug).map(|project| project.is_some()))?;
    }
    project::insert(tx, &at, &made)?;
    tx.note(&at, Note::new("project.created", "project").of(made.id, &made.name))?;
    Ok(made)
}

/// Makes one with the apps that it begins with.
pub fn create_with(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, draft: &Draft, apps: &[app::Draft]) -> Result<Project> {
    let made = create(tx, actor, org, draft)?;
    for app in apps {
        super::app::create(tx, actor, (org, made.id), app)?;
    }
    Ok(made)
}

/// Changes name, slug, description, logo or languages. `seen` is when what the caller looked at was last changed; a later
/// change is not overwritten.
pub fn update(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: (OrgId, ProjectId), patch: &Patch, seen: Option<Instant>) -> Result<Project> {
    let at = enter::project(tx, actor, at, Permission::ProjectManage)?;
    let mut changed = project::plain(tx, &at)?;
    if seen.is_some_and(|seen| seen != changed.updated_at) {
        return Err(Error::Stale);
    }
    patch.apply(&mut changed)?;
    project::update(tx, &at, &changed)?;
    tx.note(&at, Note::new("project.updated", "project").of(changed.id, &changed.name))?;
    project::get(tx, &at)
}

/// Deletes the project with all that is in it.
pub fn delete(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: (OrgId, ProjectId)) -> Result<()> {
    let at = enter::project(tx, actor, at, Permission::ProjectDelete)?;
    let gone = project::plain(tx, &at)?;
    project::delete(tx, &at)?;
    tx.note(&at, Note::new("project.deleted", "project").of(gone.id, &gone.name))
}

/// Entries that hold all words of `query`, best first.
pub fn search(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: (OrgId, ProjectId),
    wanted: &search::Wanted,
    listing: &Listing,
) -> Result<Page<Hit>> {
    let at = enter::project(tx, actor, at, Permission::ProjectRead)?;
    search::sources(tx, &at, wanted, listing)
}

/// The addresses of all published entries.
pub fn list_urls(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: (OrgId, ProjectId), listing: &Listing) -> Result<Page<Place>> {
    let at = enter::project(tx, actor, at, Permission::ProjectRead)?;
    search::places(tx, &at, listing)
}
