//! The entry that a call is about.

use std::sync::Arc;

use serde_json::Value;

use crate::{
    domain::{
        Error, Result,
        access::{Actor, Permission},
        content::{Kind, of_type},
        error::Fault,
        id::{AppPath, EntryId},
    },
    http::base::bearer::call::ApiCall,
    service::content::{
        entry,
        place::located::{ById, located},
    },
    store::Tx,
};

/// The entry that a body or a query names.
pub struct Target {
    /// Its kind.
    pub kind: &'static Kind,
    /// Its id.
    pub id: EntryId,
    /// Where it is.
    pub at: AppPath,
}

impl Target {
    /// Looks where it is.
    ///
    /// # Errors
    /// Those of the gate; not found; the fault of a content type that there is not.
    pub fn find(call: &ApiCall, tx: &mut Tx<'_>, actor: &Arc<Actor>, content_type: &str, content_id: &str) -> Result<Self> {
        let kind = kind_of(tx, content_type)?;
        let id = content_id.parse().map_err(|_| Error::NotFound(kind.noun))?;
        Ok(Self { kind, id, at: located(tx, actor, call.project()?, ById::Of(kind, id), Permission::ProjectSee)?.at })
    }

    /// Its kind and its id.
    pub const fn entry(&self) -> (&'static Kind, EntryId) {
        (self.kind, self.id)
    }

    /// The version that a change must find (`If-Match`).
    pub(super) fn if_match(&self, call: &ApiCall, tx: &mut Tx<'_>, actor: &Arc<Actor>) -> Result<Option<i64>> {
        call.if_match(|| Ok(entry::get(tx, actor, self.at, self.kind, self.id, None)?.found.version))
    }
}

/// The kind of this content type.
pub(super) fn kind_of(tx: &Tx<'_>, content_type: &str) -> Result<&'static Kind> {
    of_type(tx.kinds(), content_type).ok_or_else(|| {
        let known: Vec<_> = tx.kinds().iter().map(|kind| kind.content_type).collect();
        Fault::new("contentType", "unknown_kind", format!("contentType must be one of {}.", known.join(", "))).into()
    })
}

/// The content of an entry as JSON.
pub(super) fn tree(content: &str) -> Result<Value> {
    serde_json::from_str(content).map_err(|_| Error::Internal("unexpected value in entries.content".into()))
}
