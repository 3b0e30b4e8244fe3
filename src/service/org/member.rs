//! Members of organizations: list, add, change, remove, and what ends with them.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, ActorKind, Granted, InOrg, Permission, Role, Via},
        account::user::User,
        error::{Fault, Rule},
        id::{MemberId, OrgId, UserId},
        listing::Listing,
        org::{
            activity::{Activity, Note},
            invitation::{Invitation, InvitationRequest},
            member::{AppRole, Departure, Draft, Membership, ORGANIZATION_ROLES, Patch, ProjectRole},
        },
        page::Page,
    },
    service::{account::email, authorize},
    store::{
        Tx,
        account::user,
        key::key,
        org::{activity, member, organization},
    },
};

use super::{
    invitation::{self, Post},
    inviter,
};

/// One member.
pub fn get(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, id: MemberId) -> Result<member::OrgMember> {
    let at = authorize::org(tx, actor, org, Permission::MemberRead)?;
    member::get(tx, &at, id)
}

/// The people of the organization.
pub fn list(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, listing: &Listing) -> Result<Page<member::OrgMember>> {
    let at = authorize::org(tx, actor, org, Permission::MemberRead)?;
    member::list(tx, &at, listing)
}

/// What a member did.
pub fn list_activities(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, id: MemberId, listing: &Listing) -> Result<Page<Activity>> {
    let at = authorize::org(tx, actor, org, Permission::ActivityRead)?;
    let member = member::get(tx, &at, id)?;
    activity::list_of_member(tx, &at, member.user_id, listing)
}

/// Every project, with the member's role where one was given.
pub fn list_project_roles(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, id: MemberId, listing: &Listing) -> Result<Page<ProjectRole>> {
    let at = authorize::org(tx, actor, org, Permission::AccessRead)?;
    member::get(tx, &at, id)?;
    member::list_project_roles(tx, &at, id, listing)
}

/// Every app, with the member's role where one was given.
pub fn list_app_roles(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, id: MemberId, listing: &Listing) -> Result<Page<AppRole>> {
    let at = authorize::org(tx, actor, org, Permission::AccessRead)?;
    member::get(tx, &at, id)?;
    member::list_app_roles(tx, &at, id, listing)
}

/// Somebody who is to be a member.
#[derive(Debug)]
pub struct Invited {
    /// The invitation, which they accept or let pass.
    pub invitation: Invitation,
    /// Its link, for the inviter to pass on where no mail can be sent.
    pub link: String,
    /// Who.
    pub user: User,
}

/// Invites a user of this instance: nobody becomes a member without their consent.
///
/// # Errors
/// A conflict on `userId` when they are a member, or invited, already.
pub fn invite(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, draft: &Draft, post: &Post) -> Result<Invited> {
    let at = authorize::org(tx, actor, org, Permission::MemberManage)?;
    let title = draft.check(ORGANIZATION_ROLES)?;
    let user = person(tx, draft.user_id)?;
    match member::of_user(tx, &at, user.id) {
        Err(Error::NotFound(_)) => {}
        Err(other) => return Err(other),
        Ok(_) => return Err(Error::Conflict(Fault::new("userId", "taken", "This user is a member already."))),
    }
    let at = authorize::org(tx, actor, org, Permission::InvitationManage)?;
    let request = InvitationRequest { email: user.email.clone(), role: draft.role, title, place: None };
    invited(tx, &at, request, user, post)
}

/// A person who has an account on this instance.
pub(in crate::service) fn person(tx: &mut Tx<'_>, id: UserId) -> Result<User> {
    let known = user::unguarded_by_id(tx, id)?.filter(|user| user.kind == ActorKind::User);
    known.ok_or(Error::NotFound("user"))
}

/// Makes the invitation of somebody who has an account.
pub(in crate::service) fn invited(
    tx: &mut Tx<'_>,
    at: &Granted<InOrg>,
    request: InvitationRequest,
    user: User,
    post: &Post,
) -> Result<Invited> {
    let (invitation, link) = invitation::make(tx, at, request, post)?;
    Ok(Invited { invitation, link, user })
}

/// Adds a user of this instance at once. Only whoever holds the database does so: all others [`invite`].
pub fn create(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, draft: &Draft) -> Result<member::OrgMember> {
    let at = authorize::org(tx, actor, org, Permission::MemberManage)?;
    if actor.via != Via::Operator {
        return Err(Rule::ByInvitation.into());
    }
    let title = draft.check(ORGANIZATION_ROLES)?;
    let id = member::insert(tx, &at, draft.user_id, draft.role, title)?;
    let added = member::get(tx, &at, id)?;
    if added.person.kind != ActorKind::User {
        return Err(Error::NotFound("user"));
    }
    tx.note(&at, audit_note("member.added", "member", &added))?;
    let name = organization::get(tx, &at)?.name;
    email::notify(tx, (draft.user_id, org), "member.added", |locale| email::member_added(locale, &name))?;
    Ok(added)
}

/// Changes a member's role or title. The owner's role is fixed. `seen` is the role that the caller looked at; one that was
/// given since is not overwritten.
pub fn update(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    (org, id): (OrgId, MemberId),
    patch: &Patch,
    seen: Option<Role>,
) -> Result<member::OrgMember> {
    let at = authorize::org(tx, actor, org, Permission::MemberManage)?;
    let mut changed = member::get(tx, &at, id)?;
    if changed.role == Role::Owner && patch.role.is_some_and(|role| role != Role::Owner) {
        return Err(Rule::OwnerIsFixed.into());
    }
    let (before, title) = (changed.role, changed.title.clone());
    if seen.is_some_and(|seen| seen != before) {
        return Err(Error::Stale);
    }
    patch.apply(&mut changed, ORGANIZATION_ROLES)?;
    if (changed.role, &changed.title) == (before, &title) {
        return Ok(changed);
    }
    member::update(tx, &at, &changed)?;
    inviter::review(tx, &at, changed.user_id)?;
    tx.note(&at, audit_note("member.updated", "member", &changed).with("role", changed.role.word()))?;
    if changed.role != before && changed.person.kind == ActorKind::User {
        let name = organization::get(tx, &at)?.name;
        email::notify(tx, (changed.user_id, org), "member.updated", |locale| email::member_role(locale, &name, changed.role))?;
    }
    member::get(tx, &at, id)
}

/// Where the caller was a member last, if that is known still.
pub fn last_departure(tx: &mut Tx<'_>, actor: &Arc<Actor>) -> Result<Option<Departure>> {
    let at = authorize::own(tx, actor, Permission::OrganizationSee)?;
    member::last_departure(tx, &at)
}

/// Removes a member; their keys in this organization are dead at once.
pub fn delete(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, id: MemberId) -> Result<()> {
    let at = authorize::org(tx, actor, org, Permission::MemberManage)?;
    let gone = member::get(tx, &at, id)?;
    if gone.role == Role::Owner {
        return Err(Rule::OwnerStays.into());
    }
    if gone.person.kind != ActorKind::User {
        return Err(Rule::AccountIsDeleted.into());
    }
    key::revoke_of_owner(tx, &at, gone.user_id, "The member was removed")?;
    member::delete(tx, &at, &gone)?;
    inviter::review(tx, &at, gone.user_id)?;
    let name = organization::get(tx, &at)?.name;
    email::notify(tx, (gone.user_id, org), "member.removed", |locale| email::member_removed(locale, &name))?;
    tx.note(&at, audit_note("member.removed", "member", &gone))
}

pub(in crate::service) fn audit_note<I: ToString + Copy, P>(action: &'static str, noun: &'static str, member: &Membership<I, P>) -> Note {
    Note::new(action, noun).of(member.id, &member.person.name).with("userId", member.user_id.to_string())
}
