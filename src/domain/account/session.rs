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

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_password_that_was_typed_on_a_clock_that_ran_ahead_was_not_typed_lately() {
        let now = Instant::from_seconds(1_000_000);
        let typed = |password_at| Session {
            id: SessionId::from_uuid(Uuid::nil()),
            user_id: UserId::from_uuid(Uuid::nil()),
            ip: String::new(),
            user_agent: String::new(),
            password_at,
            created_at: now,
            last_seen_at: now,
            expires_at: now + ABSOLUTE,
        };
        assert!(typed(now).is_fresh(now) && typed(now).is_fresh(now + FRESH - SKEW) && typed(now + SKEW).is_fresh(now));
        assert!(!typed(now).is_fresh(now + FRESH) && !typed(now + DAY).is_fresh(now));
    }
}
