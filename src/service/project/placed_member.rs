//! Members of a project or an app: the same operations for both, but for where one enters.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InApp, InProject, Permission, Role},
        error::Fault,
        id::{AppPath, OrgId, ProjectPath},
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
            invitation::{self, Post},
            inviter::{self, may_give},
            member::{self, Invited, audit_note},
        },
    },
    store::{
        self, Tx,
        project::placed_member::{self, Member, Placed},
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

/// The ids of a project or an app with members of its own.
pub trait MemberIds: Copy {
    /// What a grant there is for.
    type Scope: Placed;
    /// What the audit trail calls a member.
    const NOUN: &'static str;
    /// What it calls the three changes: added, updated, removed.
    const ACTIONS: [&'static str; 3];

    /// The organization that it lies in.
    fn org(self) -> OrgId;

    /// A role there, as an invitation says it.
    fn assign(self, role: Role) -> RoleAssignment;

    /// Authorizes the caller there.
    ///
    /// # Errors
    /// Not found, denied.
    fn authorize(self, tx: &mut Tx<'_>, actor: &Arc<Actor>, needed: Permission) -> Result<Granted<Self::Scope>>;
}

impl MemberIds for ProjectPath {
    type Scope = InProject;
    const NOUN: &'static str = "projectMember";
    const ACTIONS: [&'static str; 3] = ["project-member.added", "project-member.updated", "project-member.removed"];

    fn org(self) -> OrgId {
        self.0
    }

    fn assign(self, role: Role) -> RoleAssignment {
        RoleAssignment { project: self.1, app: None, role }
    }

    fn authorize(self, tx: &mut Tx<'_>, actor: &Arc<Actor>, needed: Permission) -> Result<Granted<InProject>> {
        authorize::project(tx, actor, self, needed)
    }
}

impl MemberIds for AppPath {
    type Scope = InApp;
    const NOUN: &'static str = "appMember";
    const ACTIONS: [&'static str; 3] = ["app-member.added", "app-member.updated", "app-member.removed"];

    fn org(self) -> OrgId {
        self.0
    }

    fn assign(self, role: Role) -> RoleAssignment {
        RoleAssignment { project: self.1, app: Some(self.2), role }
    }

    fn authorize(self, tx: &mut Tx<'_>, actor: &Arc<Actor>, needed: Permission) -> Result<Granted<InApp>> {
        authorize::app(tx, actor, self, None, needed)
    }
}

type Id<P> = <<P as MemberIds>::Scope as Placed>::Id;
type MemberOf<P> = Member<<P as MemberIds>::Scope>;

/// One member.
pub fn get<P: MemberIds>(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: P, id: Id<P>) -> Result<MemberOf<P>> {
    let at = at.authorize(tx, actor, Permission::ProjectRead)?;
    placed_member::get(tx, &at, id)
}

/// The explicit members.
pub fn list<P: MemberIds>(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: P, listing: &Listing) -> Result<Page<MemberOf<P>>> {
    let at = at.authorize(tx, actor, Permission::ProjectRead)?;
    placed_member::list(tx, &at, listing)
}

/// Adds a member of the organization.
pub fn create<P: MemberIds>(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: P, draft: &Draft) -> Result<MemberOf<P>> {
    let at = at.authorize(tx, actor, Permission::ProjectManage)?;
    may_give(at.role(), draft.role)?;
    let title = draft.check(PROJECT_ROLES)?;
    let id = placed_member::insert(tx, &at, draft.user_id, draft.role, title)?;
    let added = placed_member::get(tx, &at, id)?;
    tx.note(&at, audit_note(P::ACTIONS[0], P::NOUN, &added).with("role", added.role.word()))?;
    Ok(added)
}

/// The same, but whoever is no member of the organization yet is invited: nobody becomes one without their consent.
///
/// # Errors
/// Those of [`create`]: for whoever may not invite, there is no such user.
pub fn add<P: MemberIds>(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: P, draft: &Draft, post: &Post) -> Result<Added<MemberOf<P>>> {
    let refused = match create(tx, actor, at, draft) {
        Err(Error::NotFound("user")) => Error::NotFound("user"),
        other => return other.map(Added::Member),
    };
    let org = authorize::if_granted(authorize::org(tx, actor, at.org(), Permission::InvitationManage))?.ok_or(refused)?;
    let user = member::person(tx, draft.user_id)?;
    let title = draft.check(PROJECT_ROLES)?;
    let request = InvitationRequest::to_place(user.email.clone(), at.assign(draft.role), title);
    member::invited(tx, &org, request, user, post).map(|one| Added::Invited(Box::new(one)))
}

/// Adds the member of the organization who has this address, or invites whoever has it: the invitation, if it became one.
/// Whoever may give roles here need not see the members, and needs the right to invite for others only.
pub fn add_by_email(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: ProjectPath,
    (email, role): (&str, Role),
    post: &Post,
) -> Result<Option<Invitation>> {
    let granted = at.authorize(tx, actor, Permission::ProjectManage)?;
    let email = text::email("email", email)?;
    if let Some(user_id) = store::org::member::id_by_email(tx, &granted, &email)? {
        return create(tx, actor, at, &Draft { user_id, role, title: None }).map(|_| None);
    }
    given_role(role, PROJECT_ROLES)?;
    let unknown = || {
        let message = "Nobody with this address is a member of the organization. Ask somebody who may invite people to it.";
        Fault::new("email", "no_member", message)
    };
    let org = authorize::if_granted(authorize::org(tx, actor, at.0, Permission::InvitationManage))?.ok_or_else(unknown)?;
    invitation::make(tx, &org, InvitationRequest::to_place(email, at.assign(role), None), post).map(|(made, _)| Some(made))
}

/// Changes a role or a title. A role that was given since the caller has `seen` one is not overwritten unseen.
pub fn update<P: MemberIds>(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: P,
    id: Id<P>,
    patch: &Patch,
    seen: Option<Role>,
) -> Result<MemberOf<P>> {
    let at = at.authorize(tx, actor, Permission::ProjectManage)?;
    let mut changed = placed_member::get(tx, &at, id)?;
    let before = (changed.role, changed.title.clone());
    if seen.is_some_and(|seen| seen != before.0) {
        return Err(Error::Stale);
    }
    may_give(at.role(), changed.role.max(patch.role.unwrap_or(changed.role)))?;
    patch.apply(&mut changed, PROJECT_ROLES)?;
    if (changed.role, changed.title.clone()) == before {
        return Ok(changed);
    }
    placed_member::update(tx, &at, &changed)?;
    inviter::review(tx, &at, changed.user_id)?;
    tx.note(&at, audit_note(P::ACTIONS[1], P::NOUN, &changed).with("role", changed.role.word()))?;
    placed_member::get(tx, &at, id)
}

/// Removes a member.
pub fn delete<P: MemberIds>(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: P, id: Id<P>) -> Result<()> {
    let at = at.authorize(tx, actor, Permission::ProjectManage)?;
    let gone = placed_member::get(tx, &at, id)?;
    may_give(at.role(), gone.role)?;
    placed_member::delete(tx, &at, id)?;
    inviter::review(tx, &at, gone.user_id)?;
    tx.note(&at, audit_note(P::ACTIONS[2], P::NOUN, &gone))
}
