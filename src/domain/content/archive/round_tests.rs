//! Any entry of any kind, with any blocks, comes out of an archive as it went in.

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::domain::{
    content::{
        Field, FieldType, KINDS, Kind, Shape,
        blocks::BLOCKS,
        samples::{codes, context, object},
    },
    error::Faults,
    id::EntryId,
};

use super::{
    entry::{Archived, fields_of, read},
    renaming::rename,
};

const ID: &str = "0190a1b2-0000-7000-8000-000000000001";

fn text() -> impl Strategy<Value = String> {
    let words = prop::collection::vec("[a-zà-ÿ€漢]{1,8}", 1..4).prop_map(|words| words.join(" "));
    prop_oneof![4 => words, 1 => Just(format!("[a](entry:{ID}) and `dialog:{ID}`"))]
}

/// A value that a field may hold.
fn value(field: &'static Field) -> BoxedStrategy<Value> {
    let one = |values: Vec<Value>| prop::sample::select(values).boxed();
    match field.holds {
        FieldType::Line { .. } => "[a-z]{1,20}".prop_map(Value::from).boxed(),
        FieldType::Block { .. } => text().prop_map(Value::from).boxed(),
        FieldType::Localized { .. } | FieldType::LocalizedBlock { .. } => {
            let by_language = prop::collection::btree_map(prop::sample::select(vec!["en", "fr", "de", "nl"]), text(), 1..4);
            prop_oneof![text().prop_map(Value::from), by_language.prop_map(|texts| json!(texts))].boxed()
        }
        FieldType::Slug => "[a-z]{1,12}".prop_map(Value::from).boxed(),
        FieldType::Status | FieldType::PlainStatus => one(vec![json!("draft"), json!("published")]),
        FieldType::Bool => any::<bool>().prop_map(Value::from).boxed(),
        FieldType::Id | FieldType::Reference(_) | FieldType::App(_) => one(vec![json!(ID)]),
        FieldType::References { .. } => one(vec![json!([ID]), json!([])]),
        FieldType::Instant => one(vec![json!("2026-03-04T05:06:07.089Z"), json!("2030-01-01T00:00:00.000Z")]),
        FieldType::Tags => prop::collection::btree_set("[a-z]{1,6}", 0..4).prop_map(|tags| json!(tags)).boxed(),
        FieldType::Group(fields) => members(fields, false).prop_map(Value::Object).boxed(),
        FieldType::Tree => tree().boxed(),
        FieldType::Link | FieldType::LocalizedLink => one(vec![json!("/a.png"), json!(format!("file:{ID}"))]),
        FieldType::Href => one(vec![json!(format!("entry:{ID}#top")), json!(format!("dialog:{ID}")), json!("mailto:a@example.org")]),
        FieldType::Color => one(vec![json!("#123"), json!("#a1b2c3")]),
        FieldType::Integer { min, max } => (min..=max).prop_map(Value::from).boxed(),
        FieldType::Word(words) => prop::sample::select(words).prop_map(Value::from).boxed(),
        FieldType::Number => one(vec![json!(0), json!(2.5), json!(-7)]),
        FieldType::Shaped(shape) => one(vec![match shape {
            Shape::Pattern => json!("[0-9]+"),
            Shape::Day => json!("2026-03-31"),
            Shape::Time => json!("14:30"),
            Shape::FileTypes => json!("pdf, image/*"),
        }]),
        FieldType::Origins => one(vec![json!(["https://example.org", "http://localhost:3000"]), json!([])]),
        FieldType::ContentType => one(KINDS.iter().filter(|kind| kind.has_slug()).map(|kind| json!(kind.content_type)).collect()),
        FieldType::Items { fields, .. } => prop::collection::vec(members(fields, true), 0..3)
            .prop_map(|items| {
                let with_id = |(at, mut item): (usize, Map<String, Value>)| {
                    item.shift_insert(0, "id".to_owned(), json!(format!("item-{at}")));
                    Value::Object(item)
                };
                items.into_iter().enumerate().map(with_id).collect()
            })
            .boxed(),
    }
}

/// Members for some of these fields, or for all that are needed.
fn members(fields: &'static [Field], complete: bool) -> BoxedStrategy<Map<String, Value>> {
    let strange = prop_oneof![9 => Just(None), 1 => Just(Some(json!({ "to": format!("entry:{ID}"), "n": [1, null] })))];
    let each = fields.iter().map(move |field| {
        let always = complete && (field.required || field.name == "url");
        (Just(field.name), value(field), any::<bool>())
            .prop_map(move |(name, value, some)| (always || some).then_some((name.to_owned(), value)))
    });
    let each: Vec<_> = each.collect();
    (each, strange)
        .prop_map(|(members, strange)| {
            members.into_iter().flatten().chain(strange.map(|strange| ("ofAnotherRelease".to_owned(), strange))).collect()
        })
        .boxed()
}

pub(in crate::domain::content) fn tree() -> impl Strategy<Value = Value> {
    let known = (0..BLOCKS.len()).prop_flat_map(|at| {
        let block = BLOCKS[at];
        members(block.fields, true).prop_map(move |data| json!({ "type": block.name, "data": data, "styles": {"width": "full"} }))
    });
    let strange = Just(json!({ "type": "hologram", "data": { "page": ID, "id": ID, "text": { "xx-YY": "kept" } } }));
    prop::collection::vec(prop_oneof![8 => known, 1 => strange], 0..6).prop_map(|blocks| {
        let blocks = blocks.into_iter().enumerate().map(|(at, mut block)| {
            block["id"] = json!(format!("block-{at}"));
            block
        });
        json!([{ "id": "section", "columns": [{ "id": "column", "blocks": blocks.collect::<Vec<_>>() }] }])
    })
}

fn entry() -> impl Strategy<Value = (&'static Kind, Map<String, Value>)> {
    (0..KINDS.len()).prop_flat_map(|at| (Just(KINDS[at]), members(KINDS[at].fields, true)))
}

fn archived(kind: &'static Kind, body: Value) -> Result<Archived, Faults> {
    read(kind, object(body), &context())
}

proptest! {
    #[test]
    fn what_was_read_is_told_and_read_again_the_same((kind, body) in entry()) {
        // A block of some kinds of app does not stand in all.
        let first = match read(kind, body.clone(), &context()) {
            Err(faults) => {
                prop_assert!(faults.0.iter().all(|fault| fault.code == "misplaced_block"), "{faults:?}");
                return Ok(());
            }
            Ok(first) => first.entry,
        };
        let once = fields_of(&first).expect("readable");
        let second = read(kind, once.clone(), &context()).expect("good").entry;
        prop_assert_eq!(&fields_of(&second).expect("readable"), &once);
        prop_assert_eq!(&second, &first);
        for (name, value) in body.iter().filter(|(name, _)| name.as_str() != "scheduledPublishAt" && name.as_str() != "seo") {
            prop_assert_eq!(&once[name.as_str()], value, "{}", name);
        }
    }

    #[test]
    fn two_renamings_lead_back((kind, mut body) in entry()) {
        let (old, new) = (ID.parse::<Uuid>().expect("an id"), Uuid::from_u128(7));
        let before = body.clone();
        rename(kind, &mut body, &|_, _| true, &|id| (id == old).then_some(new));
        let listed = format!("Ids\":[\"{ID}");
        prop_assert!(!json!(body).to_string().contains(&listed));
        let left = [format!("\"entry:{ID}#top"), format!("Id\":\"{ID}")].into_iter().filter(|old| json!(body).to_string().contains(old));
        prop_assert_eq!(left.filter(|old| !old.starts_with("Id") || !json!(body).to_string().contains("authorId")).count(), 0);
        rename(kind, &mut body, &|_, _| true, &|id| (id == new).then_some(old));
        prop_assert_eq!(body, before);
    }
}

/// A kind with an excerpt and a schedule.
fn post() -> &'static Kind {
    KINDS.iter().copied().find(|kind| kind.field("excerpt").is_some()).expect("there is one")
}

#[test]
fn what_nobody_knows_is_kept_and_told() {
    let read = archived(
        post(),
        json!({
            "name": "A post", "slug": "a-post", "title": {"en": "Sea", "nl": "Zee"}, "mood": "calm", "seo": {"robots": ["all"]},
            "content": [{"id": "s", "columns": [{"id": "c", "blocks": [
                {"id": "a", "type": "heading", "data": {"text": "Hi", "size": 7}},
                {"id": "b", "type": "faq", "data": {"items": [{"id": "i", "question": "Q", "answer": "A", "votes": 3}]}},
                {"id": "d", "type": "hologram", "data": {"x": 1}},
            ]}]}],
        }),
    )
    .expect("good");
    let told: Vec<_> = read.notices.iter().map(|one| (one.field.as_str(), one.code)).collect();
    let block = "content[0].columns[0].blocks";
    let wanted = [
        ("title", "unknown_locale"),
        ("mood", "unknown_field"),
        (&format!("{block}[0].data.size"), "unknown_field"),
        (&format!("{block}[1].data.items[0].votes"), "unknown_field"),
        (&format!("{block}[2]"), "unknown_block"),
    ];
    let mut told_sorted = told.clone();
    told_sorted.sort_unstable();
    let mut wanted = [&wanted[..], &[("seo.robots", "unknown_field")]].concat();
    wanted.sort_unstable();
    assert_eq!(told_sorted, wanted);
    let (fields, content) = (&read.entry.fields, &read.entry.content);
    for kept in [r#""mood":"calm""#, r#""robots":["all"]"#, r#""nl":"Zee""#] {
        assert!(fields.contains(kept), "{kept}: {fields}");
    }
    for kept in [r#""size":7"#, r#""votes":3"#, r#""hologram""#] {
        assert!(content.contains(kept), "{kept}: {content}");
    }
}

#[test]
fn what_is_wrong_is_a_fault_with_its_place() {
    let faults = archived(
        post(),
        json!({
            "name": "", "slug": "No Slug", "status": "scheduled", "createdAt": "yesterday", "publishedAt": 7,
            "content": [{"id": "s", "columns": [{"id": "c", "blocks": [{"id": "a", "type": "heading", "data": {"level": 9, "deep\u{0}": 1}}]}]}],
        }),
    )
    .expect_err("faults");
    let mut told = codes(&faults);
    told.sort_unstable();
    let data = "content[0].columns[0].blocks[0].data";
    let (level, deep, heading) = (format!("{data}.level"), format!("{data}.deep\u{0}"), format!("{data}.text"));
    let wanted = [
        (level.as_str(), "out_of_range"),
        (deep.as_str(), "malformed"),
        (heading.as_str(), "required"),
        ("createdAt", "malformed"),
        ("name", "required"),
        ("publishedAt", "wrong_type"),
        ("slug", "malformed"),
        ("status", "contradiction"),
    ];
    let mut wanted = wanted.to_vec();
    wanted.sort_unstable();
    assert_eq!(told, wanted);
}

#[test]
fn a_scheduled_entry_stays_so_and_one_without_dates_gets_them() {
    let read = archived(
        post(),
        json!({"name": "A", "slug": "a", "status": "scheduled", "scheduledPublishAt": "2020-01-01T00:00:00Z", "createdAt": "2019-05-06T07:08:09Z"}),
    )
    .expect("good")
    .entry;
    assert_eq!(
        (read.status.word(), read.scheduled_at.map(|at| at.to_string()).as_deref()),
        ("scheduled", Some("2020-01-01T00:00:00.000Z"))
    );
    assert_eq!(read.updated_at, read.created_at);
    let bare = archived(post(), json!({"name": "A", "slug": "a", "status": "published"})).expect("good").entry;
    assert_eq!((bare.created_at, bare.published_at), (context().now, Some(context().now)));
    assert_eq!(bare.id, EntryId::from_uuid(Uuid::nil()));
}
