//! What an archived entry holds that nobody knows here, such as fields of another release: taken out while the rest is checked, and put back.

use serde_json::{Map, Value};

use crate::domain::{
    content::{Kind, Locales},
    error::{Fault, Faults},
    text,
};

use super::objects::{self, Shape};

/// Deepest nesting of what is not known.
const DEPTH_MAX: usize = 32;

/// A member that nobody knows.
pub(super) struct Unknown {
    /// The object that it belongs to, as a JSON pointer.
    at: String,
    name: String,
    value: Value,
}

/// What was found out about an entry before it is checked.
#[derive(Default)]
pub(super) struct Strange {
    /// Members that nobody knows, which were taken out.
    pub(super) members: Vec<Unknown>,
    /// Languages that it is written in and that its project does not have.
    pub(super) locales: Vec<String>,
    /// What is told of all that, and of blocks of an unknown type.
    pub(super) notices: Vec<Fault>,
}

/// Takes out what nobody knows. `beside` names members of the entry that are no fields.
pub(super) fn take(kind: &Kind, entry: &mut Map<String, Value>, beside: &[&str], locales: &Locales<'_>, faults: &mut Faults) -> Strange {
    let mut found = Strange::default();
    objects::each(kind, entry, &mut |at, shape, members| {
        if let Shape::Unknown(name) = shape {
            let place = at.strip_suffix("/data").unwrap_or(at);
            found.notices.push(notice(&readable(place), "unknown_block", format!("is kept: {name:?} is no type of block here")));
            return;
        }
        for field in shape.fields().iter().filter(|field| field.localized()) {
            let tags = members.get(field.name).and_then(Value::as_object).into_iter().flat_map(Map::keys);
            for tag in tags.filter(|tag| !locales.has(tag) && text::locale("locale", tag).is_ok()) {
                if !found.locales.contains(tag) {
                    found.locales.push(tag.clone());
                    let place = readable(&format!("{at}/{}", field.name));
                    found.notices.push(notice(&place, "unknown_locale", format!("is kept in {tag}, which is no language of the project")));
                }
            }
        }
        let is_known = |name: &str| {
            shape.fields().iter().any(|field| field.name == name)
                || (matches!(shape, Shape::Item(_)) && name == "id")
                || (at.is_empty() && beside.contains(&name))
        };
        let strange: Vec<_> = members.keys().filter(|name| !is_known(name)).cloned().collect();
        for name in strange {
            let Some(value) = members.shift_remove(&name) else { continue };
            let place = readable(&format!("{at}/{}", name.chars().take(64).collect::<String>()));
            if name.contains('\0') || !is_plain(&value, 0) {
                faults.push(Fault::new(place.clone(), "malformed", format!("{place} is nested too deeply, or has a NUL character.")));
                continue;
            }
            found.notices.push(notice(&place, "unknown_field", "is kept: there is no such field here".to_owned()));
            found.members.push(Unknown { at: at.to_owned(), name, value });
        }
    });
    found
}

/// Puts members back where they were: those of the entry itself and of its groups into `fields`, those of its content into `content`.
pub(super) fn put_back(members: Vec<Unknown>, fields: &mut Value, content: &mut Value) {
    for Unknown { at, name, value } in members {
        let object = match at.strip_prefix("/content") {
            Some(inside) => content.pointer_mut(inside),
            None => fields.pointer_mut(&at),
        };
        if let Some(object) = object.and_then(Value::as_object_mut) {
            object.insert(name, value);
        }
    }
}

fn notice(place: &str, code: &'static str, what: String) -> Fault {
    Fault::new(place, code, format!("{place} {what}."))
}

/// A JSON pointer as faults name places: `content[0].columns[1]`.
fn readable(pointer: &str) -> String {
    let mut out = String::new();
    for step in pointer.split('/').skip(1) {
        if step.bytes().all(|byte| byte.is_ascii_digit()) {
            out.push_str(&format!("[{step}]"));
        } else {
            out.push_str(if out.is_empty() { "" } else { "." });
            out.push_str(step);
        }
    }
    out
}

fn is_plain(value: &Value, depth: usize) -> bool {
    match value {
        _ if depth > DEPTH_MAX => false,
        Value::String(text) => !text.contains('\0'),
        Value::Array(items) => items.iter().all(|item| is_plain(item, depth + 1)),
        Value::Object(members) => members.iter().all(|(name, member)| !name.contains('\0') && is_plain(member, depth + 1)),
        _ => true,
    }
}
