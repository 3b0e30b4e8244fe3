//! JSON Schemas (2020-12) of a kind's bodies and answers, made from its descriptor.
//!
//! A body's schema says exactly what [`super::Draft`] and [`super::Patch`] accept, but for what depends on the project or
//! the moment (its languages, a date in the future, a slug that is taken) and for a tree's ids, size, depth and NUL characters.

use serde_json::{Map, Value, json};

use crate::domain::{pattern, text::SLUG_MAX};

use super::{
    Block, Column, Field, FieldType, Kind, Status,
    blocks::styles::STYLES,
    date::{DAY_PATTERN, MOMENT_PATTERN},
    tree::check::{BLOCKS_MAX, COLUMNS_MAX, SECTIONS_MAX, TYPE_PATTERN},
    value::{
        COLOR_PATTERN, FULL_LINE_PATTERN, HREF_PATTERN, ID_PATTERN, LINK_MAX, LINK_PATTERN, REFERENCES_MAX, TAG_MAX, TAGS_MAX, UUID_PATTERN,
    },
};

/// Most characters of a language tag.
const LOCALE_MAX: usize = 35;
/// Pattern of text without NUL.
const NO_NUL: &str = r"^[^\u0000]*$";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Body,
    Answer,
}

/// Schemas that those of the kinds refer to, for `components/schemas`: the parts of a tree, as they are answered and as they are sent.
pub fn shared() -> Vec<(&'static str, Value)> {
    [Side::Answer, Side::Body].into_iter().flat_map(parts).collect()
}

/// The body of a create.
pub fn schema_new(kind: &Kind) -> Value {
    let fields = kind.fields.iter().filter(|field| field.on_create);
    let required: Vec<_> = fields.clone().filter(|field| field.required).map(|field| field.name).collect();
    let word = |name: &&str| if *name == "slug" { "open-evening" } else { "Open evening" };
    let example: Map<_, _> = required.iter().map(|name| ((*name).to_owned(), word(name).into())).collect();
    let mut schema = json!({
        "type": "object",
        "description": format!("A new {}.", kind.noun),
        "required": required,
        "properties": properties(fields.clone(), Side::Body),
        "additionalProperties": false,
        "example": example,
    });
    if fields.clone().any(|field| field.column == Some(Column::ScheduledAt)) {
        schema["if"] = json!({"properties": {"status": {"const": "published"}}, "required": ["status"]});
        schema["then"] = json!({"properties": {"scheduledPublishAt": {"type": "null"}}});
    }
    schema
}

/// The body of an update.
pub fn schema_patch(kind: &Kind) -> Value {
    let named = kind.field("name").is_some_and(|name| name.on_update);
    let example = if named { json!({"name": "Open evening in May"}) } else { json!({"seo": {"title": "Open evening"}}) };
    json!({
        "type": "object",
        "description": format!("Changes of a {}; what is left out stays.", kind.noun),
        "properties": properties(kind.fields.iter().filter(|field| field.on_update), Side::Body),
        "additionalProperties": false,
        "example": example,
    })
}

/// An entry as it is answered. Fields that `lite` leaves out are not required.
pub fn schema_entry(kind: &Kind) -> Value {
    let mut all = Map::new();
    for name in ["id", "projectId", "appId"] {
        all.insert(name.to_owned(), id());
    }
    all.insert("type".to_owned(), json!({"type": "string", "const": kind.wire_type}));
    if kind.has_slug() {
        all.insert("path".to_owned(), json!({"type": "string"}));
        all.insert("url".to_owned(), json!({"type": "string", "description": "Left out while the app has no address."}));
    }
    all.insert("draftId".to_owned(), nullable(id()));
    for (column, name) in NAMED {
        if kind.has(column) {
            all.insert(name.to_owned(), json!({"type": ["string", "null"]}));
        }
    }
    all.extend(properties(kind.fields.iter(), Side::Answer));
    if kind.is_form() {
        let told = json!({"id": {"type": "string"}, "type": {"type": "string"}, "name": {"type": "string"}});
        let field = json!({"type": "object", "required": ["id", "type", "name"], "properties": told, "additionalProperties": {}});
        let about = "What it asks, in order: the fields of its content. Left out with `lite`.";
        all.insert("submissionCount".to_owned(), json!({"type": "integer", "minimum": 0}));
        all.insert("fields".to_owned(), json!({"type": "array", "items": field, "description": about}));
    }
    if kind.is_nested() {
        let below = json!({"type": "object", "additionalProperties": {}});
        all.insert(
            "children".to_owned(),
            json!({"type": "array", "items": below, "description": "Those below it, of the same shape, in their order."}),
        );
    }
    let optional = |name: &str| matches!(name, "url" | "fields") || kind.field(name).is_some_and(|field| field.heavy);
    let required: Vec<_> = all.keys().filter(|name| !optional(name)).cloned().collect();
    json!({"type": "object", "description": format!("A {}.", kind.noun), "required": required, "properties": all})
}

/// Columns whose entry is also answered by its name.
const NAMED: [(Column, &str); 3] = [(Column::LayoutId, "layoutName"), (Column::HeaderId, "headerName"), (Column::FooterId, "footerName")];

fn properties<'f>(fields: impl Iterator<Item = &'f Field>, side: Side) -> Map<String, Value> {
    fields.map(|field| (field.name.to_owned(), property(field, side))).collect()
}

fn property(field: &Field, side: Side) -> Value {
    let schema = match field.holds {
        FieldType::Line { max } if field.required => {
            json!({"type": "string", "minLength": 1, "maxLength": max, "pattern": FULL_LINE_PATTERN})
        }
        FieldType::Line { max } => line(max),
        FieldType::Block { max } => block(max),
        FieldType::Localized { max } => localized(&line(max), side),
        FieldType::LocalizedBlock { max } => localized(&block(max), side),
        FieldType::Slug => json!({"type": "string", "minLength": 1, "maxLength": SLUG_MAX, "pattern": pattern::SLUG}),
        FieldType::PlainStatus => json!({"type": "string", "enum": Status::PLAIN}),
        FieldType::Status if side == Side::Body => json!({"type": "string", "enum": Status::PLAIN}),
        FieldType::Status => json!({"type": "string", "enum": Status::WORDS}),
        FieldType::Bool => json!({"type": "boolean"}),
        FieldType::Id | FieldType::App(_) => id(),
        FieldType::Instant if side == Side::Body => date(),
        FieldType::Instant => json!({"type": "string", "format": "date-time"}),
        FieldType::Tags => {
            let tag = json!({"type": "string", "minLength": 1, "maxLength": TAG_MAX, "pattern": FULL_LINE_PATTERN});
            json!({"type": "array", "maxItems": TAGS_MAX, "items": tag})
        }
        FieldType::Group(members) => group(members, side),
        FieldType::Tree => tree(side),
        FieldType::Link => json!({"type": "string", "maxLength": LINK_MAX, "pattern": LINK_PATTERN}),
        FieldType::Href => json!({"type": "string", "maxLength": LINK_MAX, "pattern": HREF_PATTERN}),
        FieldType::LocalizedLink => localized(&json!({"type": "string", "maxLength": LINK_MAX, "pattern": LINK_PATTERN}), side),
        FieldType::Integer { min, max } => json!({"type": "integer", "minimum": min, "maximum": max}),
        FieldType::Number => json!({"type": "number", "minimum": -1e15, "maximum": 1e15}),
        FieldType::Shaped(shape) => json!({"type": "string", "maxLength": shape.max(), "pattern": shape.pattern()}),
        FieldType::Origins => {
            let origin = json!({"type": "string", "maxLength": TAG_MAX, "pattern": "^https?://[^\\s/]+/?$"});
            json!({"type": "array", "maxItems": TAGS_MAX, "items": origin})
        }
        FieldType::ContentType => json!({"type": "string", "maxLength": 64}),
        FieldType::Word(words) => json!({"type": "string", "enum": words}),
        FieldType::Reference(kind) => of_kind(kind),
        FieldType::References { of, .. } => json!({"type": "array", "maxItems": REFERENCES_MAX, "items": of_kind(of)}),
        FieldType::Items { fields, max } => json!({"type": "array", "maxItems": max, "items": item(fields, side)}),
        FieldType::Color => json!({"type": "string", "pattern": COLOR_PATTERN}),
    };
    let schema = if field.localized() { marked(schema, "x-localized") } else { schema };
    // A group is stored as an empty object, so an answer never holds null for it.
    let null = field.nullable && !(side == Side::Answer && matches!(field.holds, FieldType::Group(_)));
    if null { nullable(schema) } else { schema }
}

/// An item of a list: its id, which a body may leave out, and its fields.
fn item(fields: &'static [Field], side: Side) -> Value {
    let mut members = Map::from_iter([("id".to_owned(), json!({"type": "string", "pattern": ID_PATTERN}))]);
    members.extend(properties(fields.iter(), side));
    let id = (side == Side::Answer).then_some("id");
    let required: Vec<_> = id.into_iter().chain(fields.iter().filter(|field| field.required).map(|field| field.name)).collect();
    json!({"type": "object", "required": required, "properties": members, "additionalProperties": false})
}

/// The `data` of a new block of this type.
pub fn schema_block(block: &Block) -> Value {
    let required: Vec<_> = block.fields.iter().filter(|field| field.required).map(|field| field.name).collect();
    let mut schema = json!({
        "type": "object",
        "required": required,
        "properties": properties(block.fields.iter(), Side::Body),
        "additionalProperties": false,
    });
    if !block.one_of.is_empty() {
        schema["anyOf"] = block.one_of.iter().map(|name| json!({"required": [name]})).collect();
    }
    schema
}

/// The `styles` of a section, a column or a block.
pub fn schema_styles() -> Value {
    group(STYLES, Side::Body)
}

fn marked(mut schema: Value, mark: &str) -> Value {
    schema[mark] = true.into();
    schema
}

fn nullable(mut schema: Value) -> Value {
    if let Some(Value::Array(choices)) = schema.get_mut("anyOf") {
        choices.push(json!({"type": "null"}));
    } else if let Some(one) = schema.get_mut("type") {
        *one = json!([one.take(), "null"]);
    }
    if let Some(Value::Array(words)) = schema.get_mut("enum") {
        words.push(Value::Null);
    }
    schema
}

fn line(max: usize) -> Value {
    json!({"type": "string", "maxLength": max, "pattern": pattern::LINE})
}

fn block(max: usize) -> Value {
    json!({"type": "string", "maxLength": max, "pattern": pattern::BLOCK})
}

fn id() -> Value {
    json!({"type": "string", "format": "uuid", "pattern": UUID_PATTERN})
}

fn of_kind(kind: &str) -> Value {
    let mut one = id();
    one["x-ref"] = kind.into();
    one
}

fn date() -> Value {
    json!({"anyOf": [
        {"type": "string", "format": "date-time", "pattern": MOMENT_PATTERN},
        {"type": "string", "format": "date", "pattern": DAY_PATTERN},
    ]})
}

/// Plain text, or a map from language to text. In a body a null takes a language away.
fn localized(text: &Value, side: Side) -> Value {
    let one = if side == Side::Body { nullable(text.clone()) } else { text.clone() };
    let tags = json!({"pattern": pattern::LOCALE, "maxLength": LOCALE_MAX});
    json!({"anyOf": [text, {"type": "object", "propertyNames": tags, "additionalProperties": one}]})
}

fn group(members: &[Field], side: Side) -> Value {
    json!({"type": "object", "properties": properties(members.iter(), side), "additionalProperties": false})
}

fn tree(side: Side) -> Value {
    json!({"type": "array", "maxItems": SECTIONS_MAX, "items": reference(names(side)[0])})
}

/// What a section, a column and a block are called.
const fn names(side: Side) -> [&'static str; 3] {
    match side {
        Side::Answer => ["Section", "Column", "Block"],
        Side::Body => ["SectionNew", "ColumnNew", "BlockNew"],
    }
}

/// The parts of a tree; what they hold beside the named keys is free.
fn parts(side: Side) -> [(&'static str, Value); 3] {
    let [section, column, block] = names(side);
    let word = json!({"type": "string", "pattern": TYPE_PATTERN});
    let free = json!({"type": "object", "propertyNames": {"pattern": NO_NUL}, "additionalProperties": {}});
    let blocks = json!({"type": "array", "maxItems": BLOCKS_MAX, "items": reference(block)});
    let columns = json!({"type": "array", "maxItems": COLUMNS_MAX, "items": reference(column)});
    let of_block = [("type", word.clone()), ("data", free.clone()), ("styles", free)];
    [
        (section, part(side, &["id", "columns"], &[], [("type", word), ("columns", columns)])),
        (column, part(side, &["id", "blocks"], &[], [("blocks", blocks)])),
        (block, part(side, &["id", "type", "data"], &["type"], of_block)),
    ]
}

fn part<const N: usize>(side: Side, answered: &[&str], given: &[&str], members: [(&str, Value); N]) -> Value {
    let mut properties = Map::from_iter([("id".to_owned(), json!({"type": "string", "pattern": ID_PATTERN}))]);
    properties.extend(members.map(|(name, schema)| (name.to_owned(), schema)));
    let required = if side == Side::Answer { answered } else { given };
    let names = json!({"pattern": NO_NUL});
    json!({"type": "object", "required": required, "properties": properties, "propertyNames": names, "additionalProperties": {}})
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::content::kinds::{website_page, website_post};

    fn keys(value: &Value) -> Vec<&str> {
        value.as_object().expect("an object").keys().map(String::as_str).collect()
    }

    #[test]
    fn bodies_hold_the_fields_of_the_contract() {
        let new = schema_new(&website_page::KIND);
        let common = ["name", "slug", "title", "content", "status", "seo", "featuredImageUrl", "tags", "layoutId", "headerId", "footerId"];
        assert_eq!(keys(&new["properties"]), common);
        assert_eq!((&new["required"], &new["additionalProperties"]), (&json!(["name", "slug"]), &json!(false)));
        assert!(new.get("if").is_none());
        let patch = schema_patch(&website_post::KIND);
        let wanted = [
            "name",
            "slug",
            "title",
            "seo",
            "excerpt",
            "authorName",
            "featuredImageUrl",
            "publishDate",
            "tags",
            "layoutId",
            "headerId",
            "footerId",
        ];
        assert_eq!(keys(&patch["properties"]), wanted);
        assert!(patch.get("required").is_none());
    }

    #[test]
    fn null_stands_where_a_field_takes_it() {
        let patch = schema_patch(&website_post::KIND);
        let types = |name: &str| patch["properties"][name]["type"].clone();
        assert_eq!(
            (types("name"), types("authorName"), types("seo")),
            (json!("string"), json!(["string", "null"]), json!(["object", "null"]))
        );
        assert_eq!(patch["properties"]["publishDate"]["anyOf"][2], json!({"type": "null"}));
        let answer = schema_entry(&website_post::KIND);
        assert_eq!(answer["properties"]["seo"]["type"], "object");
        assert_eq!(answer["properties"]["createdAt"]["type"], "string");
        assert_eq!(answer["properties"]["status"]["enum"], json!(["draft", "published", "scheduled"]));
    }

    #[test]
    fn only_bodies_may_leave_ids_and_columns_out() {
        let section = |schema: Value| {
            let name = schema["properties"]["content"]["items"]["$ref"].clone();
            let known = shared().into_iter().find(|(known, _)| name == reference(known)["$ref"]);
            known.expect("the section is shared").1["required"].clone()
        };
        assert_eq!(section(schema_new(&website_page::KIND)), json!([]));
        assert_eq!(section(schema_entry(&website_page::KIND)), json!(["id", "columns"]));
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let names: Vec<_> = shared().into_iter().map(|(name, _)| format!("\"#/components/schemas/{name}\"")).collect();
        for kind in crate::domain::content::KINDS {
            for schema in [schema_new(kind), schema_patch(kind), schema_entry(kind)] {
                let text = schema.to_string();
                let found = text.matches("\"$ref\":").count();
                assert_eq!(found, names.iter().map(|name| text.matches(name).count()).sum::<usize>());
            }
        }
    }
}
