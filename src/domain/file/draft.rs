//! What makes a file and what changes one: read once, for API and console alike.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};

use crate::domain::{
    Result,
    content::Locales,
    error::{Fault, Faults},
    id::FolderId,
    text,
};

use super::{
    file::{File, Grounding},
    name,
    picture::focal::FocalPoint,
};

/// Most characters of a title, a text instead of a picture, a caption, and a description.
pub const TEXT_MAX: usize = 2_000;
/// Most characters of the name of a group.
const GROUP_MAX: usize = 200;
/// Most characters of a media type.
const TYPE_MAX: usize = 200;

/// Text, or a map from language to text, or null.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Localized(pub Value);

impl PartialSchema for Localized {
    fn schema() -> RefOr<Schema> {
        let text = json!({ "type": "string", "maxLength": TEXT_MAX });
        let map = json!({ "type": "object", "additionalProperties": { "type": ["string", "null"], "maxLength": TEXT_MAX } });
        let all = json!({ "anyOf": [text, map, { "type": "null" }], "description": "Text, or a map from language to text." });
        serde_json::from_value(all).unwrap_or_else(|_| Schema::default().into())
    }
}

impl ToSchema for Localized {}

/// What is said of a file that comes in.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct About {
    /// Its name as it was sent.
    pub filename: String,
    /// The type that it came with.
    pub mime_type: Option<String>,
    /// The folder to put it in; none for the root.
    pub folder_id: Option<FolderId>,
    /// The same by the names of the folders, parted by `/`; those that are missing are made.
    pub folder_path: Option<String>,
    /// What it is called.
    pub title: Option<String>,
    /// What it is.
    pub description: Option<String>,
    /// Whether everybody may see it.
    pub is_public: Option<bool>,
    /// What agents take it for.
    pub grounding: Option<Grounding>,
    /// Whom the project's own software shows it to.
    pub permission_group: Option<String>,
}

impl About {
    /// The same, checked and in the form in which it is stored.
    ///
    /// # Errors
    /// All faults.
    pub fn check(&self) -> Result<Self> {
        let mut faults = Faults::default();
        let checked = self.checked(&mut faults);
        faults.into_result().map(|()| checked)
    }

    fn checked(&self, faults: &mut Faults) -> Self {
        if self.folder_id.is_some() && self.folder_path.is_some() {
            faults.add("folderPath", "contradiction", "folderId and folderPath cannot be given together.");
        }
        if self.grounding == Some(Grounding::Context) && self.is_public == Some(false) {
            faults.add("isPublic", "contradiction", "What is given as context is public.");
        }
        let block = |field: &'static str| move |text: &str| text::block(field, text, TEXT_MAX);
        Self {
            filename: faults.keep(name::check("filename", &self.filename)).unwrap_or_default(),
            mime_type: faults.keep(text::optional(&self.mime_type, media_type)).flatten(),
            folder_id: self.folder_id,
            folder_path: self.folder_path.clone(),
            title: faults.keep(text::optional(&self.title, block("title"))).flatten(),
            description: faults.keep(text::optional(&self.description, block("description"))).flatten(),
            is_public: self.is_public,
            grounding: self.grounding,
            permission_group: faults.keep(text::optional(&self.permission_group, group)).flatten(),
        }
    }

    /// Whether everybody may see it: not unless it was said, but what is given as context.
    pub fn public(&self) -> bool {
        self.grounding == Some(Grounding::Context) || self.is_public.unwrap_or(false)
    }
}

fn group(text: &str) -> std::result::Result<String, Fault> {
    text::optional_line("permissionGroup", text, GROUP_MAX)
}

fn media_type(text: &str) -> std::result::Result<String, Fault> {
    let essence = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_token = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&byte));
    let good = essence.len() <= TYPE_MAX && essence.split_once('/').is_some_and(|(kind, sub)| is_token(kind) && is_token(sub));
    if good { Ok(essence) } else { Err(Fault::new("mimeType", "malformed", "mimeType must be a media type such as text/markdown.")) }
}

/// A file with its bytes in one body: as text, or in base64.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = FileSave, example = json!({"filename": "notes.md", "content": "# Notes"}))]
pub struct Save {
    /// Its name.
    #[schema(min_length = 1, max_length = 255, pattern = "{name}")]
    pub filename: String,
    /// Its text.
    pub content: Option<String>,
    /// Its bytes in base64, instead of a text.
    #[schema(pattern = "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$")]
    pub base64_content: Option<String>,
    /// Its media type, where the bytes do not tell: of texts.
    #[schema(max_length = 200, pattern = "^$|^[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+$")]
    pub mime_type: Option<String>,
    /// The folder to put it in.
    pub folder_id: Option<FolderId>,
    /// The same by the names of folders, parted by `/`; those that are missing are made.
    pub folder_path: Option<String>,
    /// What it is called.
    #[schema(max_length = 2000, pattern = "{block}")]
    pub title: Option<String>,
    /// What it is.
    #[schema(max_length = 2000, pattern = "{block}")]
    pub description: Option<String>,
    /// Whether everybody may see it who knows its address; not, unless it is said.
    pub is_public: Option<bool>,
    /// What agents take it for; `context` makes it public.
    pub grounding: Option<Grounding>,
    /// Whom the project's own software shows it to.
    #[schema(max_length = 200, pattern = "{line}")]
    pub permission_group: Option<String>,
}

impl Save {
    /// What is said of the file, and its bytes.
    ///
    /// # Errors
    /// All faults.
    pub fn check(&self) -> Result<(About, Vec<u8>)> {
        let mut faults = Faults::default();
        let about = About {
            filename: self.filename.clone(),
            mime_type: self.mime_type.clone(),
            folder_id: self.folder_id,
            folder_path: self.folder_path.clone(),
            title: self.title.clone(),
            description: self.description.clone(),
            is_public: self.is_public,
            grounding: self.grounding,
            permission_group: self.permission_group.clone(),
        };
        let about = about.checked(&mut faults);
        let bytes = match (&self.content, &self.base64_content) {
            (Some(_), Some(_)) => {
                faults.add("base64Content", "contradiction", "content and base64Content cannot be given together.");
                None
            }
            (Some(text), None) => Some(text.clone().into_bytes()),
            (None, Some(base64)) => faults.keep(decoded(base64)),
            (None, None) => {
                faults.add("content", "required", "content or base64Content is required.");
                None
            }
        };
        faults.into_result()?;
        Ok((about, bytes.unwrap_or_default()))
    }
}

fn decoded(base64: &str) -> std::result::Result<Vec<u8>, Fault> {
    STANDARD.decode(base64).map_err(|_| Fault::new("base64Content", "malformed", "base64Content must be base64."))
}

/// Where a picture is cut around: from 0, its left or upper edge, to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PointOfPicture, example = json!({"x": 0.5, "y": 0.25}))]
pub struct Point {
    /// From the left.
    #[schema(minimum = 0, maximum = 1)]
    pub x: f64,
    /// From above.
    #[schema(minimum = 0, maximum = 1)]
    pub y: f64,
}

impl From<FocalPoint> for Point {
    fn from(point: FocalPoint) -> Self {
        let part = |n: u32| f64::from(n) / f64::from(FocalPoint::WHOLE);
        Self { x: part(point.x), y: part(point.y) }
    }
}

impl Point {
    fn check(self) -> std::result::Result<FocalPoint, Fault> {
        let part = |field: &str, of: f64| {
            let within = (0.0..=1.0).contains(&of);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies between 0 and 10,000")]
            let rounded = (of * f64::from(FocalPoint::WHOLE)).round() as u32;
            if within {
                Ok(rounded)
            } else {
                Err(Fault::new(format!("focalPoint.{field}"), "out_of_range", format!("focalPoint.{field} must be 0 to 1.")))
            }
        };
        Ok(FocalPoint { x: part("x", self.x)?, y: part("y", self.y)? })
    }
}

/// Changes a file; what is left out stays, `null` clears.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[schema(as = FilePatch, example = json!({"altText": "The press"}))]
pub struct Patch {
    /// Its name.
    #[schema(min_length = 1, max_length = 255, pattern = "{name}")]
    pub filename: Option<String>,
    /// The folder to move it to; null for the root.
    #[serde(deserialize_with = "crate::domain::text::some")]
    #[schema(value_type = Option<FolderId>)]
    pub folder_id: Option<Option<FolderId>>,
    /// What it is called, localized.
    #[serde(deserialize_with = "deserialize_given")]
    #[schema(value_type = Localized)]
    pub title: Option<Localized>,
    /// What is said instead of a picture, localized.
    #[serde(deserialize_with = "deserialize_given")]
    #[schema(value_type = Localized)]
    pub alt_text: Option<Localized>,
    /// What stands below it, localized.
    #[serde(deserialize_with = "deserialize_given")]
    #[schema(value_type = Localized)]
    pub caption: Option<Localized>,
    /// What it is.
    #[serde(deserialize_with = "crate::domain::text::some")]
    #[schema(max_length = 2000, pattern = "{block}", value_type = Option<String>)]
    pub description: Option<Option<String>>,
    /// Whether everybody may see it who knows its address.
    pub is_public: Option<bool>,
    /// What agents take it for; `context` makes it public.
    pub grounding: Option<Grounding>,
    /// Whom the project's own software shows it to.
    #[serde(deserialize_with = "crate::domain::text::some")]
    #[schema(max_length = 200, pattern = "{line}", value_type = Option<String>)]
    pub permission_group: Option<Option<String>>,
    /// What must be seen of a picture where it is cut.
    #[serde(deserialize_with = "crate::domain::text::some")]
    #[schema(value_type = Option<Point>)]
    pub focal_point: Option<Option<Point>>,
}

/// Tells `null`, which is a value here, from what was left out.
fn deserialize_given<'de, D: Deserializer<'de>>(input: D) -> std::result::Result<Option<Localized>, D::Error> {
    Localized::deserialize(input).map(Some)
}

impl Patch {
    /// Puts the change on a file. Whether the folder is there is for whoever knows the rows.
    ///
    /// # Errors
    /// All faults.
    pub fn apply(&self, file: &mut File, locales: &Locales<'_>) -> Result<()> {
        let mut faults = Faults::default();
        if let Some(sent) = self.filename.as_deref().and_then(|sent| faults.keep(name::check("filename", sent))) {
            (file.filename, file.original_filename) = (name::safe(&sent), sent);
        }
        file.folder = self.folder_id.unwrap_or(file.folder);
        let texts = [
            ("title", &mut file.title, &self.title),
            ("altText", &mut file.alt_text, &self.alt_text),
            ("caption", &mut file.caption, &self.caption),
        ];
        for (field, stored, patch) in texts {
            if let Some(Localized(patch)) = patch {
                locales.write(field, stored, patch.clone(), TEXT_MAX, &mut faults);
            }
        }
        text::set_optional(&mut file.description, &self.description, &mut faults, |text| text::block("description", text, TEXT_MAX));
        text::set_optional(&mut file.permission_group, &self.permission_group, &mut faults, group);
        if let Some(point) = self.focal_point {
            file.focal_point = point.and_then(|point| faults.keep(point.check()));
        }
        file.grounding = self.grounding.unwrap_or(file.grounding);
        file.is_public = self.is_public.unwrap_or(file.is_public);
        if file.grounding == Grounding::Context {
            if self.is_public == Some(false) {
                faults.add("isPublic", "contradiction", "What is given as context is public.");
            }
            file.is_public = true;
        }
        faults.into_result()
    }
}
