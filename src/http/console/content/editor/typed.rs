//! What was typed into the page of an entry.

use serde_json::{Map, Value, json};

use crate::{
    domain::{
        content::{
            FieldType, Kind,
            blocks::{self, styles::STYLES},
            tree::{change::Edit, parts},
        },
        error::Fault,
    },
    http::console::{
        base::form::Form,
        content::{form::lines::expanded, inputs},
    },
    service::{content::working::copy::Typed, locale::Locale},
};

use super::fields::{self, Tags};

/// Names a box that the page has: those that are not ticked are not sent.
pub(super) const TICKS: &str = "ticks";

/// All of it, by the version, the content and the default language that the page showed: what stands in the open block as it stood is no change.
///
/// # Errors
/// The fault of a date that is none.
pub(super) fn all(
    form: &Form,
    kind: &'static Kind,
    (seen, (tree, default)): (i64, (Vec<Value>, &str)),
    locale: &Locale,
) -> Result<Typed, Fault> {
    let tags = Tags { main: form.text("locale").to_owned(), beside: form.optional("beside"), default: default.to_owned() };
    let form = &expanded(form.clone(), &tree, &tags.main, &tags.default);
    let fields = entry_fields(form, kind, &tags, locale)?;
    Ok(Typed { seen, locale: Some(tags.main.clone()), fields, edit: part(form, &tree, &tags) })
}

type Changed = (String, Option<String>, Value);

fn entry_fields(form: &Form, kind: &'static Kind, tags: &Tags, locale: &Locale) -> Result<Vec<Changed>, Fault> {
    let is_sent = |name: &str| !form.all(name).is_empty();
    let mut typed = Vec::new();
    for (name, field) in inputs::fields(kind) {
        if field.localized() {
            let sent = tags.names(&name).filter(|(_, input)| is_sent(input));
            typed.extend(sent.map(|(tag, input)| (name.clone(), Some(tag.to_owned()), inputs::value(form, &input, field))));
        } else if is_sent(&name) || (is_ticked(field.holds) && (is_sent("name") || form.has(TICKS, &name))) {
            let value = match (field.holds, inputs::value(form, &name, field)) {
                (FieldType::Instant, Value::String(there)) => match form.was(&name).parse() {
                    Ok(was) if locale.to_type(was) == there => json!(was),
                    _ => json!(locale.typed_moment(&name, &there)?),
                },
                (FieldType::Bool, Value::Bool(false)) if field.nullable => Value::Null,
                (_, value) => value,
            };
            typed.push((name, None, value));
        }
    }
    typed.extend(kind.visibility().filter_map(|field| flag(form, field.name)));
    Ok(typed)
}

/// A box that says who may see the entry, if it is not as the page showed it.
fn flag(form: &Form, name: &str) -> Option<Changed> {
    let (was, is) = (form.was(name), form.ticked(name));
    (!was.is_empty() && is.to_string() != was).then(|| (name.to_owned(), None, is.into()))
}

/// Whether a field is one or several boxes: they are sent when they are ticked only.
const fn is_ticked(holds: FieldType) -> bool {
    matches!(holds, FieldType::Bool | FieldType::References { .. })
}

/// What was typed into the part that is open.
fn part(form: &Form, tree: &[Value], tags: &Tags) -> Option<Edit> {
    let id = form.optional("open")?;
    if let Some(block) = parts::find_block(tree, &id).and_then(|spot| parts::block(tree, &spot)) {
        let known = blocks::of_type(block.get("type")?.as_str()?)?;
        let data = typed_anew(form, ("data", known.fields), block.get("data"), tags);
        // Where the page offers none, they stay as they are.
        let has_styles = form.under("styles.").next().is_some();
        let styles = if has_styles { typed_anew(form, ("styles", STYLES), block.get("styles"), tags) } else { Map::new() };
        return Some(Edit::UpdateBlock { id, data: Some(data), styles: Some(styles) }).filter(says_something);
    }
    let section = tree.iter().find(|section| parts::id(section) == id)?;
    let mut patch = Map::new();
    let name = form.optional("section.name");
    if name.as_deref() != section.get("name").and_then(Value::as_str) {
        patch.insert("name".to_owned(), json!(name));
    }
    let styles = typed_anew(form, ("styles", STYLES), section.get("styles"), tags);
    if !styles.is_empty() {
        patch.insert("styles".to_owned(), styles.into());
    }
    (!patch.is_empty()).then_some(Edit::UpdateSection { id, patch })
}

/// What is not as a form that nobody has typed into would send it.
fn typed_anew(
    form: &Form,
    (prefix, of): (&str, &'static [crate::domain::content::Field]),
    stored: Option<&Value>,
    tags: &Tags,
) -> Map<String, Value> {
    let stored = stored.and_then(Value::as_object).cloned().unwrap_or_default();
    let before = fields::read(&fields::fill(Form::default(), prefix, of, &stored, tags), prefix, of, tags);
    let typed = fields::read(form, prefix, of, tags).into_iter();
    typed.filter(|(name, value)| before.get(name) != Some(value) && !is_nothing(value)).collect()
}

/// Whether a localized field was not sent at all.
fn is_nothing(value: &Value) -> bool {
    value.as_object().is_some_and(Map::is_empty)
}

fn says_something(edit: &Edit) -> bool {
    let is_full = |map: &Option<Map<String, Value>>| map.as_ref().is_some_and(|map| !map.is_empty());
    matches!(edit, Edit::UpdateBlock { data, styles, .. } if is_full(data) || is_full(styles))
}
