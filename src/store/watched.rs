//! The gates that a caller passes in a transaction, kept so that they can be passed again.

use std::sync::Arc;

use crate::domain::access::{Actor, Granted, Passed, Permission, Scope};

use super::Tx;

/// A caller who is watched, and the gates that they passed.
pub(super) struct Watched {
    actor: Arc<Actor>,
    passed: Vec<Passed>,
}

impl Tx<'_> {
    /// Keeps the gates that this caller passes from here on.
    pub fn watch(&mut self, actor: &Arc<Actor>) {
        self.watched = Some(Watched { actor: actor.clone(), passed: Vec::new() });
    }

    /// The gates that were passed since then.
    pub fn unwatch(&mut self) -> Vec<Passed> {
        self.watched.take().map(|watched| watched.passed).unwrap_or_default()
    }

    /// A gate was passed.
    pub fn passed<S: Scope>(&mut self, at: &Granted<S>, permission: Permission) {
        if let Some(Watched { actor, passed }) = &mut self.watched {
            let gate = Passed::of(at.scope(), permission);
            if Arc::ptr_eq(actor, at.actor()) && !passed.contains(&gate) {
                passed.push(gate);
            }
        }
    }
}
