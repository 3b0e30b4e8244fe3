//! What is remembered of keys, roles and projects, so that a request asks the database for none of them.
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
    project::{app::AppType, project::Project},
};

use super::engine::Sql;

/// Keys remembered at most.
const KEYS: usize = 10_000;
/// Roles remembered at most.
const ROLES: usize = 20_000;
/// Projects remembered at most.
const PROJECTS: usize = 2_000;

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

/// How often what is remembered was there when it was asked for.
#[derive(Debug, Default)]
pub struct Hits {
    found: AtomicU64,
    missed: AtomicU64,
}

impl Hits {
    /// Counts one question.
    pub fn note(&self, found: bool) {
        if found { &self.found } else { &self.missed }.fetch_add(1, Ordering::Relaxed);
    }

    /// How often it was there, and how often not.
    pub fn counts(&self) -> (u64, u64) {
        (self.found.load(Ordering::Relaxed), self.missed.load(Ordering::Relaxed))
    }
}

/// How full something is in which things are remembered, and how often it helped.
#[derive(Debug, Clone, Copy)]
pub struct Fill {
    /// What it is called.
    pub name: &'static str,
    /// Things in it.
    pub items: u64,
    /// How often a thing was there, and how often not.
    pub asked: (u64, u64),
}

/// The access cache of one store.
pub struct AccessCache {
    keys: Cache<KeyId, (u64, Arc<KeyFacts>)>,
    roles: Cache<(UserId, Uuid), (u64, ScopedRole)>,
    projects: Cache<ProjectId, (u64, Arc<Project>)>,
    key_hits: Hits,
    role_hits: Hits,
    project_hits: Hits,
}

impl Default for AccessCache {
    fn default() -> Self {
        Self {
            keys: Cache::new(KEYS),
            roles: Cache::new(ROLES),
            projects: Cache::new(PROJECTS),
            key_hits: Hits::default(),
            role_hits: Hits::default(),
            project_hits: Hits::default(),
        }
    }
}

impl AccessCache {
    /// A key, if it was read in this epoch.
    pub fn key(&self, epoch: u64, id: KeyId) -> Option<Arc<KeyFacts>> {
        let found = self.keys.get(&id).filter(|(read, _)| *read == epoch).map(|(_, facts)| facts);
        self.key_hits.note(found.is_some());
        found
    }

    /// Remembers a key that was read in `epoch`.
    pub fn keep_key(&self, epoch: u64, facts: &Arc<KeyFacts>) {
        self.keys.insert(facts.id, (epoch, facts.clone()));
    }

    /// A role, if it was read in this epoch.
    pub fn role(&self, epoch: u64, user: UserId, scope: Uuid) -> Option<ScopedRole> {
        let found = self.roles.get(&(user, scope)).filter(|(read, _)| *read == epoch).map(|(_, role)| role);
        self.role_hits.note(found.is_some());
        found
    }

    /// A project without its apps, if it was read in this epoch: a write of a project begins a new one.
    pub fn project(&self, epoch: u64, id: ProjectId) -> Option<Arc<Project>> {
        let found = self.projects.get(&id).filter(|(read, _)| *read == epoch).map(|(_, project)| project);
        self.project_hits.note(found.is_some());
        found
    }

    /// Remembers a project that was read in `epoch`.
    pub fn keep_project(&self, epoch: u64, project: &Project) {
        self.projects.insert(project.id, (epoch, Arc::new(project.clone())));
    }

    /// How full it is.
    pub fn fill(&self) -> [Fill; 3] {
        [
            Fill { name: "keys", items: self.keys.len() as u64, asked: self.key_hits.counts() },
            Fill { name: "roles", items: self.roles.len() as u64, asked: self.role_hits.counts() },
            Fill { name: "projects", items: self.projects.len() as u64, asked: self.project_hits.counts() },
        ]
    }

    /// Remembers a role that was read in `epoch`.
    pub fn keep_role(&self, epoch: u64, user: UserId, scope: Uuid, role: ScopedRole) {
        self.roles.insert((user, scope), (epoch, role));
    }
}

/// Tables whose rows decide who may do what. A commit that wrote to one begins a new epoch before its caller is told: what is remembered
/// of access from an older one does not count.
const ACCESS_TABLES: &[&str] = &[
    "users",
    "organizations",
    "members",
    "service_accounts",
    "api_keys",
    "revoked_tokens",
    "projects",
    "project_members",
    "apps",
    "app_members",
    "domains",
];

/// Whether a statement writes to one of them.
pub(super) fn changes_access(sql: &Sql) -> bool {
    ACCESS_TABLES.contains(&table_of(sql.text()))
}

/// The table that a statement writes to.
pub(super) fn table_of(sql: &str) -> &str {
    let mut words = sql.split_ascii_whitespace();
    match words.next() {
        Some("UPDATE") => words.next().unwrap_or_default(),
        _ => words.nth(1).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_written_table_is_read_off_every_statement_form() {
        assert_eq!(table_of("INSERT INTO api_keys (id) VALUES ($1)"), "api_keys");
        assert_eq!(table_of("DELETE FROM members WHERE id = $1"), "members");
        assert_eq!(table_of("UPDATE users SET name = $1"), "users");
    }
}
