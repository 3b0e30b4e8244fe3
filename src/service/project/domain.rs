//! Domains of projects: wanted, verified by a record in their zone or by an operator, looked at again, and given up.

use std::{pin::Pin, sync::Arc};

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InProject, Permission},
        error::Fault,
        id::{AppId, AppPath, DomainId, ProjectId, ProjectPath},
        listing::Listing,
        org::activity::Note,
        page::Page,
        project::domain::{DnsAnswer, Domain, Draft, Leads, MOST, Patch, Wrong, hostname},
        time::Instant,
    },
    service::authorize,
    store::{
        Tx,
        project::{app, domain},
    },
};

const NOUN: &str = "domain";

/// What asks the servers of names for records.
pub trait Names: Send + Sync {
    /// The texts of the TXT records of a name.
    fn texts(&self, name: String) -> Pin<Box<dyn Future<Output = DnsAnswer> + Send + '_>>;
}

/// One domain.
pub fn get(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: DomainId) -> Result<Domain> {
    let at = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    domain::get(tx, &at, id)
}

/// The domains of a project.
pub fn list(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, listing: &Listing) -> Result<Page<Domain>> {
    let at = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    domain::list(tx, &at, listing)
}

/// One that leads to a website.
pub fn get_of_site(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, id: DomainId) -> Result<Domain> {
    let at = authorize::site(tx, actor, at, Permission::ProjectRead)?;
    let found = domain::get(tx, &at, id)?;
    if found.app.as_ref().is_some_and(|app| app.id == at.app()) { Ok(found) } else { Err(Error::NotFound(NOUN)) }
}

/// Those that lead to a website.
pub fn list_of_site(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, listing: &Listing) -> Result<Page<Domain>> {
    let at = authorize::site(tx, actor, at, Permission::ProjectRead)?;
    domain::list_of_app(tx, &at, listing)
}

/// Wants a name for a project. `own` is that of the instance.
pub fn create(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, draft: &Draft, own: &str) -> Result<Domain> {
    let granted = authorize::project(tx, actor, at, Permission::ProjectManage)?;
    let mut made = draft.check(DomainId::new(tx.now(), tx.entropy()), at, own, tx.now())?;
    made.app = leads(tx, &granted, draft.app_id)?;
    if domain::count(tx, &granted)? >= MOST {
        return Err(Fault::new("hostname", "too_many", format!("A project has at most {MOST} domains.")).into());
    }
    domain::insert(tx, &granted, &made)?;
    tx.note(&granted, Note::new("domain.added", NOUN).of(made.id, &made.hostname))?;
    Ok(made)
}

/// Makes one the primary one, or has it lead elsewhere.
pub fn update(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: DomainId, patch: &Patch) -> Result<Domain> {
    let granted = authorize::project(tx, actor, at, Permission::ProjectManage)?;
    let before = domain::get(tx, &granted, id)?;
    let mut changed = Domain { is_primary: patch.is_primary.unwrap_or(before.is_primary), ..before.clone() };
    if let Some(app) = patch.app_id {
        changed.app = leads(tx, &granted, app)?;
    }
    let changes = changed.changes(&before);
    if !changes.is_empty() {
        changed.updated_at = tx.now();
        domain::update(tx, &granted, &changed)?;
        tx.note(&granted, Note::new("domain.updated", NOUN).of(id, &changed.hostname).with("changed", changes))?;
    }
    Ok(changed)
}

/// The app that a domain is to lead to.
fn leads(tx: &mut Tx<'_>, at: &Granted<InProject>, id: Option<AppId>) -> Result<Option<Leads>> {
    let Some(id) = id else { return Ok(None) };
    let found = app::all(tx, at)?.into_iter().find(|app| app.id == id);
    let found = found.ok_or_else(|| Fault::new("appId", "unknown_reference", "appId must be the id of an app that is there."))?;
    Ok(Some(Leads { id, app_type: found.app_type, name: found.name, slug: found.slug }))
}

/// Gives a name up; what it was. It is not served from then on.
pub fn delete(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: DomainId) -> Result<Domain> {
    let granted = authorize::project(tx, actor, at, Permission::ProjectManage)?;
    let gone = domain::get(tx, &granted, id)?;
    domain::delete(tx, &granted, id)?;
    tx.note(&granted, Note::new("domain.removed", NOUN).of(id, &gone.hostname))?;
    Ok(gone)
}

/// A domain whose record somebody wants to be looked for now.
pub fn to_verify(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: DomainId) -> Result<Domain> {
    let at = authorize::project(tx, actor, at, Permission::ProjectManage)?;
    domain::get(tx, &at, id)
}

/// Takes note of what was found for somebody who asked.
pub fn verify(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: DomainId, found: &DnsAnswer) -> Result<Domain> {
    let wanted = to_verify(tx, actor, at, id)?;
    settle(tx, wanted, found)
}

/// The same for the job that looks by itself, if it is due still; whether it was.
pub fn settle_if_due(tx: &mut Tx<'_>, id: DomainId, found: &DnsAnswer) -> Result<bool> {
    match domain::unguarded_get(tx, id)?.filter(|one| one.next_check_at.is_some_and(|at| at <= tx.now())) {
        Some(due) => settle(tx, due, found).map(|_| true),
        None => Ok(false),
    }
}

fn settle(tx: &mut Tx<'_>, before: Domain, found: &DnsAnswer) -> Result<Domain> {
    let is_taken = domain::unguarded_is_held(tx, &before)?;
    let mut settled = before.clone();
    settled.settle(found, is_taken, tx.now());
    domain::unguarded_settle(tx, &settled)?;
    let action = match (before.is_verified(), settled.is_verified()) {
        (false, true) => Some("domain.verified"),
        (true, false) => Some("domain.lost"),
        _ => None,
    };
    if let Some(action) = action {
        note(tx, action, &settled)?;
    }
    Ok(settled)
}

fn note(tx: &mut Tx<'_>, action: &'static str, domain: &Domain) -> Result<()> {
    tx.unguarded_note_system(domain.org, Some(domain.project), Note::new(action, NOUN).of(domain.id, &domain.hostname))
}

/// An operator says that a name is good, where no record can be found. `org` and `project` are ids of who gets it, where several want it.
///
/// # Errors
/// Not found: nobody wants it, or several do and none was named. A conflict: another one has it.
pub fn verify_as_operator(tx: &mut Tx<'_>, typed: &str, project: Option<ProjectId>) -> Result<Domain> {
    let name = hostname(typed)?;
    let mut wanted = domain::unguarded_by_hostname(tx, &name)?;
    wanted.retain(|one| project.is_none_or(|project| one.project == project));
    let mut one = match wanted.len() {
        0 => return Err(Error::NotFound("domain that a project wants")),
        1 => wanted.remove(0),
        _ => {
            let ids: Vec<_> = wanted.iter().map(|one| one.project.to_string()).collect();
            return Err(Fault::new("project", "required", format!("Several projects want it; name one: {}.", ids.join(", "))).into());
        }
    };
    if domain::unguarded_is_held(tx, &one)? {
        return Err(Error::Conflict(Fault::new("hostname", "taken", Wrong::Taken.sentence())));
    }
    one.by_operator = true;
    one.next_check_at = None;
    one.verify(tx.now());
    domain::unguarded_settle(tx, &one)?;
    note(tx, "domain.verified", &one)?;
    Ok(one)
}

/// Domains whose record is to be looked for, those behind one of them.
pub fn due(tx: &mut Tx<'_>, now: Instant, behind: Option<(Instant, DomainId)>) -> Result<Vec<(Instant, DomainId)>> {
    domain::unguarded_due(tx, now, behind)
}

/// When the next is due, after a moment.
pub fn next(tx: &mut Tx<'_>, after: Instant) -> Result<Option<Instant>> {
    domain::unguarded_next_due(tx, after)
}

/// The record of a domain that is due, if it is still.
pub fn record(tx: &mut Tx<'_>, id: DomainId) -> Result<Option<String>> {
    Ok(domain::unguarded_get(tx, id)?.map(|one| one.record()))
}
