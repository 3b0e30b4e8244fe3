//! What search engines are told of a website.

use std::sync::Arc;

use crate::{
    domain::{
        Result,
        access::{Actor, Permission},
        content::site::sitemap::MOST,
        id::AppPath,
    },
    service::authorize,
    store::{
        Tx,
        content::site::address::{self, Open},
    },
};

/// How many files the addresses of a site fill.
///
/// # Errors
/// Those of the gate.
pub fn files(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath) -> Result<u32> {
    let granted = authorize::site(tx, actor, at, Permission::ProjectRead)?;
    let all = address::count_open(tx, &granted)?;
    Ok(u32::try_from(all.div_ceil(u64::from(MOST))).unwrap_or(u32::MAX).max(1))
}

/// The slug behind which a file begins, counted from 1; none where there are not so many.
///
/// # Errors
/// Those of the gate.
pub fn start(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, file: u32) -> Result<Option<String>> {
    let granted = authorize::site(tx, actor, at, Permission::ProjectRead)?;
    if file <= 1 {
        return Ok(Some(String::new()));
    }
    address::open_at(tx, &granted, u64::from(file - 1) * u64::from(MOST) - 1)
}

/// What everybody may find on the site behind a slug, at most so many.
///
/// # Errors
/// Those of the gate.
pub fn behind(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, slug: &str, most: u32) -> Result<Vec<Open>> {
    let granted = authorize::site(tx, actor, at, Permission::ProjectRead)?;
    address::open(tx, &granted, slug, most)
}
