//! What a document says, before it is compared with what is stored.

use serde_json::Value;

use crate::domain::content::{Field, FieldType, block::Block};

/// What a document says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// Its first line, if it has one.
    pub head: Option<Head>,
    /// Its sections.
    pub sections: Vec<Section>,
}

/// What the first line says that must fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The id of the entry.
    pub id: String,
    /// The language of the texts.
    pub locale: Option<String>,
}

/// A section.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Section {
    /// Its id; a new one has none.
    pub id: Option<String>,
    /// Where it begins.
    pub line: usize,
    /// Whether it has no line of its own: its blocks stay where they are.
    pub implied: bool,
    /// What its line says besides.
    pub attributes: Vec<(String, Value)>,
    /// Its columns.
    pub columns: Vec<Column>,
}

/// A column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Column {
    /// Its id; a new one has none.
    pub id: Option<String>,
    /// Where it begins.
    pub line: usize,
    /// Whether it has no line of its own.
    pub implied: bool,
    /// Its blocks.
    pub blocks: Vec<Part>,
}

/// A block.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Its id; a new one has none.
    pub id: Option<String>,
    /// Where it begins.
    pub line: usize,
    /// What it is; none for one that is locked.
    pub block: Option<&'static Block>,
    /// What it says, by field.
    pub fields: Vec<(&'static Field, Value)>,
    /// How it looks.
    pub styles: Vec<(String, Value)>,
    /// Its items, if it says any.
    pub items: Vec<Item>,
}

/// An item of a block.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Item {
    /// Its id; a new one has none.
    pub id: Option<String>,
    /// Where it begins.
    pub line: usize,
    /// What it says, by field.
    pub fields: Vec<(&'static Field, Value)>,
}

/// Whether a field holds text that stands on lines of its own.
pub(super) const fn is_text(field: &Field) -> bool {
    matches!(field.holds, FieldType::Localized { .. } | FieldType::LocalizedBlock { .. } | FieldType::Block { .. })
}

/// The text that a block is for, which stands below it without a name: the first that it must have.
pub fn body_of(block: &Block) -> Option<&'static Field> {
    block.fields.iter().find(|field| field.required && is_text(field))
}

/// Its other texts, which stand behind their names.
pub fn labels_of(fields: &'static [Field]) -> impl Iterator<Item = &'static Field> {
    fields.iter().filter(|field| is_text(field))
}

/// The field that holds the items of a block, and what each of them holds.
pub(super) fn items_of(block: &Block) -> Option<(&'static Field, &'static [Field])> {
    block.fields.iter().find_map(|field| match field.holds {
        FieldType::Items { fields, .. } => Some((field, fields)),
        _ => None,
    })
}

/// A text as documents tell it: without blank lines around it, and no line that is only blanks.
pub(super) fn plain(text: &str) -> String {
    let line = |line: &str| if line.trim().is_empty() { String::new() } else { line.trim_end_matches('\r').to_owned() };
    let lines: Vec<String> = text.split('\n').map(line).collect();
    lines.join("\n").trim_matches('\n').trim_end().to_owned()
}
