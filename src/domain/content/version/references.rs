//! What a version leads to inside its project: entries by link, and the parts that surround it. A restore tells which are gone.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::domain::{Result, id::EntryId};

use super::{nodes, snapshot::Snapshot};

/// What begins a link to an entry.
const SCHEMES: [&str; 2] = ["entry:", "dialog:"];
/// Members that hold the id of an entry, or several.
const MEMBERS: [&str; 7] = ["layoutId", "headerId", "footerId", "sidebarId", "formId", "categoryId", "categoryIds"];
/// Characters of a UUID.
const UUID: usize = 36;

/// Something that is led to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// The block that it stands in; none for the fields of the entry.
    pub block: Option<String>,
    /// The entry that it leads to.
    pub to: EntryId,
}

/// Everything that a version leads to, each once for a block.
///
/// # Errors
/// Internal when the version is no JSON.
pub fn of(version: &Snapshot) -> Result<BTreeSet<Reference>> {
    let mut found = BTreeSet::new();
    gather(&Value::Object(version.members()?), None, &mut found);
    for node in nodes::of(&version.tree()?) {
        node.own.values().for_each(|value| gather(value, Some(&node.id), &mut found));
    }
    Ok(found)
}

fn gather(value: &Value, block: Option<&str>, found: &mut BTreeSet<Reference>) {
    let at = |to| Reference { block: block.map(str::to_owned), to };
    match value {
        Value::String(text) => found.extend(links(text).map(at)),
        Value::Array(items) => items.iter().for_each(|item| gather(item, block, found)),
        Value::Object(members) => {
            for (name, member) in members {
                if MEMBERS.contains(&name.as_str()) {
                    let ids = member.as_array().map_or(std::slice::from_ref(member), Vec::as_slice).iter();
                    found.extend(ids.filter_map(|id| id.as_str()?.parse().ok()).map(at));
                } else {
                    gather(member, block, found);
                }
            }
        }
        _ => {}
    }
}

/// The links of a text, in Markdown, too.
fn links(text: &str) -> impl Iterator<Item = EntryId> + '_ {
    SCHEMES.iter().flat_map(move |scheme| text.match_indices(scheme)).filter_map(move |(at, scheme)| {
        let from = at + scheme.len();
        text.get(from..from + UUID)?.parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn links_and_ids_are_found_wherever_they_stand() {
        let id = |n: u8| format!("0190f4a2-0000-7000-8000-0000000000{n:02}");
        let fields = json!({ "layoutId": id(1), "headerId": null, "title": { "fr": format!("[x](entry:{})", id(2)) } });
        let blocks = json!([
            { "id": "b", "data": { "link": format!("dialog:{}", id(3)), "items": [{ "text": format!("entry:{} file:{}", id(4), id(5)) }] } },
            { "id": "c", "data": { "sidebarId": id(6), "other": id(7), "link": "entry:nothing" } },
        ]);
        let content = json!([{ "id": "s", "columns": [{ "id": "k", "blocks": blocks }] }]);
        let found = of(&Snapshot { fields: fields.to_string(), content: content.to_string() }).expect("JSON");
        let told: Vec<_> = found.into_iter().map(|found| (found.block.unwrap_or_default(), found.to.to_string())).collect();
        let block = |name: &str, n| (name.to_owned(), id(n));
        assert_eq!(told, [block("", 1), block("", 2), block("b", 3), block("b", 4), block("c", 6)]);
    }
}
