//! What a version leads to inside its project that was brought back: entries by link, and the parts that surround it. A restore tells which are
//! gone.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::domain::{
    Result,
    content::{Entry, kinds::reference},
    id::EntryId,
};

use super::{nodes, snapshot::Snapshot};

/// Something that is led to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// The block that it stands in; none for the fields of the entry.
    pub block: Option<String>,
    /// The entry that it leads to.
    pub to: EntryId,
}

/// Everything that an entry leads to, each once for a block.
///
/// # Errors
/// Internal when its content is no JSON.
pub fn of(entry: &Entry) -> Result<BTreeSet<Reference>> {
    let fields = reference::by_field(entry).into_iter().map(|(_, _, to)| to).chain(reference::links(&entry.fields));
    let mut found: BTreeSet<_> = fields.map(|to| Reference { block: None, to }).collect();
    for node in nodes::of(&Snapshot::of(entry).tree()?) {
        let own = Value::Object(node.own).to_string();
        found.extend(reference::in_content(&own).map(|to| Reference { block: Some(node.id.clone()), to }));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::content::kinds::{kb_article, website_page};

    #[test]
    fn links_and_ids_are_found_wherever_they_stand() {
        let id = |n: u8| format!("0190f4a2-0000-7000-8000-0000000000{n:02}");
        let fields = json!({ "websiteAppId": id(8), "title": { "fr": format!("[x](entry:{})", id(2)) } });
        let blocks = json!([
            { "id": "b", "data": { "link": format!("dialog:{}", id(3)), "items": [{ "text": format!("entry:{} file:{}", id(4), id(5)) }] } },
            { "id": "c", "data": { "sidebarId": id(6), "other": id(7), "link": "entry:nothing" } },
        ]);
        let content = json!([{ "id": "s", "columns": [{ "id": "k", "blocks": blocks }] }]).to_string();
        let entry = Entry { layout_id: id(1).parse().ok(), fields: fields.to_string(), content, ..Entry::blank(&website_page::KIND) };
        let told = |entry: &Entry| {
            let found = of(entry).expect("JSON").into_iter();
            found.map(|found| (found.block.unwrap_or_default(), found.to.to_string())).collect::<Vec<_>>()
        };
        let block = |name: &str, n| (name.to_owned(), id(n));
        assert_eq!(told(&entry), [block("", 1), block("", 2), block("b", 3), block("b", 4), block("c", 6)]);
        let fields = json!({ "categoryIds": [id(1), id(2)] }).to_string();
        assert_eq!(told(&Entry { fields, ..Entry::blank(&kb_article::KIND) }), [block("", 1), block("", 2)]);
    }
}
