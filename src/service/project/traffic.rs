//! The traffic: counted in memory, written in batches, so that no request writes or waits for it; and read for the dashboard.

use std::{collections::HashMap, mem, sync::Arc, time::Duration};

use parking_lot::Mutex;

use crate::{
    domain::{
        Result,
        access::{Actor, Permission},
        id::{OrgId, ProjectId},
        project::traffic::{self, Busy, Count, Event, Failed, Kind, Subject},
        time::{DAY, Instant},
    },
    service::authorize,
    store::{self, Store, Tx},
};

/// How long counts are kept: a month, and the day that began before it.
const KEPT: Duration = DAY.saturating_mul(32);
/// Different kinds held at most until they are written: names that somebody makes up must not fill the memory.
const HELD: usize = 50_000;

/// The memory of what happened since counts were last written.
#[derive(Debug, Default)]
pub struct Traffic(Mutex<HashMap<Kind, u64>>);

impl Traffic {
    /// Counts one event.
    pub fn note(&self, subject: Subject, event: Event, at: Instant) {
        self.add(&[(Kind { subject, event, hour: traffic::hour(at) }, 1)]);
    }

    /// Counts how a request to a project was answered: only for a caller who can see it, so that nobody fills the memory with
    /// projects that they make up.
    pub async fn answered(&self, store: &Store, actor: &Arc<Actor>, at: (OrgId, ProjectId), status: u16) {
        let asker = actor.clone();
        let is_seen = || store.read(move |tx| authorize::project_role(tx, &asker, at));
        if status < 400 || is_seen().await.is_ok_and(|role| role.is_some()) {
            let subject = Subject::Project(at.1, actor.key().map(|key| key.id));
            self.note(subject, Event::of_status(status), store.now());
        }
    }

    /// What was not written yet, in an order that is always the same.
    pub fn take(&self) -> Vec<(Kind, u64)> {
        let mut taken: Vec<_> = mem::take(&mut *self.0.lock()).into_iter().collect();
        taken.sort_unstable_by_key(|(kind, _)| *kind);
        taken
    }

    /// Adds counts; also those that could not be written, for the next time.
    pub fn add(&self, counts: &[(Kind, u64)]) {
        let mut held = self.0.lock();
        for (kind, n) in counts {
            if held.len() < HELD || held.contains_key(kind) {
                *held.entry(*kind).or_default() += n;
            }
        }
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
pub fn of_project(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: (OrgId, ProjectId), since: Instant) -> Result<Vec<Count>> {
    let at = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    store::project::traffic::of_project(tx, &at, since)
}

/// The keys with the most requests to a project; for those who may see the organization's keys.
pub fn busiest(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: (OrgId, ProjectId), since: Instant, most: u32) -> Result<Vec<Busy>> {
    authorize::org(tx, actor, at.0, Permission::AccessRead)?;
    let at = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    store::project::traffic::busiest(tx, &at, since, most)
}

/// Members of the organization for whom wrong passwords were typed, most first.
pub fn failed_sign_ins(tx: &mut Tx<'_>, actor: &Arc<Actor>, org: OrgId, since: Instant, most: u32) -> Result<Vec<Failed>> {
    let at = authorize::org(tx, actor, org, Permission::AccessRead)?;
    store::project::traffic::failed_sign_ins(tx, &at, since, most)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_could_not_be_written_is_counted_with_what_came_since() {
        let traffic = Traffic::default();
        let project = Subject::Project(ProjectId::from_uuid(Uuid::from_u128(1)), None);
        let at = Instant::from_seconds(7_300);
        traffic.note(project, Event::Answered, at);
        traffic.note(project, Event::Answered, at);
        let taken = traffic.take();
        assert_eq!((taken.len(), traffic.take().len()), (1, 0));
        traffic.note(project, Event::Answered, at);
        traffic.add(&taken);
        assert_eq!(traffic.take(), [(Kind { subject: project, event: Event::Answered, hour: Instant::from_seconds(7_200) }, 3)]);
    }

    #[test]
    fn the_memory_has_a_bound_and_what_is_in_it_goes_on_counting() {
        let traffic = Traffic::default();
        let project = |n| Subject::Project(ProjectId::from_uuid(Uuid::from_u128(n)), None);
        let at = Instant::from_seconds(7_300);
        (0..HELD as u128 + 2_000).for_each(|n| traffic.note(project(n), Event::Answered, at));
        traffic.note(project(0), Event::Answered, at);
        let held = traffic.take();
        assert_eq!(held.len(), HELD);
        assert!(held.contains(&(Kind { subject: project(0), event: Event::Answered, hour: Instant::from_seconds(7_200) }, 2)));
    }
}
