//! Folders of files: a name, and the folder that it lies in.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::domain::{
    Result,
    error::{Fault, Faults},
    id::{FolderId, OrgId, ProjectId, ProjectPath, UserId},
    text,
    time::Instant,
};

/// How deep folders lie in each other at most.
pub const DEEPEST: usize = 20;
/// Most characters of a name.
const NAME_MAX: usize = 100;

/// A folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// Id.
    pub id: FolderId,
    /// Its organization.
    pub org: OrgId,
    /// Its project.
    pub project: ProjectId,
    /// Its name.
    pub name: String,
    /// The same as it may stand in an address.
    pub slug: String,
    /// The folder that it lies in; none at the root.
    pub parent: Option<FolderId>,
    /// Made at.
    pub created_at: Instant,
    /// By whom.
    pub created_by: Option<UserId>,
    /// Changed at.
    pub updated_at: Instant,
}

/// What there is to say of a folder beside itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Around {
    /// The names from the root down to it, each behind a `/`.
    pub path: String,
    /// Folders in it.
    pub folders: u64,
    /// Files in it.
    pub files: u64,
}

/// What makes a folder.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = FileFolderNew, example = json!({"name": "Photographs"}))]
pub struct Draft {
    /// Its name, without a `/`; no other in the same folder has it.
    #[schema(min_length = 1, max_length = 100, pattern = "{name}")]
    pub name: String,
    /// The folder to put it in; none for the root.
    pub parent_id: Option<FolderId>,
}

/// Changes a folder; what is left out stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[schema(as = FileFolderPatch, example = json!({"name": "Pictures"}))]
pub struct Patch {
    /// Its name, without a `/`.
    #[schema(min_length = 1, max_length = 100, pattern = "{name}")]
    pub name: Option<String>,
    /// The folder to move it to, with all that is in it; null for the root.
    #[serde(deserialize_with = "crate::domain::text::some")]
    #[schema(value_type = Option<FolderId>)]
    pub parent_id: Option<Option<FolderId>>,
}

impl Draft {
    /// The folder that the draft asks for.
    ///
    /// # Errors
    /// All faults.
    pub fn check(&self, id: FolderId, place: ProjectPath, by: UserId, now: Instant) -> Result<Folder> {
        let name = name("name", &self.name)?;
        let slug = text::slug_from(&name, "folder");
        Ok(Folder {
            id,
            org: place.0,
            project: place.1,
            name,
            slug,
            parent: self.parent_id,
            created_at: now,
            created_by: Some(by),
            updated_at: now,
        })
    }
}

impl Patch {
    /// Puts the change on a folder. Whether the new place is one is for whoever knows the rows.
    ///
    /// # Errors
    /// All faults.
    pub fn apply(&self, folder: &mut Folder) -> Result<()> {
        let mut faults = Faults::default();
        if let Some(name) = self.name.as_deref().and_then(|text| faults.keep(name("name", text))) {
            (folder.slug, folder.name) = (text::slug_from(&name, "folder"), name);
        }
        folder.parent = self.parent_id.unwrap_or(folder.parent);
        faults.into_result()
    }
}

fn name(field: &str, text: &str) -> std::result::Result<String, Fault> {
    let name = text::line(field, text, NAME_MAX)?;
    if name.contains('/') {
        return Err(Fault::new(field, "malformed", format!("{field} must not contain a /.")));
    }
    Ok(name)
}

/// The names of a path, from the root down.
///
/// # Errors
/// The fault of `field`: too deep, or a name that is none.
pub fn names(field: &str, path: &str) -> std::result::Result<Vec<String>, Fault> {
    let names: Vec<_> = path.split('/').map(str::trim).filter(|part| !part.is_empty()).collect();
    if names.len() > DEEPEST {
        return Err(too_deep(field));
    }
    names.into_iter().map(|part| name(field, part)).collect()
}

/// The fault of a place that lies too deep.
pub fn too_deep(field: &str) -> Fault {
    Fault::new(field, "too_deep", format!("Folders lie at most {DEEPEST} deep."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_the_names_of_folders() {
        assert_eq!(names("folderPath", "/a/ b //c/"), Ok(vec!["a".into(), "b".into(), "c".into()]));
        assert_eq!(names("folderPath", "/"), Ok(Vec::new()));
        let code = |path: &str| names("folderPath", path).map_err(|fault| fault.code);
        assert_eq!(code(&"a/".repeat(21)), Err("too_deep"));
        assert_eq!(code("a\0b"), Err("control_character"));
        assert_eq!(code(&"a".repeat(101)), Err("too_long"));
        assert_eq!(name("name", "a/b").map_err(|fault| fault.code), Err("malformed"));
    }
}
