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
    /// Whether nothing was written yet: then it says how to begin.
    pub fn is_new(&self) -> bool {
        self.contents.iter().all(|one| one.counts.total == 0)
    }
}
