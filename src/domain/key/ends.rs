//! When a key works: its ends, and what they come to.

use crate::domain::time::Instant;

/// Whether a key works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyStatus {
    /// It works.
    Active,
    /// Its time is over.
    Expired,
    /// It was revoked.
    Revoked,
}

impl KeyStatus {
    /// The word on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
        }
    }
}

/// The ends of a key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ends {
    /// Somebody revoked it: a fact, whatever a clock says later.
    pub revoked: bool,
    /// When its grace period ends.
    pub grace_ends_at: Option<Instant>,
    /// When its time is over.
    pub expires_at: Option<Instant>,
}

impl Ends {
    /// Whether a key with these ends works now. The one place of this rule.
    pub fn status(self, now: Instant) -> KeyStatus {
        if self.revoked || self.grace_ends_at.is_some_and(|at| at <= now) {
            KeyStatus::Revoked
        } else if self.expires_at.is_some_and(|at| at <= now) {
            KeyStatus::Expired
        } else {
            KeyStatus::Active
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::DAY;

    const NOW: Instant = Instant::from_seconds(1_800_000_000);

    #[test]
    fn a_key_works_until_its_earlier_end() {
        let (early, late) = (NOW - DAY, NOW + DAY);
        let status = |grace_ends_at, expires_at| Ends { revoked: false, grace_ends_at, expires_at }.status(NOW);
        assert_eq!(status(None, None), KeyStatus::Active);
        assert_eq!(status(Some(late), Some(late)), KeyStatus::Active);
        assert_eq!(status(Some(NOW), Some(late)), KeyStatus::Revoked);
        assert_eq!(status(None, Some(NOW)), KeyStatus::Expired);
        assert_eq!(status(Some(early), Some(early)), KeyStatus::Revoked);
    }

    #[test]
    fn a_revoked_key_is_revoked_at_any_time() {
        let ends = Ends { revoked: true, grace_ends_at: Some(NOW + DAY), expires_at: Some(NOW + DAY) };
        for at in [Instant::from_seconds(0), NOW, NOW + DAY * 9] {
            assert_eq!(ends.status(at), KeyStatus::Revoked);
        }
    }
}
