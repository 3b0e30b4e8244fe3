//! Members of a project or an app, by one macro for both.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InApp, InProject, Permission, Role},
        error::Fault,
        id::{AppId, AppMemberId, OrgId, ProjectId, ProjectMemberId},
        listing::Listing,
        org::{
            invitation::{Invitation, InvitationRequest, RoleAssignment},
            member::{Draft, PROJECT_ROLES, Patch, given_role},
        },
        page::Page,
        text,
    },
    service::{
        authorize,
        org::{
            giver::{self, may_give},
            invitation::{self, Post},
            member::{self, Invited, audit_note},
        },
    },
    store::{
        self, Tx,
        project::{app_member, project_member},
    },
};

/// What became of adding somebody.
#[derive(Debug)]
pub enum Added<M> {
    /// They were a member of the organization, and are one of the place now.
    Member(M),
    /// They are invited.
    Invited(Box<Invited>),
}

/// The operations on explicit members of a project or an app: the same but for where one enters.
macro_rules! placed {
    ($name:ident, $store:ident, $place:ty, $id:ty, $scope:ty, $noun:literal, $added:literal, $updated:literal, $removed:literal,
     |$tx:ident, $actor:ident, $at:ident, $permission:ident| $authorize:expr, at: |$here:ident| $which:expr, $($more:item)*) => {
        pub mod $name {
            #![doc = concat!("Explicit members of ", $noun, ".")]

            use super::*;

            fn authorize($tx: &mut Tx<'_>, $actor: &Arc<Actor>, $at: $place, $permission: Permission) -> Result<Granted<$scope>> {
                $authorize
            }

            /// One member.
            pub fn get(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: $place, id: $id) -> Result<$store::Member> {
                let at = authorize(tx, actor, at, Permission::ProjectRead)?;
                $store::get(tx, &at, id)
            }

            /// The explicit members.
            pub fn list(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: $place, listing: &Listing) -> Result<Page<$store::Member>> {
                let at = authorize(tx, actor, at, Permission::ProjectRead)?;
                $store::list(tx, &at, listing)
            }

            /// Adds a member of the organization.
            pub fn create(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: $place, draft: &Draft) -> Result<$store::Member> {
                let at = authorize(tx, actor, at, Permission::ProjectManage)?;
                may_give(at.role(), draft.role)?;
                let title = draft.check(PROJECT_ROLES)?;
                let id = $store::insert(tx, &at, draft.user_id, draft.role, title)?;
                let added = $store::get(tx, &at, id)?;
                tx.note(&at, audit_note($added, $noun, &added).with("role", added.role.word()))?;
                Ok(added)
            }

            /// The same, but whoever is no member of the organization yet is invited: nobody becomes one without their consent.
            ///
            /// # Errors
            /// Those of [`create`]: for whoever may not invite, there is no such user.
            pub fn add(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: $place, draft: &Draft, post: &Post) -> Result<Added<$store::Member>> {
                let refused = match create(tx, actor, at, draft) {
                    Err(Error::NotFound("user")) => Error::NotFound("user"),
                    other => return other.map(Added::Member),
                };
                let org = giver::may(authorize::org(tx, actor, at.0, Permission::InvitationManage))?.ok_or(refused)?;
                let user = member::person(tx, draft.user_id)?;
                let title = draft.check(PROJECT_ROLES)?;
                let wish = InvitationRequest::to_place(user.email.clone(), place(at, draft.role), title);
                member::invited(tx, &org, wish, user, post).map(|one| Added::Invited(Box::new(one)))
            }

            fn place($here: $place, role: Role) -> RoleAssignment {
                let (project, app) = $which;
                RoleAssignment { project, app, role }
            }

            /// Changes a role or a title. A role that was given since the caller has `seen` one is not overwritten unseen.
            pub fn update(
                tx: &mut Tx<'_>,
                actor: &Arc<Actor>,
                at: $place,
                id: $id,
                patch: &Patch,
                seen: Option<Role>,
            ) -> Result<$store::Member> {
                let at = authorize(tx, actor, at, Permission::ProjectManage)?;
                let mut changed = $store::get(tx, &at, id)?;
                let before = (changed.role, changed.title.clone());
                if seen.is_some_and(|seen| seen != before.0) {
                    return Err(Error::Stale);
                }
                may_give(at.role(), changed.role.max(patch.role.unwrap_or(changed.role)))?;
                patch.apply(&mut changed, PROJECT_ROLES)?;
                if (changed.role, changed.title.clone()) == before {
                    return Ok(changed);
                }
                $store::update(tx, &at, &changed)?;
                giver::review(tx, &at, changed.user_id)?;
                tx.note(&at, audit_note($updated, $noun, &changed).with("role", changed.role.word()))?;
                $store::get(tx, &at, id)
            }

            /// Removes a member.
            pub fn delete(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: $place, id: $id) -> Result<()> {
                let at = authorize(tx, actor, at, Permission::ProjectManage)?;
                let gone = $store::get(tx, &at, id)?;
                may_give(at.role(), gone.role)?;
                $store::delete(tx, &at, id)?;
                giver::review(tx, &at, gone.user_id)?;
                tx.note(&at, audit_note($removed, $noun, &gone))
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
    |tx, actor, at, permission| authorize::project(tx, actor, at, permission),
    at: |at| (at.1, None),
    /// Adds the member of the organization who has this address, or invites whoever has it: the invitation, if it became one.
    /// Whoever may give roles here need not see the members, and needs the right to invite for others only.
    pub fn add_by_email(
        tx: &mut Tx<'_>,
        actor: &Arc<Actor>,
        at: (OrgId, ProjectId),
        (email, role): (&str, Role),
        post: &Post,
    ) -> Result<Option<Invitation>> {
        let granted = authorize(tx, actor, at, Permission::ProjectManage)?;
        let email = text::email("email", email)?;
        if let Some(user_id) = store::org::member::id_by_email(tx, &granted, &email)? {
            return create(tx, actor, at, &Draft { user_id, role, title: None }).map(|_| None);
        }
        given_role(role, PROJECT_ROLES)?;
        let unknown = || {
            let message = "Nobody with this address is a member of the organization. Ask somebody who may invite people to it.";
            Fault::new("email", "no_member", message)
        };
        let org = giver::may(authorize::org(tx, actor, at.0, Permission::InvitationManage))?.ok_or_else(unknown)?;
        invitation::make(tx, &org, InvitationRequest::to_place(email, place(at, role), None), post).map(|(made, _)| Some(made))
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
    |tx, actor, at, permission| authorize::app(tx, actor, at, None, permission),
    at: |at| (at.1, Some(at.2)),
);
