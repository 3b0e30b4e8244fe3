//! How long things are kept that are over, as the operator sets it.

use std::time::Duration;

use super::time::DAY;

/// How long; `None` for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// Lines of the audit trail.
    pub activity: Option<Duration>,
    /// API keys that were revoked, have expired, or were replaced, since they ended.
    pub ended_keys: Option<Duration>,
    /// E-mails, since they were sent or have failed: to whom, which, and why not.
    pub emails: Option<Duration>,
}

impl Default for Retention {
    fn default() -> Self {
        Self { activity: None, ended_keys: None, emails: Some(DAY.saturating_mul(30)) }
    }
}
