//! What a transaction causes outside the database, once it is committed.

use tokio::sync::Notify;

/// What a commit causes outside the database.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Effects {
    pub schedule: bool,
    pub emails: bool,
    pub files: bool,
    pub pictures: bool,
    pub webhooks: bool,
}

impl Effects {
    /// Wakes whoever has work now.
    pub fn wake(self, wakers: &Wakers) {
        if self.schedule {
            wakers.schedule.notify_one();
        }
        if self.emails {
            wakers.emails.notify_one();
        }
        if self.files {
            wakers.files.notify_one();
        }
        if self.pictures {
            wakers.pictures.notify_one();
        }
        if self.webhooks {
            wakers.webhooks.notify_one();
        }
    }
}

/// What wakes the jobs: told after a commit that left work for one, or when something worth writing was noted in memory.
#[derive(Debug, Default)]
pub struct Wakers {
    /// An entry was scheduled.
    pub schedule: Notify,
    /// An e-mail waits in the outbox.
    pub emails: Notify,
    /// Bytes of files may go.
    pub files: Notify,
    /// Smaller pictures are to be made.
    pub pictures: Notify,
    /// A webhook has something to tell.
    pub webhooks: Notify,
    /// A key was used that was not before, or from elsewhere.
    pub usage: Notify,
}
