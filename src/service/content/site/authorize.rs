//! The gate of what surrounds the entries of a site: only websites have it.

use std::sync::Arc;

use crate::{
    domain::{
        Result,
        access::{Actor, Granted, InApp, Permission},
        project::app::AppType,
    },
    service::{authorize, content::checked::At},
    store::Tx,
};

/// The type of app that is a site.
pub(super) const SITE: AppType = AppType::Website;

/// The grant for a site.
///
/// # Errors
/// Those of the gate; not found, for an app of another type.
pub(super) fn site(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: At, permission: Permission) -> Result<Granted<InApp>> {
    authorize::app(tx, actor, at, Some(SITE), permission)
}
