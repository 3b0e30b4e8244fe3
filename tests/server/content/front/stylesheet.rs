//! The stylesheet knows every class that content has.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use stele::domain::content::{
    FieldType, Locales,
    blocks::{BLOCKS, styles::STYLES},
    render::{
        links::{Card, EntryQuery, Links},
        tree::render,
    },
};
use uuid::Uuid;

/// Everything is there.
struct There;

impl Links for There {
    fn entry(&self, _: Uuid) -> Option<String> {
        Some("/entry".into())
    }

    fn file(&self, _: Uuid) -> Option<String> {
        None
    }

    fn sidebar(&self, _: Uuid) -> Option<String> {
        Some(json!([{ "columns": [{ "blocks": [] }] }]).to_string())
    }

    fn entries(&self, _: &EntryQuery) -> Vec<Card> {
        vec![Card { title: "One".into(), href: "/one".into(), excerpt: "Short".into() }]
    }
}

/// What a member may be, each once.
fn choices(field: &stele::domain::content::Field) -> Vec<Value> {
    match field.holds {
        FieldType::Word(words) => words.iter().map(|word| json!(word)).collect(),
        FieldType::Integer { min, max } => (min..=max).map(|n| json!(n)).collect(),
        FieldType::Bool => vec![json!(true)],
        _ => Vec::new(),
    }
}

/// Every block with each choice of each of its members.
fn blocks() -> Vec<Value> {
    let mut all = Vec::new();
    for block in BLOCKS {
        let example: Map<String, Value> = serde_json::from_str(block.example).unwrap();
        all.push(json!({ "id": "b", "type": block.name, "data": example }));
        for field in block.fields {
            for value in choices(field) {
                let mut data = example.clone();
                data.insert(field.name.into(), value);
                all.push(json!({ "id": "b", "type": block.name, "data": data }));
            }
        }
    }
    let styled = |styles: Value| json!({ "id": "d", "type": "divider", "data": {}, "styles": styles });
    for field in STYLES {
        all.extend(choices(field).into_iter().map(|value| styled(json!({ field.name: value }))));
    }
    all.push(styled(json!({ "visibility": { "phone": false, "tablet": false, "desktop": false } })));
    let markdown = "# A\n\n- [x] a\n\n> [!NOTE]\n> b\n\nc[^1]\n\n[^1]: d\n";
    all.push(json!({ "id": "m", "type": "text", "data": { "markdown": markdown } }));
    all
}

/// Classes for sites that want more: what has them looks like its elements, or like the first choice of several.
const PLAIN: [&str; 9] =
    ["callout-info", "code", "faq", "footnote-backref", "footnote-ref", "image", "markdown-alert-note", "table", "video"];

#[test]
fn every_class_of_content_is_in_the_stylesheet() {
    let sheet = std::fs::read_to_string("static/content.css").unwrap();
    let enabled = ["en".to_owned()];
    let locales = Locales { default: "en", enabled: &enabled };
    let sections: Vec<Value> =
        (1..=6).map(|n| json!({ "id": "s", "role": "hero", "columns": vec![json!({ "blocks": blocks() }); n] })).collect();
    let html = render(&Value::from(sections).to_string(), "en", &locales, &There).unwrap().html;
    let mut classes = BTreeSet::new();
    for names in html.split(" class=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        classes.extend(names.split(' ').map(str::to_owned));
    }
    assert!(["callout-danger", "gallery-6", "background-inverse", "columns-5", "not-on-tablet"].iter().all(|name| classes.contains(*name)));
    let is_plain = |name: &str| {
        ["block-", "language-"].iter().any(|start| name.starts_with(start)) || name.ends_with("-none") || PLAIN.contains(&name)
    };
    let told = |name: &String| is_plain(name) || sheet.contains(&format!(".{name}"));
    let missing: Vec<_> = classes.iter().filter(|name| !told(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
