//! The gate: facts from the store, verdict from `domain::access`. Every operation on tenant data begins here.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::{
            Access, Actor, ActorKind, Granted, InApp, InInstance, InOrg, InProject, Own, Passed, Permission, Role, Scope, Standing, Via,
        },
        error::Rule,
        id::{AppId, AppPath, OrgId, ProjectPath, SessionId, UserId},
        org::organization::OrgCreation,
        project::app::AppType,
        time::Instant,
    },
    store::{Tx, account::user, project::archive, unguarded},
};

/// Says who acts in work of many transactions, and refuses once they may not: it is asked in each.
pub type ActorSource = Arc<dyn Fn(&mut Tx<'_>) -> Result<Arc<Actor>> + Send + Sync>;

/// Authorizes the caller for what is their own.
pub fn own(tx: &mut Tx<'_>, actor: &Arc<Actor>, permission: Permission) -> Result<Granted<Own>> {
    pass(tx, Standing::own(actor), permission)
}

/// Authorizes the caller for the instance, as its operators are.
pub fn instance(tx: &mut Tx<'_>, actor: &Arc<Actor>) -> Result<Granted<InInstance>> {
    let is_operator = user::unguarded_is_operator(tx, actor)?;
    pass(tx, Standing::in_instance(actor, is_operator)?, Permission::InstanceManage)
}

/// Authorizes the caller in an organization.
pub fn org(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, permission: Permission) -> Result<Granted<InOrg>> {
    let standing = in_org(tx, actor, org)?;
    pass(tx, standing, permission)
}

/// Authorizes the caller in a project of that organization.
pub fn project(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, permission: Permission) -> Result<Granted<InProject>> {
    let standing = in_project(tx, actor, at)?;
    pass(tx, standing, permission)
}

/// Authorizes the caller in an app of that project; `of` is the type that the route is for.
pub fn app(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, of: Option<AppType>, permission: Permission) -> Result<Granted<InApp>> {
    let standing = in_app(tx, actor, at, of)?;
    pass(tx, standing, permission)
}

/// Authorizes the caller in an app that is a site: what surrounds entries there, such as its sitemap and its readers, is of no other type.
pub fn site(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, permission: Permission) -> Result<Granted<InApp>> {
    app(tx, actor, at, Some(AppType::SITE), permission)
}

/// What was granted, or what somebody who was let in has found; nothing where they were refused.
///
/// # Errors
/// All that is no refusal.
pub fn if_granted<T>(entered: Result<T>) -> Result<Option<T>> {
    match entered {
        Err(Error::NotFound(_) | Error::Denied(_)) => Ok(None),
        other => other.map(Some),
    }
}

/// Authorizes the caller in a project that is on its way in, which nobody finds yet: whoever may make projects in its organization. With it comes when it
/// falls due to be purged.
///
/// # Errors
/// Not found, when the project is not on its way in.
pub fn arriving(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, until: Instant) -> Result<(Granted<InProject>, Instant)> {
    let role = org(tx, actor, at.0, Permission::ProjectCreate)?.role();
    let granted = pass(tx, Standing::in_project(actor, at.0, at.1, Some(role))?, Permission::ProjectManage)?;
    let due = archive::due(tx, &granted, until)?;
    Ok((granted, due))
}

/// The same for an app of that project.
pub fn arriving_app(tx: &mut Tx<'_>, project: &Granted<InProject>, app: AppId) -> Result<Granted<InApp>> {
    let standing = Standing::in_app(project.actor(), project.org(), project.project(), app, Some(project.role()))?;
    pass(tx, standing, Permission::EntryWrite)
}

/// Authorizes the caller in the app of something that was looked up by an id of its own in the project; `found` holds the app and the noun. Where nothing was
/// found, whoever lacks the right hears that first, as for a thing that is there.
pub fn app_of_found(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: ProjectPath,
    (app, noun): (Option<AppId>, &'static str),
    permission: Permission,
) -> Result<Granted<InApp>> {
    match app.map(|app| self::app(tx, actor, (at.0, at.1, app), None, permission)) {
        None | Some(Err(Error::NotFound(_))) => {
            project(tx, actor, at, permission)?;
            Err(Error::NotFound(noun))
        }
        Some(entered) => entered,
    }
}

/// Somebody, whoever they are and whatever they may do by now.
pub fn actor_of(tx: &mut Tx<'_>, id: UserId) -> Result<Option<Arc<Actor>>> {
    let session = Via::Session(SessionId::from_uuid(uuid::Uuid::nil()));
    let found = user::unguarded_by_id(tx, id)?;
    let actor = found.map(|it| Actor { id, kind: it.kind, name: it.name, email: it.email, via: session, access: Access::Full });
    Ok(actor.map(Arc::new))
}

/// The caller's role in an organization; none where there is no such thing for them.
pub fn org_role(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId) -> Result<Option<Role>> {
    role_if_seen(in_org(tx, actor, org))
}

/// The caller's role in a project; none where there is no such thing for them.
pub fn project_role(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath) -> Result<Option<Role>> {
    role_if_seen(in_project(tx, actor, at))
}

/// The caller's role in an app; none where there is no such thing for them.
pub fn app_role(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath) -> Result<Option<Role>> {
    role_if_seen(in_app(tx, actor, at, None))
}

fn role_if_seen<S: Copy>(standing: Result<Standing<S>>) -> Result<Option<Role>> {
    match standing {
        Err(Error::NotFound(_)) => Ok(None),
        standing => Ok(Some(standing?.role())),
    }
}

fn in_org(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId) -> Result<Standing<InOrg>> {
    let role = unguarded::unguarded_org_role(tx, actor, org)?;
    Standing::in_org(actor, org, role)
}

fn in_project(tx: &mut Tx<'_>, actor: &Arc<Actor>, (org, project): ProjectPath) -> Result<Standing<InProject>> {
    let found = unguarded::unguarded_project_role(tx, actor, project)?.filter(|found| found.org == org);
    Standing::in_project(actor, org, project, found.and_then(|found| found.role))
}

fn in_app(tx: &mut Tx<'_>, actor: &Arc<Actor>, (org, project, app): AppPath, of: Option<AppType>) -> Result<Standing<InApp>> {
    let found = unguarded::unguarded_app_role(tx, actor, app)?
        .filter(|found| found.org == org && found.project == project && of.is_none_or(|wanted| found.app_type == Some(wanted)));
    Standing::in_app(actor, org, project, app, found.and_then(|found| found.role))
}

fn pass<S: Scope + Copy>(tx: &mut Tx<'_>, standing: Standing<S>, permission: Permission) -> Result<Granted<S>> {
    let at = standing.grant(permission)?;
    tx.passed(&at, permission);
    Ok(at)
}

/// Passes a gate again that was passed before.
pub fn again(tx: &mut Tx<'_>, actor: &Arc<Actor>, gate: &Passed) -> Result<()> {
    let may = gate.permission;
    match (gate.org, gate.project, gate.app) {
        (Some(org), Some(project), Some(id)) => app(tx, actor, (org, project, id), None, may).map(drop),
        (Some(org), Some(at), None) => project(tx, actor, (org, at), may).map(drop),
        (Some(at), None, _) => org(tx, actor, at, may).map(drop),
        (None, ..) if may.is_of_operators() => instance(tx, actor).map(drop),
        (None, ..) => own(tx, actor, may).map(drop),
    }
}

/// Lets those through who may make an organization here.
pub fn founder(tx: &mut Tx<'_>, actor: &Arc<Actor>, creation: OrgCreation) -> Result<()> {
    match creation {
        OrgCreation::Anyone => Ok(()),
        OrgCreation::Operator => instance(tx, actor).map(drop).map_err(|why| match why {
            Error::NotFound(_) => Rule::OperatorOnly.into(),
            other => other,
        }),
    }
}

/// Lets only a person through: some things are not for service accounts.
pub fn person(actor: &Actor) -> Result<()> {
    match actor.kind {
        ActorKind::User => Ok(()),
        _ => Err(Rule::PersonOnly.into()),
    }
}
