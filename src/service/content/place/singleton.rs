//! What each app has one of, from its start on: its landing page and the like.

use std::sync::Arc;

use crate::{
    domain::{
        Result,
        access::{Actor, Granted, InApp, Permission},
        content::{Creation, Draft, Kind, singles_of},
        id::{AppPath, EntryId},
        project::app::AppType,
    },
    service::{
        authorize,
        content::entry_list::{self, Row},
    },
    store::{
        Tx,
        content::{
            entry,
            version::{self, Source},
        },
    },
};

/// All of them, as the console lists them.
pub fn all(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, app_type: AppType) -> Result<Vec<Row>> {
    let granted = authorize::app(tx, actor, at, Some(app_type), Permission::ProjectRead)?;
    let mut rows = Vec::new();
    for kind in singles_of(tx.kinds(), app_type) {
        let id = entry::singleton_id(tx, &granted, kind)?;
        rows.push(entry_list::view(tx, actor, at, kind, id)?);
    }
    Ok(rows)
}

/// Makes all of them for a new app. No line of the audit trail says so: they come with the app.
pub fn make_all(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: AppPath, app_type: AppType) -> Result<()> {
    let granted = authorize::app(tx, actor, at, Some(app_type), Permission::ProjectManage)?;
    singles_of(tx.kinds(), app_type).try_for_each(|kind| make(tx, &granted, kind))
}

/// Makes one of them.
pub(in crate::service) fn make(tx: &mut Tx<'_>, at: &Granted<InApp>, kind: &'static Kind) -> Result<()> {
    let (now, id) = (tx.now(), EntryId::new(tx.now(), tx.entropy()));
    let made = Draft::single(kind).entry(&Creation { id, org: at.org(), project: at.project(), app: at.app(), by: at.actor().id, now });
    entry::insert(tx, at, &made, None)?;
    version::keep(tx, at, &made, Source::Create)
}
