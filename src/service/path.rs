//! Where the slugs of an address lead, for somebody who may see that.

use std::sync::Arc;

use crate::{
    domain::{
        Result,
        access::Actor,
        id::{AppId, OrgId, ProjectId},
    },
    service::authorize,
    store::{Tx, unguarded},
};

/// The ids that the slugs of an address stand for, as far as there is something of this name that the caller may see. What they
/// may do there is asked by the operation that is given them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PathIds {
    /// The organization.
    pub org: Option<OrgId>,
    /// The project in it.
    pub project: Option<ProjectId>,
    /// The app in that.
    pub app: Option<AppId>,
}

/// Finds them: an organization, a project in it, an app in that; empty where the address names none.
///
/// # Errors
/// Those of the store.
pub fn find(tx: &mut Tx<'_>, actor: &Arc<Actor>, [org, project, app]: [&str; 3]) -> Result<PathIds> {
    let mut ids = PathIds::default();
    let Some(id) = unguarded::unguarded_org_by_slug(tx, org)? else { return Ok(ids) };
    ids.org = authorize::org_role(tx, actor, id)?.map(|_| id);
    let Some(org) = ids.org else { return Ok(ids) };
    let Some(id) = unguarded::unguarded_project_by_slug(tx, org, project)? else { return Ok(ids) };
    ids.project = authorize::project_role(tx, actor, (org, id))?.map(|_| id);
    let Some(project) = ids.project else { return Ok(ids) };
    let Some(id) = unguarded::unguarded_app_by_slug(tx, project, app)? else { return Ok(ids) };
    ids.app = authorize::app_role(tx, actor, (org, project, id))?.map(|_| id);
    Ok(ids)
}
