//! The traffic: counted in memory, written in batches, so that no request writes or waits for it; and read for the dashboard.

use std::sync::Arc;

use crate::{
    domain::{
        Result,
        access::{Actor, Permission},
        id::{OrgId, ProjectPath},
        project::traffic::{self, Busy, Count, Event, Failed, KEPT, Kind, Subject},
        time::Instant,
    },
    service::{authorize, tally::Tally},
    store::{self, Store, Tx},
};

/// The memory of what happened since counts were last written.
#[derive(Debug, Default)]
pub struct Traffic(Tally<Kind>);

impl Traffic {
    /// Counts one event.
    pub fn note(&self, subject: Subject, event: Event, at: Instant) {
        self.0.add(&[(Kind { subject, event, hour: traffic::hour(at) }, 1)]);
    }

    /// Counts how a request to a project was answered: only for a caller who can see it, so that nobody fills the memory with
    /// projects that they make up.
    pub async fn count_answer(&self, store: &Store, actor: &Arc<Actor>, at: ProjectPath, status: u16) {
        let asker = actor.clone();
        let is_seen = || store.read(move |tx| authorize::project_role(tx, &asker, at));
        if status < 400 || is_seen().await.is_ok_and(|role| role.is_some()) {
            let subject = Subject::Project(at.1, actor.key().map(|key| key.id));
            self.note(subject, Event::of_status(status), store.now());
        }
    }

    /// What is counted.
    pub const fn tally(&self) -> &Tally<Kind> {
        &self.0
    }
}

/// Writes counts that were taken.
pub fn write(tx: &mut Tx<'_>, counts: &[(Kind, u64)]) -> Result<()> {
    store::project::traffic::unguarded_add(tx, counts)
}

/// Whether counts are older than a month.
pub fn any_old(tx: &mut Tx<'_>) -> Result<bool> {
    let since = tx.now() - KEPT;
    store::project::traffic::unguarded_old(tx, since)
}

/// Drops some of those that are; how many.
pub fn forget(tx: &mut Tx<'_>) -> Result<usize> {
    let since = tx.now() - KEPT;
    store::project::traffic::unguarded_forget(tx, since)
}

/// Requests to a project and exchanges of keys that reach it, by hour.
pub fn of_project(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, since: Instant) -> Result<Vec<Count>> {
    let at = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    store::project::traffic::of_project(tx, &at, since)
}

/// The keys with the most requests to a project; for those who may see the organization's keys.
pub fn busiest(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, since: Instant, most: u32) -> Result<Vec<Busy>> {
    authorize::org(tx, actor, at.0, Permission::AccessRead)?;
    let at = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    store::project::traffic::busiest(tx, &at, since, most)
}

/// Members of the organization for whom wrong passwords were typed, most first.
pub fn failed_sign_ins(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, since: Instant, most: u32) -> Result<Vec<Failed>> {
    let at = authorize::org(tx, actor, org, Permission::AccessRead)?;
    store::project::traffic::failed_sign_ins(tx, &at, since, most)
}
