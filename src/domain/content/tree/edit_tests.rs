//! Tests of changes, one by one and in any order.

use std::collections::HashSet;

use proptest::prelude::*;

use serde_json::{Map, Value, json};

use super::{
    change::{BlockPlace, Edit, Edited, SectionPlace},
    check,
    edit::apply,
    parts,
};
use crate::domain::{
    Error,
    content::{
        KINDS,
        path::Path,
        samples::{context, object},
    },
    error::Faults,
};

fn heading(text: &str) -> Map<String, Value> {
    object(json!({"type": "heading", "data": {"text": {"en": text, "fr": format!("{text} fr")}}}))
}

/// Two sections: `a` with the columns `a1` (blocks `x`, `y`) and `a2` (`z`), and `b` with `b1` (`w`).
fn sample() -> Vec<Value> {
    let block = |id: &str| json!({"id": id, "type": "heading", "data": {"text": {"en": id, "fr": id}}});
    let column = |id: &str, blocks: &[&str]| json!({"id": id, "blocks": blocks.iter().map(|id| block(id)).collect::<Vec<_>>()});
    vec![
        json!({"id": "a", "columns": [column("a1", &["x", "y"]), column("a2", &["z"])]}),
        json!({"id": "b", "columns": [column("b1", &["w"])]}),
    ]
}

fn done(sections: &mut Vec<Value>, edit: Edit) -> Edited {
    apply(KINDS[0], sections, &edit, &context()).expect("good")
}

fn refused(edit: Edit) -> String {
    let mut sections = sample();
    match apply(KINDS[0], &mut sections, &edit, &context()).expect_err("refused") {
        Error::Invalid(faults) => faults.0.iter().map(|fault| format!("{} {}", fault.field, fault.code)).collect::<Vec<_>>().join(", "),
        Error::NotFound(noun) => format!("no {noun}"),
        other => panic!("{other:?}"),
    }
}

fn shape(sections: &[Value]) -> String {
    let column = |column: &Value| parts::blocks(column).iter().map(parts::id).collect::<Vec<_>>().join(" ");
    let section =
        |section: &Value| format!("{}({})", parts::id(section), parts::columns(section).iter().map(column).collect::<Vec<_>>().join("|"));
    sections.iter().map(section).collect::<Vec<_>>().join(" ")
}

fn after(id: &str) -> BlockPlace {
    BlockPlace { after: Some(id.into()), ..BlockPlace::default() }
}

#[test]
fn sections_come_go_and_move() {
    let mut tree = sample();
    let new = done(&mut tree, Edit::InsertSection { section: Map::new(), place: SectionPlace { before: Some("b".into()), after: None } });
    assert_eq!((new.position, parts::columns(&new.part).len()), (Some(1), 1));
    done(&mut tree, Edit::DeleteSection { id: parts::id(&new.part).into() });
    done(&mut tree, Edit::MoveSection { id: "a".into(), place: SectionPlace::default() });
    assert_eq!(shape(&tree), "b(w) a(x y|z)");
    done(&mut tree, Edit::MoveSection { id: "a".into(), place: SectionPlace { before: Some("b".into()), after: None } });
    assert_eq!(shape(&tree), "a(x y|z) b(w)");
    let patch = object(json!({"role": "hero", "styles": {"width": "wide"}}));
    done(&mut tree, Edit::UpdateSection { id: "a".into(), patch });
    let changed = done(&mut tree, Edit::UpdateSection { id: "a".into(), patch: object(json!({"role": null, "styles": {"align": "end"}})) });
    assert_eq!((changed.part.get("role"), &changed.part["styles"]), (None, &json!({"width": "wide", "align": "end"})));
    let patch = object(json!({"id": "c", "columns": [], "type": "x"}));
    assert_eq!(refused(Edit::UpdateSection { id: "a".into(), patch }), "patch.id read_only, patch.type read_only, patch.columns read_only");
    assert_eq!(refused(Edit::DeleteSection { id: "x".into() }), "no section");
}

#[test]
fn blocks_come_go_and_move() {
    let mut tree = sample();
    let new = done(&mut tree, Edit::InsertBlock { block: heading("New"), to: after("x") });
    assert_eq!((new.section.as_deref(), new.column.as_deref(), new.position), (Some("a"), Some("a1"), Some(1)));
    done(&mut tree, Edit::DeleteBlock { id: parts::id(&new.part).into() });
    done(&mut tree, Edit::MoveBlock { id: "x".into(), to: after("y") });
    assert_eq!(shape(&tree), "a(y x|z) b(w)");
    let moved = done(&mut tree, Edit::MoveBlock { id: "z".into(), to: BlockPlace { section: Some("b".into()), ..BlockPlace::default() } });
    assert_eq!((moved.column_removed.as_deref(), moved.section_removed, moved.position), (Some("a2"), None, Some(1)));
    let gone = done(&mut tree, Edit::DeleteBlock { id: "w".into() });
    assert_eq!((gone.column_removed, &gone.part["data"]["text"]["en"]), (None, &json!("w")));
    let gone = done(&mut tree, Edit::DeleteBlock { id: "z".into() });
    assert_eq!((gone.column_removed.as_deref(), gone.section_removed.as_deref()), (Some("b1"), Some("b")));
    assert_eq!(shape(&tree), "a(y x)");
    let mut empty = Vec::new();
    let first = done(&mut empty, Edit::InsertBlock { block: heading("First"), to: BlockPlace::default() });
    assert_eq!((first.position, empty.len()), (Some(0), 1));
    let stays = done(&mut tree, Edit::MoveBlock { id: "x".into(), to: after("x") });
    assert_eq!((shape(&tree).as_str(), stays.position), ("a(y x)", Some(1)));
}

#[test]
fn a_block_is_merged_field_by_field_and_by_language() {
    let mut tree = sample();
    let update =
        |data: Value, styles: Option<Value>| Edit::UpdateBlock { id: "x".into(), data: Some(object(data)), styles: styles.map(object) };
    let changed = done(&mut tree, update(json!({"text": {"fr": "Un"}, "level": 3}), Some(json!({"align": "center"}))));
    assert_eq!(changed.part["data"], json!({"text": {"en": "x", "fr": "Un"}, "level": 3}));
    let changed = done(&mut tree, update(json!({"level": null}), Some(json!({"align": null}))));
    assert_eq!((&changed.part["data"], &changed.part["styles"]), (&json!({"text": {"en": "x", "fr": "Un"}}), &json!({})));
    assert_eq!(
        refused(update(json!({"text": null, "level": 0}), Some(json!({"size": 1})))),
        "data.text required, data.level out_of_range, styles.size unknown_field"
    );
}

#[test]
fn anchors_that_lead_nowhere_are_named() {
    let insert = |to: BlockPlace| refused(Edit::InsertBlock { block: heading("New"), to });
    assert_eq!(insert(after("a")), "afterBlockId not_found");
    assert_eq!(insert(BlockPlace { before: Some("x".into()), ..after("y") }), "beforeBlockId conflict");
    assert_eq!(insert(BlockPlace { column: Some("a1".into()), section: Some("b".into()), ..BlockPlace::default() }), "columnId not_found");
    assert_eq!(insert(BlockPlace { section: Some("c".into()), ..BlockPlace::default() }), "intoSectionId not_found");
    let section = |section: Value| refused(Edit::InsertSection { section: object(section), place: SectionPlace::default() });
    assert_eq!(section(json!({"id": "x"})), "section.id duplicate");
    assert_eq!(section(json!({"columns": [{"blocks": [{"type": "poll"}]}]})), "section.columns[0].blocks[0].type unknown_block");
}

#[test]
fn a_block_of_an_unknown_type_is_locked_but_moves() {
    let mut tree = sample();
    tree[0]["columns"][0]["blocks"][0] = json!({"type": "poll", "votes": 7, "id": "p", "data": {"x": {"en": 1}}});
    let before = tree[0]["columns"][0]["blocks"][0].clone();
    let update = Edit::UpdateBlock { id: "p".into(), data: Some(Map::new()), styles: None };
    assert!(apply(KINDS[0], &mut tree, &update, &context()).is_err());
    done(&mut tree, Edit::UpdateBlock { id: "y".into(), data: Some(object(json!({"text": "Y"}))), styles: None });
    assert_eq!(done(&mut tree, Edit::MoveBlock { id: "p".into(), to: after("w") }).part, before);
    assert_eq!(shape(&tree), "a(y|z) b(w p)");
}

/// One of the ids that there may be, or none.
fn id() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["a", "b", "a1", "a2", "b1", "x", "y", "z", "w", "n0", "n1", "n2", "nothing"]).prop_map(str::to_owned)
}

fn maybe() -> impl Strategy<Value = Option<String>> {
    prop::option::weighted(0.3, id())
}

fn block_place() -> impl Strategy<Value = BlockPlace> {
    (maybe(), maybe(), maybe(), maybe()).prop_map(|(after, before, section, column)| BlockPlace { after, before, section, column })
}

fn edit() -> impl Strategy<Value = Edit> {
    let place = || (maybe(), maybe()).prop_map(|(after, before)| SectionPlace { after, before });
    let data = || prop::sample::select(vec![json!({"text": {"fr": "Neuf"}}), json!({"level": 2}), json!({"level": null})]).prop_map(object);
    let new = prop::sample::select(vec!["n0", "n1", "n2", "x"]);
    prop_oneof![
        place().prop_map(|place| Edit::InsertSection { section: Map::new(), place }),
        (id(), place()).prop_map(|(id, place)| Edit::MoveSection { id, place }),
        id().prop_map(|id| Edit::DeleteSection { id }),
        id().prop_map(|id| Edit::UpdateSection { id, patch: object(json!({"role": "hero"})) }),
        (new, block_place()).prop_map(|(id, to)| {
            let mut block = heading("New");
            block.insert("id".into(), id.into());
            Edit::InsertBlock { block, to }
        }),
        (id(), data()).prop_map(|(id, data)| Edit::UpdateBlock { id, data: Some(data), styles: None }),
        (id(), block_place()).prop_map(|(id, to)| Edit::MoveBlock { id, to }),
        id().prop_map(|id| Edit::DeleteBlock { id }),
    ]
}

/// The English texts, by the ids of their blocks.
fn english(sections: &[Value]) -> Vec<(String, Value)> {
    let blocks = sections.iter().flat_map(parts::columns).flat_map(parts::blocks);
    let mut all: Vec<_> = blocks.map(|block| (parts::id(block).to_owned(), block["data"]["text"]["en"].clone())).collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

proptest! {
    #[test]
    fn any_changes_leave_a_good_tree_and_the_other_languages(edits in prop::collection::vec(edit(), 1..24)) {
        let mut sections = sample();
        for edit in edits {
            let mut next = sections.clone();
            let before = english(&sections);
            if apply(KINDS[0], &mut next, &edit, &context()).is_err() {
                continue;
            }
            let mut ids = HashSet::new();
            prop_assert!(parts::ids(&next).all(|id| !id.is_empty() && ids.insert(id.to_owned())), "{}", shape(&next));
            let mut faults = Faults::default();
            let text = check::check(KINDS[0], &Path::root("content"), next.clone(), &context(), &mut faults);
            prop_assert_eq!(text, Some(Value::Array(next.clone()).to_string()), "a tree that is checked again stays as it is");
            if matches!(edit, Edit::UpdateBlock { .. } | Edit::MoveBlock { .. } | Edit::MoveSection { .. } | Edit::UpdateSection { .. }) {
                prop_assert_eq!(english(&next), before);
            }
            sections = next;
        }
    }
}
