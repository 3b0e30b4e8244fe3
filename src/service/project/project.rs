//! Projects, and what spans a project: search and addresses.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Permission, Role},
        id::{OrgId, ProjectId, ProjectPath},
        listing::Listing,
        org::activity::Note,
        page::Page,
        project::{
            app,
            project::{Draft, Patch, Project},
        },
        spec::Order,
        text,
        time::Instant,
    },
    service::authorize,
    store::{
        Tx,
        content::search::{self, Hit, PublishedPath},
        project::project,
        unguarded,
    },
};

/// Most projects of an organization that are searched, the newest.
const SEARCHED: u32 = 500;

/// One project, with those of its apps that the caller may see.
pub fn get(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath) -> Result<Project> {
    let at = authorize::project(tx, actor, at, Permission::ProjectSee)?;
    project::get(tx, &at)
}

/// The same, by its slug.
pub fn get_by_slug(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, slug: &str) -> Result<Project> {
    authorize::org(tx, actor, org, Permission::OrganizationSee)?;
    let id = unguarded::unguarded_project_by_slug(tx, org, slug)?.ok_or(Error::NotFound("project"))?;
    get(tx, actor, (org, id))
}

/// The projects of the organization that the caller may see.
pub fn list(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, listing: &Listing) -> Result<Page<Project>> {
    let at = authorize::org(tx, actor, org, Permission::OrganizationSee)?;
    project::list(tx, &at, listing)
}

/// Makes one.
pub fn create(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, draft: &Draft) -> Result<Project> {
    let at = authorize::org(tx, actor, org, Permission::ProjectCreate)?;
    let mut made = draft.check(ProjectId::new(tx.now(), tx.entropy()), org, tx.now())?;
    if draft.slug.is_none() {
        made.slug =
            text::free_slug(&made.slug, |slug| unguarded::unguarded_project_by_slug(tx, org, slug).map(|project| project.is_some()))?;
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
pub fn update(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, patch: &Patch, seen: Option<Instant>) -> Result<Project> {
    let at = authorize::project(tx, actor, at, Permission::ProjectManage)?;
    let before = project::get_without_apps(tx, &at)?;
    if seen.is_some_and(|seen| seen != before.updated_at) {
        return Err(Error::Stale);
    }
    let mut changed = before.clone();
    patch.apply(&mut changed)?;
    let changes = changed.changes(&before);
    if !changes.is_empty() {
        project::update(tx, &at, &changed)?;
        tx.note(&at, Note::new("project.updated", "project").of(changed.id, &changed.name).with("changed", changes))?;
    }
    project::get(tx, &at)
}

/// Deletes the project with all that is in it.
pub fn delete(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, typed: Option<&str>) -> Result<()> {
    let at = authorize::project(tx, actor, at, Permission::ProjectDelete)?;
    let gone = project::get_without_apps(tx, &at)?;
    text::confirmed(typed, &gone.name)?;
    project::delete(tx, &at)?;
    tx.note(&at, Note::new("project.deleted", "project").of(gone.id, &gone.name))
}

/// What an organization has for whoever searches it.
pub struct OrgMatches {
    /// The projects that the caller may see, and the caller's role in each.
    pub projects: Vec<(Project, Option<Role>)>,
    /// Entries that hold all words, of the apps that the caller may read.
    pub hits: Vec<Hit>,
}

/// The projects of the organization, and `most` entries in them that hold all words of `query`.
pub fn search_org(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, query: &str, most: usize) -> Result<OrgMatches> {
    let at = authorize::org(tx, actor, org, Permission::OrganizationSee)?;
    let all = Listing { page_size: SEARCHED, order: Order::NEWEST, ..Listing::default() };
    let (mut projects, mut apps) = (Vec::new(), Vec::new());
    for mut project in project::list(tx, &at, &all)?.items {
        if at.role() < Role::Viewer {
            // The role in the project decides which apps there are, and the list knows only that in the organization.
            project = get(tx, actor, (org, project.id))?;
        }
        for app in &project.apps {
            // Whoever only sees that something is there does not search in it.
            apps.extend(authorize::if_granted(authorize::app(tx, actor, (org, project.id, app.id), None, Permission::ProjectRead))?);
        }
        let role = authorize::project_role(tx, actor, (org, project.id))?;
        projects.push((project, role));
    }
    Ok(OrgMatches { projects, hits: search::in_apps(tx, &apps, query, most)? })
}

/// The addresses of all published entries.
pub fn list_urls(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: ProjectPath,
    path: Option<&str>,
    listing: &Listing,
) -> Result<Page<PublishedPath>> {
    let at = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    search::places(tx, &at, path, listing)
}
