//! New ids for the entries, files and apps of an archive, and what refers to them by the old ones.
//!
//! A new id follows from the old one and from a secret of its import, so that no table of both is needed. It tells the same moment and the
//! same place within it: what was made in an order keeps it.

use serde_json::{Map, Value};
use uuid::{Builder, Uuid, fmt::Hyphenated};

use crate::domain::{
    content::{FieldType, Kind},
    time::Instant,
};

use super::objects::{self, Shape};

/// What begins a link to an entry or a file.
const SCHEMES: [&str; 3] = ["entry:", "dialog:", "file:"];
/// Characters of a UUID.
const UUID: usize = 36;
/// The version of UUIDs that tell their moment.
const WITH_TIME: usize = 7;

/// Finds the new id of an entry, a file or an app; none for what is not in the archive.
pub type NewId<'a> = &'a dyn Fn(Uuid) -> Option<Uuid>;

/// The new id for an old one. `key` is the secret of the import, `now` the moment that stands in for one that an old id does not tell.
pub fn renamed(old: Uuid, key: &[u8; 32], now: Instant) -> Uuid {
    let hash = blake3::keyed_hash(key, old.as_bytes());
    let mut random = [0; 10];
    random.copy_from_slice(&hash.as_bytes()[..10]);
    if old.get_version_num() != WITH_TIME {
        return Builder::from_unix_timestamp_millis(now.millis().unsigned_abs(), &random).into_uuid();
    }
    let mut bytes = *old.as_bytes();
    bytes[8..].copy_from_slice(&random[..8]);
    Builder::from_custom_bytes(bytes).with_version(uuid::Version::SortRand).into_uuid()
}

/// Says whether a field of this type may refer to this old id.
pub type Fits<'a> = &'a dyn Fn(FieldType, Uuid) -> bool;

/// Gives everything that an archived entry refers to its new id: fields, links, links in Markdown, and, in what nobody knows here, links and
/// ids that stand alone. What a field of the entry itself may not refer to is taken out; elsewhere what is not in the archive stays. How many
/// references were lost so is told.
pub fn rename(kind: &Kind, entry: &mut Map<String, Value>, fits: Fits<'_>, new: NewId<'_>) -> usize {
    let mut lost = 0;
    objects::each(kind, entry, &mut |at, shape, members| {
        if at.is_empty() {
            let fields = kind.fields.iter();
            lost += fields.filter_map(|field| Some(dropped(field.holds, members.get_mut(field.name)?, fits))).sum::<usize>();
        }
        if let Shape::Unknown(_) = shape {
            return inside(members, new);
        }
        for (name, value) in members {
            match shape.fields().iter().find(|field| field.name == name) {
                Some(field) => lost += rename_field(field.holds, value, new),
                None if name == "id" => {}
                None => unknown(value, new),
            }
        }
    });
    lost
}

/// Takes out what a field may not refer to.
fn dropped(holds: FieldType, value: &mut Value, fits: Fits<'_>) -> usize {
    let is_wrong = |id: &Value| id.as_str().filter(|id| id.len() == UUID).and_then(first).is_some_and(|id| !fits(holds, id));
    if let (FieldType::References { .. }, Value::Array(ids)) = (holds, &mut *value) {
        let before = ids.len();
        ids.retain(|id| !is_wrong(id));
        return before - ids.len();
    }
    let is_lost = matches!(holds, FieldType::Reference(_) | FieldType::App(_)) && is_wrong(value);
    if is_lost {
        *value = Value::Null;
    }
    usize::from(is_lost)
}

fn rename_field(holds: FieldType, value: &mut Value, new: NewId<'_>) -> usize {
    match (holds, value) {
        (FieldType::Reference(_) | FieldType::App(_), Value::String(id)) => rename_id(id, new),
        (FieldType::References { .. }, Value::Array(ids)) => {
            ids.iter_mut().map(|id| if let Value::String(id) = id { rename_id(id, new) } else { 0 }).sum()
        }
        (FieldType::Href | FieldType::Link | FieldType::LocalizedLink | FieldType::LocalizedBlock { .. }, Value::String(text)) => {
            links(text, new)
        }
        (FieldType::LocalizedLink | FieldType::LocalizedBlock { .. }, Value::Object(by_language)) => {
            by_language.values_mut().map(|text| if let Value::String(text) = text { links(text, new) } else { 0 }).sum()
        }
        _ => 0,
    }
}

fn unknown(value: &mut Value, new: NewId<'_>) {
    match value {
        Value::String(text) => {
            rename_id(text, new);
            links(text, new);
        }
        Value::Array(items) => items.iter_mut().for_each(|item| unknown(item, new)),
        Value::Object(members) => inside(members, new),
        _ => {}
    }
}

/// The members of an object that nobody knows, but for the id of its own.
fn inside(members: &mut Map<String, Value>, new: NewId<'_>) {
    members.iter_mut().filter(|(name, _)| name.as_str() != "id").for_each(|(_, member)| unknown(member, new));
}

/// A text that is the id of an entry; 1 if that is not in the archive.
fn rename_id(text: &mut String, new: NewId<'_>) -> usize {
    match first(text).filter(|_| text.len() == UUID).map(new) {
        Some(Some(id)) => *text = id.to_string(),
        Some(None) => return 1,
        None => {}
    }
    0
}

/// The links to entries in a text; how many lead to none of the archive.
fn links(text: &mut String, new: NewId<'_>) -> usize {
    let mut lost = 0;
    for scheme in SCHEMES {
        let mut from = 0;
        while let Some(at) = text.get(from..).and_then(|rest| rest.find(scheme)) {
            let id = from + at + scheme.len();
            let inside_a_word = text[..from + at].ends_with(|c: char| c.is_alphanumeric());
            match text.get(id..).and_then(first).filter(|_| !inside_a_word).map(new) {
                Some(Some(renamed)) => text.replace_range(id..id + UUID, &renamed.to_string()),
                Some(None) => lost += 1,
                None => {}
            }
            from = id;
        }
    }
    lost
}

/// The UUID that begins a text.
fn first(text: &str) -> Option<Uuid> {
    Some(text.get(..UUID)?.parse::<Hyphenated>().ok()?.into_uuid())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::content::{kinds::website_post, samples::object};

    fn id(n: u16) -> String {
        format!("0190a1b2-0000-7000-8000-00000000{n:04}")
    }

    #[test]
    fn a_new_id_keeps_the_moment_and_is_another_in_each_import() {
        let (old, now) = (id(1).parse::<Uuid>().unwrap(), Instant::from_seconds(1));
        let (one, other) = (renamed(old, &[1; 32], now), renamed(old, &[2; 32], now));
        assert_eq!(one, renamed(old, &[1; 32], now));
        assert!(one != other && one != old);
        assert_eq!((one.as_bytes()[..8].to_vec(), one.get_version_num()), (old.as_bytes()[..8].to_vec(), 7));
        assert_eq!(one.get_variant(), uuid::Variant::RFC4122);
        let without_time = renamed(Uuid::nil(), &[1; 32], now);
        assert_eq!((without_time.get_version_num(), without_time.get_timestamp().map(|at| at.to_unix().0)), (7, Some(1)));
    }

    #[test]
    fn every_reference_is_renamed_and_nothing_else() {
        let entry = |n: u16, other: &str| {
            json!({
                "name": id(1), "layoutId": id(n), "excerpt": {"fr": format!("[a](entry:{}) reentry:{}", id(n), id(1))}, "strange": [id(n)],
                "content": [{"id": id(1), "columns": [{"id": id(1), "blocks": [
                    {"id": "a", "type": "text", "data": {"markdown": format!("[x](dialog:{}) entry:{} entry:{other}", id(n), id(n))}},
                    {"id": "b", "type": "button", "data": {"label": id(1), "link": format!("entry:{}#top", id(n))}},
                    {"id": "c", "type": "layoutSidebar", "data": {"sidebarId": id(n)}},
                    {"id": "d", "type": "cards", "data": {"items": [{"id": id(1), "title": "T", "link": format!("dialog:{}", id(n))}]}},
                    {"id": "e", "type": "hologram", "data": {"id": id(1), "to": {"page": id(n), "link": format!("entry:{}", id(n))}}},
                    {"id": "f", "type": "code", "data": {"code": format!("entry:{}", id(1))}},
                ]}]}],
            })
        };
        let other = id(3);
        let mut renamed = object(entry(1, &other));
        let (old, new) = (id(1).parse::<Uuid>().unwrap(), id(2).parse::<Uuid>().unwrap());
        let lost = super::rename(&website_post::KIND, &mut renamed, &|_, _| true, &|found| (found == old).then_some(new));
        assert_eq!(lost, 1, "one leads out of the archive");
        assert_eq!(Value::Object(renamed), entry(2, &other));
    }

    #[test]
    fn what_a_field_may_not_refer_to_is_taken_out() {
        let mut page = object(json!({"layoutId": id(1), "headerId": id(2), "name": id(1)}));
        let wrong = id(1).parse::<Uuid>().unwrap();
        let lost = super::rename(&website_post::KIND, &mut page, &|_, found| found != wrong, &Some);
        assert_eq!((lost, Value::Object(page)), (1, json!({"layoutId": null, "headerId": id(2), "name": id(1)})));
    }
}
