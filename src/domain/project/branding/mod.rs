//! Brandings: how what a project shows looks. Each is a named set of colours, fonts, measures, logos and briefs.

pub mod color;
pub mod css;
pub mod field;
pub mod font;
pub mod look;
pub mod schema;
pub mod scheme;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::domain::{
    Result,
    error::Faults,
    id::{BrandingId, OrgId, ProjectId, ProjectPath, UserId},
    org::activity,
    text,
    time::Instant,
};

use look::Look;

/// A branding.
#[derive(Debug, Clone, PartialEq)]
pub struct Branding {
    /// Id.
    pub id: BrandingId,
    /// Its organization.
    pub org: OrgId,
    /// Its project.
    pub project: ProjectId,
    /// Name, unique in the project.
    pub name: String,
    /// What was set of it.
    pub look: Look,
    /// Who made it.
    pub created_by: UserId,
    /// Made at.
    pub created_at: Instant,
    /// Changed at.
    pub updated_at: Instant,
}

/// What makes a branding.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Draft {
    /// Name.
    pub name: String,
    /// Values by the names of their fields.
    #[serde(flatten)]
    pub look: Map<String, Value>,
}

/// Changes a branding; what is left out stays, `null` takes a field back to what is usual.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Patch {
    /// Name.
    pub name: Option<String>,
    /// Values by the names of their fields.
    #[serde(flatten)]
    pub look: Map<String, Value>,
}

impl Draft {
    /// The branding that the draft asks for.
    ///
    /// # Errors
    /// All faults.
    pub fn check(&self, id: BrandingId, place: ProjectPath, maker: UserId, now: Instant) -> Result<Branding> {
        let mut faults = Faults::default();
        let name = faults.keep(text::name("name", &self.name)).unwrap_or_default();
        let mut look = Look::default();
        look.change(&self.look, &mut faults);
        faults.into_result()?;
        Ok(Branding { id, org: place.0, project: place.1, name, look, created_by: maker, created_at: now, updated_at: now })
    }
}

impl Patch {
    /// Puts the change on `branding`.
    ///
    /// # Errors
    /// All faults of the patch.
    pub fn apply(&self, branding: &mut Branding) -> Result<()> {
        let mut faults = Faults::default();
        text::set(&mut branding.name, &self.name, &mut faults, |it| text::name("name", it));
        branding.look.change(&self.look, &mut faults);
        faults.into_result()
    }
}

impl Branding {
    /// What differs from `before`.
    pub fn changes(&self, before: &Self) -> Vec<&'static str> {
        let mut changes = activity::changes(&[("name", self.name != before.name)]);
        changes.extend(self.look.changed(&before.look));
        changes
    }
}

#[cfg(test)]
mod tests;
