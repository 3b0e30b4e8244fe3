//! All redirects of a site, some at a time, for those who write them down elsewhere.

use std::sync::Arc;

use crate::{
    domain::{
        Result,
        access::{Actor, Permission},
        content::site::redirect::Redirect,
        project::app::AppType,
    },
    service::{authorize, content::checked::At},
    store::{Tx, content::redirect},
};

/// The redirects behind a path in the order of their paths, at most 500; only those of a status, if one is named.
///
/// # Errors
/// Those of the gate.
pub fn behind(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: (At, AppType), status: Option<i64>, path: &str) -> Result<Vec<Redirect>> {
    let granted = authorize::app(tx, actor, at.0, Some(at.1), Permission::ProjectRead)?;
    match status {
        None => redirect::behind(tx, &granted, path),
        Some(status) => redirect::behind_of(tx, &granted, status, path),
    }
}
