//! Readers of a site who sign in: the register of those who were invited. Nobody is written to and nobody signs in before sites are served.

use std::sync::Arc;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Granted, InApp, Permission},
        content::site::{
            settings::{self, ViewerAuth},
            viewer::{Draft, Viewer},
        },
        id::{AppPath, ViewerId},
        listing::Listing,
        org::activity::Note,
        page::Page,
    },
    service::authorize,
    store::{Tx, content::site::viewer, project::app},
};

/// Whether readers of the site sign in.
fn is_on(tx: &mut Tx<'_>, granted: &Granted<InApp>) -> Result<bool> {
    Ok(settings::read::<ViewerAuth>(&app::get(tx, granted)?.settings)?.enabled)
}

/// Those who were invited; nobody where readers do not sign in.
pub fn list(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, listing: &Listing) -> Result<Page<Viewer>> {
    let granted = authorize::site(tx, actor, at, Permission::ViewerRead)?;
    if is_on(tx, &granted)? {
        return viewer::list(tx, &granted, listing);
    }
    Ok(Page { items: Vec::new(), total: 0, page: listing.page, page_size: listing.page_size, next: None })
}

/// The grant for a change of the register.
fn authorize_change(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath) -> Result<Granted<InApp>> {
    let granted = authorize::site(tx, actor, at, Permission::ProjectManage)?;
    if is_on(tx, &granted)? { Ok(granted) } else { Err(Error::ViewerAuthDisabled) }
}

/// Invites somebody; who they are, and whether they are new.
pub fn invite(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, draft: &Draft) -> Result<(Viewer, bool)> {
    let granted = authorize_change(tx, actor, at)?;
    let email = draft.check()?;
    let now = tx.now();
    let (invited, is_new) = match viewer::by_email(tx, &granted, &email)? {
        Some(known) => {
            viewer::invited_again(tx, &granted, known.id)?;
            (Viewer { invited_at: now, ..known }, false)
        }
        None => {
            let id = ViewerId::new(now, tx.entropy());
            let new = Viewer { id, app: at.2, email, display_name: None, invited_at: now, signed_in_at: None, last_activity_at: None };
            viewer::insert(tx, &granted, &new)?;
            (new, true)
        }
    };
    tx.note(&granted, Note::new("viewer.invited", "viewer").of(invited.id, &invited.email))?;
    Ok((invited, is_new))
}

/// Takes somebody off the register.
pub fn remove(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, id: ViewerId) -> Result<Viewer> {
    let granted = authorize_change(tx, actor, at)?;
    let gone = viewer::get(tx, &granted, id)?;
    viewer::delete(tx, &granted, id)?;
    tx.note(&granted, Note::new("viewer.removed", "viewer").of(gone.id, &gone.email))?;
    Ok(gone)
}
