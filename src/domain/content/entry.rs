//! An entry with its status, as it is stored: the same type for every kind.

use std::str::FromStr;

use serde_json::{Map, Value};
use uuid::Uuid;

use crate::domain::{
    Error, Result,
    id::{AppId, EntryId, OrgId, ProjectId, UserId},
    text,
    time::Instant,
};

use super::{
    Column, Kind, Locales,
    merge::{flatten, nothing},
    tree::flat,
};

/// Most characters of a title in one language.
pub(super) const TITLE_MAX: usize = 300;
/// Most characters of an excerpt in one language.
pub(super) const EXCERPT_MAX: usize = 2_000;

/// Whether the world may see an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Not yet.
    Draft,
    /// It may.
    Published,
    /// From [`Entry::scheduled_at`] on.
    Scheduled,
}

impl Status {
    /// Whether the world may see it.
    pub const fn is_published(self) -> bool {
        matches!(self, Self::Published)
    }

    /// Whether it waits for its date.
    pub const fn is_scheduled(self) -> bool {
        matches!(self, Self::Scheduled)
    }

    /// Those that a body may name.
    pub const PLAIN: &[&str] = &["draft", "published"];
    /// Every word, for filters and for the OpenAPI document.
    pub const WORDS: &[&str] = &["draft", "published", "scheduled"];

    /// The word on the wire and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Scheduled => "scheduled",
        }
    }

    /// The status of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Draft, Self::Published, Self::Scheduled].into_iter().find(|status| status.word() == word)
    }
}

/// One content item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: EntryId,
    /// The organization that it belongs to.
    pub org: OrgId,
    /// The project.
    pub project: ProjectId,
    /// The app.
    pub app: AppId,
    /// What it is.
    pub kind: &'static Kind,
    /// The name that people in the console see.
    pub name: String,
    /// The last part of its address, unique in its app.
    pub slug: Option<String>,
    /// Whether the world may see it.
    pub status: Status,
    /// Whether lists and search engines may show it.
    pub is_listed: bool,
    /// Whether a reader must sign in.
    pub requires_viewer_auth: bool,
    /// The person who wrote it.
    pub author_id: Option<UserId>,
    /// The author as printed.
    pub author_name: Option<String>,
    /// The date as printed.
    pub publish_date: Option<Instant>,
    /// When it publishes itself; set while it is [`Status::Scheduled`].
    pub scheduled_at: Option<Instant>,
    /// When it was last published.
    pub published_at: Option<Instant>,
    /// Its layout.
    pub layout_id: Option<EntryId>,
    /// Its header.
    pub header_id: Option<EntryId>,
    /// Its footer.
    pub footer_id: Option<EntryId>,
    /// How wide it may become.
    pub max_width: Option<String>,
    /// Whether it has a button that closes it.
    pub include_close: bool,
    /// Whether it takes what visitors send.
    pub is_active: bool,
    /// What it stands below.
    pub parent_id: Option<EntryId>,
    /// Its number among those beside it.
    pub position: Option<i64>,
    /// All fields without a column, as the text of one JSON object in its wire form. It holds each of them, even if null.
    pub fields: String,
    /// The content tree, as the text of a JSON array.
    pub content: String,
    /// The folded text of all searchable fields in all languages, one to a line.
    pub search: String,
    /// How many texts it has in each language, as [`super::languages::Written`] was stored.
    pub written: String,
    /// The languages in which it is complete, as [`super::languages::Written::complete`] was stored.
    pub locales: String,
    /// Counts its changes, from 1.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
    /// Who made it.
    pub created_by: UserId,
    /// Who last changed it.
    pub updated_by: UserId,
}

impl Entry {
    /// An entry with every field at its default and nobody's ids.
    pub fn blank(kind: &'static Kind) -> Self {
        let nobody = UserId::from_uuid(Uuid::nil());
        let fields = kind.fields.iter().filter(|field| field.column.is_none());
        let fields: Map<_, _> = fields.map(|field| (field.name.to_owned(), nothing(field))).collect();
        Self {
            id: EntryId::from_uuid(Uuid::nil()),
            org: OrgId::from_uuid(Uuid::nil()),
            project: ProjectId::from_uuid(Uuid::nil()),
            app: AppId::from_uuid(Uuid::nil()),
            kind,
            name: String::new(),
            slug: None,
            status: kind.default_status,
            is_listed: true,
            requires_viewer_auth: false,
            author_id: None,
            author_name: None,
            publish_date: None,
            scheduled_at: None,
            published_at: None,
            layout_id: None,
            header_id: None,
            footer_id: None,
            max_width: kind.has(Column::MaxWidth).then(|| "sm".to_owned()),
            include_close: true,
            is_active: true,
            parent_id: None,
            position: None,
            fields: Value::Object(fields).to_string(),
            content: "[]".to_owned(),
            search: String::new(),
            written: String::new(),
            locales: String::new(),
            version: 1,
            created_at: Instant::default(),
            updated_at: Instant::default(),
            created_by: nobody,
            updated_by: nobody,
        }
    }

    /// Its status as its kind tells it.
    pub fn told_status(&self) -> Status {
        if self.status == Status::Scheduled && !self.kind.tells_scheduled() { Status::Draft } else { self.status }
    }

    /// The entries that it names in the field that holds several.
    pub fn references(&self) -> Vec<EntryId> {
        let Some(field) = self.kind.references() else { return Vec::new() };
        let members = self.members().unwrap_or_default();
        let named = members.get(field.name).and_then(Value::as_array).into_iter().flatten();
        named.filter_map(|id| id.as_str().and_then(|id| id.parse().ok())).collect()
    }

    /// Names these there.
    ///
    /// # Errors
    /// Those of a stored text that is not JSON.
    pub fn set_references(&mut self, to: &[EntryId]) -> Result<()> {
        if let Some(field) = self.kind.references() {
            let mut members = self.members()?;
            members.insert(field.name.to_owned(), to.iter().map(ToString::to_string).collect());
            self.fields = Value::Object(members).to_string();
        }
        Ok(())
    }

    /// Whether readers see at once what is changed of it: it is published, or of a kind that always is.
    pub fn is_public(&self) -> bool {
        !self.kind.has_status() || self.status == Status::Published
    }

    /// The path on its site: `/blog/a-post`. `None` for a kind without addresses.
    pub fn path(&self) -> Option<String> {
        self.slug.as_ref().map(|slug| format!("{}{slug}", self.kind.path_prefix))
    }

    /// What it is called where it is read: its title in a language, or else its name.
    ///
    /// # Errors
    /// [`Error::Internal`] when a stored text is not JSON.
    pub fn title(&self, locale: &str, locales: &Locales<'_>) -> Result<String> {
        let fields = self.members()?;
        let title = fields.get("title").and_then(|title| locales.text(title, locale)).filter(|title| !title.is_empty());
        Ok(title.unwrap_or(&self.name).to_owned())
    }

    /// Its tags; none for a kind without them.
    pub fn tags(&self) -> Vec<String> {
        #[derive(serde::Deserialize)]
        struct Tagged {
            #[serde(default)]
            tags: Vec<String>,
        }
        serde_json::from_str(&self.fields).map_or_else(|_| Vec::new(), |found: Tagged| found.tags)
    }

    /// Notes a change: the next version, by whom and when.
    pub fn touch(&mut self, by: UserId, now: Instant) {
        self.version += 1;
        self.updated_by = by;
        self.updated_at = now;
    }

    /// Turns every localized text, in the fields and in the tree, into that of one language.
    ///
    /// # Errors
    /// [`Error::Internal`] when a stored text is not JSON.
    pub fn flatten(&mut self, locale: &str, locales: &Locales) -> Result<()> {
        let mut fields = self.members()?;
        for field in self.kind.fields {
            if let Some(value) = fields.get_mut(field.name) {
                flatten(field, value, locale, locales);
            }
        }
        self.fields = Value::Object(fields).to_string();
        self.content = flat::tree(&self.content, locale, locales).map_err(|_| broken("content"))?;
        Ok(())
    }

    /// [`Self::fields`], parsed.
    pub(super) fn members(&self) -> Result<Map<String, Value>> {
        serde_json::from_str(&self.fields).map_err(|_| broken("fields"))
    }

    /// Writes a checked value into a column; tells whether that changed it.
    pub(super) fn set(&mut self, column: Column, value: Value) -> bool {
        match column {
            Column::Name => put(&mut self.name, text_of(value).unwrap_or_default()),
            Column::Slug => put(&mut self.slug, text_of(value)),
            Column::Status => put(&mut self.status, value.as_str().and_then(Status::from_word).unwrap_or(self.kind.default_status)),
            Column::IsListed => put(&mut self.is_listed, value == true),
            Column::RequiresViewerAuth => put(&mut self.requires_viewer_auth, value == true),
            Column::AuthorId => put(&mut self.author_id, parsed(&value)),
            Column::AuthorName => put(&mut self.author_name, text_of(value)),
            Column::PublishDate => put(&mut self.publish_date, parsed(&value)),
            Column::ScheduledAt => put(&mut self.scheduled_at, parsed(&value)),
            Column::LayoutId => put(&mut self.layout_id, parsed(&value)),
            Column::HeaderId => put(&mut self.header_id, parsed(&value)),
            Column::FooterId => put(&mut self.footer_id, parsed(&value)),
            Column::MaxWidth => put(&mut self.max_width, text_of(value)),
            Column::IncludeClose => put(&mut self.include_close, value == true),
            Column::IsActive => put(&mut self.is_active, value == true),
            Column::ParentId => put(&mut self.parent_id, parsed(&value)),
            Column::Position => put(&mut self.position, value.as_i64()),
            Column::Content => put(&mut self.content, text_of(value).unwrap_or_default()),
            // The server's own.
            Column::PublishedAt | Column::CreatedAt | Column::UpdatedAt => false,
        }
    }

    /// The value of a column in the form that [`Self::set`] reads; null for those that nobody writes.
    pub fn value(&self, column: Column) -> Value {
        let id = |id: &Option<EntryId>| id.map(|id| id.to_string());
        let text = match column {
            Column::IsListed => return self.is_listed.into(),
            Column::RequiresViewerAuth => return self.requires_viewer_auth.into(),
            Column::IncludeClose => return self.include_close.into(),
            Column::IsActive => return self.is_active.into(),
            Column::Position => return self.position.into(),
            Column::ParentId => id(&self.parent_id),
            Column::Name => Some(self.name.clone()),
            Column::Slug => self.slug.clone(),
            Column::Status => Some(self.status.word().to_owned()),
            Column::AuthorId => self.author_id.map(|id| id.to_string()),
            Column::AuthorName => self.author_name.clone(),
            Column::PublishDate => self.publish_date.map(|at| at.to_string()),
            Column::ScheduledAt => self.scheduled_at.map(|at| at.to_string()),
            Column::LayoutId => id(&self.layout_id),
            Column::HeaderId => id(&self.header_id),
            Column::FooterId => id(&self.footer_id),
            Column::MaxWidth => self.max_width.clone(),
            Column::Content | Column::PublishedAt | Column::CreatedAt | Column::UpdatedAt => None,
        };
        text.map_or(Value::Null, Value::String)
    }

    /// [`Self::content`], parsed.
    ///
    /// # Errors
    /// [`Error::Internal`] when it is not JSON.
    pub fn tree(&self) -> Result<Vec<Value>> {
        serde_json::from_str(&self.content).map_err(|_| broken("content"))
    }

    /// Every field that an update may give, by its name.
    ///
    /// # Errors
    /// [`Error::Internal`] when the stored fields are not JSON.
    pub fn writable(&self) -> Result<Map<String, Value>> {
        let mut all = self.members()?;
        let columns = self.kind.fields.iter().filter(|field| field.on_update).filter_map(|field| Some((field.name, field.column?)));
        all.extend(columns.map(|(name, column)| (name.to_owned(), self.value(column))));
        Ok(all)
    }

    /// Gives it another slug.
    ///
    /// # Errors
    /// [`Error::Internal`] when the stored fields are not JSON.
    pub fn set_slug(&mut self, slug: String) -> Result<()> {
        self.slug = Some(slug);
        let members = self.members()?;
        self.index(&members);
        Ok(())
    }

    /// Makes [`Self::search`] anew; `members` are the fields without a column.
    pub(super) fn index(&mut self, members: &Map<String, Value>) {
        let mut lines = Vec::new();
        for field in self.kind.fields.iter().filter(|field| field.searchable) {
            match field.column {
                Some(Column::Name) => lines.push(self.name.as_str()),
                Some(Column::Slug) => lines.extend(self.slug.as_deref()),
                Some(Column::AuthorName) => lines.extend(self.author_name.as_deref()),
                Some(_) => {}
                None => members.get(field.name).into_iter().for_each(|value| gather(value, &mut lines)),
            }
        }
        self.search = text::fold(&lines.join("\n"));
    }
}

pub(super) fn broken(column: &str) -> Error {
    Error::Internal(format!("unexpected value in entries.{column}"))
}

/// All texts in a value, whatever its languages.
fn gather<'v>(value: &'v Value, lines: &mut Vec<&'v str>) {
    match value {
        Value::String(text) => lines.push(text),
        Value::Array(items) => items.iter().for_each(|item| gather(item, lines)),
        Value::Object(map) => map.values().for_each(|member| gather(member, lines)),
        _ => {}
    }
}

fn put<T: PartialEq>(slot: &mut T, new: T) -> bool {
    let changed = *slot != new;
    *slot = new;
    changed
}

fn text_of(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        _ => None,
    }
}

/// A value that was checked as text of this form, or null.
fn parsed<T: FromStr>(value: &Value) -> Option<T> {
    value.as_str().and_then(|text| text.parse().ok())
}
