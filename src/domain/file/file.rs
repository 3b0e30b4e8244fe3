//! Files: what is known of one beside its bytes.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::domain::{
    fold::fold,
    id::{FileId, FolderId, OrgId, ProjectId, UserId},
    org::activity,
    time::Instant,
};

use super::{
    blob::Blob,
    picture::{
        focal::FocalPoint,
        variant::{Variant, Variants},
    },
};

/// Digits of the hash that stand in an address which lasts.
const VERSION: usize = 16;

/// What agents take a file for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = FileGrounding)]
pub enum Grounding {
    /// What it says is so.
    Fact,
    /// It shows how something is meant: everybody may see it.
    Context,
}

impl Grounding {
    /// Every one's word.
    pub const WORDS: &[&str] = &["fact", "context"];

    /// The word on the wire and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Fact => "fact",
            Self::Context => "context",
        }
    }

    /// The one of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Fact, Self::Context].into_iter().find(|one| one.word() == word)
    }
}

/// A file.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    /// Id.
    pub id: FileId,
    /// Its organization.
    pub org: OrgId,
    /// Its project.
    pub project: ProjectId,
    /// The folder that it lies in; none at the root.
    pub folder: Option<FolderId>,
    /// Its name, as it stands in addresses.
    pub filename: String,
    /// Its name as it was sent.
    pub original_filename: String,
    /// Its media type, by its bytes.
    pub mime_type: String,
    /// Its bytes.
    pub blob: Blob,
    /// Whether everybody may see it who knows its address.
    pub is_public: bool,
    /// What agents take it for.
    pub grounding: Grounding,
    /// Whom the project's own software shows it to; Stele makes nothing of it.
    pub permission_group: Option<String>,
    /// Width and height of a picture in pixels, as it is shown.
    pub dimensions: Option<(u32, u32)>,
    /// What must be seen of a picture.
    pub focal_point: Option<FocalPoint>,
    /// The smaller pictures of it.
    pub variants: Variants,
    /// How many entries refer to it, where that was asked.
    pub references: u64,
    /// What it is called, localized.
    pub title: Value,
    /// What is said instead of a picture, localized.
    pub alt_text: Value,
    /// What stands below it, localized.
    pub caption: Value,
    /// What it is, for whoever looks for it.
    pub description: Option<String>,
    /// Made at.
    pub created_at: Instant,
    /// By whom.
    pub created_by: Option<UserId>,
    /// Changed at.
    pub updated_at: Instant,
    /// Moved to the trash at.
    pub deleted_at: Option<Instant>,
}

impl File {
    /// Its address on this server. With `lasting` the address changes with the bytes, so that they may be kept for ever.
    pub fn url(&self, public_url: &str, lasting: bool) -> String {
        url(public_url, self.id, &self.filename, lasting.then_some(&self.blob.hash))
    }

    /// The address of a smaller picture of it whose bytes have this hash: it changes with them.
    pub fn variant_url(&self, public_url: &str, variant: Variant, hash: &String) -> String {
        variant_url(public_url, (self.id, &self.filename), variant, hash)
    }

    /// What stands in the search of lists.
    pub fn searched(&self) -> String {
        let title = texts(&self.title).collect::<Vec<_>>().join("\n");
        let all = [&self.filename, &self.original_filename, &title, self.description.as_deref().unwrap_or_default()];
        fold(&all.join("\n"))
    }

    /// The names of what differs from `before`, as the API spells them.
    pub fn changes(&self, before: &Self) -> Vec<&'static str> {
        activity::changes(&[
            ("filename", self.original_filename != before.original_filename),
            ("folderId", self.folder != before.folder),
            ("isPublic", self.is_public != before.is_public),
            ("grounding", self.grounding != before.grounding),
            ("permissionGroup", self.permission_group != before.permission_group),
            ("focalPoint", self.focal_point != before.focal_point),
            ("title", self.title != before.title),
            ("altText", self.alt_text != before.alt_text),
            ("caption", self.caption != before.caption),
            ("description", self.description != before.description),
        ])
    }
}

/// The address of a file; with the hash of its bytes one that changes with them.
pub fn url(public_url: &str, id: FileId, filename: &str, hash: Option<&String>) -> String {
    let name = percent_encoding::utf8_percent_encode(filename, percent_encoding::NON_ALPHANUMERIC).to_string();
    // What stands in nearly every name needs no code.
    let name = name.replace("%2E", ".").replace("%2D", "-").replace("%5F", "_");
    let version = hash.map(|hash| format!("?v={}", version(hash))).unwrap_or_default();
    format!("{public_url}/files/{id}/{name}{version}")
}

/// The name of a smaller picture of a file, for whoever keeps that.
pub fn variant_name(filename: &str, variant: Variant) -> String {
    let stem = filename.rsplit_once('.').map_or(filename, |(stem, _)| stem);
    format!("{stem}-{}.webp", variant.word())
}

/// The address of a smaller picture of a file whose bytes have this hash: it changes with them.
pub fn variant_url(public_url: &str, (id, filename): (FileId, &str), variant: Variant, hash: &String) -> String {
    let lasting = url(public_url, id, &variant_name(filename, variant), Some(hash));
    format!("{lasting}&variant={}", variant.word())
}

/// The part of a hash that stands in an address which lasts.
pub fn version(hash: &str) -> &str {
    hash.get(..VERSION).unwrap_or(hash)
}

/// The texts of a localized value, in all its languages.
pub fn texts(value: &Value) -> impl Iterator<Item = &str> {
    let all: Vec<&str> = match value {
        Value::String(text) => vec![text],
        Value::Object(map) => map.values().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    all.into_iter()
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn an_address_has_the_name_and_a_lasting_one_the_bytes() {
        let id = FileId::from_uuid(Uuid::from_u128(7));
        let hash = "0123456789abcdef0123".to_owned();
        assert_eq!(
            url("https://x.example", id, "a_b-ü 1.png", Some(&hash)),
            "https://x.example/files/00000000-0000-0000-0000-000000000007/a_b-%C3%BC%201.png?v=0123456789abcdef"
        );
        assert_eq!(texts(&json!({"en": "a", "fr": "b", "de": null})).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!((texts(&json!("a")).count(), texts(&Value::Null).count()), (1, 0));
    }
}
