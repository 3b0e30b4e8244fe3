//! All redirects of a site, some at a time, for those who write them down elsewhere.

use std::sync::Arc;

use crate::{
    domain::{
        Result,
        access::{Actor, Permission},
        content::site::{
            redirect::{Redirect, compared},
            redirect_rules::Ways,
        },
        id::AppPath,
        project::app::AppType,
    },
    service::authorize,
    store::{
        Tx,
        content::{entry, site::redirect},
    },
};

/// Some redirects of a site.
pub struct Piece {
    /// Those that can be told: no page has their path, however it is spelled.
    pub redirects: Vec<Redirect>,
    /// The path of the last one of all; none at the end.
    pub last: Option<String>,
}

/// The redirects behind a path in the order of their paths, at most 500; only those of a status, if one is named.
///
/// # Errors
/// Those of the gate.
pub fn behind(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: (AppPath, AppType), status: Option<i64>, path: &str) -> Result<Piece> {
    let granted = authorize::app(tx, actor, at.0, Some(at.1), Permission::ProjectRead)?;
    let found = match status {
        None => redirect::behind(tx, &granted, path),
        Some(status) => redirect::behind_of(tx, &granted, status, path),
    }?;
    let last = found.last().map(|last| last.from_path.clone());
    let mut redirects = Vec::with_capacity(found.len());
    for one in found {
        if entry::at_path(tx, &granted, &compared(&one.from_path))?.is_none() {
            redirects.push(one);
        }
    }
    Ok(Piece { redirects, last })
}

/// Where all redirects of a site lead.
///
/// # Errors
/// Those of the gate.
pub fn ways(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: (AppPath, AppType)) -> Result<Ways> {
    let granted = authorize::app(tx, actor, at.0, Some(at.1), Permission::ProjectRead)?;
    let (mut ways, mut path) = (Ways::default(), String::new());
    loop {
        let found = redirect::behind(tx, &granted, &path)?;
        let Some(last) = found.last() else { return Ok(ways) };
        found.iter().for_each(|one| ways.add(one));
        path.clone_from(&last.from_path);
    }
}
