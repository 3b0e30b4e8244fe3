//! The gates that a caller passes in a transaction, kept so that they can be passed again.

use std::sync::Arc;

use crate::domain::access::{Actor, Granted, Passed, Permission, Scope};

/// A caller who is watched, and the gates that they passed.
pub(super) struct Watched {
    actor: Arc<Actor>,
    passed: Vec<Passed>,
}

impl Watched {
    /// From here on.
    pub fn new(actor: &Arc<Actor>) -> Self {
        Self { actor: actor.clone(), passed: Vec::new() }
    }

    /// The gates that were passed since then.
    pub fn passed(self) -> Vec<Passed> {
        self.passed
    }

    /// Keeps a gate that was passed, if it was this caller's.
    pub fn keep<S: Scope>(&mut self, at: &Granted<S>, permission: Permission) {
        let gate = Passed::of(at.scope(), permission);
        if Arc::ptr_eq(&self.actor, at.actor()) && !self.passed.contains(&gate) {
            self.passed.push(gate);
        }
    }
}
