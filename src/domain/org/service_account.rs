//! Service accounts: identities of scripts and services that never sign in.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::domain::{
    Result,
    access::Role,
    error::Faults,
    id::{MemberId, OrgId, ProjectId, UserId},
    profile, text,
    time::Instant,
};

use super::{
    activity,
    member::{ORGANIZATION_ROLES, given_role},
};

/// A service account with its membership.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceAccount {
    /// Id; it is a user id too.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// An address that no mail reaches; unique, for lists and the audit trail.
    pub email: String,
    /// What it is for.
    pub description: Option<String>,
    /// Its organization.
    pub org: OrgId,
    /// Its membership there.
    pub member_id: MemberId,
    /// Its role there.
    pub role: Role,
    /// Since when it is disabled.
    pub disabled_at: Option<Instant>,
    /// Who made it.
    pub created_by: Option<UserId>,
    /// Made at.
    pub created_at: Instant,
}

impl ServiceAccount {
    /// What differs from `before`.
    pub fn changes(&self, before: &Self) -> Vec<&'static str> {
        activity::changes(&[
            ("name", self.name != before.name),
            ("description", self.description != before.description),
            ("role", self.role != before.role),
            ("disabled", self.disabled_at.is_some() != before.disabled_at.is_some()),
        ])
    }
}

/// A service account with what its list and its page tell besides.
#[derive(Debug, Clone)]
pub struct Summary {
    /// The service account.
    pub account: ServiceAccount,
    /// The name of who made it.
    pub created_by_name: Option<String>,
    /// Keys that work.
    pub keys: u64,
    /// When the next of them ends; a key that was replaced does not count.
    pub next_end: Option<Instant>,
    /// Projects that it was added to, or to an app of.
    pub given: u64,
    /// When one of its keys was used last.
    pub last_used_at: Option<Instant>,
    /// From which address.
    pub last_ip: Option<String>,
}

impl Summary {
    /// How many projects it reaches; none for all.
    pub const fn reaches(&self) -> Option<u64> {
        match self.account.role.implied_in_projects() {
            Some(_) => None,
            None => Some(self.given),
        }
    }
}

/// Which service accounts a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountFilter {
    /// All.
    All,
    /// Those whose keys work.
    Active,
    /// Those that are disabled.
    Disabled,
}

/// A project and the role that a service account is to have there; none to take it out.
pub type RoleChange = (ProjectId, Option<Role>);

/// What makes a service account.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ServiceAccountNew, example = json!({"name": "Nightly import", "role": "editor"}))]
pub struct Draft {
    /// Name.
    #[schema(min_length = 1, max_length = 80, pattern = "{name}")]
    pub name: String,
    /// Role; never owner.
    pub role: Role,
    /// What it is for.
    #[schema(max_length = 2000, pattern = "{block}")]
    pub description: Option<String>,
}

/// Changes a service account.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[schema(as = ServiceAccountPatch, example = json!({"disabled": true}))]
pub struct Patch {
    /// Name.
    #[schema(min_length = 1, max_length = 80, pattern = "{name}")]
    pub name: Option<String>,
    /// Role; never owner.
    pub role: Option<Role>,
    /// What it is for; `null` clears it.
    #[serde(deserialize_with = "crate::domain::text::some")]
    #[schema(max_length = 2000, pattern = "{block}", value_type = Option<String>)]
    pub description: Option<Option<String>>,
    /// A disabled account's keys and tokens are dead until it is enabled again.
    pub disabled: Option<bool>,
}

impl Draft {
    /// The draft with its texts checked.
    ///
    /// # Errors
    /// All faults.
    pub fn check(&self) -> Result<Self> {
        let mut faults = Faults::default();
        let name = faults.keep(text::line("name", &self.name, 80));
        faults.keep(given_role(self.role, ORGANIZATION_ROLES));
        let description = faults.keep(text::optional(&self.description, profile::description));
        faults.into_result()?;
        Ok(Self { name: name.unwrap_or_default(), role: self.role, description: description.flatten() })
    }
}

impl Patch {
    /// Puts the change on `account`.
    ///
    /// # Errors
    /// All faults of the patch.
    pub fn apply(&self, account: &mut ServiceAccount, now: Instant) -> Result<()> {
        let mut faults = Faults::default();
        text::set(&mut account.name, &self.name, &mut faults, |it| text::line("name", it, 80));
        text::set_optional(&mut account.description, &self.description, &mut faults, profile::description);
        if let Some(role) = self.role {
            faults.keep(given_role(role, ORGANIZATION_ROLES));
            account.role = role;
        }
        match self.disabled {
            Some(true) => account.disabled_at = account.disabled_at.or(Some(now)),
            Some(false) => account.disabled_at = None,
            None => {}
        }
        faults.into_result()
    }
}
