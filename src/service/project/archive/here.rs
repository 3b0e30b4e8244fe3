//! Where an archive arrives: a project that nobody finds yet, written to in many short writes.

use std::{sync::Arc, time::Duration};

use crate::{
    domain::{
        Result,
        access::{Actor, Granted, InProject},
        id::ProjectPath,
    },
    service::{
        authorize::{self, ActorSource},
        org::purge::KEPT,
    },
    store::{Store, Tx, project::archive},
};

/// How long a project that arrives is there without more of it coming.
pub(super) const LEASE: Duration = Duration::from_secs(60 * 60);
/// What is left of that when it is renewed.
const RENEWED_AT: Duration = Duration::from_secs(30 * 60);

/// The project, and who imports into it.
pub(super) struct Here<'a> {
    pub(super) store: &'a Store,
    pub(super) who: ActorSource,
    pub(super) at: ProjectPath,
}

impl Here<'_> {
    /// Does something in a write of its own.
    pub(super) fn write<T: Send + 'static>(
        &self,
        mut work: impl FnMut(&mut Tx<'_>, &Arc<Actor>, &Granted<InProject>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (who, at) = (self.who.clone(), self.at);
        self.store.write_now(move |tx| {
            let actor = who(tx)?;
            let (granted, due) = authorize::arriving(tx, &actor, at, tx.now() - KEPT)?;
            // Each time what is remembered of access is forgotten, so that is not done with every batch.
            if due < tx.now() - KEPT + RENEWED_AT {
                let later = tx.now() - KEPT + LEASE;
                archive::put_off(tx, &granted, later)?;
            }
            work(tx, &actor, &granted)
        })
    }
}
