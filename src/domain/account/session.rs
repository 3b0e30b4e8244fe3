//! Console sessions: opaque 256-bit ids, stored hashed, listed and revocable.

use std::time::Duration;

use crate::domain::{
    id::{SessionId, UserId},
    key::token::SKEW,
    time::{DAY, Instant},
};

/// A session ends when it was not used for so long.
pub const IDLE: Duration = Duration::from_secs(12 * 60 * 60);
/// A session ends so long after sign-in at the latest.
pub const ABSOLUTE: Duration = DAY.saturating_mul(30);
/// So long the password counts as typed lately.
pub const FRESH: Duration = Duration::from_secs(10 * 60);

/// A signed-in browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Id; not the secret of the cookie.
    pub id: SessionId,
    /// Whose.
    pub user_id: UserId,
    /// From this address.
    pub ip: String,
    /// With this browser.
    pub user_agent: String,
    /// When the password was last asked for.
    pub password_at: Instant,
    /// Signed in at.
    pub created_at: Instant,
    /// Last used at.
    pub last_seen_at: Instant,
    /// Ends at the latest at.
    pub expires_at: Instant,
}

impl Session {
    /// Whether the password was typed lately, as keys, members and deletions ask for. On a clock that ran ahead is not lately.
    pub fn is_fresh(&self, now: Instant) -> bool {
        self.password_at <= now + SKEW && now < self.password_at + FRESH
    }

    /// Whether it is still good.
    pub fn is_live(&self, now: Instant) -> bool {
        now < self.expires_at && now < self.last_seen_at + IDLE
    }
}
