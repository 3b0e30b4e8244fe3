//! Brandings of a project, and what its apps wear.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InApp, InProject, Permission},
        error::{Fault, Faults},
        file::media_type,
        id::{AppId, BrandingId, ProjectPath},
        listing::Listing,
        org::activity::Note,
        page::Page,
        project::{
            app::App,
            branding::{
                Branding, Draft, Patch,
                field::{BODY, FAVICON, HEADING, LOGO},
                font,
                look::Look,
            },
        },
        time::Instant,
    },
    service::{authorize, file::link},
    store::{Tx, file::file, project::branding},
};

const NOUN: &str = "branding";

/// One branding.
pub fn get(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: BrandingId) -> Result<Branding> {
    let at = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    branding::find(tx, &at, id)?.ok_or(Error::NotFound(NOUN))
}

/// The address of the logo of a branding, or else of its favicon, for whoever may read the project: where it is on this server, for a while.
pub fn mark(tx: &mut Tx<'_>, actor: &Arc<Actor>, branding: &Branding) -> Result<Option<String>> {
    let said = [LOGO, FAVICON].map(|field| branding.look.text(field)).into_iter().find(|text| !text.is_empty());
    let Some(said) = said else { return Ok(None) };
    let Some(id) = said.strip_prefix("file:") else { return Ok(said.starts_with('/').then_some(said)) };
    let Ok(id) = id.parse() else { return Ok(None) };
    match link::seal(tx, actor, (branding.org, branding.project), id, None, "") {
        Ok(sealed) => Ok(Some(sealed.url)),
        Err(Error::NotFound(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

/// The brandings of a project.
pub fn list(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, listing: &Listing) -> Result<Page<Branding>> {
    let at = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    branding::list(tx, &at, listing)
}

/// The branding that apps wear which are bound to none.
pub fn first(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath) -> Result<Option<BrandingId>> {
    let at = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    Ok(branding::first(tx, &at)?.map(|found| found.id))
}

/// The apps that are bound to a branding.
pub fn wearers(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: BrandingId) -> Result<Vec<AppId>> {
    let at = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    branding::wearers(tx, &at, id)
}

/// Makes one.
pub fn create(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, draft: &Draft) -> Result<Branding> {
    let granted = authorize::project(tx, actor, at, Permission::ProjectManage)?;
    let made = draft.check(BrandingId::new(tx.now(), tx.entropy()), at, actor.id, tx.now())?;
    check_fonts(tx, &granted, &Look::default(), &made.look)?;
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
    at: ProjectPath,
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
    check_fonts(tx, &granted, &before.look, &changed.look)?;
    let changes = changed.changes(&before);
    if !changes.is_empty() {
        changed.updated_at = tx.now();
        branding::update(tx, &granted, &changed)?;
        tx.note(&granted, Note::new("branding.updated", NOUN).of(id, &changed.name).with("changed", changes))?;
    }
    Ok(changed)
}

/// Refuses fonts that readers would not get: each is a public WOFF2 file of the project, and not too long. What was so before stays as it is.
fn check_fonts(tx: &mut Tx<'_>, at: &Granted<InProject>, before: &Look, look: &Look) -> Result<()> {
    let mut faults = Faults::default();
    for field in [BODY, HEADING] {
        let Some(id) = font::file(&look.text(field)).filter(|_| look.text(field) != before.text(field)) else { continue };
        let mut refuse = |code, rule: &str| faults.add(field.name, code, format!("{} must be {rule}.", field.name));
        match file::get(tx, at, id) {
            Ok(found) if found.mime_type != media_type::WOFF2 => refuse("not_a_font", "a WOFF2 file"),
            Ok(found) if found.blob.size > font::FILE_MAX => refuse("too_large", "a file of at most 2 MiB"),
            Ok(found) if !found.is_public => refuse("not_public", "a public file: readers load it"),
            Ok(_) => {}
            Err(Error::NotFound(_)) => refuse("unknown_reference", "the id of a file that is there"),
            Err(other) => return Err(other),
        }
    }
    faults.into_result()
}

/// Deletes one for good; what it was. Apps that were bound to it wear the first of the project from then on.
pub fn delete(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, id: BrandingId) -> Result<Branding> {
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
pub fn public(tx: &mut Tx<'_>, id: BrandingId) -> Result<Branding> {
    branding::unguarded_get(tx, id)?.ok_or(Error::NotFound(NOUN))
}
