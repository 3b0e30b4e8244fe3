//! An entry as JSON, written straight from the row: what is stored as JSON text is passed through, not parsed.

use std::fmt::{Display, Write as _};

use serde_json::Value;

use crate::{
    domain::{
        content::{Column, Entry},
        form::definition,
    },
    service::content::{place::nested::Branch, reference::Frame},
};

/// What an answer says about an entry beside what its row holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Around<'a> {
    /// The public address of its site, without a `/` at the end; empty while it has none.
    pub site: &'a str,
    /// The name of its layout.
    pub layout_name: Option<&'a str>,
    /// The name of its header.
    pub header_name: Option<&'a str>,
    /// The name of its footer.
    pub footer_name: Option<&'a str>,
    /// What stands below it.
    pub children: &'a [Branch],
    /// How many submissions a form has.
    pub submissions: u64,
}

impl<'a> Around<'a> {
    /// What frames an entry.
    pub fn of(frame: &'a Frame) -> Self {
        let Frame { layout, header, footer, children, submissions, .. } = frame;
        let [layout_name, header_name, footer_name] = [layout, header, footer].map(|name| name.as_deref());
        Self { layout_name, header_name, footer_name, children, submissions: *submissions, ..Self::default() }
    }
}

/// Appends an entry as one JSON object. `lite` leaves the content tree out.
pub fn write_entry(out: &mut String, entry: &Entry, lite: bool, around: &Around) {
    out.reserve(1_024 + entry.fields.len() + if lite { 0 } else { entry.content.len() });
    out.push_str("{\"id\":");
    plain(out, entry.id);
    key(out, "projectId");
    plain(out, entry.project);
    key(out, "appId");
    plain(out, entry.app);
    key(out, "type");
    plain(out, entry.kind.wire_type);
    address(out, entry, around.site);
    out.push_str(",\"draftId\":null");
    for field in entry.kind.fields {
        if let Some(column) = field.column.filter(|column| *column != Column::Content) {
            key(out, field.name);
            value(out, entry, column);
            name_beside(out, column, around);
        }
    }
    splice(out, &entry.fields);
    if !lite && entry.kind.has_tree() {
        key(out, "content");
        out.push_str(&entry.content);
    }
    if entry.kind.is_form() {
        key(out, "submissionCount");
        let _ = write!(out, "{}", around.submissions);
    }
    if !lite && entry.kind.is_form() {
        key(out, "fields");
        // A content that is no JSON asks nothing.
        let _ = write!(out, "{}", Value::Array(definition::field_list(&entry.content).unwrap_or_default()));
    }
    if entry.kind.is_nested() {
        key(out, "children");
        write_branches(out, around.children, lite);
    }
    out.push('}');
}

/// Appends entries with all that is below them as one JSON array.
pub fn write_branches(out: &mut String, branches: &[Branch], lite: bool) {
    out.push('[');
    for (at, branch) in branches.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        write_entry(out, &branch.entry, lite, &Around { children: &branch.children, ..Around::default() });
    }
    out.push(']');
}

fn address(out: &mut String, entry: &Entry, site: &str) {
    let Some(slug) = &entry.slug else { return };
    key(out, "path");
    out.push('"');
    escape(out, entry.kind.path_prefix);
    escape(out, slug);
    out.push('"');
    if !site.is_empty() {
        key(out, "url");
        out.push('"');
        escape(out, site);
        escape(out, entry.kind.path_prefix);
        escape(out, slug);
        out.push('"');
    }
}

fn value(out: &mut String, entry: &Entry, column: Column) {
    match column {
        Column::Name => text(out, Some(&entry.name)),
        Column::Slug => text(out, entry.slug.as_deref()),
        Column::Status => plain(out, entry.told_status().word()),
        Column::IsListed => flag(out, entry.is_listed),
        Column::RequiresViewerAuth => flag(out, entry.requires_viewer_auth),
        Column::AuthorId => maybe(out, entry.author_id),
        Column::AuthorName => text(out, entry.author_name.as_deref()),
        Column::PublishDate => maybe(out, entry.publish_date),
        Column::ScheduledAt => maybe(out, entry.scheduled_at),
        Column::PublishedAt => maybe(out, entry.published_at),
        Column::LayoutId => maybe(out, entry.layout_id),
        Column::HeaderId => maybe(out, entry.header_id),
        Column::FooterId => maybe(out, entry.footer_id),
        Column::MaxWidth => text(out, entry.max_width.as_deref()),
        Column::IncludeClose => flag(out, entry.include_close),
        Column::IsActive => flag(out, entry.is_active),
        Column::ParentId => maybe(out, entry.parent_id),
        Column::Position => number(out, entry.position),
        Column::Content => out.push_str(&entry.content),
        Column::CreatedAt => plain(out, entry.created_at),
        Column::UpdatedAt => plain(out, entry.updated_at),
    }
}

fn name_beside(out: &mut String, column: Column, around: &Around) {
    let (name, of) = match column {
        Column::LayoutId => ("layoutName", around.layout_name),
        Column::HeaderId => ("headerName", around.header_name),
        Column::FooterId => ("footerName", around.footer_name),
        _ => return,
    };
    key(out, name);
    text(out, of);
}

/// Appends the members of an object's text.
fn splice(out: &mut String, object: &str) {
    let inner = object.trim().trim_start_matches('{');
    let inner = inner.strip_suffix('}').unwrap_or(inner).trim();
    if !inner.is_empty() {
        out.push(',');
        out.push_str(inner);
    }
}

/// A key of ours, which needs no escapes.
fn key(out: &mut String, name: &str) {
    out.push_str(",\"");
    out.push_str(name);
    out.push_str("\":");
}

/// A value whose text needs no escapes: an id, a date, a word.
fn plain(out: &mut String, value: impl Display) {
    out.push('"');
    // Writing to a String fails only when the value's own Display does; then the text is empty but still JSON.
    let _ = write!(out, "{value}");
    out.push('"');
}

fn number(out: &mut String, value: Option<i64>) {
    let _ = write!(out, "{}", value.unwrap_or_default());
}

fn maybe(out: &mut String, value: Option<impl Display>) {
    match value {
        Some(value) => plain(out, value),
        None => out.push_str("null"),
    }
}

fn flag(out: &mut String, value: bool) {
    out.push_str(if value { "true" } else { "false" });
}

fn text(out: &mut String, value: Option<&str>) {
    let Some(value) = value else { return out.push_str("null") };
    out.push('"');
    escape(out, value);
    out.push('"');
}

/// Appends text with the escapes that JSON asks for (RFC 8259, section 7), in runs.
fn escape(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|b| b < 0x20 || b == b'"' || b == b'\\') {
        out.push_str(&rest[..at]);
        match rest.as_bytes()[at] {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            control => {
                let _ = write!(out, "\\u{control:04x}");
            }
        }
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Map, json};
    use uuid::Uuid;

    use super::*;
    use crate::domain::{
        content::{KINDS, Status, schema},
        id::{AppId, EntryId, OrgId, ProjectId, UserId},
        time::Instant,
    };

    fn entries() -> impl Strategy<Value = Entry> {
        let leaf = prop_oneof![Just(Value::Null), any::<bool>().prop_map(Value::from), any::<String>().prop_map(Value::from)];
        let json = leaf.prop_recursive(3, 16, 4, |inner| prop::collection::vec(inner, 0..4).prop_map(Value::from));
        let members = prop::collection::vec(("x[a-z]{1,5}", json.clone()), 0..4).prop_map(|all| all.into_iter().collect::<Map<_, _>>());
        let times = prop::option::of((0i64..4_000_000_000_000_000).prop_map(Instant::from_micros));
        let ids = (any::<u128>(), prop::option::of(any::<u128>()));
        let words = (any::<String>(), prop::option::of(any::<String>()), prop::option::of(any::<String>()));
        let rest = (members, prop::collection::vec(json, 0..3), 0..3usize, any::<bool>(), 0..KINDS.len());
        (ids, words, times, rest).prop_map(|((id, other), (name, slug, author_name), at, (members, content, status, flag, kind))| Entry {
            id: EntryId::from_uuid(Uuid::from_u128(id)),
            org: OrgId::from_uuid(Uuid::nil()),
            project: ProjectId::from_uuid(Uuid::from_u128(!id)),
            app: AppId::from_uuid(Uuid::nil()),
            kind: KINDS[kind],
            name,
            slug: slug.filter(|_| KINDS[kind].has_slug()),
            status: [Status::Draft, Status::Published, Status::Scheduled][status],
            is_listed: flag,
            requires_viewer_auth: !flag,
            author_id: other.map(|id| UserId::from_uuid(Uuid::from_u128(id))),
            author_name,
            publish_date: at,
            scheduled_at: at,
            published_at: at,
            layout_id: other.map(|id| EntryId::from_uuid(Uuid::from_u128(id))),
            header_id: None,
            footer_id: None,
            max_width: None,
            include_close: flag,
            is_active: flag,
            parent_id: other.map(|id| EntryId::from_uuid(Uuid::from_u128(id))),
            position: Some(7),
            fields: Value::Object(members).to_string(),
            content: Value::Array(content).to_string(),
            written: String::new(),
            locales: String::new(),
            search: String::new(),
            version: 1,
            created_at: at.unwrap_or_default(),
            updated_at: Instant::default(),
            created_by: UserId::from_uuid(Uuid::nil()),
            updated_by: UserId::from_uuid(Uuid::nil()),
        })
    }

    /// The same, built as a tree.
    fn built(entry: &Entry, lite: bool, site: &str) -> Value {
        let mut all = json!({
            "id": entry.id, "projectId": entry.project, "appId": entry.app, "type": entry.kind.wire_type, "draftId": null,
        });
        let of_some = [
            (Column::Name, "name", json!(entry.name)),
            (Column::Slug, "slug", json!(entry.slug)),
            (Column::Status, "status", json!(entry.told_status().word())),
            (Column::IsListed, "isListed", json!(entry.is_listed)),
            (Column::RequiresViewerAuth, "requiresViewerAuth", json!(entry.requires_viewer_auth)),
            (Column::ScheduledAt, "scheduledPublishAt", json!(entry.scheduled_at)),
            (Column::AuthorId, "authorId", json!(entry.author_id)),
            (Column::AuthorName, "authorName", json!(entry.author_name)),
            (Column::PublishDate, "publishDate", json!(entry.publish_date)),
            (Column::LayoutId, "layoutId", json!(entry.layout_id)),
            (Column::LayoutId, "layoutName", json!("A \"layout\"")),
            (Column::HeaderId, "headerId", Value::Null),
            (Column::HeaderId, "headerName", Value::Null),
            (Column::FooterId, "footerId", Value::Null),
            (Column::FooterId, "footerName", Value::Null),
            (Column::MaxWidth, "maxWidth", json!(entry.max_width)),
            (Column::IncludeClose, "includeClose", json!(entry.include_close)),
            (Column::IsActive, "isActive", json!(entry.is_active)),
            (Column::PublishedAt, "publishedAt", json!(entry.published_at)),
            (Column::ParentId, "parentId", json!(entry.parent_id)),
            (Column::Position, "order", json!(7)),
            (Column::CreatedAt, "createdAt", json!(entry.created_at)),
            (Column::UpdatedAt, "updatedAt", json!(entry.updated_at)),
        ];
        for (_, name, value) in of_some.into_iter().filter(|(column, ..)| entry.kind.has(*column)) {
            all[name] = value;
        }
        if entry.kind.is_nested() {
            all["children"] = json!([]);
        }
        if let Some(path) = entry.path() {
            all["path"] = json!(path);
            if !site.is_empty() {
                all["url"] = json!(format!("{site}{path}"));
            }
        }
        let members: Map<String, Value> = serde_json::from_str(&entry.fields).expect("JSON");
        all.as_object_mut().expect("an object").extend(members);
        if !lite && entry.kind.has_tree() {
            all["content"] = serde_json::from_str(&entry.content).expect("JSON");
        }
        if entry.kind.is_form() {
            all["submissionCount"] = json!(0);
        }
        if !lite && entry.kind.is_form() {
            all["fields"] = json!([]);
        }
        all
    }

    proptest! {
        #[test]
        fn writes_what_a_tree_would(entry in entries(), lite in any::<bool>(), site in prop_oneof![Just(String::new()), any::<String>()]) {
            let around = Around { site: &site, layout_name: Some("A \"layout\""), ..Around::default() };
            let mut out = String::from("before");
            write_entry(&mut out, &entry, lite, &around);
            let written: Value = serde_json::from_str(out.strip_prefix("before").expect("appended")).expect("JSON");
            prop_assert_eq!(written, built(&entry, lite, &site));
        }

        #[test]
        fn escapes_as_serde_reads(value in any::<String>()) {
            let mut out = String::new();
            text(&mut out, Some(&value));
            prop_assert_eq!(serde_json::from_str::<String>(&out).expect("JSON"), value);
        }

        #[test]
        fn holds_what_its_schema_requires(entry in entries()) {
            let blank = entry.kind.fields.iter().filter(|field| field.column.is_none()).map(|field| (field.name.to_owned(), Value::Null));
            let entry = Entry { fields: Value::Object(blank.collect()).to_string(), slug: entry.kind.has_slug().then(|| "a".into()), ..entry };
            let mut out = String::new();
            write_entry(&mut out, &entry, false, &Around { site: "https://example.org", ..Around::default() });
            let written: Map<String, Value> = serde_json::from_str(&out).expect("JSON");
            let schema = schema::schema_entry(entry.kind);
            let mut wanted: Vec<_> = schema["properties"].as_object().expect("an object").keys().collect();
            let mut found: Vec<_> = written.keys().collect();
            wanted.sort_unstable();
            found.sort_unstable();
            prop_assert_eq!(found, wanted);
        }
    }
}
