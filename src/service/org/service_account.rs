//! Service accounts: list, make, change, disable, delete, and what ends with them.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Permission, Role},
        id::{OrgId, UserId},
        listing::{Filter, Listing, PAGE_SIZE, PAGE_SIZE_MAX, Test},
        org::{
            activity::Note,
            member::{AppRole, Draft as Joins, Patch as Changes, ProjectRole},
            service_account::{AccountFilter, Draft, Patch, RoleChange, ServiceAccount, Summary},
        },
        page::Page,
        spec::Operand,
        text,
    },
    service::{authorize, project::placed_member},
    store::{
        Tx,
        key::key,
        org::{member, service_account},
        project::project,
    },
};

use super::inviter;

/// One service account.
pub fn get(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, id: UserId) -> Result<ServiceAccount> {
    let at = authorize::org(tx, actor, org, Permission::AccessRead)?;
    service_account::get(tx, &at, id)
}

/// The service accounts of the organization.
pub fn list(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, listing: &Listing) -> Result<Page<ServiceAccount>> {
    let at = authorize::org(tx, actor, org, Permission::AccessRead)?;
    service_account::list(tx, &at, listing)
}

/// Service accounts as the console lists them: one page, and how many each narrowing of the list shows.
#[derive(Debug)]
pub struct Roster {
    /// The page.
    pub page: Page<Summary>,
    /// All, active, disabled.
    pub counts: [u64; 3],
    /// How many projects the organization has.
    pub projects: u64,
}

/// What the page of one service account shows besides its keys.
#[derive(Debug)]
pub struct Sheet {
    /// The account.
    pub summary: Summary,
    /// The projects that it was added to.
    pub projects: Page<ProjectRole>,
    /// The apps that it was added to.
    pub apps: Vec<AppRole>,
    /// Projects that it can be added to; not all of very many.
    pub others: Page<ProjectRole>,
}

/// Service accounts for the console.
pub fn roster(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, shown: AccountFilter, listing: &Listing) -> Result<Roster> {
    let at = authorize::org(tx, actor, org, Permission::AccessRead)?;
    let counts = service_account::counts(tx, &at, listing)?;
    let one = Listing { page_size: 1, lite: true, ..Listing::default() };
    Ok(Roster { page: service_account::roster(tx, &at, shown, listing)?, counts, projects: project::list(tx, &at, &one)?.total })
}

/// One service account with the projects and apps that it was added to; `page` is that of its projects.
pub fn sheet(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, id: UserId, page: u32) -> Result<Sheet> {
    let at = authorize::org(tx, actor, org, Permission::AccessRead)?;
    let found = service_account::get(tx, &at, id)?;
    let member = found.member_id;
    let summary = service_account::summaries(tx, &at, vec![found])?.pop().ok_or(Error::NotFound("service account"))?;
    let given = |given: bool, page: u32, size: u32, order| {
        let filters = vec![Filter { field: "role", test: Test::IsNull(!given) }];
        Listing { page, to_the_last: true, page_size: size, filters, order, ..Listing::default() }
    };
    Ok(Sheet {
        projects: member::list_project_roles(tx, &at, member, &given(true, page, PAGE_SIZE, member::PROJECT_ROLES.order))?,
        others: member::list_project_roles(tx, &at, member, &given(false, 1, PAGE_SIZE_MAX, member::PROJECT_ROLES.order))?,
        apps: member::list_app_roles(tx, &at, member, &given(true, 1, PAGE_SIZE_MAX, member::APP_ROLES.order))?.items,
        summary,
    })
}

/// Every project, up to [`PAGE_SIZE_MAX`], with the role that the account has there; for the form that changes them.
pub fn places(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, id: UserId) -> Result<Page<ProjectRole>> {
    let at = authorize::org(tx, actor, org, Permission::AccessRead)?;
    let member = service_account::get(tx, &at, id)?.member_id;
    let all = Listing { page_size: PAGE_SIZE_MAX, order: member::PROJECT_ROLES.order, ..Listing::default() };
    member::list_project_roles(tx, &at, member, &all)
}

/// Gives the account this role in a project, changes it, or takes it out.
pub fn place(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, id: UserId, place: RoleChange) -> Result<()> {
    let at = authorize::org(tx, actor, org, Permission::AccountManage)?;
    service_account::get(tx, &at, id)?;
    let (project, role) = ((org, place.0), place.1);
    let own = Listing {
        page_size: 1,
        filters: vec![Filter { field: "userId", test: Test::Is(Operand::Text(id.to_string())) }],
        ..Listing::default()
    };
    let now = placed_member::list(tx, actor, project, &own)?.items.pop();
    match (now, role) {
        (None, None) => Ok(()),
        (None, Some(role)) => placed_member::create(tx, actor, project, &Joins { user_id: id, role, title: None }).map(drop),
        (Some(now), Some(role)) if now.role == role => Ok(()),
        (Some(now), Some(role)) => {
            placed_member::update(tx, actor, project, now.id, &Changes { role: Some(role), title: None }, None).map(drop)
        }
        (Some(now), None) => placed_member::delete(tx, actor, project, now.id),
    }
}

/// Makes one and adds it to projects, all or nothing.
pub fn create_in(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, draft: &Draft, places: &[RoleChange]) -> Result<ServiceAccount> {
    let made = create(tx, actor, org, draft)?;
    places.iter().try_for_each(|one| place(tx, actor, org, made.id, *one))?;
    Ok(made)
}

/// Changes one and its projects, all or nothing; a project that is not among `places` stays as it is. `seen` is the
/// [`stamp`] of what the caller looked at; what was changed since is not overwritten.
///
/// # Errors
/// Stale, when it was changed since.
pub fn update_in(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    (org, id): (OrgId, UserId),
    patch: &Patch,
    chosen: &[RoleChange],
    seen: &str,
) -> Result<ServiceAccount> {
    let now = get(tx, actor, org, id)?;
    if stamp(&now, &places(tx, actor, org, id)?.items) != seen {
        return Err(Error::Stale);
    }
    let changed = update(tx, actor, org, id, patch)?;
    chosen.iter().try_for_each(|one| place(tx, actor, org, id, *one))?;
    Ok(changed)
}

/// What tells two states of an account and its projects apart.
pub fn stamp(account: &ServiceAccount, places: &[ProjectRole]) -> String {
    let mut hasher = blake3::Hasher::new();
    let own = [Some(account.name.as_str()), account.description.as_deref(), Some(account.role.word())];
    for part in own.into_iter().flatten() {
        hasher.update(&part.len().to_le_bytes()).update(part.as_bytes());
    }
    for place in places {
        hasher.update(place.project_id.uuid().as_bytes()).update(place.role.map_or("", Role::word).as_bytes());
    }
    text::hex(&hasher.finalize().as_bytes()[..16])
}

/// Makes one.
pub fn create(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, draft: &Draft) -> Result<ServiceAccount> {
    let at = authorize::org(tx, actor, org, Permission::AccountManage)?;
    let id = service_account::insert(tx, &at, &draft.check()?)?;
    let made = service_account::get(tx, &at, id)?;
    tx.note(&at, Note::new("service-account.created", "serviceAccount").of(id, &made.name).with("role", made.role.word()))?;
    Ok(made)
}

/// Changes its name, role or description; disables it or enables it again.
pub fn update(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, id: UserId, patch: &Patch) -> Result<ServiceAccount> {
    let at = authorize::org(tx, actor, org, Permission::AccountManage)?;
    let before = service_account::get(tx, &at, id)?;
    let mut changed = before.clone();
    patch.apply(&mut changed, tx.now())?;
    let changes = changed.changes(&before);
    if changes.is_empty() {
        return Ok(before);
    }
    service_account::update(tx, &at, &changed)?;
    inviter::review(tx, &at, id)?;
    let note = Note::new("service-account.updated", "serviceAccount").of(id, &changed.name).with("changed", changes);
    tx.note(&at, note.with("role", changed.role.word()).with("disabled", changed.disabled_at.is_some()))?;
    service_account::get(tx, &at, id)
}

/// Deletes it; its keys and their tokens are dead at once.
pub fn delete(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, id: UserId) -> Result<()> {
    let at = authorize::org(tx, actor, org, Permission::AccountManage)?;
    let gone = service_account::get(tx, &at, id)?;
    key::revoke_of_owner(tx, &at, id, "The service account was deleted")?;
    service_account::delete(tx, &at, id)?;
    inviter::review(tx, &at, id)?;
    tx.note(&at, Note::new("service-account.deleted", "serviceAccount").of(id, &gone.name))
}
