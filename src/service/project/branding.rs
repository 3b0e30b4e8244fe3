//! Brandings of a project, and what its apps wear.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InApp, Permission},
        error::Fault,
        id::{AppId, BrandingId, OrgId, ProjectId},
        listing::Listing,
        org::activity::Note,
        page::Page,
        project::{
            app::App,
            branding::{Branding, Draft, Patch},
        },
        time::Instant,
    },
    service::authorize,
    store::{Tx, project::branding},
};

const NOUN: &str = "branding";

/// One branding.
pub fn get(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: (OrgId, ProjectId), id: BrandingId) -> Result<Branding> {
    let at = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    branding::find(tx, &at, id)?.ok_or(Error::NotFound(NOUN))
}

/// The brandings of a project.
pub fn list(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: (OrgId, ProjectId), listing: &Listing) -> Result<Page<Branding>> {
    let at = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    branding::list(tx, &at, listing)
}

/// The branding that apps wear which are bound to none.
pub fn first(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: (OrgId, ProjectId)) -> Result<Option<BrandingId>> {
    let at = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    Ok(branding::first(tx, &at)?.map(|found| found.id))
}

/// The apps that are bound to a branding.
pub fn wearers(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: (OrgId, ProjectId), id: BrandingId) -> Result<Vec<AppId>> {
    let at = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    branding::wearers(tx, &at, id)
}

/// Makes one.
pub fn create(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: (OrgId, ProjectId), draft: &Draft) -> Result<Branding> {
    let granted = authorize::project(tx, actor, at, Permission::ProjectManage)?;
    let made = draft.check(BrandingId::new(tx.now(), tx.entropy()), at, actor.id, tx.now())?;
    branding::insert(tx, &granted, &made)?;
    tx.note(&granted, Note::new("branding.created", NOUN).of(made.id, &made.name))?;
    Ok(made)
}

/// Changes one. `seen`, if it is given, is when what the caller looked at was last changed; a later change is not overwritten.
///
/// # Errors
/// All faults; stale.
pub fn update(
    tx: &mut Tx<'_>,
    actor: &Arc<Actor>,
    at: (OrgId, ProjectId),
    (id, patch): (BrandingId, &Patch),
    seen: Option<Instant>,
) -> Result<Branding> {
    let granted = authorize::project(tx, actor, at, Permission::ProjectManage)?;
    let before = branding::find(tx, &granted, id)?.ok_or(Error::NotFound(NOUN))?;
    if seen.is_some_and(|seen| seen != before.updated_at) {
        return Err(Error::Stale);
    }
    let mut changed = before.clone();
    patch.apply(&mut changed)?;
    let changes = changed.changes(&before);
    if !changes.is_empty() {
        changed.updated_at = tx.now();
        branding::update(tx, &granted, &changed)?;
        tx.note(&granted, Note::new("branding.updated", NOUN).of(id, &changed.name).with("changed", changes))?;
    }
    Ok(changed)
}

/// Deletes one for good; what it was. Apps that were bound to it wear the first of the project from then on.
pub fn delete(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: (OrgId, ProjectId), id: BrandingId) -> Result<Branding> {
    let granted = authorize::project(tx, actor, at, Permission::ProjectManage)?;
    let gone = branding::find(tx, &granted, id)?.ok_or(Error::NotFound(NOUN))?;
    let wearers: Vec<_> = branding::wearers(tx, &granted, id)?.iter().map(AppId::to_string).collect();
    branding::delete(tx, &granted, id)?;
    tx.note(&granted, Note::new("branding.deleted", NOUN).of(id, &gone.name).with("apps", wearers))?;
    Ok(gone)
}

/// What an app wears: what it is bound to, or else the first of its project.
pub fn worn(tx: &mut Tx<'_>, at: &Granted<InApp>) -> Result<Option<Branding>> {
    match branding::of_app(tx, at)? {
        Some(bound) => Ok(Some(bound)),
        None => branding::first(tx, at),
    }
}

/// Refuses an app that is bound to a branding which is not in its project. What was so `before` stays as it is.
pub fn check_bound(tx: &mut Tx<'_>, at: &Granted<InApp>, before: Option<BrandingId>, app: &App) -> Result<()> {
    match app.branding.filter(|id| Some(*id) != before) {
        Some(id) if branding::find(tx, at, id)?.is_none() => {
            Err(Fault::new("brandingId", "unknown_reference", "brandingId must be the id of a branding that is there.").into())
        }
        _ => Ok(()),
    }
}

/// How a branding looks, for whoever has its address.
pub fn shown(tx: &mut Tx<'_>, id: BrandingId) -> Result<Branding> {
    branding::unguarded_shown(tx, id)?.ok_or(Error::NotFound(NOUN))
}
