//! Blocks: what the content of an entry is made of. A [`Block`] is a descriptor: its type, its fields, an example; what reads, checks,
//! translates, documents and searches a block goes through it. So a new block is one new file and one line in [`super::blocks`].
//!
//! A block of another type may be stored, too: a project may keep them ([`UnknownBlocks`]), and another release may have had them. Such a
//! one is never changed, only moved and deleted.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::domain::{error::Faults, project::app::AppType};

use super::{
    Context, Field, FieldType, Kind, Target,
    merge::merge_group,
    path::Path,
    render::{data::Data, page::Page},
    value::ValueReader,
};

/// Most characters of Markdown in one language; what a block renders may be many times as long.
pub(super) const MARKDOWN_MAX: usize = 50_000;
/// Most characters of one line, such as a caption.
pub(super) const LINE_MAX: usize = 500;
/// Most items of a gallery, of cards, of questions.
pub(super) const ITEMS_MAX: usize = 50;

/// A type of block.
pub struct Block {
    /// The word in a block's `type`: `heading`.
    pub name: &'static str,
    /// Its icon in the console.
    pub icon: &'static str,
    /// What its `data` may hold.
    pub fields: &'static [Field],
    /// Fields of which it needs at least one; none when empty.
    pub one_of: &'static [&'static str],
    /// The only type of app whose entries it stands in; all when `None`.
    pub only: Option<AppType>,
    /// The type of app in whose entries it does not stand.
    pub never: Option<AppType>,
    /// Good data, as JSON text.
    pub example: &'static str,
    /// Writes what it holds as HTML.
    pub render: fn(&mut Page<'_>, &Data<'_>),
    /// Whether it is the place of a sidebar, which is a tree of its own.
    pub holds_sidebar: bool,
}

impl Block {
    /// A block with these fields that stands everywhere.
    pub(super) const fn new(
        name: &'static str,
        icon: &'static str,
        fields: &'static [Field],
        example: &'static str,
        render: fn(&mut Page<'_>, &Data<'_>),
    ) -> Self {
        Self { name, icon, fields, one_of: &[], only: None, never: None, example, render, holds_sidebar: false }
    }

    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Whether it may stand in entries of this kind.
    pub fn stands_in(&self, kind: &Kind) -> bool {
        kind.has_tree() && self.only.is_none_or(|only| only == kind.app_type) && self.never != Some(kind.app_type)
    }
}

impl fmt::Debug for Block {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name)
    }
}

impl PartialEq for Block {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Block {}

/// What a project does with new blocks of a type that is not in [`BLOCKS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum UnknownBlocks {
    /// A body that has one is refused.
    #[default]
    Refuse,
    /// They are kept as they are: for content that comes from elsewhere.
    Keep,
}

impl UnknownBlocks {
    /// Every word, for filters and for the OpenAPI document.
    pub const WORDS: &[&str] = &["refuse", "keep"];

    /// The word on the wire and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Refuse => "refuse",
            Self::Keep => "keep",
        }
    }

    /// What this word stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Refuse, Self::Keep].into_iter().find(|one| one.word() == word)
    }
}

/// Writes `data` over what a block of this type holds: null takes a field away, a text in one language keeps the others, items are
/// matched by their ids. What the block holds beside its fields stays.
pub(super) fn write(
    block: &'static Block,
    (stored, data): (&mut Map<String, Value>, Map<String, Value>),
    path: &Path,
    context: &Context,
    faults: &mut Faults,
) {
    write_fields(block.fields, (stored, data), path, context, faults);
    if !context.complete {
        return;
    }
    for field in block.fields.iter().filter(|field| field.required) {
        if !stored.contains_key(field.name) && !faults.names(&path.key(field.name).to_string()) {
            faults.push(path.key(field.name).fault("required", "is required"));
        }
    }
    if !block.one_of.is_empty() && !block.one_of.iter().any(|name| stored.contains_key(*name)) {
        faults.push(path.fault("required", format_args!("must have one of {}", block.one_of.join(", "))));
    }
}

/// Writes `members` over a stored object by these fields.
pub(super) fn write_fields(
    fields: &'static [Field],
    (stored, members): (&mut Map<String, Value>, Map<String, Value>),
    path: &Path,
    context: &Context,
    faults: &mut Faults,
) {
    let mut reader = ValueReader::new(context);
    let changes = reader.body(Some(path), fields.iter(), members, false);
    faults.0.append(&mut reader.faults.0);
    let members = changes.into_iter().map(|(field, value)| (field.name.to_owned(), value)).collect();
    merge_group(fields, stored, members, Target { locale: context.locale, locales: &context.locales });
}

/// One line that people read, in each language.
pub(super) const fn line(name: &'static str) -> Field {
    Field::new(name, FieldType::Localized { max: LINE_MAX }).write().form().searchable()
}

/// Markdown, in each language.
pub(super) const fn markdown(name: &'static str) -> Field {
    Field::new(name, FieldType::LocalizedBlock { max: MARKDOWN_MAX }).write().form().searchable().markdown()
}

/// Where a link leads.
pub(super) const fn href(name: &'static str) -> Field {
    Field::new(name, FieldType::Href).write().form()
}

/// One of these words.
pub(super) const fn word(name: &'static str, words: &'static [&'static str]) -> Field {
    Field::new(name, FieldType::Word(words)).write().form()
}
