//! Users: people with an e-mail address and a password, and the profile they share with service accounts.

use super::{access::ActorKind, error::Fault, id::UserId, time::Instant};

/// Shortest password, in characters (NIST SP 800-63B: length, no composition rules).
pub const PASSWORD_MIN: usize = 10;
/// Longest password, in bytes.
pub const PASSWORD_MAX: usize = 1024;

/// A person or a service account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Id.
    pub id: UserId,
    /// Person or service account.
    pub kind: ActorKind,
    /// Name.
    pub name: String,
    /// E-mail address; a service account has one too, that no mail reaches.
    pub email: String,
    /// A few words about a person.
    pub bio: Option<String>,
    /// Address of a picture.
    pub avatar_url: Option<String>,
    /// Phone number.
    pub phone: Option<String>,
    /// IANA time zone.
    pub timezone: Option<String>,
    /// Language of the console.
    pub locale: Option<String>,
    /// `light`, `dark` or `system`.
    pub theme: Option<String>,
    /// Since when it is disabled.
    pub disabled_at: Option<Instant>,
    /// Made at.
    pub created_at: Instant,
    /// Changed at.
    pub updated_at: Instant,
}

/// Checks a new password.
pub fn password(field: &str, text: &str) -> Result<(), Fault> {
    if text.chars().count() < PASSWORD_MIN {
        return Err(Fault::new(field, "too_short", format!("{field} must have at least {PASSWORD_MIN} characters.")));
    }
    if text.len() > PASSWORD_MAX {
        return Err(Fault::new(field, "too_long", format!("{field} must have at most {PASSWORD_MAX} bytes.")));
    }
    Ok(())
}
