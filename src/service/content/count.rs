//! How many entries an app has, by status and language.

use std::sync::Arc;

use crate::{
    domain::{
        Result,
        access::{Actor, Granted, InApp, Permission},
        content::{Counts, Kind, Locales, Status, languages},
        id::AppPath,
    },
    service::authorize,
    store::{Tx, content::count},
};

use super::checked::{locales, project_of};

/// How many entries of a kind the app has, by status, and how many lack a text in a language of the project. Nothing is
/// counted for it: the numbers are kept at each write.
pub fn counts(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, kind: &'static Kind) -> Result<Counts> {
    let granted = authorize::app(tx, actor, at, Some(kind.app_type), Permission::ProjectRead)?;
    let project = project_of(tx, actor, at)?;
    counts_of(tx, &granted, kind, &locales(&project))
}

/// The same for whoever was let in.
pub(super) fn counts_of(tx: &mut Tx<'_>, at: &Granted<InApp>, kind: &'static Kind, locales: &Locales<'_>) -> Result<Counts> {
    let mut of = |status| count::with_status(tx, at, kind, status);
    let (published, draft, scheduled) = (of(Status::Published)?, of(Status::Draft)?, of(Status::Scheduled)?);
    let sets = count::sets(tx, at, kind)?;
    let lacking = |tag: &String| {
        let without = sets.iter().filter(|(set, _)| !languages::has(set, tag, locales.default));
        (tag.clone(), without.map(|(_, n)| n).sum())
    };
    let lacking = locales.enabled.iter().map(lacking).collect();
    Ok(Counts { total: published + draft + scheduled, published, draft, scheduled, lacking })
}
