//! Redirects of a site: listed, and made, changed and ended by people. Those that follow from a new slug are recorded with that.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InApp, Permission},
        content::site::redirect::{Draft, Patch, Redirect, compared},
        error::Fault,
        id::{AppPath, RedirectId},
        listing::Listing,
        org::activity::Note,
        page::Page,
        project::app::AppType,
    },
    service::authorize,
    store::{
        Tx,
        content::{entry, site::redirect},
    },
};

/// The redirects of a site.
pub fn list(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: (AppPath, AppType), listing: &Listing) -> Result<Page<Redirect>> {
    let granted = authorize::app(tx, actor, at.0, Some(at.1), Permission::ProjectRead)?;
    redirect::list(tx, &granted, listing)
}

/// One of them.
pub fn get(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: (AppPath, AppType), id: RedirectId) -> Result<Redirect> {
    let granted = authorize::app(tx, actor, at.0, Some(at.1), Permission::ProjectRead)?;
    redirect::get(tx, &granted, id)
}

/// Makes one.
///
/// # Errors
/// A conflict on `fromPath`; a fault of `toPath` where it would lead in a circle.
pub fn create(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: (AppPath, AppType), draft: &Draft) -> Result<Redirect> {
    let granted = authorize::app(tx, actor, at.0, Some(at.1), Permission::EntryWrite)?;
    let mut made = draft.check(RedirectId::new(tx.now(), tx.entropy()), at.0.2, tx.now())?;
    settle(tx, &granted, &mut made)?;
    redirect::insert(tx, &granted, &made)?;
    redirect::point_on(tx, &granted, &made.from_path, &made.to_path)?;
    tx.note(&granted, audit_note("redirect.created", &made))?;
    Ok(made)
}

/// Changes one.
///
/// # Errors
/// Those of [`create`].
pub fn update(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: (AppPath, AppType), id: RedirectId, patch: &Patch) -> Result<Redirect> {
    let granted = authorize::app(tx, actor, at.0, Some(at.1), Permission::EntryWrite)?;
    let mut changed = redirect::get(tx, &granted, id)?;
    let now = tx.now();
    if !patch.apply(&mut changed, now)? {
        return Ok(changed);
    }
    settle(tx, &granted, &mut changed)?;
    redirect::update(tx, &granted, &changed)?;
    redirect::point_on(tx, &granted, &changed.from_path, &changed.to_path)?;
    tx.note(&granted, audit_note("redirect.updated", &changed))?;
    Ok(changed)
}

/// Ends one; what it was.
pub fn delete(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: (AppPath, AppType), id: RedirectId) -> Result<Redirect> {
    let granted = authorize::app(tx, actor, at.0, Some(at.1), Permission::EntryWrite)?;
    let gone = redirect::get(tx, &granted, id)?;
    redirect::delete(tx, &granted, id)?;
    tx.note(&granted, audit_note("redirect.deleted", &gone))?;
    Ok(gone)
}

/// Refuses the path of an entry, which nobody would reach any more, however it is spelled, and leads to the end of what begins where it leads.
pub(in crate::service) fn settle(tx: &mut Tx<'_>, at: &Granted<InApp>, wanted: &mut Redirect) -> Result<()> {
    if let Some(holder) = entry::at_path(tx, at, &compared(&wanted.from_path))? {
        let words = format!("{:?} is the address of {:?}.", wanted.from_path, holder.name);
        return Err(Error::Conflict(Fault::new("fromPath", "taken", words)));
    }
    // Where paths differ by their case alone, the small one is the address of before.
    for path in [wanted.to_path.clone(), compared(&wanted.to_path)] {
        if let Some(next) = redirect::from(tx, at, &path)?.filter(|next| next.id != wanted.id) {
            wanted.to_path = next.to_path;
            break;
        }
    }
    wanted.leads_away()
}

fn audit_note(action: &'static str, redirect: &Redirect) -> Note {
    Note::new(action, "redirect").of(redirect.id, &redirect.from_path).with("to", redirect.to_path.as_str())
}
