//! Gates that were passed, in words that can be kept: what is given a second time is asked for a second time.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::domain::id::{AppId, OrgId, ProjectId};

use super::{Permission, Scope};

/// A gate that was passed: what was permitted, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    /// What.
    #[serde(serialize_with = "write", deserialize_with = "read")]
    pub permission: Permission,
    /// The organization; none among the caller's own things.
    pub org: Option<OrgId>,
    /// The project, if it was in one.
    pub project: Option<ProjectId>,
    /// The app, if it was in one.
    pub app: Option<AppId>,
}

impl Passed {
    /// This permission in this scope.
    pub fn of<S: Scope>(scope: &S, permission: Permission) -> Self {
        Self { permission, org: scope.org_id(), project: scope.project_id(), app: scope.app_id() }
    }

    /// The same place, to see that it is there.
    #[must_use]
    pub const fn seeing(self) -> Self {
        let permission = if self.project.is_some() { Permission::ProjectSee } else { Permission::OrganizationSee };
        Self { permission, ..self }
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it so")]
fn write<S: Serializer>(permission: &Permission, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(permission.word())
}

fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Permission, D::Error> {
    let word = String::deserialize(from)?;
    let found = Permission::ALL.iter().find(|permission| permission.word() == word);
    found.copied().ok_or_else(|| D::Error::custom("no such permission"))
}
