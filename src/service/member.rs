//! Members of organizations, projects and apps.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, ActorKind, Granted, InApp, InProject, Permission, Role, Via},
        activity::{Activity, Note},
        error::{Fault, Rule},
        id::{AppId, AppMemberId, MemberId, OrgId, ProjectId, ProjectMemberId},
        invitation::{self as invitations, Invitation},
        listing::{Listing, Page},
        member::{AppRole, Draft, Membership, ORGANIZATION_ROLES, PROJECT_ROLES, Patch, ProjectRole},
        text,
        user::User,
    },
    store::{Tx, activity, app_member, key, member, org, project_member, user},
};

use super::{
    enter,
    invitation::{self, Post},
    letter,
};

/// One member.
pub fn get(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, id: MemberId) -> Result<member::OrgMember> {
    let at = enter::org(tx, actor, org, Permission::MemberRead)?;
    member::get(tx, &at, id)
}

/// The people of the organization.
pub fn list(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, listing: &Listing) -> Result<Page<member::OrgMember>> {
    let at = enter::org(tx, actor, org, Permission::MemberRead)?;
    member::list(tx, &at, listing)
}

/// What a member did.
pub fn list_activities(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, id: MemberId, listing: &Listing) -> Result<Page<Activity>> {
    let at = enter::org(tx, actor, org, Permission::ActivityRead)?;
    let member = member::get(tx, &at, id)?;
    activity::list_of_member(tx, &at, member.user_id, listing)
}

/// Every project, with the member's role where one was given.
pub fn list_project_roles(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, id: MemberId, listing: &Listing) -> Result<Page<ProjectRole>> {
    let at = enter::org(tx, actor, org, Permission::AccessRead)?;
    member::get(tx, &at, id)?;
    member::list_project_roles(tx, &at, id, listing)
}

/// Every app, with the member's role where one was given.
pub fn list_app_roles(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, id: MemberId, listing: &Listing) -> Result<Page<AppRole>> {
    let at = enter::org(tx, actor, org, Permission::AccessRead)?;
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
    let at = enter::org(tx, actor, org, Permission::MemberManage)?;
    let title = draft.check(ORGANIZATION_ROLES)?;
    let known = user::unguarded_by_id(tx, draft.user_id)?.filter(|user| user.kind == ActorKind::User);
    let user = known.ok_or(Error::NotFound("user"))?;
    match member::of_user(tx, &at, user.id) {
        Err(Error::NotFound(_)) => {}
        Err(other) => return Err(other),
        Ok(_) => return Err(Error::Conflict(Fault::new("userId", "taken", "This user is a member already."))),
    }
    let wish = invitations::Draft { email: user.email.clone(), role: draft.role };
    let (invitation, link) = invitation::create_titled(tx, actor, org, (&wish, title), post)?;
    Ok(Invited { invitation, link, user })
}

/// Adds a user of this instance at once. Only whoever holds the database does so: all others [`invite`].
pub fn create(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, draft: &Draft) -> Result<member::OrgMember> {
    let at = enter::org(tx, actor, org, Permission::MemberManage)?;
    if actor.via != Via::Operator {
        return Err(Rule::ByInvitation.into());
    }
    let title = draft.check(ORGANIZATION_ROLES)?;
    let id = member::insert(tx, &at, draft.user_id, draft.role, title)?;
    let added = member::get(tx, &at, id)?;
    if added.person.kind != ActorKind::User {
        return Err(Error::NotFound("user"));
    }
    tx.note(&at, noted("member.added", "member", &added))?;
    let name = org::get(tx, &at)?.name;
    letter::notify(tx, (draft.user_id, org), "member.added", |reader| letter::member_added(reader, &name))?;
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
    let at = enter::org(tx, actor, org, Permission::MemberManage)?;
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
    invitation::review(tx, &at, changed.user_id)?;
    tx.note(&at, noted("member.updated", "member", &changed).with("role", changed.role.word()))?;
    if changed.role != before && changed.person.kind == ActorKind::User {
        let name = org::get(tx, &at)?.name;
        letter::notify(tx, (changed.user_id, org), "member.updated", |reader| letter::member_role(reader, &name, changed.role))?;
    }
    member::get(tx, &at, id)
}

/// Removes a member; their keys in this organization are dead at once.
pub fn delete(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, id: MemberId) -> Result<()> {
    let at = enter::org(tx, actor, org, Permission::MemberManage)?;
    let gone = member::get(tx, &at, id)?;
    if gone.role == Role::Owner {
        return Err(Rule::OwnerStays.into());
    }
    if gone.person.kind != ActorKind::User {
        return Err(Rule::AccountIsDeleted.into());
    }
    key::revoke_of_owner(tx, &at, gone.user_id, "The member was removed")?;
    member::delete(tx, &at, &gone)?;
    invitation::review(tx, &at, gone.user_id)?;
    let name = org::get(tx, &at)?.name;
    letter::notify(tx, (gone.user_id, org), "member.removed", |reader| letter::member_removed(reader, &name))?;
    tx.note(&at, noted("member.removed", "member", &gone))
}

fn noted<I: ToString + Copy, P>(action: &'static str, noun: &'static str, member: &Membership<I, P>) -> Note {
    Note::new(action, noun).of(member.id, &member.person.name).with("userId", member.user_id.to_string())
}

/// The operations on explicit members of a project or an app: the same but for where one enters.
macro_rules! placed {
    ($name:ident, $store:ident, $place:ty, $id:ty, $scope:ty, $noun:literal, $added:literal, $updated:literal, $removed:literal,
     |$tx:ident, $actor:ident, $at:ident, $permission:ident| $enter:expr, $($more:item)*) => {
        pub mod $name {
            #![doc = concat!("Explicit members of ", $noun, ".")]

            use super::*;

            fn enter($tx: &mut Tx<'_>, $actor: &Arc<Actor>, $at: $place, $permission: Permission) -> Result<Granted<$scope>> {
                $enter
            }

            /// One member.
            pub fn get(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: $place, id: $id) -> Result<$store::Member> {
                let at = enter(tx, actor, at, Permission::ProjectRead)?;
                $store::get(tx, &at, id)
            }

            /// The explicit members.
            pub fn list(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: $place, listing: &Listing) -> Result<Page<$store::Member>> {
                let at = enter(tx, actor, at, Permission::ProjectRead)?;
                $store::list(tx, &at, listing)
            }

            /// Adds a member of the organization.
            pub fn create(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: $place, draft: &Draft) -> Result<$store::Member> {
                let at = enter(tx, actor, at, Permission::ProjectManage)?;
                may_give(at.role(), draft.role)?;
                let title = draft.check(PROJECT_ROLES)?;
                let id = $store::insert(tx, &at, draft.user_id, draft.role, title)?;
                let added = $store::get(tx, &at, id)?;
                tx.note(&at, noted($added, $noun, &added).with("role", added.role.word()))?;
                Ok(added)
            }

            /// Changes a role or a title.
            pub fn update(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: $place, id: $id, patch: &Patch) -> Result<$store::Member> {
                let at = enter(tx, actor, at, Permission::ProjectManage)?;
                let mut changed = $store::get(tx, &at, id)?;
                let before = (changed.role, changed.title.clone());
                may_give(at.role(), changed.role.max(patch.role.unwrap_or(changed.role)))?;
                patch.apply(&mut changed, PROJECT_ROLES)?;
                if (changed.role, changed.title.clone()) == before {
                    return Ok(changed);
                }
                $store::update(tx, &at, &changed)?;
                tx.note(&at, noted($updated, $noun, &changed).with("role", changed.role.word()))?;
                $store::get(tx, &at, id)
            }

            /// Removes a member.
            pub fn delete(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: $place, id: $id) -> Result<()> {
                let at = enter(tx, actor, at, Permission::ProjectManage)?;
                let gone = $store::get(tx, &at, id)?;
                may_give(at.role(), gone.role)?;
                $store::delete(tx, &at, id)?;
                tx.note(&at, noted($removed, $noun, &gone))
            }

            $($more)*
        }
    };
}

placed!(
    in_project,
    project_member,
    (OrgId, ProjectId),
    ProjectMemberId,
    InProject,
    "projectMember",
    "project-member.added",
    "project-member.updated",
    "project-member.removed",
    |tx, actor, at, permission| enter::project(tx, actor, at, permission),
    /// Adds the member of the organization who has this address. Whoever may give roles here need not see the others.
    pub fn create_by_email(
        tx: &mut Tx<'_>,
        actor: &Arc<Actor>,
        at: (OrgId, ProjectId),
        email: &str,
        role: Role,
    ) -> Result<project_member::Member> {
        let granted = enter(tx, actor, at, Permission::ProjectManage)?;
        let found = member::id_by_email(tx, &granted, &text::email("email", email)?)?;
        let unknown = || Fault::new("email", "no_member", "Nobody with this address is a member of the organization.");
        create(tx, actor, at, &Draft { user_id: found.ok_or_else(unknown)?, role, title: None })
    }
);

placed!(
    in_app,
    app_member,
    (OrgId, ProjectId, AppId),
    AppMemberId,
    InApp,
    "appMember",
    "app-member.added",
    "app-member.updated",
    "app-member.removed",
    |tx, actor, at, permission| enter::app(tx, actor, at, None, permission),
);

/// Nobody gives, changes or takes a role above their own.
fn may_give(giver: Role, role: Role) -> Result<()> {
    if role <= giver {
        return Ok(());
    }
    Err(Rule::RoleAboveOwn.into())
}
