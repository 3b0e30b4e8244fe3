//! The items of a block, as they are to be: those that a document leaves out stay, also in their order.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use crate::domain::{
    content::{Field, tree::parts::id},
    error::Fault,
};

use super::{
    attribute::looks_same,
    ids::Ids,
    line,
    shape::{Item, is_text},
    show::{ShownLocales, own, text_in},
};

/// What a field of a block, or of an item, is to be, as the body of a change: a text in the language of the document.
pub(super) fn as_change(field: &Field, value: &Value, shown: &ShownLocales<'_>) -> Value {
    if !field.localized() || (value.is_string() && shown.locale == shown.locales.default) {
        value.clone()
    } else {
        json!({ shown.locale: value })
    }
}

/// What a document says of the fields of something stored, where that is different.
pub(super) fn changes(given: &[(&'static Field, Value)], stored: &Map<String, Value>, shown: &ShownLocales<'_>) -> Map<String, Value> {
    let is_other = |field: &Field, value: &Value| {
        if is_text(field) {
            return text_in(field, stored, shown.locale, &shown.locales).as_deref() != value.as_str();
        }
        let known = stored.get(field.name).unwrap_or(&Value::Null);
        let known =
            if field.localized() { own(known, shown.locale, &shown.locales).map_or(Value::Null, Value::from) } else { known.clone() };
        !looks_same(field, &known, value)
    };
    let changed = given.iter().filter(|(field, value)| is_other(field, value));
    changed.map(|(field, value)| (field.name.to_owned(), as_change(field, value, shown))).collect()
}

enum Slot<'a> {
    Stored(usize),
    New(&'a Item),
}

/// All items of a block, if they are to be others than those that are stored.
///
/// # Errors
/// The fault of an id that no item has, or that stands twice.
pub(super) fn merged(
    fields: &'static [Field],
    stored: &[Value],
    (given, gone): (&[Item], &HashSet<String>),
    shown: &ShownLocales<'_>,
) -> Result<Option<Value>, Fault> {
    let ids = Ids::new(stored.iter().map(id));
    let mut found: Vec<Option<usize>> = Vec::with_capacity(given.len());
    for item in given {
        let known = item.id.as_deref().map(|meant| ids.find(&format!("line {}", item.line), meant)).transpose()?;
        let at = known.and_then(|known| stored.iter().position(|one| id(one) == known));
        if at.is_some() && found.contains(&at) {
            return Err(line::fault(item.line, "this item stands above already."));
        }
        found.push(at);
    }
    let mut slots: Vec<Slot<'_>> = (0..stored.len()).filter(|at| !gone.contains(id(&stored[*at]))).map(Slot::Stored).collect();
    let is_sorted = found.iter().flatten().is_sorted();
    arrange(&mut slots, given, &found, is_sorted);
    let changed = |at: usize| {
        let item = found.iter().position(|one| *one == Some(at)).map(|one| &given[one]);
        item.zip(stored[at].as_object()).map(|(item, stored)| changes(&item.fields, stored, shown)).unwrap_or_default()
    };
    let is_same = slots.len() == stored.len()
        && slots.iter().enumerate().all(|(place, slot)| matches!(slot, Slot::Stored(at) if *at == place && changed(*at).is_empty()));
    if is_same {
        return Ok(None);
    }
    let item = |slot: &Slot<'_>| match slot {
        Slot::Stored(at) => stored_item(&stored[*at], fields, changed(*at), shown),
        Slot::New(item) => item.fields.iter().map(|(field, value)| (field.name.to_owned(), as_change(field, value, shown))).collect(),
    };
    Ok(Some(slots.iter().map(|slot| Value::Object(item(slot))).collect()))
}

/// Puts new items where they stand in the document, and known ones, too, if their order is another.
fn arrange<'a>(slots: &mut Vec<Slot<'a>>, given: &'a [Item], found: &[Option<usize>], is_sorted: bool) {
    let place = |slots: &[Slot<'_>], at: usize| slots.iter().position(|slot| matches!(slot, Slot::Stored(one) if *one == at));
    let mut behind: Option<usize> = None;
    for (index, item) in given.iter().enumerate() {
        let here = found[index].and_then(|at| place(slots, at));
        let to = match (here, behind) {
            (Some(here), Some(last)) if !is_sorted => {
                let slot = slots.remove(here);
                let to = if here < last { last } else { last + 1 };
                slots.insert(to, slot);
                to
            }
            (Some(here), _) => here,
            (None, last) => {
                let next = || found[index..].iter().flatten().find_map(|at| place(slots, *at));
                let to = last.map(|last| last + 1).or_else(next).unwrap_or(slots.len());
                slots.insert(to, Slot::New(item));
                to
            }
        };
        behind = Some(to);
    }
}

/// A stored item as the body of a change: its id, what it must have, and what is to be different.
pub(super) fn stored_item(
    stored: &Value,
    fields: &'static [Field],
    mut changes: Map<String, Value>,
    shown: &ShownLocales<'_>,
) -> Map<String, Value> {
    let mut all = Map::from_iter([("id".to_owned(), id(stored).into())]);
    for field in fields {
        let value = match (changes.shift_remove(field.name), stored.get(field.name)) {
            (Some(changed), _) => changed,
            // A language that the project had is kept, but cannot be sent.
            (None, Some(Value::Object(map))) if field.required && field.localized() => {
                map.iter().filter(|(tag, _)| shown.locales.has(tag)).map(|(tag, text)| (tag.clone(), text.clone())).collect()
            }
            (None, Some(value)) if field.required => value.clone(),
            (None, _) => continue,
        };
        all.insert(field.name.to_owned(), value);
    }
    all
}
