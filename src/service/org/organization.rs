//! Organizations: make, read, change, hand over, delete.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, ActorKind, Permission, Role},
        error::Fault,
        id::{OrgId, UserId},
        listing::Listing,
        org::{
            activity::{Activity, Note},
            organization::{Draft, OrgCreation, Organization, Patch},
        },
        page::Page,
        text,
        time::Instant,
    },
    service::authorize,
    store::{
        Tx,
        org::{activity, member, organization},
        unguarded,
    },
};

use super::giver;

/// One organization.
pub fn get(tx: &mut Tx<'_>, actor: &Arc<Actor>, id: OrgId) -> Result<Organization> {
    let at = authorize::org(tx, actor, id, Permission::OrganizationSee)?;
    organization::get(tx, &at)
}

/// The same, by its slug.
pub fn get_by_slug(tx: &mut Tx<'_>, actor: &Arc<Actor>, slug: &str) -> Result<Organization> {
    let id = unguarded::unguarded_org_by_slug(tx, slug)?.ok_or(Error::NotFound("organization"))?;
    get(tx, actor, id)
}

/// One of the caller's organizations, and their role in it.
pub fn mine(tx: &mut Tx<'_>, actor: &Arc<Actor>, id: OrgId) -> Result<(Organization, Role)> {
    let at = authorize::org(tx, actor, id, Permission::OrganizationSee)?;
    Ok((organization::get(tx, &at)?, at.role()))
}

/// The caller's organizations with the role in each.
pub fn list_mine(tx: &mut Tx<'_>, actor: &Arc<Actor>, listing: &Listing) -> Result<Page<(Organization, Role)>> {
    let at = authorize::own(tx, actor, Permission::OrganizationSee)?;
    organization::list_mine(tx, &at, listing)
}

/// Makes an organization whose owner is the caller, a person who may found one.
pub fn create(tx: &mut Tx<'_>, actor: &Arc<Actor>, creation: OrgCreation, draft: &Draft) -> Result<Organization> {
    authorize::person(actor)?;
    authorize::own(tx, actor, Permission::OrganizationManage)?;
    authorize::founder(tx, actor, creation)?;
    // A key reaches the organization that it is for, and not this one.
    create_by(tx, &Actor::beginning(actor.id, &actor.name, &actor.email), actor.id, draft)
}

/// Makes an organization for a given owner; for the command line.
pub fn create_owned(tx: &mut Tx<'_>, owner: UserId, draft: &Draft) -> Result<Organization> {
    create_by(tx, &Actor::operator(), owner, draft)
}

/// Makes one for an owner, by whoever may enter it then: the owner, or the command line.
pub(in crate::service) fn create_by(tx: &mut Tx<'_>, actor: &Arc<Actor>, owner: UserId, draft: &Draft) -> Result<Organization> {
    let mut checked = draft.check()?;
    if draft.slug.is_none() {
        checked.profile.slug =
            text::free_slug(&checked.profile.slug, |slug| unguarded::unguarded_org_by_slug(tx, slug).map(|org| org.is_some()))?;
    }
    let id = organization::unguarded_insert(tx, &checked, owner)?;
    let at = authorize::org(tx, actor, id, Permission::OrganizationManage)?;
    let made = organization::get(tx, &at)?;
    tx.note(&at, Note::new("organization.created", "organization").of(id, &made.name).with("ownerId", owner.to_string()))?;
    Ok(made)
}

/// Changes the profile and the policies. `seen` is when what the caller looked at was last changed; a later change is not
/// overwritten.
pub fn update(tx: &mut Tx<'_>, actor: &Arc<Actor>, id: OrgId, patch: &Patch, seen: Option<Instant>) -> Result<Organization> {
    let at = authorize::org(tx, actor, id, Permission::OrganizationManage)?;
    let before = organization::get(tx, &at)?;
    if seen.is_some_and(|seen| seen != before.updated_at) {
        return Err(Error::Stale);
    }
    let mut changed = before.clone();
    patch.apply(&mut changed)?;
    let changes = changed.changes(&before);
    if changes.is_empty() {
        return Ok(before);
    }
    organization::update(tx, &at, &changed)?;
    tx.note(&at, Note::new("organization.updated", "organization").of(id, &changed.name).with("changed", changes))?;
    organization::get(tx, &at)
}

/// The audit trail of the organization from `since` until just before `until`.
pub fn list_activities(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    id: OrgId,
    span: (Instant, Instant),
    listing: &Listing,
    total: Option<u64>,
) -> Result<Page<Activity>> {
    let at = authorize::org(tx, actor, id, Permission::ActivityRead)?;
    activity::list_of_org(tx, &at, span, listing, total)
}

/// Hands the organization to another member; its owner so far stays as an admin.
pub fn transfer(tx: &mut Tx<'_>, actor: &Arc<Actor>, id: OrgId, to: UserId) -> Result<Organization> {
    let at = authorize::org(tx, actor, id, Permission::OrganizationTransfer)?;
    let before = organization::get(tx, &at)?;
    let heir = member::of_user(tx, &at, to)?;
    if heir.person.kind != ActorKind::User {
        return Err(Fault::new("userId", "not_a_person", "Only a person can own an organization.").into());
    }
    if before.owner_id != to {
        member::set_role(tx, &at, before.owner_id, Role::Admin)?;
        member::set_role(tx, &at, to, Role::Owner)?;
        organization::set_owner(tx, &at, to)?;
        giver::review(tx, &at, before.owner_id)?;
        tx.note(&at, Note::new("organization.transferred", "organization").of(id, &before.name).with("to", to.to_string()))?;
    }
    organization::get(tx, &at)
}

/// Deletes the organization with all that is in it.
pub fn delete(tx: &mut Tx<'_>, actor: &Arc<Actor>, id: OrgId, typed: Option<&str>) -> Result<()> {
    let at = authorize::org(tx, actor, id, Permission::OrganizationDelete)?;
    let gone = organization::get(tx, &at)?;
    text::confirmed(typed, &gone.name)?;
    tx.note(&at, Note::new("organization.deleted", "organization").of(id, &gone.name))?;
    organization::delete(tx, &at)
}
