//! Readers of a site who sign in: who was invited.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::domain::{
    Result,
    id::{AppId, ViewerId},
    text,
    time::Instant,
};

/// A reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// Id.
    pub id: ViewerId,
    /// The app whose site they read.
    pub app: AppId,
    /// E-mail address.
    pub email: String,
    /// What they are called, if they have said so.
    pub display_name: Option<String>,
    /// Invited at, last.
    pub invited_at: Instant,
    /// First signed in at.
    pub signed_in_at: Option<Instant>,
    /// Last seen at.
    pub last_activity_at: Option<Instant>,
}

/// Whom to invite.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ViewerNew, example = json!({"email": "reader@example.com"}))]
pub struct Draft {
    /// E-mail address.
    #[schema(format = "email", max_length = 254)]
    pub email: String,
}

impl Draft {
    /// The address in the form in which it is stored.
    ///
    /// # Errors
    /// Its fault.
    pub fn check(&self) -> Result<String> {
        Ok(text::email("email", &self.email)?)
    }
}
