//! Tests of trees that are put together, one by one and after any changes on both sides.

use std::collections::HashSet;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    decision::{Choice, Choices, ConflictPlace, Decisions},
    tree::merge,
};
use crate::domain::content::{
    KINDS,
    samples::{context, object},
    tree::{
        change::{BlockPlace, Edit, SectionPlace as Anchor},
        edit::apply,
        parts::{self, blocks, columns, id},
    },
};

/// Two sections: `a` with the columns `a1` (blocks `x`, `y`) and `a2` (`z`), and `b` with `b1` (`w`, `v`).
fn sample() -> Vec<Value> {
    let block = |id: &str| json!({"id": id, "type": "heading", "data": {"text": {"en": id, "fr": id}, "level": 2}});
    let column = |id: &str, blocks: &[&str]| json!({"id": id, "blocks": blocks.iter().map(|id| block(id)).collect::<Vec<_>>()});
    vec![
        json!({"id": "a", "columns": [column("a1", &["x", "y"]), column("a2", &["z"])]}),
        json!({"id": "b", "columns": [column("b1", &["w", "v"])]}),
    ]
}

fn shape(sections: &[Value]) -> String {
    let column = |column: &Value| blocks(column).iter().map(id).collect::<Vec<_>>().join(" ");
    let section = |section: &Value| format!("{}({})", id(section), columns(section).iter().map(column).collect::<Vec<_>>().join("|"));
    sections.iter().map(section).collect::<Vec<_>>().join(" ")
}

fn after(edits: Vec<Edit>) -> Vec<Value> {
    let mut tree = sample();
    edits.iter().for_each(|edit| drop(apply(KINDS[0], &mut tree, edit, &context())));
    tree
}

fn write(id: &str, data: Value) -> Edit {
    Edit::UpdateBlock { id: id.into(), data: Some(object(data)), styles: None }
}

fn new(id: &str, place: BlockPlace) -> Edit {
    Edit::InsertBlock { block: object(json!({"id": id, "type": "divider"})), to: place }
}

fn behind(id: &str) -> BlockPlace {
    BlockPlace { after: Some(id.into()), ..BlockPlace::default() }
}

fn together(mine: Vec<Edit>, theirs: Vec<Edit>) -> Vec<Value> {
    let mut decisions = Decisions::new(Choices::new(), "en");
    let merged = merge(&sample(), &after(mine), &after(theirs), &mut decisions);
    assert_eq!(decisions.open, []);
    merged
}

fn text(tree: &[Value], id: &str) -> Value {
    parts::find_block(tree, id).and_then(|spot| parts::block(tree, &spot)).expect("a block")["data"]["text"].clone()
}

#[test]
fn changes_of_different_things_both_stay() {
    let merged = together(vec![write("x", json!({"text": {"en": "Mine"}}))], vec![write("x", json!({"text": {"fr": "Leur"}, "level": 3}))]);
    assert_eq!(text(&merged, "x"), json!({"en": "Mine", "fr": "Leur"}));
    let merged = together(vec![new("n", behind("x"))], vec![Edit::DeleteBlock { id: "y".into() }, new("m", behind("x"))]);
    assert_eq!(shape(&merged), "a(x n m|z) b(w v)");
    let merged = together(vec![Edit::DeleteBlock { id: "z".into() }], vec![write("y", json!({"level": 4})), new("m", behind("w"))]);
    assert_eq!(shape(&merged), "a(x y) b(w m v)");
    let merged = together(vec![Edit::MoveBlock { id: "x".into(), to: behind("w") }], vec![write("x", json!({"level": 5}))]);
    assert_eq!(shape(&merged), "a(y|z) b(w x v)");
    let merged = together(
        vec![Edit::MoveSection { id: "b".into(), place: Anchor { before: Some("a".into()), after: None } }],
        vec![Edit::MoveBlock { id: "v".into(), to: BlockPlace { before: Some("w".into()), ..BlockPlace::default() } }],
    );
    assert_eq!(shape(&merged), "b(v w) a(x y|z)");
    let merged = together(vec![Edit::MoveBlock { id: "x".into(), to: behind("y") }], vec![new("m", behind("z"))]);
    assert_eq!(shape(&merged), "a(y x|z m) b(w v)");
}

#[test]
fn a_plain_text_is_of_the_default_language() {
    let tree = |text: Value| {
        vec![json!({"id": "s", "columns": [{"id": "c", "blocks": [{"id": "h", "type": "heading", "data": {"text": text}}]}]})]
    };
    let mut decisions = Decisions::new(Choices::new(), "en");
    let merged = merge(&tree(json!("Sea")), &tree(json!({"en": "Sea", "fr": "Mer"})), &tree(json!("Lake")), &mut decisions);
    assert_eq!((text(&merged, "h"), decisions.open.len()), (json!({"en": "Lake", "fr": "Mer"}), 0));
}

#[test]
fn what_only_one_deletes_goes_and_what_is_new_there_stays() {
    let merged = together(vec![Edit::DeleteSection { id: "a".into() }], vec![new("m", behind("z"))]);
    assert_eq!(shape(&merged), "a(m) b(w v)");
    let merged = together(vec![new("n", behind("z"))], vec![Edit::DeleteSection { id: "a".into() }]);
    assert_eq!(shape(&merged), "a(n) b(w v)");
}

#[test]
fn a_conflict_is_open_until_somebody_decides() {
    let (mine, theirs) =
        (after(vec![write("x", json!({"text": {"en": "Mine"}}))]), after(vec![write("x", json!({"text": {"en": "Theirs"}}))]));
    let decided = |choice: Option<Choice>| {
        let place = ConflictPlace::Part { id: "x".into(), path: ["data", "text", "en"].map(str::to_owned).to_vec() };
        let mut decisions = Decisions::new(choice.into_iter().map(|choice| (place.key(), choice)).collect(), "en");
        let merged = merge(&sample(), &mine, &theirs, &mut decisions);
        (text(&merged, "x")["en"].clone(), decisions.open.len())
    };
    assert_eq!(decided(None), (json!("Mine"), 1));
    assert_eq!(decided(Some(Choice::Theirs)), (json!("Theirs"), 0));
    assert_eq!(decided(Some(Choice::Text("Both".into()))), (json!("Both"), 0));
    for (mine, theirs) in [
        (vec![Edit::DeleteBlock { id: "x".into() }], vec![write("x", json!({"level": 5}))]),
        (vec![write("x", json!({"level": 5}))], vec![Edit::DeleteBlock { id: "x".into() }]),
    ] {
        let (mine, theirs) = (after(mine), after(theirs));
        for (choice, wanted) in [(Choice::Mine, shape(&mine)), (Choice::Theirs, shape(&theirs))] {
            let mut decisions = Decisions::new(Choices::from_iter([("block-x".to_owned(), choice)]), "en");
            assert_eq!(shape(&merge(&sample(), &mine, &theirs, &mut decisions)), wanted);
            assert_eq!(decisions.open, []);
        }
    }
}

#[test]
fn items_are_put_together_by_their_ids() {
    let faq =
        |items: Value| vec![json!({"id": "s", "columns": [{"id": "c", "blocks": [{"id": "f", "type": "faq", "data": {"items": items}}]}]})];
    let base = faq(json!([{"id": "1", "question": "Who?"}, {"id": "2", "question": "When?"}]));
    let mine = faq(json!([{"id": "2", "question": "When?"}, {"id": "1", "question": "Who?"}, {"id": "3", "question": "Why?"}]));
    let theirs = faq(json!([{"id": "1", "question": "Who else?"}, {"id": "2", "question": "When?"}]));
    let mut decisions = Decisions::new(Choices::new(), "en");
    let merged = merge(&base, &mine, &theirs, &mut decisions);
    let items = &merged[0]["columns"][0]["blocks"][0]["data"]["items"];
    assert_eq!(*items, json!([{"id": "2", "question": "When?"}, {"id": "1", "question": "Who else?"}, {"id": "3", "question": "Why?"}]));
    assert_eq!(decisions.open, []);
}

/// A change of a tree of the ids above; `at` picks among them. New blocks are named after who makes them.
fn any_edit(who: &'static str) -> impl Strategy<Value = Edit> {
    let ids = || prop::sample::select(vec!["x", "y", "z", "w", "v"]);
    let sections = || prop::sample::select(vec!["a", "b"]);
    prop_oneof![
        (ids(), 0..3u8).prop_map(move |(id, n)| write(id, json!({"text": {"en": format!("{who} {n}")}}))),
        (ids(), 1..6i64).prop_map(|(id, level)| write(id, json!({"level": level}))),
        (ids(), ids()).prop_map(|(id, to)| Edit::MoveBlock { id: id.into(), to: behind(to) }),
        ids().prop_map(|id| Edit::DeleteBlock { id: id.into() }),
        (ids(), 0..1000u16).prop_map(move |(to, n)| new(&format!("{who}{n}"), behind(to))),
        (sections(), sections())
            .prop_map(|(id, to)| Edit::MoveSection { id: id.into(), place: Anchor { after: Some(to.into()), before: None } }),
        sections().prop_map(|id| Edit::DeleteSection { id: id.into() }),
        sections().prop_map(|id| Edit::InsertColumn { section: id.into() }),
    ]
}

proptest! {
    #[test]
    fn nothing_is_twice_and_nothing_is_lost(mine in prop::collection::vec(any_edit("m"), 0..8), theirs in prop::collection::vec(any_edit("t"), 0..8)) {
        let (mine, theirs) = (after(mine), after(theirs));
        let mut decisions = Decisions::new(Choices::new(), "en");
        let merged = merge(&sample(), &mine, &theirs, &mut decisions);
        let ids: Vec<_> = parts::ids(&merged).collect();
        prop_assert_eq!(ids.len(), ids.iter().collect::<HashSet<_>>().len(), "{}", shape(&merged));
        let base = sample();
        let before: HashSet<_> = parts::ids(&base).collect();
        for side in [&mine, &theirs] {
            let blocks = side.iter().flat_map(columns).flat_map(blocks).map(id);
            for new in blocks.filter(|id| !before.contains(id)) {
                prop_assert!(ids.contains(&new), "{new} of {} is not in {}", shape(side), shape(&merged));
            }
        }
        for block in merged.iter().flat_map(columns).flat_map(blocks) {
            let stands = |tree: &[Value]| parts::find_block(tree, id(block)).and_then(|spot| parts::block(tree, &spot).cloned());
            if stands(&mine) == stands(&base) && stands(&mine).is_some() {
                prop_assert_eq!(Some(block.clone()), stands(&theirs));
            }
        }
        // Whoever decides everything for one side has nothing left to decide.
        let choices = decisions.open.iter().map(|one| (one.place.key(), Choice::Theirs)).collect();
        let mut decided = Decisions::new(choices, "en");
        merge(&base, &mine, &theirs, &mut decided);
        prop_assert_eq!(decided.open, []);
        prop_assert_eq!(merge(&base, &base, &theirs, &mut Decisions::new(Choices::new(), "en")), theirs);
        prop_assert_eq!(merge(&base, &mine, &base, &mut Decisions::new(Choices::new(), "en")), mine);
    }
}
