//! API keys: what is stored of them, and the rules for making, renewing and ending one.

use std::time::Duration;

use serde::Deserialize;
use utoipa::ToSchema;

use crate::domain::{
    Result,
    access::Access,
    error::{Fault, Faults},
    id::{KeyId, OrgId, ProjectId, UserId},
    org::organization::Policy,
    text,
    time::{DAY, Instant},
};

use super::{
    ends::{Ends, KeyStatus},
    restriction::{self, Restrictions},
    secret::PlainKey,
};

/// So many days before a key ends its owner is reminded, the last reminder first.
pub const REMIND_DAYS: [u32; 3] = [1, 7, 30];
/// Life of a key unless chosen otherwise, in days.
pub const DEFAULT_DAYS: u32 = 90;
/// Most projects that a key can be limited to.
pub const PROJECTS_MAX: usize = 100;

/// An API key as lists show it; the secret is not among its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Id.
    pub id: KeyId,
    /// Its organization.
    pub org: OrgId,
    /// Who it acts as.
    pub owner_id: UserId,
    /// The owner's name.
    pub owner_name: String,
    /// Whether the owner is a service account.
    pub of_service_account: bool,
    /// Name.
    pub name: String,
    /// First characters and last four of the key.
    pub display: String,
    /// What it may do at most.
    pub access: Access,
    /// The only projects it reaches; none for all that the owner may.
    pub projects: Option<Vec<ProjectId>>,
    /// From where and how often it may be used.
    pub restrictions: Restrictions,
    /// When it ends.
    pub expires_at: Option<Instant>,
    /// When it was revoked.
    pub revoked_at: Option<Instant>,
    /// When the grace period ends or ended that it got when it was regenerated.
    pub grace_ends_at: Option<Instant>,
    /// By whom it was revoked or regenerated.
    pub revoked_by: Option<UserId>,
    /// Why.
    pub revoke_reason: Option<String>,
    /// The key it replaces.
    pub replaces: Option<KeyId>,
    /// Who made it.
    pub created_by: Option<UserId>,
    /// Made at.
    pub created_at: Instant,
    /// Last used at.
    pub last_used_at: Option<Instant>,
    /// Last used from this address.
    pub last_ip: Option<String>,
    /// The name of who made it.
    pub created_by_name: Option<String>,
    /// The name of who revoked it.
    pub revoked_by_name: Option<String>,
    /// What lists show of the key that it replaces.
    pub replaces_display: Option<String>,
    /// What lists show of the key that replaces it.
    pub replaced_by: Option<String>,
    /// That key.
    pub successor: Option<KeyId>,
    /// Whether it was revoked, and no other took its place.
    pub successor_revoked: bool,
}

impl ApiKey {
    /// Whether the policy would not let this key be made at this moment. What lives already lives on.
    pub fn is_beyond(&self, policy: &Policy, now: Instant) -> bool {
        let latest = policy.max_key_days.map(|days| now + DAY * days);
        let endless = self.expires_at.is_none() && (policy.key_expiry_required || latest.is_some());
        let too_long = self.expires_at.zip(latest).is_some_and(|(end, latest)| end > latest);
        endless || too_long || (!policy.personal_keys_allowed && !self.of_service_account)
    }

    /// Whether it reads what visitors sent to forms.
    pub fn reads_submissions(&self) -> bool {
        self.restrictions.submissions.unwrap_or(self.access == Access::Full)
    }

    /// Whether it works now.
    pub fn status(&self, now: Instant) -> KeyStatus {
        Ends { revoked: self.revoked_at.is_some(), grace_ends_at: self.grace_ends_at, expires_at: self.expires_at }.status(now)
    }

    /// When it was revoked, or will be at the end of its grace period.
    pub fn dead_from(&self) -> Option<Instant> {
        self.revoked_at.or(self.grace_ends_at)
    }

    /// When it stops working or stopped: at its expiry, or before, where it was revoked or replaced.
    pub fn ends(&self) -> Option<Instant> {
        self.dead_from().into_iter().chain(self.expires_at).min()
    }

    /// Whether it works only for its grace period, and nothing takes its place after that.
    pub fn is_orphaned(&self, now: Instant) -> bool {
        self.successor_revoked && self.grace_ends(now).is_some()
    }

    /// When it stops working because it was replaced, while it still works.
    pub fn grace_ends(&self, now: Instant) -> Option<Instant> {
        self.grace_ends_at.filter(|_| self.status(now) == KeyStatus::Active)
    }
}

/// Somebody who owns keys.
#[derive(Debug, Clone)]
pub struct Owner {
    /// Who.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Whether it is a service account.
    pub of_service_account: bool,
}

/// A key that was just made: the one moment at which the secret is there.
#[derive(Debug, Clone)]
pub struct Issued {
    /// What is stored.
    pub key: ApiKey,
    /// What is shown once.
    pub secret: PlainKey,
}

/// What makes a key.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ApiKeyNew, example = json!({"name": "Nightly import", "expiresInDays": 90, "access": "write"}))]
pub struct Draft {
    /// Name.
    #[schema(min_length = 1, max_length = 80, pattern = "{name}")]
    pub name: String,
    /// What it may do at most; `full` when left out.
    pub access: Option<Access>,
    /// Days until it ends; 90 when neither this nor `expiresAt` is given.
    #[schema(minimum = 1, maximum = 3650)]
    pub expires_in_days: Option<u32>,
    /// When it ends; `null` for never.
    #[serde(default, deserialize_with = "crate::domain::text::some")]
    #[schema(value_type = Option<Instant>)]
    pub expires_at: Option<Option<Instant>>,
    /// The only projects it reaches.
    #[schema(max_items = 100)]
    pub projects: Option<Vec<ProjectId>>,
    /// The only addresses and networks (CIDR) that it may be used from.
    #[schema(min_items = 1, max_items = 32)]
    pub networks: Option<Vec<String>>,
    /// Most requests a minute, exchanges for a token among them.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub requests_per_minute: Option<u32>,
    /// Whether it reads what visitors sent to forms. Left out, it does if its access is `full`.
    pub submissions: Option<bool>,
}

/// A change of a key; what is left out stays, `null` lifts a restriction.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[schema(as = ApiKeyPatch, example = json!({"name": "Weekly import"}))]
pub struct Patch {
    /// Name.
    #[schema(min_length = 1, max_length = 80, pattern = "{name}")]
    pub name: Option<String>,
    /// The only addresses and networks (CIDR) that it may be used from.
    #[serde(deserialize_with = "crate::domain::text::some")]
    #[schema(min_items = 1, max_items = 32, value_type = Option<Vec<String>>)]
    pub networks: Option<Option<Vec<String>>>,
    /// Most requests a minute, exchanges for a token among them.
    #[serde(deserialize_with = "crate::domain::text::some")]
    #[schema(minimum = 1, maximum = 1_000_000, value_type = Option<u32>)]
    pub requests_per_minute: Option<Option<u32>>,
    /// Whether it reads what visitors sent to forms; `null` for what its access says.
    #[serde(deserialize_with = "crate::domain::text::some")]
    #[schema(value_type = Option<bool>)]
    pub submissions: Option<Option<bool>>,
}

/// Replaces a key by a new one.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[schema(as = ApiKeyRegenerate, example = json!({"grace": "1h"}))]
pub struct Regenerate {
    /// How long the old key still works.
    pub grace: Grace,
    /// Days until the new key ends; the old key's end when neither this nor `expiresAt` is given.
    #[schema(minimum = 1, maximum = 3650)]
    pub expires_in_days: Option<u32>,
    /// When the new key ends; `null` for never.
    #[serde(deserialize_with = "crate::domain::text::some")]
    #[schema(value_type = Option<Instant>)]
    pub expires_at: Option<Option<Instant>>,
}

/// Revokes a key.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[schema(as = ApiKeyRevocation, example = json!({"reason": "The laptop was lost"}))]
pub struct Revoke {
    /// Why, for the list and the audit trail.
    #[schema(max_length = 500, pattern = "{block}")]
    pub reason: Option<String>,
}

/// How long a regenerated key goes on working.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, Deserialize, ToSchema)]
pub enum Grace {
    /// Not at all.
    #[default]
    #[serde(rename = "none")]
    None,
    /// One hour.
    #[serde(rename = "1h")]
    Hour,
    /// One day.
    #[serde(rename = "24h")]
    Day,
    /// One week.
    #[serde(rename = "7d")]
    Week,
}

impl Grace {
    /// Its length.
    pub const fn span(self) -> Duration {
        match self {
            Self::None => Duration::ZERO,
            Self::Hour => Duration::from_secs(3600),
            Self::Day => DAY,
            Self::Week => DAY.saturating_mul(7),
        }
    }
}

/// A key draft that was checked.
#[derive(Debug, Clone)]
pub struct Checked {
    /// Name.
    pub name: String,
    /// Access.
    pub access: Access,
    /// End.
    pub expires_at: Option<Instant>,
    /// Chosen projects, each once.
    pub projects: Option<Vec<ProjectId>>,
    /// Restrictions.
    pub restrictions: Restrictions,
}

impl Draft {
    /// # Errors
    /// All faults, those against the organization's policy among them.
    pub fn check(&self, policy: &Policy, now: Instant) -> Result<Checked> {
        let mut faults = Faults::default();
        let name = faults.keep(text::line("name", &self.name, 80));
        let fallback = Some(now + DAY * DEFAULT_DAYS.min(policy.max_key_days.unwrap_or(DEFAULT_DAYS)));
        let expires_at = faults.keep(expiry(self.expires_in_days, self.expires_at, fallback, policy, now));
        let mut projects = self.projects.clone();
        if let Some(chosen) = &mut projects {
            chosen.sort_unstable();
            chosen.dedup();
            if chosen.is_empty() || chosen.len() > PROJECTS_MAX {
                faults.add("projects", "out_of_range", format!("projects must name 1 to {PROJECTS_MAX} projects, or be left out."));
            }
        }
        let restrictions = Restrictions {
            networks: restriction::networks(&mut faults, self.networks.as_deref()),
            requests_per_minute: restriction::requests_per_minute(&mut faults, self.requests_per_minute),
            submissions: self.submissions,
        };
        faults.into_result()?;
        let access = self.access.unwrap_or(Access::Full);
        Ok(Checked { name: name.unwrap_or_default(), access, expires_at: expires_at.flatten(), projects, restrictions })
    }
}

impl Patch {
    /// Name and restrictions of a key after it.
    ///
    /// # Errors
    /// All faults.
    pub fn apply(&self, key: &ApiKey) -> Result<(String, Restrictions)> {
        let mut faults = Faults::default();
        let name = self.name.as_ref().map_or_else(|| Some(key.name.clone()), |name| faults.keep(text::line("name", name, 80)));
        let mut restrictions = key.restrictions.clone();
        if let Some(named) = &self.networks {
            restrictions.networks = restriction::networks(&mut faults, named.as_deref());
        }
        if let Some(number) = self.requests_per_minute {
            restrictions.requests_per_minute = restriction::requests_per_minute(&mut faults, number);
        }
        restrictions.submissions = self.submissions.unwrap_or(restrictions.submissions);
        faults.into_result()?;
        Ok((name.unwrap_or_default(), restrictions))
    }
}

impl Regenerate {
    /// The new key's end.
    ///
    /// # Errors
    /// Faults of the chosen end, against the policy too.
    pub fn expiry(&self, old: Option<Instant>, policy: &Policy, now: Instant) -> Result<Option<Instant>> {
        let old = old.filter(|at| *at > now).or(old.map(|_| now + DAY * DEFAULT_DAYS));
        Ok(expiry(self.expires_in_days, self.expires_at, old, policy, now)?)
    }

    /// When the old key ends: after the grace period, but never later than it would have anyway.
    pub fn old_ends(&self, old_expires: Option<Instant>, now: Instant) -> Instant {
        let end = now + self.grace.span();
        old_expires.map_or(end, |at| at.min(end)).max(now)
    }
}

impl Revoke {
    /// The checked reason.
    ///
    /// # Errors
    /// The fault of the reason.
    pub fn check(&self) -> Result<Option<String>> {
        Ok(text::optional(&self.reason, |it| text::block("reason", it, 500))?)
    }
}

/// The end of a new key, by what was asked for and what the policy demands.
fn expiry(
    days: Option<u32>,
    date: Option<Option<Instant>>,
    fallback: Option<Instant>,
    policy: &Policy,
    now: Instant,
) -> std::result::Result<Option<Instant>, Fault> {
    let (field, end) = match (days, date) {
        (Some(_), Some(_)) => return Err(Fault::new("expiresAt", "repeated", "Give expiresInDays or expiresAt, not both.")),
        (Some(days @ 1..=3650), None) => ("expiresInDays", Some(now + DAY * days)),
        (Some(_), None) => return Err(Fault::new("expiresInDays", "out_of_range", "expiresInDays must be from 1 to 3650.")),
        (None, Some(end)) => ("expiresAt", end),
        (None, None) => ("expiresAt", fallback),
    };
    match (end, policy.max_key_days) {
        (Some(end), _) if end <= now => Err(Fault::new(field, "in_the_past", format!("{field} must lie in the future."))),
        (None, _) if policy.key_expiry_required => {
            Err(Fault::new(field, "policy", "The organization requires that keys expire: choose an end."))
        }
        (end, Some(max)) if end.is_none_or(|end| end > now + DAY * max) => {
            Err(Fault::new(field, "policy", format!("The organization allows keys to live {max} days at most.")))
        }
        (end, _) => Ok(end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Instant = Instant::from_seconds(1_800_000_000);

    #[test]
    fn a_grace_period_never_outlives_the_old_expiry() {
        let with = |grace| Regenerate { grace, ..Regenerate::default() };
        assert_eq!(with(Grace::None).old_ends(None, NOW), NOW);
        assert_eq!(with(Grace::Day).old_ends(None, NOW), NOW + DAY);
        let soon = NOW + Duration::from_secs(60);
        assert_eq!(with(Grace::Week).old_ends(Some(soon), NOW), soon);
    }

    #[test]
    fn the_policy_limits_every_way_to_choose_an_end() {
        let policy = Policy { max_key_days: Some(30), key_expiry_required: true, personal_keys_allowed: true };
        assert_eq!(expiry(None, None, Some(NOW + DAY * 30), &policy, NOW), Ok(Some(NOW + DAY * 30)));
        for (days, date) in [(Some(31), None), (None, Some(None)), (None, Some(Some(NOW + DAY * 31))), (None, Some(Some(NOW)))] {
            assert!(expiry(days, date, None, &policy, NOW).is_err(), "{days:?} {date:?}");
        }
        assert_eq!(expiry(None, Some(None), None, &Policy::default(), NOW), Ok(None));
    }
}
