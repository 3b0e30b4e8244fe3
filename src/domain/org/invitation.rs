//! Invitations to an organization, or to one project or app of it.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::domain::{
    Result,
    access::Role,
    error::Faults,
    id::{AppId, InvitationId, KeyId, OrgId, ProjectId, UserId},
    key::secret::PlainToken,
    text,
    time::{DAY, Instant},
};

use super::member::{ORGANIZATION_ROLES, given_role};

/// How long an invitation can be accepted.
pub const LIFETIME: std::time::Duration = DAY.saturating_mul(7);

/// A project, or one of its apps, and the role that somebody is to have there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleAssignment {
    /// The project.
    pub project: ProjectId,
    /// The app, if it is one.
    pub app: Option<AppId>,
    /// As what.
    pub role: Role,
}

/// The same as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedAssignment {
    /// Which, and as what.
    pub at: RoleAssignment,
    /// The project's name.
    pub project: String,
    /// The app's name, if it is one.
    pub app: Option<String>,
    /// Whether it was deleted since.
    pub gone: bool,
}

impl NamedAssignment {
    /// Its name, an app's behind that of its project.
    pub fn title(&self) -> String {
        self.app.as_ref().map_or_else(|| self.project.clone(), |app| format!("{} / {app}", self.project))
    }
}

/// Who is to be invited, as what, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationRequest {
    /// To whom.
    pub email: String,
    /// As what in the organization.
    pub role: Role,
    /// A title for the new member: of the place where there is one, else of the organization.
    pub title: Option<String>,
    /// The place in it, if it is for one.
    pub place: Option<RoleAssignment>,
}

impl InvitationRequest {
    /// To a project or an app. Whoever accepts sees that one alone: in the organization they are what implies nothing.
    pub const fn to_place(email: String, place: RoleAssignment, title: Option<String>) -> Self {
        Self { email, role: Role::Collaborator, title, place: Some(place) }
    }
}

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
    /// The project or the app that it is for, if it is for one.
    pub place: Option<NamedAssignment>,
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
pub enum InvitationFilter {
    /// Those that can be accepted.
    Pending,
    /// Those that were.
    Accepted,
    /// Those whose week is over, and those whose inviter may not invite any more.
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

impl InvitationFilter {
    /// Whether an answer is waited for.
    pub const fn is_pending(self) -> bool {
        matches!(self, Self::Pending)
    }

    /// Whether it was accepted.
    pub const fn is_accepted(self) -> bool {
        matches!(self, Self::Accepted)
    }

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

    /// What it leads to: the organization, or the place in it.
    pub fn leads_to(&self) -> String {
        let organization = &self.organization.0;
        self.place.as_ref().map_or_else(|| organization.clone(), |place| format!("{} ({organization})", place.title()))
    }

    /// The role there.
    pub fn role_there(&self) -> Role {
        self.place.as_ref().map_or(self.role, |place| place.at.role)
    }

    /// Whether what it leads to was deleted.
    pub fn is_for_nothing(&self) -> bool {
        self.place.as_ref().is_some_and(|place| place.gone)
    }

    /// Its state at this moment.
    pub fn state(&self, now: Instant) -> InvitationFilter {
        match self.accepted_at {
            Some(_) => InvitationFilter::Accepted,
            None if self.ended_at.is_none() && self.expires_at > now => InvitationFilter::Pending,
            None => InvitationFilter::Expired,
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
    /// A new user's new password, which may hold neither their name nor their address; or an existing user's password.
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
