//! Lines of folders, of files, and of their bytes.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::domain::{
    Result,
    content::Locales,
    error::{Fault, Faults},
    file::{
        blob::{Blob, BlobPlace},
        draft::{About, Patch, Point, TEXT_MAX},
        file::{File, Grounding},
        folder::{self, Folder},
        name,
        picture::variant::Variants,
    },
    id::{BlobId, FileId, FolderId, ProjectPath, UserId},
    text,
    time::Instant,
};

/// A folder of files. What it lies in stands before it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FolderLine {
    /// Its id, to which files and folders in it refer.
    pub id: FolderId,
    /// The folder that it lies in.
    #[serde(default)]
    pub parent_id: Option<FolderId>,
    name: String,
    created_at: Option<Instant>,
}

/// A file. Its bytes follow, in as many lines as there need to be.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FileLine {
    /// Its id, by which entries and brandings refer to it.
    pub id: FileId,
    /// The folder that it lies in.
    #[serde(default)]
    pub folder_id: Option<FolderId>,
    filename: String,
    #[serde(default)]
    mime_type: Option<String>,
    /// How many bytes follow.
    pub size_bytes: u64,
    /// BLAKE3 of them, in hexadecimal digits.
    pub hash: String,
    #[serde(default)]
    is_public: bool,
    #[serde(default)]
    grounding: Option<String>,
    #[serde(default)]
    permission_group: Option<String>,
    #[serde(default)]
    focal_point: Option<Point>,
    #[serde(default)]
    title: Value,
    #[serde(default)]
    alt_text: Value,
    #[serde(default)]
    caption: Value,
    #[serde(default)]
    description: Option<String>,
    created_at: Option<Instant>,
    updated_at: Option<Instant>,
}

/// Some bytes of the file on the line before, behind those that came.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BytesLine {
    /// The file.
    pub file_id: FileId,
    base64: String,
}

impl FolderLine {
    /// The line of a folder.
    pub fn of(folder: &Folder) -> Self {
        Self { id: folder.id, parent_id: folder.parent, name: folder.name.clone(), created_at: Some(folder.created_at) }
    }

    /// The folder that it describes, in its new place.
    ///
    /// # Errors
    /// All faults.
    pub fn check(&self, id: FolderId, parent: Option<FolderId>, place: ProjectPath, now: Instant) -> Result<Folder> {
        let draft = folder::Draft { name: self.name.clone(), parent_id: parent };
        let made = draft.check(id, place, UserId::from_uuid(Uuid::nil()), self.created_at.unwrap_or(now))?;
        Ok(Folder { created_by: None, updated_at: now, ..made })
    }
}

impl FileLine {
    /// The line of a file.
    pub fn of(file: &File) -> Self {
        let file = file.clone();
        Self {
            id: file.id,
            folder_id: file.folder,
            filename: file.original_filename,
            mime_type: Some(file.mime_type),
            size_bytes: file.blob.size,
            hash: file.blob.hash,
            is_public: file.is_public,
            grounding: Some(file.grounding.word().to_owned()),
            permission_group: file.permission_group,
            focal_point: file.focal_point.map(Point::from),
            title: file.title,
            alt_text: file.alt_text,
            caption: file.caption,
            description: file.description,
            created_at: Some(file.created_at),
            updated_at: Some(file.updated_at),
        }
    }

    /// The file that it describes, in its new place, without its bytes. Its texts may be in languages that the project does not have.
    ///
    /// # Errors
    /// All faults.
    pub fn check(&self, id: FileId, folder: Option<FolderId>, place: ProjectPath, now: Instant) -> Result<File> {
        let mut faults = Faults::default();
        let grounding = self.grounding.as_deref().map_or(Some(Grounding::Fact), |word| {
            let wrong = || Fault::new("grounding", "unknown", format!("grounding must be one of {}.", Grounding::WORDS.join(", ")));
            faults.keep(Grounding::from_word(word).ok_or_else(wrong))
        });
        if self.hash.len() != 64 || !self.hash.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')) {
            faults.add("hash", "malformed", "hash must be the BLAKE3 of the bytes, in hexadecimal digits.");
        }
        let mut texts = |field, value| faults.keep(localized(field, value)).unwrap_or_default();
        let (title, alt_text, caption) = (texts("title", &self.title), texts("altText", &self.alt_text), texts("caption", &self.caption));
        faults.into_result()?;
        let about = About {
            filename: self.filename.clone(),
            mime_type: self.mime_type.clone(),
            description: self.description.clone(),
            is_public: Some(self.is_public),
            grounding,
            permission_group: self.permission_group.clone(),
            ..About::default()
        };
        let about = about.check()?;
        let created_at = self.created_at.unwrap_or(now);
        let mut made = File {
            id,
            org: place.0,
            project: place.1,
            folder,
            filename: name::safe(&about.filename),
            is_public: about.public(),
            grounding: grounding.unwrap_or(Grounding::Fact),
            original_filename: about.filename,
            mime_type: about.mime_type.unwrap_or_default(),
            blob: Blob { id: BlobId::from_uuid(Uuid::nil()), hash: self.hash.clone(), size: self.size_bytes, place: BlobPlace::Rows },
            permission_group: about.permission_group,
            dimensions: None,
            focal_point: None,
            variants: Variants::default(),
            references: 0,
            title,
            alt_text,
            caption,
            description: about.description,
            created_at,
            created_by: None,
            updated_at: self.updated_at.unwrap_or(created_at),
            deleted_at: None,
        };
        let point = Patch { focal_point: Some(self.focal_point), ..Patch::default() };
        point.apply(&mut made, &Locales { default: "en", enabled: &[] })?;
        Ok(made)
    }
}

/// A text, or one for each language.
fn localized(field: &str, value: &Value) -> std::result::Result<Value, Fault> {
    let text = |value: &Value| match value {
        Value::String(text) => text::block(field, text, TEXT_MAX).map(Value::String),
        _ => Err(Fault::new(field, "wrong_type", format!("{field} must be a text, or a map from language to text."))),
    };
    match value {
        Value::Null => Ok(Value::Null),
        Value::Object(all) => {
            let texts = all.iter().map(|(tag, one)| text(one).map(|text| (tag.clone(), text)));
            texts.collect::<std::result::Result<_, _>>().map(Value::Object)
        }
        one => text(one),
    }
}

impl BytesLine {
    /// The line of some bytes of a file.
    pub fn of(file_id: FileId, bytes: &[u8]) -> Self {
        Self { file_id, base64: STANDARD.encode(bytes) }
    }

    /// They.
    ///
    /// # Errors
    /// A fault where it is no base64.
    pub fn decoded(&self) -> std::result::Result<Vec<u8>, Fault> {
        STANDARD.decode(&self.base64).map_err(|_| Fault::new("base64", "malformed", "base64 must be base64."))
    }
}
