//! The tree of an entry as the editor shows it: one line for each block.

use serde_json::Value;

use crate::{
    domain::{
        content::{
            Field, FieldType, Locales, blocks, of_type,
            tree::parts::{self, id},
        },
        form::definition::Definition,
        search::plain_text,
    },
    http::console::{base::chrome::Chrome, content::form::row},
};

/// Most characters of a block's line.
const LINE: usize = 90;

/// A section.
pub struct Section {
    pub id: String,
    /// Its name, if somebody has named it.
    pub name: String,
    pub number: usize,
    pub columns: Vec<Column>,
}

/// A column.
pub struct Column {
    pub id: String,
    pub number: usize,
    pub blocks: Vec<BlockLine>,
}

/// A block.
pub struct BlockLine {
    pub id: String,
    /// Its type.
    pub word: String,
    pub icon: &'static str,
    /// What it is called: its type in words; of a field the question.
    pub title: String,
    /// The beginning of its first text; of a field what it takes, and when it is asked.
    pub text: String,
    /// Whether it is a field that must be answered.
    pub is_required: bool,
    /// Whether its type is unknown: it can be moved and deleted, and not opened.
    pub is_locked: bool,
}

/// The language in which texts are told, and what a form asks in it.
struct EditorWords<'a> {
    c: &'a Chrome,
    locale: &'a str,
    locales: &'a Locales<'a>,
    definition: Definition,
}

/// The tree; texts are those that readers of a language are shown.
pub fn of(c: &Chrome, tree: &[Value], locale: &str, locales: &Locales<'_>) -> Vec<Section> {
    let told = EditorWords { c, locale, locales, definition: Definition::of(tree, locale, locales) };
    let section = |(number, section): (usize, &Value)| Section {
        id: id(section).to_owned(),
        name: section.get("name").and_then(Value::as_str).unwrap_or_default().to_owned(),
        number: number + 1,
        columns: parts::columns(section).iter().enumerate().map(|(number, of)| told.column(number, of)).collect(),
    };
    tree.iter().enumerate().map(section).collect()
}

impl EditorWords<'_> {
    fn column(&self, number: usize, column: &Value) -> Column {
        let blocks = parts::blocks(column).iter().map(|block| self.line(block)).collect();
        Column { id: id(column).to_owned(), number: number + 1, blocks }
    }

    fn line(&self, block: &Value) -> BlockLine {
        let word = block.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
        let (id, known) = (id(block).to_owned(), blocks::of_type(&word));
        let (icon, is_locked) = (known.map_or("lock", |known| known.icon), known.is_none());
        if let Some(said) = row::of(self.c, block, &self.definition) {
            return BlockLine { id, icon, is_locked, word, title: said.title, text: said.text, is_required: said.is_required };
        }
        let title = if is_locked { word.clone() } else { self.c.word("block", &word).to_string() };
        let text = beginning(self.c, block, self.locale, self.locales);
        BlockLine { id, icon, is_locked, word, title, text, is_required: false }
    }
}

/// The beginning of the first text that a block says, as it is read; of a list of entries, which kind those are.
pub(super) fn beginning(c: &Chrome, block: &Value, locale: &str, locales: &Locales<'_>) -> String {
    let mut first = None;
    each(block, locale, locales, &mut |text, field| {
        let kind = of_type(c.kinds, text).filter(|_| matches!(field.holds, FieldType::ContentType));
        first.get_or_insert_with(|| kind.map_or_else(|| text.to_owned(), |kind| c.of_kind(kind, "many").to_string()));
    });
    let first = first.unwrap_or_default();
    let begin = &first[..first.floor_char_boundary(LINE * 20)];
    let line = plain_text(begin).split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = line.char_indices().nth(LINE) else { return line };
    let end = line[..end].rfind(' ').unwrap_or(end);
    format!("{}\u{2026}", &line[..end])
}

/// The texts that a block says in a language, also within its items.
pub(super) fn texts<'v>(block: &'v Value, locale: &str, locales: &Locales<'_>) -> Vec<&'v str> {
    let mut all = Vec::new();
    each(block, locale, locales, &mut |text, _| all.push(text));
    all
}

fn each<'v>(block: &'v Value, locale: &str, locales: &Locales<'_>, take: &mut dyn FnMut(&'v str, &Field)) {
    let known = block.get("type").and_then(Value::as_str).and_then(blocks::of_type);
    let (Some(known), Some(data)) = (known, block.get("data")) else { return };
    gather(known.fields, data, &mut |value, field| {
        let text = if field.localized() { locales.text(value, locale) } else { value.as_str() };
        if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
            take(text, field);
        }
    });
}

fn gather<'v>(fields: &[Field], data: &'v Value, take: &mut dyn FnMut(&'v Value, &Field)) {
    for (field, value) in fields.iter().filter_map(|field| Some((field, data.get(field.name)?))) {
        match field.holds {
            FieldType::Items { fields, .. } => value.as_array().into_iter().flatten().for_each(|item| gather(fields, item, take)),
            FieldType::Block { .. } | FieldType::Href | FieldType::ContentType => take(value, field),
            _ if field.localized() => take(value, field),
            _ => {}
        }
    }
}

impl Section {
    /// What it is called: its name, or its number.
    pub fn title(&self, c: &Chrome) -> String {
        if self.name.is_empty() { c.t("editor-section").n("n", self.number).to_string() } else { self.name.clone() }
    }
}
