//! Single changes that name what they are about by the ids of a document: a piece of a text, or a block.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use crate::domain::{
    content::{
        Block, Field,
        tree::{
            change::{BlockPlace, Edit, SectionPlace},
            parts::{self, id},
        },
    },
    error::Fault,
};

use super::{
    ids::{Ids, MISSING},
    items::{self, as_change, stored_item},
    plan::item_of,
    shape::{Item, items_of, labels_of},
    show::{ShownLocales, own, writable},
};

/// A piece of a text that is to be another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextEdit {
    /// The block or the item that has the text; all blocks are looked through if none is named.
    pub block: Option<String>,
    /// The field; all texts of the block if none is named.
    pub field: Option<String>,
    /// The piece, which occurs once; nothing for a text that is not written yet.
    pub old: String,
    /// What stands there instead.
    pub new: String,
}

/// A text of a block, or of one of its items.
struct Text<'t> {
    known: &'static Block,
    block: &'t str,
    data: &'t Map<String, Value>,
    /// The item, and what all items of the block hold.
    item: Option<&'t str>,
    field: &'static Field,
    text: Option<&'t str>,
}

fn texts<'t>(block: &'t Value, shown: &ShownLocales<'_>) -> Vec<Text<'t>> {
    let Some((known, data)) = writable(block) else { return Vec::new() };
    let text = |field: &Field, of: &'t Map<String, Value>| {
        let stored = of.get(field.name)?;
        if field.localized() { own(stored, shown.locale, &shown.locales) } else { stored.as_str() }
    };
    let of = |item: Option<&'t str>, fields: &'static [Field], members: &'t Map<String, Value>| {
        labels_of(fields).map(move |field| Text { known, block: id(block), data, item, field, text: text(field, members) })
    };
    let mut all: Vec<_> = of(None, known.fields, data).collect();
    if let Some((field, fields)) = items_of(known) {
        let items = data.get(field.name).and_then(Value::as_array).into_iter().flatten();
        items.filter_map(|item| Some((id(item), item.as_object()?))).for_each(|(name, item)| all.extend(of(Some(name), fields, item)));
    }
    all
}

/// The change of a tree by which a piece of a text becomes another. `at` is how faults name the edit: `edits[0]`.
///
/// # Errors
/// The fault of an id that leads nowhere, and of a piece that does not occur exactly once.
pub fn replaced(tree: &[Value], edit: &TextEdit, at: &str, shown: &ShownLocales<'_>) -> Result<Edit, Fault> {
    let (block, item) = edit.block.as_deref().map(|meant| target(tree, meant, &format!("{at}.block"))).transpose()?.unzip();
    let item = item.flatten();
    let blocks = tree.iter().flat_map(parts::columns).flat_map(parts::blocks).filter(|one| block.is_none_or(|block| block == id(one)));
    let mut found: Vec<_> = blocks.flat_map(|block| texts(block, shown)).collect();
    found.retain(|one| item.is_none_or(|item| one.item == Some(item)) && edit.field.as_deref().is_none_or(|field| field == one.field.name));
    let what = if edit.block.is_some() { "this block" } else { "the content" };
    if found.is_empty() {
        return Err(Fault::new(format!("{at}.field"), "not_found", format!("There is no such text in {what} that can be written.")));
    }
    if edit.old.is_empty() {
        let [one] = &found[..] else {
            return Err(Fault::new(format!("{at}.old"), "ambiguous", "Name block and field of the text that is to be written."));
        };
        if one.text.is_some() {
            let message = format!("There is a text already in {}: give the piece of it that is to be another.", shown.locale);
            return Err(Fault::new(format!("{at}.old"), "required", message));
        }
        return with(one, edit.new.clone(), shown);
    }
    let count = |text: &Text<'_>| text.text.map_or(0, |text| text.matches(edit.old.as_str()).count());
    match found.iter().map(count).sum::<usize>() {
        1 => {}
        0 => {
            let message =
                format!("old does not occur in {what} in {}. It must be there word for word; read the entry again.", shown.locale);
            return Err(Fault::new(format!("{at}.old"), "not_found", message));
        }
        many => {
            let message =
                format!("old occurs {many} times in {what} in {}. Give more of the text around it, or name block and field.", shown.locale);
            return Err(Fault::new(format!("{at}.old"), "ambiguous", message));
        }
    }
    let hit = found.iter().find(|text| count(text) == 1).and_then(|text| Some((text, text.text?)));
    let (hit, text) = hit.ok_or_else(|| Fault::new(format!("{at}.old"), "not_found", "old does not occur there."))?;
    with(hit, text.replacen(edit.old.as_str(), &edit.new, 1), shown)
}

/// A block, and an item of it, by the id of one of both.
fn target<'t>(tree: &'t [Value], meant: &str, field: &str) -> Result<(&'t str, Option<&'t str>), Fault> {
    let renamed = |fault: Fault| Fault { field: field.to_owned(), ..fault };
    match Ids::new(parts::ids(tree)).find(field, meant) {
        Err(missing) if missing.code == MISSING => {
            let (block, item) = item_of(tree, meant).map_err(renamed)?.ok_or(missing)?;
            Ok((block, Some(item)))
        }
        found => {
            let found = found?;
            let is_block = parts::find_block(tree, found).is_some();
            if is_block { Ok((found, None)) } else { Err(Fault::new(field, "not_found", format!("{meant} is not a block."))) }
        }
    }
}

/// The change by which a text becomes this one.
fn with(text: &Text<'_>, new: String, shown: &ShownLocales<'_>) -> Result<Edit, Fault> {
    let value = if new.is_empty() { Value::Null } else { Value::String(new) };
    let data = match text.item {
        None => Map::from_iter([(text.field.name.to_owned(), as_change(text.field, &value, shown))]),
        Some(item) => {
            let item = Item { id: Some(item.to_owned()), fields: vec![(text.field, value)], ..Item::default() };
            let (field, fields, stored) = block_items(text.known, text.data)?;
            let all = items::merged(fields, stored, (&[item], &HashSet::new()), shown)?;
            all.map(|all| Map::from_iter([(field.name.to_owned(), all)])).unwrap_or_default()
        }
    };
    Ok(Edit::UpdateBlock { id: text.block.to_owned(), data: Some(data), styles: None })
}

/// The items of a block: their field, what each holds, and themselves.
fn block_items<'t>(known: &Block, data: &'t Map<String, Value>) -> Result<(&'static Field, &'static [Field], &'t [Value]), Fault> {
    let (field, fields) = items_of(known).ok_or_else(|| Fault::new("block", MISSING, "There is no such item."))?;
    Ok((field, fields, data.get(field.name).and_then(Value::as_array).map_or(&[], Vec::as_slice)))
}

/// One change of blocks.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Operation {
    /// `insert`, `update`, `move` or `delete`.
    pub op: String,
    /// The block, section or item that it is about.
    pub block: Option<String>,
    /// The type of a new block; `section` for a new section.
    pub kind: Option<String>,
    /// What the block holds.
    pub data: Option<Map<String, Value>>,
    /// How it looks.
    pub styles: Option<Map<String, Value>>,
    /// Before this one.
    pub before: Option<String>,
    /// Behind this one.
    pub after: Option<String>,
    /// At the end of this section.
    pub section: Option<String>,
}

/// What a new block is called that is a section.
const SECTION: &str = "section";

/// The change of a tree that an operation is. `at` is how faults name it: `ops[0]`.
///
/// # Errors
/// The fault of an id that leads nowhere, and of what the operation lacks.
pub fn operation(tree: &[Value], one: &Operation, at: &str, shown: &ShownLocales<'_>) -> Result<Edit, Fault> {
    let ids = Ids::new(parts::ids(tree));
    let find = |name: &str, meant: &Option<String>| {
        meant.as_deref().map(|meant| ids.find(&format!("{at}.{name}"), meant).map(str::to_owned)).transpose()
    };
    let (before, after, section) = (find("before", &one.before)?, find("after", &one.after)?, find("section", &one.section)?);
    if one.op == "insert" {
        let kind =
            one.kind.clone().ok_or_else(|| Fault::new(format!("{at}.type"), "required", "An insert needs the type of the block."))?;
        if kind == SECTION {
            let section = one.styles.clone().map(|styles| Map::from_iter([("styles".to_owned(), styles.into())])).unwrap_or_default();
            return Ok(Edit::InsertSection { section, place: SectionPlace { after, before } });
        }
        let mut block =
            Map::from_iter([("type".to_owned(), json!(kind)), ("data".to_owned(), one.data.clone().unwrap_or_default().into())]);
        block.extend(one.styles.clone().map(|styles| ("styles".to_owned(), styles.into())));
        return Ok(Edit::InsertBlock { block, to: BlockPlace { after, before, section, column: None } });
    }
    let field = format!("{at}.block");
    let meant = one.block.as_deref().ok_or_else(|| Fault::new(&field, "required", format!("A {} needs the id of a block.", one.op)))?;
    if let Some(id) = ids.find(&field, meant).ok().filter(|id| parts::find_section(tree, id).is_some()).map(str::to_owned) {
        return match one.op.as_str() {
            "move" => Ok(Edit::MoveSection { id, place: SectionPlace { after, before } }),
            "delete" => Ok(Edit::DeleteSection { id }),
            _ => {
                let mut patch = one.data.clone().unwrap_or_default();
                patch.extend(one.styles.clone().map(|styles| ("styles".to_owned(), styles.into())));
                Ok(Edit::UpdateSection { id, patch })
            }
        };
    }
    let (block, item) = target(tree, meant, &field)?;
    let stored = parts::find_block(tree, block).and_then(|spot| parts::block(tree, &spot)).unwrap_or(&Value::Null);
    let id = block.to_owned();
    match (one.op.as_str(), item) {
        ("delete", None) => Ok(Edit::DeleteBlock { id }),
        ("move", None) => Ok(Edit::MoveBlock { id, to: BlockPlace { after, before, section, column: None } }),
        ("update", None) => {
            Ok(Edit::UpdateBlock { id, data: one.data.clone().map(|data| whole(stored, data, shown)), styles: one.styles.clone() })
        }
        ("delete", Some(item)) => {
            let gone = HashSet::from([item.to_owned()]);
            let held = writable(stored).map(|(known, data)| block_items(known, data)).transpose()?;
            let (field, fields, stored) = held.ok_or_else(|| Fault::new(&field, MISSING, "There is no such item."))?;
            let data = items::merged(fields, stored, (&[], &gone), shown)?.map(|all| Map::from_iter([(field.name.to_owned(), all)]));
            Ok(Edit::UpdateBlock { id, data, styles: None })
        }
        _ => Err(Fault::new(field, "malformed", format!("{meant} is an item: change its texts by edit_text, or update its block."))),
    }
}

/// Data of a block in which the items that it leaves out are kept, where they are.
fn whole(stored: &Value, mut data: Map<String, Value>, shown: &ShownLocales<'_>) -> Map<String, Value> {
    let Some((known, held)) = writable(stored) else { return data };
    let Some((field, fields)) = items_of(known) else { return data };
    let (Some(Value::Array(given)), Some(Value::Array(before))) = (data.get(field.name), held.get(field.name)) else { return data };
    let named = |wanted: &Value| given.iter().find(|one| id(one) == id(wanted) && !id(wanted).is_empty());
    let changed = |item: &Value| named(item).and_then(Value::as_object).cloned().unwrap_or_default();
    let mut all: Vec<Value> = before.iter().map(|item| Value::Object(stored_item(item, fields, changed(item), shown))).collect();
    all.extend(given.iter().filter(|one| !before.iter().any(|item| id(item) == id(one) && !id(one).is_empty())).cloned());
    data.insert(field.name.to_owned(), all.into());
    data
}
