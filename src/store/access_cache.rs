//! What is remembered of keys and roles, so that a request asks the database for neither.
//!
//! Nothing here can outlive a change: each item carries the epoch in which it was read, a commit that touched a table
//! of access begins a new epoch before its caller is told, and items of an older epoch do not count. So a revoked key
//! is dead at the reply, and after a restart the first request reads the rows again. Rejected: a set of revoked
//! things beside the rows, which has to be kept complete by every operation that ends one.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use quick_cache::sync::Cache;
use uuid::Uuid;

use crate::domain::{
    access::{KeyFacts, Role},
    id::{KeyId, OrgId, ProjectId, UserId},
    project::app::AppType,
};

/// Keys remembered at most.
const KEYS: usize = 10_000;
/// Roles remembered at most.
const ROLES: usize = 20_000;

/// Somebody's effective role in a project or an app, and where that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScopedRole {
    /// The organization it lies in.
    pub org: OrgId,
    /// The project it is or lies in.
    pub project: ProjectId,
    /// The app's type, if it is an app.
    pub app_type: Option<AppType>,
    /// The effective role; none for somebody who may not see it.
    pub role: Option<Role>,
}

/// The access cache of one store.
pub struct AccessCache {
    epoch: AtomicU64,
    /// The last transaction of the writer that changed who may do what.
    changed_in: AtomicU64,
    commits: AtomicU64,
    keys: Cache<KeyId, (u64, Arc<KeyFacts>)>,
    places: Cache<(UserId, Uuid), (u64, ScopedRole)>,
}

impl Default for AccessCache {
    fn default() -> Self {
        Self {
            epoch: AtomicU64::new(0),
            changed_in: AtomicU64::new(0),
            commits: AtomicU64::new(0),
            keys: Cache::new(KEYS),
            places: Cache::new(ROLES),
        }
    }
}

impl AccessCache {
    /// The current epoch.
    pub fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::Acquire)
    }

    /// How many commits were told so far.
    pub fn commits(&self) -> u64 {
        self.commits.load(Ordering::Acquire)
    }

    /// Counts a commit, before its caller is told.
    pub fn committed(&self) {
        self.commits.fetch_add(1, Ordering::AcqRel);
    }

    /// Whether what is remembered holds in this transaction of the writer, too: it does until that touches a table of access.
    /// The number says so by itself: nobody has to note an end, which others may reach too early or never.
    pub fn holds_in(&self, transaction: u64) -> bool {
        self.changed_in.load(Ordering::Relaxed) != transaction
    }

    /// Notes that this transaction touched a table of access.
    pub fn changed(&self, transaction: u64) {
        self.changed_in.store(transaction, Ordering::Relaxed);
    }

    /// Begins a new epoch: nothing that was remembered counts any more.
    pub fn forget(&self) {
        self.epoch.fetch_add(1, Ordering::AcqRel);
    }

    /// A key, if it was read in this epoch.
    pub fn key(&self, epoch: u64, id: KeyId) -> Option<Arc<KeyFacts>> {
        self.keys.get(&id).filter(|(read, _)| *read == epoch).map(|(_, facts)| facts)
    }

    /// Remembers a key that was read in `epoch`.
    pub fn keep_key(&self, epoch: u64, facts: &Arc<KeyFacts>) {
        self.keys.insert(facts.id, (epoch, facts.clone()));
    }

    /// A place, if it was read in this epoch.
    pub fn place(&self, epoch: u64, user: UserId, scope: Uuid) -> Option<ScopedRole> {
        self.places.get(&(user, scope)).filter(|(read, _)| *read == epoch).map(|(_, place)| place)
    }

    /// Remembers a place that was read in `epoch`.
    pub fn keep_place(&self, epoch: u64, user: UserId, scope: Uuid, place: ScopedRole) {
        self.places.insert((user, scope), (epoch, place));
    }
}
