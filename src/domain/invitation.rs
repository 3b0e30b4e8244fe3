//! Invitations to an organization.

use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    Result,
    access::Role,
    error::Faults,
    id::{InvitationId, KeyId, OrgId, UserId},
    member::{ORGANIZATION_ROLES, given_role},
    secret::PlainToken,
    text,
    time::{DAY, Instant},
};

/// How long an invitation can be accepted.
pub const LIFETIME: std::time::Duration = DAY.saturating_mul(7);

/// An invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Id.
    pub id: InvitationId,
    /// To which organization.
    pub org: OrgId,
    /// To whom.
    pub email: String,
    /// As what.
    pub role: Role,
    /// By whom.
    pub invited_by: UserId,
    /// With which key, if by one.
    pub key: Option<KeyId>,
    /// A title for the new member.
    pub title: Option<String>,
    /// When it ended because whoever made it may not invite any more.
    pub ended_at: Option<Instant>,
    /// When it was accepted.
    pub accepted_at: Option<Instant>,
    /// Until when it can be.
    pub expires_at: Instant,
    /// Made at.
    pub created_at: Instant,
    /// The organization's name and slug.
    pub organization: (String, String),
    /// The inviter's name and address.
    pub inviter: (String, String),
}

/// Which invitations a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Those that can be accepted.
    Pending,
    /// Those that were.
    Accepted,
    /// Those whose week is over, and those whose giver may not invite any more.
    Expired,
    /// All.
    All,
}

/// How many invitations there are of each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Those that can be accepted.
    pub pending: u64,
    /// Those that were.
    pub accepted: u64,
    /// Those that are over.
    pub expired: u64,
}

impl Shown {
    /// The state of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [("pending", Self::Pending), ("accepted", Self::Accepted), ("expired", Self::Expired), ("all", Self::All)]
            .into_iter()
            .find_map(|(known, shown)| (known == word).then_some(shown))
    }
}

impl Invitation {
    /// Until when it can be accepted, or could be.
    pub fn open_until(&self) -> Instant {
        self.ended_at.map_or(self.expires_at, |at| at.min(self.expires_at))
    }

    /// Its state at this moment.
    pub fn state(&self, now: Instant) -> Shown {
        match self.accepted_at {
            Some(_) => Shown::Accepted,
            None if self.ended_at.is_none() && self.expires_at > now => Shown::Pending,
            None => Shown::Expired,
        }
    }
}

/// Invites somebody.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = InvitationNew, example = json!({"email": "ada@example.com", "role": "editor"}))]
pub struct Draft {
    /// To whom.
    #[schema(max_length = 254, pattern = "^[a-z0-9][a-z0-9._+-]*@[a-z0-9-]+(\\.[a-z0-9-]+)+$")]
    pub email: String,
    /// As what; never owner.
    pub role: Role,
}

/// Accepts an invitation: as a new user with a name and a new password, or as an existing one with theirs.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = InvitationAccept, example = json!({"token": "gAfe...", "name": "Ada", "password": "a long passphrase"}))]
pub struct Accept {
    /// The secret of the invitation's link.
    #[schema(min_length = 1, max_length = 100)]
    pub token: String,
    /// Name of a new user; not used for an existing one.
    #[schema(min_length = 1, max_length = 200, pattern = "{name}")]
    pub name: Option<String>,
    /// A new user's new password, or an existing user's password.
    #[schema(min_length = 10, max_length = 256)]
    pub password: String,
}

impl std::fmt::Debug for Accept {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Accept")
    }
}

impl Draft {
    /// The draft with its address checked and lower-cased.
    ///
    /// # Errors
    /// All faults.
    pub fn check(&self) -> Result<Self> {
        let mut faults = Faults::default();
        let email = faults.keep(text::email("email", &self.email));
        faults.keep(given_role(self.role, ORGANIZATION_ROLES));
        faults.into_result()?;
        Ok(Self { email: email.unwrap_or_default(), role: self.role })
    }
}

/// The secret of an invitation's link. It is derived, not stored, so that the same link can be shown and sent again.
pub fn token(instance_secret: &[u8], id: InvitationId) -> PlainToken {
    let mut material = instance_secret.to_vec();
    material.extend_from_slice(id.uuid().as_bytes());
    let derived = blake3::derive_key("stele 2026-11 invitation link", &material);
    PlainToken::from_text(&blake3::Hash::from_bytes(derived).to_hex()[..43])
}
