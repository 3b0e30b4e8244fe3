//! Whoever makes an invitation, and whether they still may: asked when it is made, sent again and accepted, and whenever
//! somebody loses a right.

use std::sync::Arc;

use crate::{
    domain::{
        Result,
        access::{Actor, Granted, InApp, InOrg, InProject, Permission, Role, Scope},
        error::Rule,
        id::{OrgId, ProjectId, UserId},
        org::invitation::{Invitation, RoleAssignment},
    },
    service::{authorize, key::token as tokens},
    store::{Tx, org::invitation, project::placed_member},
};

/// A place in which somebody gives a role.
#[derive(Debug)]
pub enum Entered {
    /// A project.
    Project(Granted<InProject>),
    /// An app.
    App(Granted<InApp>),
}

impl Entered {
    /// Authorizes the caller in a place, to give the role that it says.
    ///
    /// # Errors
    /// `NotFound` and `Denied`, also when the role is above the inviter's own.
    pub fn to_give(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, place: RoleAssignment) -> Result<Self> {
        let may = Permission::ProjectManage;
        let entered = match place.app {
            None => Self::Project(authorize::project(tx, actor, (org, place.project), may)?),
            Some(app) => Self::App(authorize::app(tx, actor, (org, place.project, app), None, may)?),
        };
        let own = match &entered {
            Self::Project(at) => at.role(),
            Self::App(at) => at.role(),
        };
        may_give(own, place.role)?;
        Ok(entered)
    }

    /// The project that it is, or is in.
    pub const fn project(&self) -> ProjectId {
        match self {
            Self::Project(at) => at.project(),
            Self::App(at) => at.project(),
        }
    }

    /// Gives a member of the organization the role. A role that they were given meanwhile stays as it is.
    pub fn give(&self, tx: &mut Tx<'_>, user: UserId, role: Role, title: Option<String>) -> Result<()> {
        match self {
            Self::Project(at) if !placed_member::holds(tx, at, user)? => placed_member::insert(tx, at, user, role, title).map(drop),
            Self::App(at) if !placed_member::holds(tx, at, user)? => placed_member::insert(tx, at, user, role, title).map(drop),
            _ => Ok(()),
        }
    }
}

/// What whoever made an invitation may do at this moment.
#[derive(Debug)]
pub struct Rights {
    /// Who: a person, or the key with which it was made.
    pub actor: Arc<Actor>,
    /// That they may invite.
    pub org: Granted<InOrg>,
    /// That they may give the role in its place, if it is for one.
    pub place: Option<Entered>,
}

/// The rights of whoever made the invitation: as a person, or as the key. Nothing when they may not make it any more.
pub fn of(tx: &mut Tx<'_>, made: &Invitation) -> Result<Option<Rights>> {
    let who = match made.key {
        Some(key) => tokens::living_key(tx, key)?,
        None => authorize::actor_of(tx, made.invited_by)?,
    };
    let Some(actor) = who else { return Ok(None) };
    let Some(org) = authorize::if_granted(authorize::org(tx, &actor, made.org, Permission::InvitationManage))? else { return Ok(None) };
    let Some(place) = &made.place else { return Ok(Some(Rights { actor, org, place: None })) };
    let entered = authorize::if_granted(Entered::to_give(tx, &actor, made.org, place.at))?;
    Ok(entered.map(|entered| Rights { actor, org, place: Some(entered) }))
}

/// Ends what somebody gave and nobody has taken yet, once they may not give it any more.
pub fn review<S: Scope>(tx: &mut Tx<'_>, at: &Granted<S>, who: UserId) -> Result<()> {
    let open = invitation::open_of_inviter(tx, at, who)?;
    if open.is_empty() {
        return Ok(());
    }
    let actor = may_invite(tx, who, at.scope().org_id())?;
    for made in open {
        let still = actor.as_ref().map_or(Ok(false), |actor| may_still_make(tx, actor, &made))?;
        if !still {
            invitation::end(tx, at, made.id)?;
        }
    }
    Ok(())
}

/// Somebody, if they may invite people to the organization.
fn may_invite(tx: &mut Tx<'_>, who: UserId, org: Option<OrgId>) -> Result<Option<Arc<Actor>>> {
    let (Some(actor), Some(org)) = (authorize::actor_of(tx, who)?, org) else { return Ok(None) };
    let entered = authorize::if_granted(authorize::org(tx, &actor, org, Permission::InvitationManage))?;
    Ok(entered.map(|_| actor))
}

/// Whether whoever may invite people may also give the role in the place.
fn may_still_make(tx: &mut Tx<'_>, actor: &Arc<Actor>, made: &Invitation) -> Result<bool> {
    match &made.place {
        // What is in the trash may come back: nobody lost a right.
        Some(place) if !place.gone => Ok(authorize::if_granted(Entered::to_give(tx, actor, made.org, place.at))?.is_some()),
        _ => Ok(true),
    }
}

/// Nobody gives, changes or takes a role above their own.
pub fn may_give(inviter: Role, role: Role) -> Result<()> {
    if role <= inviter {
        return Ok(());
    }
    Err(Rule::RoleAboveOwn.into())
}
