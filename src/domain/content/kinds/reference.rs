//! What an entry refers to: other entries, by its fields and by what stands in its content.

use std::collections::BTreeSet;

use uuid::fmt::Hyphenated;

use crate::domain::{
    Result,
    content::{Column, Entry, FieldType},
    id::{AppId, EntryId},
    project::app::AppType,
};

/// What content refers by to an entry: links, and the fields of blocks that end so, as they stand in JSON.
const IN_CONTENT: [&str; 3] = [LINKS[0], LINKS[1], "Id\":\""];
/// What begins a link to an entry.
const LINKS: [&str; 2] = ["dialog:", "entry:"];
/// What begins a link to a file.
const FILES: [&str; 1] = ["file:"];
/// What a reference from content is called; those of fields are called as these.
const CONTENT: &str = "content";
/// Characters of a UUID.
const UUID: usize = 36;

/// A field, the content type that it leads to, and the entry there.
pub type Reference = (&'static str, &'static str, EntryId);

/// What the fields of an entry name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct References {
    /// The entries.
    pub entries: Vec<Reference>,
    /// The apps: the field, the type of the app, and the app.
    pub apps: Vec<(&'static str, AppType, AppId)>,
}

/// What the fields of an entry name.
///
/// # Errors
/// Those of a stored text that is not JSON.
pub fn references_of(entry: &Entry) -> Result<References> {
    let of = |field: &crate::domain::content::Field| match field.holds {
        FieldType::App(of) => Some((field.name, of)),
        _ => None,
    };
    let fields: Vec<_> = entry.kind.fields.iter().filter_map(of).collect();
    let members = if fields.is_empty() { serde_json::Map::new() } else { entry.members()? };
    let id = |name: &str| members.get(name).and_then(|id| id.as_str()).and_then(|id| id.parse().ok());
    let apps = fields.into_iter().filter_map(|(name, of)| Some((name, of, id(name)?))).collect();
    Ok(References { entries: by_field(entry), apps })
}

/// The entries that the fields of an entry name.
pub fn by_field(entry: &Entry) -> Vec<Reference> {
    let mut found = Vec::new();
    for field in entry.kind.fields {
        if let FieldType::Reference(content_type) = field.holds {
            found.extend(field.column.and_then(|column| at(entry, column)).map(|id| (field.name, content_type, id)));
        }
        if let FieldType::References { of, .. } = field.holds {
            found.extend(entry.references().into_iter().map(|id| (field.name, of, id)));
        }
    }
    found
}

/// All entries that an entry refers to, with the field in which it does, and all files.
pub fn all(entry: &Entry) -> BTreeSet<(String, String)> {
    let fields = by_field(entry).into_iter().map(|(field, _, id)| (field.to_owned(), id.to_string()));
    // A link may lead to a file wherever one may stand.
    let files = behind(&entry.content, &FILES).chain(behind(&entry.fields, &FILES));
    fields.chain(in_content(&entry.content).chain(files).map(|id| (CONTENT.to_owned(), id.to_string()))).collect()
}

/// The entry that a column names.
const fn at(entry: &Entry, column: Column) -> Option<EntryId> {
    match column {
        Column::LayoutId => entry.layout_id,
        Column::HeaderId => entry.header_id,
        Column::FooterId => entry.footer_id,
        Column::ParentId => entry.parent_id,
        _ => None,
    }
}

/// The ids that the links in the text of JSON lead to.
pub fn links(text: &str) -> impl Iterator<Item = EntryId> {
    behind(text, &LINKS)
}

/// The ids that a content tree, or a part of one, refers to. Whether they lead anywhere is not known here.
pub fn in_content(content: &str) -> impl Iterator<Item = EntryId> {
    behind(content, &IN_CONTENT)
}

/// The ids that stand in a text behind one of the marks.
fn behind<'t>(text: &'t str, marks: &'static [&'static str]) -> impl Iterator<Item = EntryId> + 't {
    marks.iter().flat_map(move |mark| {
        let behind = text.match_indices(mark).filter_map(move |(from, _)| text.get(from + mark.len()..from + mark.len() + UUID));
        behind.filter_map(|id| id.parse::<Hyphenated>().ok()).map(|id| EntryId::from_uuid(id.into_uuid()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::content::kinds::website_page;

    #[test]
    fn fields_links_and_blocks_refer_to_entries() {
        let id = |n: u8| format!("0190a1b2-0000-7000-8000-0000000000{n:02}");
        let content = format!(
            r#"[{{"id":"{}","columns":[{{"blocks":[{{"data":{{"text":"[a](dialog:{}) [b](entry:{}) [c](file:{})","sidebarId":"{}","x":"dialog:7"}}}}]}}]}}]"#,
            id(1),
            id(2),
            id(3),
            id(6),
            id(4)
        );
        let fields = format!(r#"{{"featuredImageUrl":"file:{}"}}"#, id(7));
        let entry = Entry { layout_id: id(5).parse().ok(), content, fields, ..Entry::blank(&website_page::KIND) };
        let wanted =
            [("content", id(2)), ("content", id(3)), ("content", id(4)), ("content", id(6)), ("content", id(7)), ("layoutId", id(5))];
        assert_eq!(all(&entry), wanted.into_iter().map(|(via, id)| (via.to_owned(), id)).collect());
        assert_eq!(by_field(&entry).len(), 1);
    }

    #[test]
    fn what_ends_too_soon_refers_to_nothing() {
        assert_eq!(in_content("dialog:0190a1b2-0000-7000-8000-00000000000").count(), 0);
        assert_eq!(in_content("entry:é0190a1b2-0000-7000-8000-000000000001").count(), 0);
    }
}
