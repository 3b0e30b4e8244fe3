//! The caller: who they are, what they did, what they should know.

use std::sync::Arc;

use crate::{
    domain::{
        Result,
        access::{Access, Actor, Permission, Role},
        account::{
            notification::Notification,
            user::{Patch, User},
        },
        id::NotificationId,
        key::secret::PlainToken,
        listing::Listing,
        org::{activity::Activity, organization::Organization},
        page::Page,
        project::project::Project,
    },
    service::authorize,
    store::{
        Tx,
        account::{notification, session, user},
        org::{activity, organization},
        project::project,
    },
};

/// Most organizations and projects that `me` and `whoami` list.
const LISTED: u32 = 200;

/// Everything about the caller.
#[derive(Debug, Clone)]
pub struct Me {
    /// The user, a person or a service account.
    pub user: User,
    /// Their organizations with the role in each; for a key, its own.
    pub organizations: Vec<(Organization, Role)>,
    /// The projects that they may see, with the effective role in each.
    pub projects: Vec<(Project, Role)>,
    /// The key that acts, if one does, and what it may do at most.
    pub key: Option<(crate::domain::id::KeyId, Access)>,
}

/// Who the caller is.
pub fn get(tx: &mut Tx<'_>, actor: &Arc<Actor>) -> Result<Me> {
    let at = authorize::own(tx, actor, Permission::OrganizationSee)?;
    let all = Listing { page_size: LISTED, lite: true, ..Listing::default() };
    let user = user::own(tx, &at)?;
    let organizations = organization::list_mine(tx, &at, &all)?.items;
    let mut projects = Vec::new();
    for (organization, _) in &organizations {
        let at = authorize::org(tx, actor, organization.id, Permission::OrganizationSee)?;
        for project in project::list(tx, &at, &all)?.items {
            if let Some(role) = authorize::project_role(tx, actor, (organization.id, project.id))? {
                projects.push((project, role));
            }
        }
    }
    let key = actor.key().map(|key| (key.id, actor.access));
    Ok(Me { user, organizations, projects, key })
}

/// What the caller did.
pub fn list_activities(tx: &mut Tx<'_>, actor: &Arc<Actor>, listing: &Listing) -> Result<Page<Activity>> {
    let at = authorize::own(tx, actor, Permission::OrganizationSee)?;
    activity::list_own(tx, &at, listing)
}

/// Changes the caller's profile.
pub fn update(tx: &mut Tx<'_>, actor: &Arc<Actor>, patch: &Patch) -> Result<User> {
    let at = authorize::own(tx, actor, Permission::OrganizationSee)?;
    let mut changed = user::own(tx, &at)?;
    patch.apply(&mut changed)?;
    user::update_own(tx, &at, &changed)?;
    Ok(changed)
}

/// Sets the caller's password, which was hashed before. Every session of theirs ends, also this one: whoever knows its secret
/// is out. A new one begins, whose secret goes into the cookie.
pub fn set_password(tx: &mut Tx<'_>, actor: &Arc<Actor>, hash: &str, ip: &str, user_agent: &str) -> Result<PlainToken> {
    let at = authorize::own(tx, actor, Permission::OrganizationSee)?;
    user::set_own_password(tx, &at, hash)?;
    session::unguarded_delete_of_user(tx, actor.id)?;
    super::session::begin(tx, actor.id, ip, user_agent)
}

/// Marks all notifications of the caller as read.
pub fn read_notifications(tx: &mut Tx<'_>, actor: &Arc<Actor>) -> Result<()> {
    let at = authorize::own(tx, actor, Permission::OrganizationSee)?;
    notification::read_all(tx, &at)
}

/// Marks one notification of the caller as read.
pub fn read_notification(tx: &mut Tx<'_>, actor: &Arc<Actor>, id: NotificationId) -> Result<()> {
    let at = authorize::own(tx, actor, Permission::OrganizationSee)?;
    notification::read_one(tx, &at, id)
}

/// How many notifications the caller has not read.
pub fn unread(tx: &mut Tx<'_>, actor: &Arc<Actor>) -> Result<u64> {
    let at = authorize::own(tx, actor, Permission::OrganizationSee)?;
    notification::unread(tx, &at)
}

/// What the caller should know.
pub fn list_notifications(tx: &mut Tx<'_>, actor: &Arc<Actor>, listing: &Listing) -> Result<Page<Notification>> {
    let at = authorize::own(tx, actor, Permission::OrganizationSee)?;
    notification::list_own(tx, &at, listing)
}
