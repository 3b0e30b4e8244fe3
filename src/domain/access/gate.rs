//! The gate: facts read from rows make a standing; [`Standing::grant`] turns it into a [`Granted`], which has no other
//! constructor. Every store function on tenant data takes a `&Granted<...>` and puts its ids into the WHERE.

use std::sync::Arc;

use crate::domain::{
    Error, Result,
    error::{Denial, Rule},
    id::{AppId, KeyId, OrgId, ProjectId, SessionId, TokenId, UserId},
    key::restriction::Restrictions,
    time::Instant,
};

use super::{Access, ActorKind, Permission, Role, allows};

/// How the caller came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Via {
    /// By an API key, or a token of it; bound to the key's organization.
    Key(Arc<KeyFacts>),
    /// Signed in to the console.
    Session(SessionId),
    /// The command line, which holds the database file, or the server itself.
    Operator,
}

/// What a key is, as of this moment; read from rows, held in memory until any row about access changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFacts {
    /// The key.
    pub id: KeyId,
    /// The organization it belongs to; nothing outside can be reached with it.
    pub org: OrgId,
    /// What it may do at most.
    pub access: Access,
    /// The only projects it may reach; `None` for all that the owner may.
    pub projects: Option<Vec<ProjectId>>,
    /// From where and how often it may be used.
    pub restrictions: Restrictions,
    /// When it ends.
    pub expires_at: Option<Instant>,
    /// Whether it was revoked.
    pub revoked: bool,
    /// When the grace period ends that it got when it was regenerated.
    pub grace_ends_at: Option<Instant>,
    /// Who owns it.
    pub owner: UserId,
    /// Whether that is a person or a service account.
    pub owner_kind: ActorKind,
    /// The owner's name, for the audit trail.
    pub owner_name: String,
    /// The owner's address, for the audit trail.
    pub owner_email: String,
    /// The owner's role in the organization; `None` when disabled or no longer a member.
    pub role: Option<Role>,
    /// Single tokens of this key that were revoked.
    pub revoked_tokens: Vec<TokenId>,
}

/// Whoever makes a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Person or service account.
    pub id: UserId,
    /// Which of both.
    pub kind: ActorKind,
    /// Name, for the audit trail.
    pub name: String,
    /// Address, for the audit trail.
    pub email: String,
    /// The way in.
    pub via: Via,
    /// What the way in may do at most: the key's access, narrowed by the token's.
    pub access: Access,
}

impl Actor {
    /// The key that acts, if one does.
    pub fn key(&self) -> Option<&KeyFacts> {
        match &self.via {
            Via::Key(key) => Some(key),
            Via::Session(_) | Via::Operator => None,
        }
    }

    /// The command line: whoever holds the file may do everything in it.
    pub fn operator() -> Arc<Self> {
        let id = UserId::from_uuid(uuid::Uuid::nil());
        let (name, email) = ("Command line".into(), String::new());
        Arc::new(Self { id, kind: ActorKind::System, name, email, via: Via::Operator, access: Access::Full })
    }

    /// A person who has no way into what is being made: the server acts for them, under their own name.
    pub fn beginning(id: UserId, name: &str, email: &str) -> Arc<Self> {
        let (name, email) = (name.to_owned(), email.to_owned());
        Arc::new(Self { id, kind: ActorKind::User, name, email, via: Via::Operator, access: Access::Full })
    }

    /// The user behind the actor; none for the operator.
    pub fn user(&self) -> Option<UserId> {
        (self.kind != ActorKind::System).then_some(self.id)
    }

    /// Whether this way in reaches the organization at all.
    pub fn reaches_org(&self, org: OrgId) -> bool {
        self.key().is_none_or(|key| key.org == org)
    }

    /// Whether this way in has what a permission asks of it.
    fn has(&self, permission: Permission) -> bool {
        if permission == Permission::SubmissionRead {
            let chosen = self.key().and_then(|key| key.restrictions.submissions);
            return chosen.unwrap_or(self.access == Access::Full);
        }
        self.access >= permission.narrowest_access()
    }

    /// The only projects that this way in reaches; none for all that its owner may.
    pub fn limits(&self) -> Option<&[ProjectId]> {
        self.key().and_then(|key| key.projects.as_deref())
    }

    /// Whether this way in reaches the project at all.
    pub fn reaches_project(&self, project: ProjectId) -> bool {
        self.limits().is_none_or(|chosen| chosen.contains(&project))
    }
}

/// Scope of a grant: the caller's own things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Own;

/// Scope of a grant: the instance, as far as its operators look after it: who and what is there, never what is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InInstance;

/// Scope of a grant: one organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InOrg {
    org: OrgId,
}

/// Scope of a grant: one project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InProject {
    org: OrgId,
    project: ProjectId,
}

/// Scope of a grant: one app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InApp {
    org: OrgId,
    project: ProjectId,
    app: AppId,
}

/// The caller's role in a scope, as the rows say; not yet a right to do anything.
#[derive(Debug)]
pub struct Standing<S> {
    actor: Arc<Actor>,
    scope: S,
    role: Role,
}

/// Proof that the gate was passed, for one scope. Only [`Standing::grant`] and the narrowing methods make one.
#[derive(Debug, Clone)]
pub struct Granted<S> {
    actor: Arc<Actor>,
    scope: S,
    role: Role,
}

impl Standing<Own> {
    /// Everybody who is somebody has the run of their own things; the key's access and its projects still count, and the lists
    /// of one's own things leave out what lies beyond its organization and its projects.
    pub fn own(actor: &Arc<Actor>) -> Self {
        Self { actor: actor.clone(), scope: Own, role: Role::Owner }
    }
}

impl Standing<InInstance> {
    /// From the flag of an operator; for all others there is no such place.
    pub fn in_instance(actor: &Arc<Actor>, is_operator: bool) -> Result<Self> {
        if !is_operator {
            return Err(Error::NotFound("page"));
        }
        Ok(Self { actor: actor.clone(), scope: InInstance, role: Role::Owner })
    }
}

impl Standing<InOrg> {
    /// From the caller's role in the organization. No role, or a key of another organization: there is no such thing.
    pub fn in_org(actor: &Arc<Actor>, org: OrgId, role: Option<Role>) -> Result<Self> {
        let role = role.filter(|_| actor.reaches_org(org)).ok_or(Error::NotFound("organization"))?;
        Ok(Self { actor: actor.clone(), scope: InOrg { org }, role })
    }
}

impl Standing<InProject> {
    /// From the caller's effective role in the project.
    pub fn in_project(actor: &Arc<Actor>, org: OrgId, project: ProjectId, role: Option<Role>) -> Result<Self> {
        let reaches = actor.reaches_org(org) && actor.reaches_project(project);
        let role = role.filter(|_| reaches).ok_or(Error::NotFound("project"))?;
        Ok(Self { actor: actor.clone(), scope: InProject { org, project }, role })
    }
}

impl Standing<InApp> {
    /// From the caller's effective role in the app.
    pub fn in_app(actor: &Arc<Actor>, org: OrgId, project: ProjectId, app: AppId, role: Option<Role>) -> Result<Self> {
        let reaches = actor.reaches_org(org) && actor.reaches_project(project);
        let role = role.filter(|_| reaches).ok_or(Error::NotFound("app"))?;
        Ok(Self { actor: actor.clone(), scope: InApp { org, project, app }, role })
    }
}

impl<S: Copy> Standing<S> {
    /// The caller's role in the scope.
    pub const fn role(&self) -> Role {
        self.role
    }

    /// The verdict: role and key access must both include the permission.
    ///
    /// # Errors
    /// [`Error::Denied`], saying which of both lacks it.
    pub fn grant(self, permission: Permission) -> Result<Granted<S>>
    where
        S: Scope,
    {
        let by_role = allows(self.role, permission);
        if by_role && self.actor.has(permission) && !self.is_beyond_chosen_projects(permission) {
            return Ok(Granted { actor: self.actor, scope: self.scope, role: self.role });
        }
        if by_role && permission == Permission::SubmissionRead {
            return Err(Rule::SubmissionsOff.into());
        }
        let project = self.scope.project_id().map(|id| id.to_string());
        Err(Error::Denied(Denial { permission: Some(permission), project, by_key: by_role, rule: None }))
    }
}

impl<S: Scope> Standing<S> {
    /// A key that is limited to some projects sees that its organization is there, and may end or rename itself; all else lies
    /// in its projects. It could make itself a wider key.
    fn is_beyond_chosen_projects(&self, permission: Permission) -> bool {
        let beside = match (self.scope.org_id(), self.scope.project_id()) {
            (_, Some(_)) => false,
            (Some(_), None) => permission.lowest_role() > Role::Collaborator,
            (None, None) => permission.lowest_role() > Role::Collaborator && permission != Permission::KeyManage,
        };
        self.actor.limits().is_some() && beside
    }
}

/// What the scopes have in common.
pub trait Scope {
    /// The organization, if the scope lies in one.
    fn org_id(&self) -> Option<OrgId>;
    /// The project, if the scope lies in one.
    fn project_id(&self) -> Option<ProjectId>;
    /// The app, if the scope is one.
    fn app_id(&self) -> Option<AppId>;
}

macro_rules! scopes {
    ($($scope:ty: $org:expr, $project:expr, $app:expr;)*) => {$(
        impl Scope for $scope {
            fn org_id(&self) -> Option<OrgId> {
                $org(self)
            }

            fn project_id(&self) -> Option<ProjectId> {
                $project(self)
            }

            fn app_id(&self) -> Option<AppId> {
                $app(self)
            }
        }
    )*};
}

scopes! {
    Own: |_: &Own| None, |_: &Own| None, |_: &Own| None;
    InInstance: |_: &InInstance| None, |_: &InInstance| None, |_: &InInstance| None;
    InOrg: |at: &InOrg| Some(at.org), |_: &InOrg| None, |_: &InOrg| None;
    InProject: |at: &InProject| Some(at.org), |at: &InProject| Some(at.project), |_: &InProject| None;
    InApp: |at: &InApp| Some(at.org), |at: &InApp| Some(at.project), |at: &InApp| Some(at.app);
}

impl<S: Scope> Granted<S> {
    /// Who acts.
    pub fn actor(&self) -> &Arc<Actor> {
        &self.actor
    }

    /// The caller's role in the scope.
    pub const fn role(&self) -> Role {
        self.role
    }

    /// The scope, for the audit trail.
    pub const fn scope(&self) -> &S {
        &self.scope
    }
}

impl Granted<InOrg> {
    /// The organization.
    pub const fn org(&self) -> OrgId {
        self.scope.org
    }
}

impl Granted<InProject> {
    /// The organization.
    pub const fn org(&self) -> OrgId {
        self.scope.org
    }

    /// The project.
    pub const fn project(&self) -> ProjectId {
        self.scope.project
    }
}

impl Granted<InApp> {
    /// The organization.
    pub const fn org(&self) -> OrgId {
        self.scope.org
    }

    /// The project.
    pub const fn project(&self) -> ProjectId {
        self.scope.project
    }

    /// The app.
    pub const fn app(&self) -> AppId {
        self.scope.app
    }
}
