//! Organizations: the shared workspace, with its key policies.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::{
    Result,
    error::Faults,
    id::{OrgId, UserId},
    profile::{self, Profile},
    text,
    time::Instant,
};

use super::activity;

/// A workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// Id.
    pub id: OrgId,
    /// Name.
    pub name: String,
    /// Unique on the instance.
    pub slug: String,
    /// What it is.
    pub description: Option<String>,
    /// Address of its logo.
    pub logo_url: Option<String>,
    /// Its colour, `#rrggbb`.
    pub brand_color: Option<String>,
    /// Its site.
    pub website: Option<String>,
    /// Where it is.
    pub address: Option<Address>,
    /// Its one owner.
    pub owner_id: UserId,
    /// Rules for its keys.
    pub policy: Policy,
    /// Made at.
    pub created_at: Instant,
    /// Changed at.
    pub updated_at: Instant,
}

/// A postal address.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Address {
    /// Street and number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200, pattern = "{line}")]
    pub street: Option<String>,
    /// City.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200, pattern = "{line}")]
    pub city: Option<String>,
    /// State or region.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200, pattern = "{line}")]
    pub state: Option<String>,
    /// Postal code.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200, pattern = "{line}")]
    pub postal_code: Option<String>,
    /// Country.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200, pattern = "{line}")]
    pub country: Option<String>,
}

/// What the organization demands of its keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Policy {
    /// Longest life of a key, in days; none for no limit.
    #[schema(minimum = 1, maximum = 3650)]
    pub max_key_days: Option<u32>,
    /// Whether each key must expire.
    pub key_expiry_required: bool,
    /// Whether members may have personal keys.
    pub personal_keys_allowed: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Self { max_key_days: None, key_expiry_required: false, personal_keys_allowed: true }
    }
}

/// Who makes organizations, beside the first start and the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OrgCreation {
    /// Every person.
    Anyone,
    /// The operators of the instance.
    #[default]
    Operator,
}

impl OrgCreation {
    /// Who has this word in the settings.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "anyone" => Some(Self::Anyone),
            "operator" => Some(Self::Operator),
            _ => None,
        }
    }
}

/// An organization as operators see it: its name and how much is in it, nothing of what that is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// Id.
    pub id: OrgId,
    /// Name.
    pub name: String,
    /// Slug.
    pub slug: String,
    /// The owner's name.
    pub owner_name: String,
    /// The owner's address.
    pub owner_email: String,
    /// Made at.
    pub created_at: Instant,
    /// When a member signed in last.
    pub signed_in_at: Option<Instant>,
    /// How many people are in it.
    pub members: u64,
    /// How many projects it has.
    pub projects: u64,
    /// How many of its keys work.
    pub keys: u64,
}

/// What makes an organization.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = OrganizationNew, example = json!({"name": "Northwind Press", "slug": "northwind-press"}))]
pub struct Draft {
    /// Name.
    #[schema(min_length = 1, max_length = 200, pattern = "{name}")]
    pub name: String,
    /// Unique on the instance; made from the name when left out.
    #[schema(min_length = 1, max_length = 60, pattern = "{slug}")]
    pub slug: Option<String>,
    /// What it is.
    #[schema(max_length = 2000, pattern = "{block}")]
    pub description: Option<String>,
    /// Its site.
    #[schema(max_length = 2000, pattern = "{link}")]
    pub website: Option<String>,
}

/// A change of an organization's profile and policies; what is left out stays, `null` clears.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[schema(as = OrganizationPatch, example = json!({"description": "Books and a newspaper"}))]
pub struct Patch {
    /// Name.
    #[schema(min_length = 1, max_length = 200, pattern = "{name}")]
    pub name: Option<String>,
    /// Unique on the instance.
    #[schema(min_length = 1, max_length = 60, pattern = "{slug}")]
    pub slug: Option<String>,
    /// What it is.
    #[serde(deserialize_with = "crate::domain::text::some")]
    #[schema(max_length = 2000, pattern = "{block}", value_type = Option<String>)]
    pub description: Option<Option<String>>,
    /// Address of its logo.
    #[serde(deserialize_with = "crate::domain::text::some")]
    #[schema(max_length = 2000, pattern = "{link}", value_type = Option<String>)]
    pub logo_url: Option<Option<String>>,
    /// Its colour.
    #[serde(deserialize_with = "crate::domain::text::some")]
    #[schema(pattern = "^(#[0-9a-fA-F]{6})?$", value_type = Option<String>)]
    pub brand_color: Option<Option<String>>,
    /// Its site.
    #[serde(deserialize_with = "crate::domain::text::some")]
    #[schema(max_length = 2000, pattern = "{link}", value_type = Option<String>)]
    pub website: Option<Option<String>>,
    /// Where it is.
    #[serde(deserialize_with = "crate::domain::text::some")]
    #[schema(value_type = Option<Address>)]
    pub address: Option<Option<Address>>,
    /// Rules for its keys.
    pub policy: Option<Policy>,
}

/// A draft that was checked.
#[derive(Debug, Clone)]
pub struct Checked {
    /// Name, slug, what it is.
    pub profile: Profile,
    /// Its site.
    pub website: Option<String>,
}

impl Draft {
    /// # Errors
    /// All faults of the draft.
    pub fn check(&self) -> Result<Checked> {
        let mut faults = Faults::default();
        let profile = Profile::check(&self.name, self.slug.as_deref(), &self.description, "organization", &mut faults);
        let website = faults.keep(text::optional(&self.website, |it| text::link("website", it)));
        faults.into_result()?;
        Ok(Checked { profile, website: website.flatten() })
    }
}

impl Patch {
    /// Puts the change on `org`.
    ///
    /// # Errors
    /// All faults of the patch; `org` may then be half changed and must be dropped.
    pub fn apply(&self, org: &mut Organization) -> Result<()> {
        let mut faults = Faults::default();
        let target = (&mut org.name, &mut org.slug, &mut org.description);
        profile::change(target, (&self.name, &self.slug, &self.description), &mut faults);
        text::set_optional(&mut org.logo_url, &self.logo_url, &mut faults, |it| text::link("logoUrl", it));
        text::set_optional(&mut org.brand_color, &self.brand_color, &mut faults, |it| text::color("brandColor", it));
        text::set_optional(&mut org.website, &self.website, &mut faults, |it| text::link("website", it));
        if let Some(address) = &self.address {
            org.address = address.clone();
            for (field, line) in address.iter().flat_map(Address::lines) {
                faults.keep(text::optional_line(field, line, 200));
            }
        }
        if let Some(policy) = self.policy {
            org.policy = policy;
            if policy.max_key_days.is_some_and(|days| !(1..=3650).contains(&days)) {
                faults.add("policy.maxKeyDays", "out_of_range", "policy.maxKeyDays must be from 1 to 3650.");
            }
        }
        faults.into_result()
    }
}

impl Organization {
    /// What differs from `before`.
    pub fn changes(&self, before: &Self) -> Vec<&'static str> {
        let (rules, old) = (self.policy, before.policy);
        activity::changes(&[
            ("name", self.name != before.name),
            ("slug", self.slug != before.slug),
            ("description", self.description != before.description),
            ("logoUrl", self.logo_url != before.logo_url),
            ("brandColor", self.brand_color != before.brand_color),
            ("website", self.website != before.website),
            ("address", self.address != before.address),
            ("policy.maxKeyDays", rules.max_key_days != old.max_key_days),
            ("policy.keyExpiryRequired", rules.key_expiry_required != old.key_expiry_required),
            ("policy.personalKeysAllowed", rules.personal_keys_allowed != old.personal_keys_allowed),
        ])
    }
}

impl Address {
    fn lines(&self) -> impl Iterator<Item = (&'static str, &String)> {
        [
            ("address.street", &self.street),
            ("address.city", &self.city),
            ("address.state", &self.state),
            ("address.postalCode", &self.postal_code),
            ("address.country", &self.country),
        ]
        .into_iter()
        .filter_map(|(field, line)| line.as_ref().map(|line| (field, line)))
    }
}
