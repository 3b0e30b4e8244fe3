//! What the dashboard of a project tells: what needs somebody, how much there is, what happens.

use crate::domain::{
    content::{Counts, Kind},
    key::key::ApiKey,
    org::activity::Activity,
};

use super::{
    app::App,
    project::Project,
    traffic::{Busy, Count, Failed},
};

/// The dashboard of a project, as far as its reader may see it.
#[derive(Debug)]
pub struct Dashboard {
    /// The project.
    pub project: Project,
    /// Each kind of content of each app.
    pub contents: Vec<Contents>,
    /// Requests and exchanges by hour.
    pub counts: Vec<Count>,
    /// What happened last, newest first; for those who manage the project.
    pub activities: Vec<Activity>,
    /// Keys and people; for those who manage the organization's access.
    pub access: Option<Access>,
    /// Whether the reader has a key of their own that works.
    pub has_own_key: bool,
}

/// The entries of one kind in one app.
#[derive(Debug)]
pub struct Contents {
    /// The app.
    pub app: App,
    /// The kind.
    pub kind: &'static Kind,
    /// How many there are, by status.
    pub counts: Counts,
}

/// What concerns keys and people of the organization.
#[derive(Debug)]
pub struct Access {
    /// Whether there is a service account.
    pub has_accounts: bool,
    /// Keys that work and reach the project.
    pub keys: u64,
    /// Keys that end within a week, the next to end first; not all of them.
    pub ending: Vec<ApiKey>,
    /// How many keys end within a week.
    pub ending_total: u64,
    /// Invitations that nobody has accepted yet.
    pub invitations: u64,
    /// Members with wrong passwords within a day, most first.
    pub failed: Vec<Failed>,
    /// The keys with the most requests to the project.
    pub busiest: Vec<Busy>,
}

impl Dashboard {
    /// Whether something was written.
    pub fn is_written(&self) -> bool {
        self.contents.iter().any(|one| one.counts.total > 0)
    }

    /// Whether there is a service account, or a key that needs none.
    pub fn has_account(&self) -> bool {
        self.has_key() || self.access.as_ref().is_some_and(|access| access.has_accounts)
    }

    /// Whether there is a key that the reader knows of.
    pub fn has_key(&self) -> bool {
        self.has_own_key || self.access.as_ref().is_some_and(|access| access.keys > 0)
    }

    /// Whether it says how to begin: until something is written, and for those who manage access until there is a key.
    pub fn is_new(&self) -> bool {
        !self.is_written() || self.access.is_some() && !self.has_key()
    }
}
