//! Lines of brandings and domains: what a project looks like, and where it is reached.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::{Uuid, fmt::Hyphenated};

use crate::domain::{
    Result,
    error::Fault,
    id::{AppId, BrandingId, DomainId, ProjectPath, UserId},
    project::{
        branding::{self, Branding, field::Field},
        domain::{self, Domain},
    },
    time::Instant,
};

/// A branding: its name, and what was set of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BrandingLine {
    /// Its id, to which apps refer.
    pub id: BrandingId,
    name: String,
    created_at: Option<Instant>,
    #[serde(flatten)]
    look: Map<String, Value>,
}

/// A domain. Whoever owns it says anew in its zone which project has it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DomainLine {
    /// The app that it leads to, if it is one alone.
    #[serde(default)]
    pub app_id: Option<AppId>,
    hostname: String,
    #[serde(default)]
    is_primary: bool,
    created_at: Option<Instant>,
}

impl BrandingLine {
    /// The line of a branding.
    pub fn of(branding: &Branding) -> Self {
        let Branding { id, name, created_at, look, .. } = branding.clone();
        Self { id, name, created_at: Some(created_at), look: look.values().clone() }
    }

    /// The branding that it describes, in its new place, and what is told of it: `file` says what a file of the archive is called there. What
    /// nobody knows here, and what leads to no file of the archive, is left out.
    ///
    /// # Errors
    /// All faults.
    pub fn check(
        self,
        id: BrandingId,
        place: ProjectPath,
        now: Instant,
        file: &dyn Fn(Uuid) -> Option<Uuid>,
    ) -> Result<(Branding, Vec<Fault>)> {
        let (mut look, mut notices) = (Map::new(), Vec::new());
        for (name, value) in self.look {
            let of_file = value.as_str().and_then(|text| text.strip_prefix("file:")?.parse::<Hyphenated>().ok());
            match of_file.map(|old| file(old.into_uuid())) {
                _ if Field::by_name(&name).is_none() => {
                    notices.push(Fault::new(&name, "unknown_field", format!("{name} is left out: a branding has no such field here.")));
                }
                Some(None) => {
                    notices.push(Fault::new(&name, "unknown_reference", format!("{name} is left out: its file is not in the archive.")));
                }
                Some(Some(new)) => drop(look.insert(name, format!("file:{new}").into())),
                None => drop(look.insert(name, value)),
            }
        }
        let draft = branding::Draft { name: self.name, look };
        let made = draft.check(id, place, UserId::from_uuid(Uuid::nil()), self.created_at.unwrap_or(now))?;
        Ok((Branding { updated_at: now, ..made }, notices))
    }
}

impl DomainLine {
    /// The line of a domain.
    pub fn of(domain: &Domain) -> Self {
        let Domain { hostname, is_primary, created_at, .. } = domain.clone();
        Self { app_id: domain.app.as_ref().map(|app| app.id), hostname, is_primary, created_at: Some(created_at) }
    }

    /// The domain that it describes, in its new place, where nobody has shown yet whose it is.
    ///
    /// # Errors
    /// All faults.
    pub fn check(&self, id: DomainId, place: ProjectPath, now: Instant) -> Result<Domain> {
        let draft = domain::Draft { hostname: self.hostname.clone(), app_id: None };
        // An archive does not know the name of the instance that reads it; that is never served for a project.
        let made = draft.check(id, place, "", now)?;
        Ok(Domain { is_primary: self.is_primary, created_at: self.created_at.unwrap_or(now), ..made })
    }
}
