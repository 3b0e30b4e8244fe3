//! Where a key reaches: its organization, and the projects in it.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Permission},
        content::{Counts, Kind, held_by},
        error::Fault,
        id::{AppId, OrgId, ProjectId},
        listing::{Listing, PAGE_SIZE_MAX},
        org::organization::Organization,
        project::project::Project,
        spec::Order,
    },
    service::{authorize, content::count, org::organization, project::project},
    store::Tx,
};

/// What an agent is told of an app: how many entries of each kind it has.
pub type AppCounts = (AppId, Vec<(&'static Kind, Counts)>);

/// The organization of the key.
pub fn org_of(actor: &Actor) -> Result<OrgId> {
    actor.key().map(|key| key.org).ok_or(Error::NotFound("organization"))
}

/// The organization of the caller's key.
pub fn organization(tx: &mut Tx<'_>, actor: &Arc<Actor>) -> Result<Organization> {
    organization::get(tx, actor, org_of(actor)?)
}

/// The projects that the caller sees, by name: as many as fit on one page of a list.
pub fn projects(tx: &mut Tx<'_>, actor: &Arc<Actor>) -> Result<Vec<Project>> {
    let order = Order { field: "name", descending: false };
    let all = Listing { page_size: PAGE_SIZE_MAX, order, ..Listing::default() };
    Ok(project::list(tx, actor, org_of(actor)?, &all)?.items)
}

/// The project that is meant, by its slug or its id; the only one that the caller sees, if none is named.
///
/// # Errors
/// Not found; the fault of `project` where several are there and none is named.
pub fn project(tx: &mut Tx<'_>, actor: &Arc<Actor>, named: Option<&str>) -> Result<Project> {
    let org = org_of(actor)?;
    if let Some(named) = named {
        return match named.parse::<ProjectId>() {
            Ok(id) => project::get(tx, actor, (org, id)),
            Err(_) => project::get_by_slug(tx, actor, org, named),
        };
    }
    let mut all = projects(tx, actor)?;
    match (all.pop(), all.len()) {
        (Some(only), 0) => project::get(tx, actor, (org, only.id)),
        (Some(last), _) => {
            let slugs: Vec<_> = all.iter().chain([&last]).map(|one| one.slug.as_str()).collect();
            let message = format!("Say which project is meant: {}.", slugs.join(", "));
            Err(Fault::new("project", "required", message).into())
        }
        (None, _) => Err(Error::NotFound("project")),
    }
}

/// Whether the caller may do this somewhere in these projects.
pub fn may(tx: &mut Tx<'_>, actor: &Arc<Actor>, projects: &[Project], permission: Permission) -> Result<bool> {
    // What the key itself does not allow needs no look at any project.
    if actor.access < permission.narrowest_access() {
        return Ok(false);
    }
    for found in projects {
        let at = (found.org, found.id);
        if authorize::if_granted(authorize::project(tx, actor, at, permission))?.is_some() {
            return Ok(true);
        }
        // Of whoever was added to single apps the list knows no apps.
        for app in project::get(tx, actor, at)?.apps {
            if authorize::if_granted(authorize::app(tx, actor, (at.0, at.1, app.id), None, permission))?.is_some() {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// What each app of a project holds, as far as the caller may read it.
pub fn app_counts(tx: &mut Tx<'_>, actor: &Arc<Actor>, project: &Project) -> Result<Vec<AppCounts>> {
    let mut all = Vec::new();
    for app in &project.apps {
        let kinds = held_by(tx.kinds(), app.app_type).collect::<Vec<_>>();
        let counts = kinds.into_iter().map(|kind| Ok((kind, count::counts(tx, actor, (project.org, project.id, app.id), kind)?)));
        all.extend(authorize::if_granted(counts.collect::<Result<Vec<_>>>())?.map(|counts| (app.id, counts)));
    }
    Ok(all)
}
