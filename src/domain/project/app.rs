//! Apps: one instance of an app type in a project, with settings of that type.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use crate::domain::{
    Result,
    error::{Fault, Faults},
    id::{AppId, BrandingId, EntryId, OrgId, ProjectId, ProjectPath},
    org::activity,
    profile::{self, Profile},
    text,
    time::Instant,
};

/// The setting that frames what names no layout.
const DEFAULT_LAYOUT: &str = "defaultLayoutId";
/// The setting that names who is told what visitors send.
const NOTIFY_EMAIL: &str = "notifyEmail";

/// What an app can be; where one of several is to be chosen, the first of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum AppType {
    /// Pages, posts and what surrounds them.
    Website,
    /// Forms and their submissions.
    Forms,
    /// Articles in categories.
    KnowledgeBase,
}

impl AppType {
    /// The type that is a site, with addresses that search engines and readers are told of.
    pub const SITE: Self = Self::Website;

    /// Every type.
    pub const ALL: [Self; 3] = [Self::Website, Self::Forms, Self::KnowledgeBase];

    /// Their words.
    pub const WORDS: &[&str] = &[Self::ALL[0].word(), Self::ALL[1].word(), Self::ALL[2].word()];

    /// The word on the wire and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Website => "website",
            Self::Forms => "forms",
            Self::KnowledgeBase => "knowledgeBase",
        }
    }

    /// The type of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Its part of a route.
    pub const fn segment(self) -> &'static str {
        match self {
            Self::Website => "website",
            Self::Forms => "forms",
            Self::KnowledgeBase => "kb",
        }
    }

    /// Whether its entries have addresses, so that old ones may lead to new ones.
    pub const fn has_redirects(self) -> bool {
        !matches!(self, Self::Forms)
    }

    /// Whether its apps have layouts, one of which frames what names none.
    pub fn has_layouts(self) -> bool {
        self.settings().iter().any(|setting| setting.name == DEFAULT_LAYOUT)
    }

    /// The type of this part of a route.
    pub fn from_segment(segment: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.segment() == segment)
    }

    /// The settings that apps of this type have; none for a type without settings.
    pub const fn settings(self) -> &'static [Setting] {
        match self {
            Self::Website => &[
                Setting {
                    name: DEFAULT_LAYOUT,
                    help: "The layout of what names none: the id of one of this app",
                    holds: SettingType::Layout,
                },
                Setting { name: "pageDesign", help: "How pages are to look, in words", holds: SettingType::Text { max: 5000 } },
            ],
            Self::Forms => &[Setting { name: NOTIFY_EMAIL, help: "Where new submissions are announced", holds: SettingType::Email }],
            Self::KnowledgeBase => &[],
        }
    }
}

/// One setting of an app type.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Its key.
    pub name: &'static str,
    /// What it does.
    pub help: &'static str,
    /// What it may be.
    pub holds: SettingType,
}

/// What a setting of an app may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingType {
    /// A text of at most so many characters.
    Text {
        /// So many.
        max: usize,
    },
    /// An e-mail address.
    Email,
    /// The id of a layout of the app. Whether that is there is for whoever knows the rows.
    Layout,
}

/// An app.
#[derive(Debug, Clone, PartialEq)]
pub struct App {
    /// Id.
    pub id: AppId,
    /// Its organization.
    pub org: OrgId,
    /// Its project.
    pub project: ProjectId,
    /// Type; never changes.
    pub app_type: AppType,
    /// Name.
    pub name: String,
    /// Unique in the project.
    pub slug: String,
    /// What it is.
    pub description: Option<String>,
    /// The branding that it is bound to; else it wears the first of its project.
    pub branding: Option<BrandingId>,
    /// Settings by the type's schema.
    pub settings: Map<String, Value>,
    /// Made at.
    pub created_at: Instant,
    /// Changed at.
    pub updated_at: Instant,
    /// Moved to the trash at.
    pub deleted_at: Option<Instant>,
    /// The primary one of the names that lead to it and are served.
    pub primary_domain: Option<String>,
}

/// What makes an app.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = AppNew, example = json!({"appType": "website", "name": "Website"}))]
pub struct Draft {
    /// Type.
    pub app_type: AppType,
    /// Name.
    #[schema(min_length = 1, max_length = 200, pattern = "{name}")]
    pub name: String,
    /// Unique in the project; made from the name when left out.
    #[schema(min_length = 1, max_length = 60, pattern = "{slug}")]
    pub slug: Option<String>,
    /// What it is.
    #[schema(max_length = 2000, pattern = "{block}")]
    pub description: Option<String>,
}

/// Changes an app; what is left out stays, `null` clears.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[schema(as = AppPatch, example = json!({"name": "Main website"}))]
pub struct Patch {
    /// Name.
    #[schema(min_length = 1, max_length = 200, pattern = "{name}")]
    pub name: Option<String>,
    /// Unique in the project.
    #[schema(min_length = 1, max_length = 60, pattern = "{slug}")]
    pub slug: Option<String>,
    /// What it is.
    #[serde(deserialize_with = "crate::domain::text::some")]
    #[schema(max_length = 2000, pattern = "{block}", value_type = Option<String>)]
    pub description: Option<Option<String>>,
    /// The branding of the project that it wears; without one it wears the first that was made.
    #[serde(deserialize_with = "crate::domain::text::some")]
    #[schema(value_type = Option<BrandingId>)]
    pub branding_id: Option<Option<BrandingId>>,
}

impl Draft {
    /// The app that the draft asks for.
    ///
    /// # Errors
    /// All faults.
    pub fn check(&self, id: AppId, place: ProjectPath, now: Instant) -> Result<App> {
        let mut faults = Faults::default();
        let profile = Profile::check(&self.name, self.slug.as_deref(), &self.description, self.app_type.segment(), &mut faults);
        faults.into_result()?;
        Ok(App {
            id,
            org: place.0,
            project: place.1,
            app_type: self.app_type,
            name: profile.name,
            slug: profile.slug,
            description: profile.description,
            branding: None,
            settings: Map::new(),
            created_at: now,
            updated_at: now,
            deleted_at: None,
            primary_domain: None,
        })
    }
}

impl Patch {
    /// Puts the change on `app`.
    ///
    /// # Errors
    /// All faults of the patch.
    pub fn apply(&self, app: &mut App) -> Result<()> {
        let mut faults = Faults::default();
        let target = (&mut app.name, &mut app.slug, &mut app.description);
        profile::change(target, (&self.name, &self.slug, &self.description), &mut faults);
        app.branding = self.branding_id.unwrap_or(app.branding);
        faults.into_result()
    }
}

impl App {
    /// What differs from `before`, apart from the settings.
    pub fn changes(&self, before: &Self) -> Vec<&'static str> {
        activity::changes(&[
            ("name", self.name != before.name),
            ("slug", self.slug != before.slug),
            ("description", self.description != before.description),
            ("brandingId", self.branding != before.branding),
        ])
    }

    /// The settings that its type has; those with routes of their own are told there.
    pub fn own_settings(&self) -> Map<String, Value> {
        let is_own = |key: &str| self.app_type.settings().iter().any(|setting| setting.name == key);
        self.settings.iter().filter(|(key, _)| is_own(key)).map(|(key, value)| (key.clone(), value.clone())).collect()
    }

    /// Where what visitors send is announced, with what they answered, if it is.
    pub fn notify_email(&self) -> Option<&str> {
        self.settings.get(NOTIFY_EMAIL).and_then(Value::as_str)
    }

    /// The layout of what names none, if there is one. It may be in the trash.
    pub fn default_layout(&self) -> Option<EntryId> {
        self.settings.get(DEFAULT_LAYOUT)?.as_str()?.parse().ok()
    }

    /// The layouts that its settings name: the setting, and the layout.
    pub fn layouts(&self) -> Vec<(&'static str, EntryId)> {
        let settings = self.app_type.settings().iter().filter(|setting| setting.holds == SettingType::Layout);
        settings.filter_map(|setting| Some((setting.name, self.settings.get(setting.name)?.as_str()?.parse().ok()?))).collect()
    }

    /// Gives the layouts that its settings name their new ids, and takes away those that have none; how many these are.
    pub fn rename_layouts(&mut self, new: impl Fn(EntryId) -> Option<EntryId>) -> usize {
        let mut lost = 0;
        for (name, old) in self.layouts() {
            match new(old) {
                Some(new) => drop(self.settings.insert(name.to_owned(), new.to_string().into())),
                None => lost += usize::from(self.settings.shift_remove(name).is_some()),
            }
        }
        lost
    }

    /// The settings that differ from `before`.
    pub fn changed_settings(&self, before: &Self) -> Vec<String> {
        let names = self.settings.keys().chain(before.settings.keys().filter(|name| !self.settings.contains_key(*name)));
        names.filter(|name| self.settings.get(*name) != before.settings.get(*name)).cloned().collect()
    }

    /// Merges settings: an unknown key or a wrong type is a fault that names the key, `null` clears one.
    ///
    /// # Errors
    /// All faults; or not found, for a type without settings.
    pub fn merge_settings(&mut self, change: &Map<String, Value>) -> Result<()> {
        let known = self.app_type.settings();
        let mut faults = Faults::default();
        for (key, value) in change {
            let field = format!("settings.{key}");
            match (known.iter().find(|setting| setting.name == key), value) {
                (None, _) => faults.add(field, "unknown_field", format!("Apps of this type have no setting {key:?}.")),
                (Some(_), Value::Null) => drop(self.settings.shift_remove(key)),
                (Some(setting), Value::String(text)) => {
                    if let Some(text) = faults.keep(setting.check(&field, text)) {
                        self.settings.insert(key.clone(), text.into());
                    }
                }
                (Some(_), _) => faults.add(&field, "wrong_type", format!("{field} must be a string or null.")),
            }
        }
        faults.into_result()
    }

    /// The JSON Schema of the settings, for the caller of `get_app_settings`.
    pub fn settings_schema(&self) -> Value {
        let settings = self.app_type.settings();
        let properties: Map<_, _> = settings.iter().map(|setting| (setting.name.to_owned(), setting.schema())).collect();
        json!({ "type": "object", "additionalProperties": false, "properties": properties })
    }
}

impl Setting {
    fn check(&self, field: &str, value: &str) -> std::result::Result<String, Fault> {
        match self.holds {
            SettingType::Text { max } => text::block(field, value, max),
            SettingType::Email => text::email(field, value),
            SettingType::Layout => value
                .parse()
                .map(|id: EntryId| id.to_string())
                .map_err(|_| Fault::new(field, "malformed", format!("{field} must be the id of a layout."))),
        }
    }

    fn schema(&self) -> Value {
        let mut schema = json!({ "type": ["string", "null"], "description": self.help });
        match self.holds {
            SettingType::Text { max } => schema["maxLength"] = max.into(),
            SettingType::Email => (schema["maxLength"], schema["format"]) = (text::EMAIL_MAX.into(), "email".into()),
            SettingType::Layout => schema["format"] = "uuid".into(),
        }
        schema
    }
}
