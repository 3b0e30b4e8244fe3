//! Notifications: what a user should know, shown in the console and listed by the API.

use crate::domain::{
    id::{NotificationId, OrgId, UserId},
    time::Instant,
};

/// A notification.
#[derive(Debug, Clone)]
pub struct Notification {
    /// Id.
    pub id: NotificationId,
    /// For whom.
    pub user_id: UserId,
    /// In which organization.
    pub org: Option<OrgId>,
    /// One line.
    pub title: String,
    /// More lines.
    pub body: Option<String>,
    /// What it is about, such as `member.added`.
    pub kind: String,
    /// `unread` or `read`.
    pub status: String,
    /// Where it leads.
    pub link: Option<String>,
    /// Where it belongs: the kind and the id of the thing.
    pub scope: Option<(String, String)>,
    /// More, as JSON text.
    pub data: String,
    /// Made at.
    pub created_at: Instant,
    /// Changed at.
    pub updated_at: Instant,
}
