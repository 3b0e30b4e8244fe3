//! Any content comes out as a document and goes back in without a change, and what is changed is changed alone.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Document, Operation, PlannedEdit, ShownLocales, TextEdit, fence, operation, parse, pieces, plan, replaced};
use crate::domain::content::{
    Context, KINDS,
    archive::round_tests,
    samples::{LOCALES, context},
    tree::{change::Edit, edit},
};

fn in_locale(locale: &str) -> ShownLocales<'_> {
    ShownLocales { locale, second: None, locales: *LOCALES }
}

/// A tree as one text.
fn text_of(tree: &[Value], locale: &str) -> String {
    let (mut out, mut section, mut column) = (String::new(), String::new(), String::new());
    for piece in pieces(tree, &ShownLocales { second: Some("fr"), ..in_locale(locale) }) {
        if piece.section != section {
            out.push_str(&piece.section);
            (section, column) = (piece.section, String::new());
        }
        if piece.column != column {
            out.push_str(&piece.column);
            column = piece.column;
        }
        out.push_str(&piece.text);
    }
    out
}

fn read(text: &str) -> Document {
    parse(text).unwrap_or_else(|fault| panic!("{}\n{text}", fault.message))
}

fn steps(tree: &[Value], text: &str, delete: &[&str], locale: &str) -> Vec<PlannedEdit> {
    let mut made = 0;
    let mut new_id = || {
        made += 1;
        format!("new-{made}")
    };
    let delete: Vec<_> = delete.iter().map(|id| (*id).to_owned()).collect();
    plan(tree, &read(text), &delete, &in_locale(locale), &mut new_id).unwrap_or_else(|fault| panic!("{}\n{text}", fault.message))
}

/// A tree after a document was written over it.
fn written(tree: &[Value], text: &str, delete: &[&str], locale: &str) -> Vec<Value> {
    let mut after = tree.to_vec();
    for step in steps(tree, text, delete, locale) {
        edit::apply(KINDS[0], &mut after, &step.edit, &context()).unwrap_or_else(|error| panic!("line {}: {error:?}", step.line));
    }
    after
}

fn faulty(text: &str) -> String {
    parse(text).expect_err("a fault").message
}

fn sample() -> Vec<Value> {
    let tree = json!([
        {"id": "s1", "role": "hero", "columns": [{"id": "c1", "blocks": [
            {"id": "b1", "type": "heading", "data": {"text": {"en": "About us", "fr": "À propos"}, "level": 1}},
            {"id": "b2", "type": "text", "data": {"markdown": "We build\n\n- small\n:: servers.\nmarkdown: no"}, "styles": {"width": "wide"}},
            {"id": "b3", "type": "hologram", "data": {"x": [1]}},
        ]}]},
        {"id": "s2", "columns": [
            {"id": "c2", "blocks": [{"id": "b4", "type": "faq", "data": {"items": [
                {"id": "i1", "question": "Free?", "answer": {"en": "Yes", "fr": "Oui"}},
                {"id": "i2", "question": {"en": "Why?"}, "answer": "So\n    and\n\nso"},
            ]}}]},
            {"id": "c3", "blocks": [{"id": "b5", "type": "image", "data": {"file": "/a.png", "alt": {"en": "Our office"}}}]},
        ]},
    ]);
    tree.as_array().expect("an array").clone()
}

const ENGLISH: &str = "::section s1 role=hero
::heading b1 level=1
About us
%% fr: text: À propos
::text b2 style.width=wide
We build

- small
\\:: servers.
\\markdown: no
::locked b3 type=hologram
::section s2
::column c2
::faq b4
- i1 question: Free?
  answer: Yes
  %% fr: answer: Oui
- i2 question: Why?
  answer: So
        and

    so
::column c3
::image b5 file=/a.png
alt: Our office
";

#[test]
fn a_document_is_as_the_docs_say() {
    assert_eq!(text_of(&sample(), "en"), ENGLISH);
    let french = text_of(&sample(), "fr");
    assert!(french.contains("::heading b1 level=1\nÀ propos\n"), "{french}");
    assert!(french.contains("%% missing in fr: markdown; en: We build\n%%   \n%%   - small\n"), "{french}");
    assert!(french.contains("- i1\n  %% missing in fr: question; en: Free?\n  answer: Oui\n"), "{french}");
}

#[test]
fn what_was_read_and_sent_back_is_no_change() {
    let tree = sample();
    for locale in ["en", "fr", "de"] {
        let text = text_of(&tree, locale);
        assert_eq!(steps(&tree, &text, &[], locale), [], "{locale}");
        assert_eq!(steps(&tree, &fence("8f", &text), &[], locale), [], "{locale}");
    }
    assert_eq!(steps(&tree, "::faq b4\n- i2 question: Why?\n", &[], "en"), [], "a part of it");
}

#[test]
fn one_language_is_written_and_every_id_stays() {
    let tree = sample();
    let after = written(&tree, "::heading b1\nQui sommes-nous\n::faq b4\n- i1 question: Gratuit ?\n", &[], "fr");
    let mut wanted = tree.clone();
    wanted[0]["columns"][0]["blocks"][0]["data"]["text"]["fr"] = json!("Qui sommes-nous");
    wanted[1]["columns"][0]["blocks"][0]["data"]["items"][0]["question"] = json!({"en": "Free?", "fr": "Gratuit ?"});
    assert_eq!(after, wanted);
    let same = written(&tree, "::heading b1\nAbout us\n", &[], "de");
    assert_eq!(same[0]["columns"][0]["blocks"][0]["data"]["text"]["de"], "About us", "a text may be the same in two languages");
}

#[test]
fn what_is_left_out_stays_and_what_is_named_goes() {
    let tree = sample();
    let after = written(&tree, "::text b2\nNew\n::text\nMore\n", &["b3", "i1"], "en");
    let blocks = &after[0]["columns"][0]["blocks"];
    let ids: Vec<_> = blocks.as_array().expect("blocks").iter().map(|block| block["id"].as_str().unwrap_or_default()).collect();
    assert_eq!(ids, ["b1", "b2", "new-1"]);
    assert_eq!((&blocks[1]["data"]["markdown"], &blocks[2]["data"]["markdown"]), (&json!("New"), &json!("More")));
    let items = after[1]["columns"][0]["blocks"][0]["data"]["items"].as_array().expect("items");
    assert_eq!((items.len(), &items[0]["id"]), (1, &json!("i2")));
    assert_eq!(after[1]["columns"][1], tree[1]["columns"][1]);
}

#[test]
fn parts_are_made_and_moved() {
    let tree = sample();
    let text = "::section s2\n::column c3\n::image b5\n::heading b1\n::section s1\n::section role=end\n::column\n::text\nLeft\n::column\n::faq\n- question: Q\n  answer: A\n";
    let after = written(&tree, text, &[], "en");
    let shape: Vec<_> = after
        .iter()
        .map(|section| {
            let columns = section["columns"].as_array().expect("columns").iter();
            let blocks =
                columns.map(|column| column["blocks"].as_array().expect("blocks").iter().map(|block| block["type"].clone()).collect());
            blocks.collect::<Vec<Vec<Value>>>()
        })
        .collect();
    let wanted = json!([[["faq"], ["image", "heading"]], [["text", "hologram"]], [["text"], ["faq"]]]);
    assert_eq!(json!(shape), wanted);
    let items = written(&tree, "::faq b4\n- i2\n- question: New\n  answer: N\n- i1\n", &[], "en");
    let order: Vec<_> = items[1]["columns"][0]["blocks"][0]["data"]["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|item| item["question"].clone())
        .collect();
    assert_eq!(order, [json!({"en": "Why?"}), json!("New"), json!("Free?")]);
}

#[test]
fn a_fault_names_its_line() {
    for (text, line, word) in [
        ("::heading\nx\n::unknown b\n", 3, "no block \"unknown\""),
        ("\n::image file=/a.png\nfree text\n", 3, "`alt:`"),
        ("::faq\n- question: Q\nanswer: A\n", 3, "indented"),
        ("::heading size=3\n", 1, "\"size\""),
        ("::quote\nOne\ncite: Me\nTwo\n", 4, "ended above"),
        ("::entries tags=[\"a\n", 1, "does not end"),
        ("::locked type=x\n", 1, "not made here"),
    ] {
        let fault = faulty(text);
        assert!(fault.starts_with(&format!("Line {line}: ")) && fault.contains(word), "{text:?}: {fault}");
    }
    let long = "x".repeat(50_001);
    assert_eq!(parse(&long).map_err(|fault| fault.code), Err("too_long"));
    let mut new_id = || unreachable!("nothing is made");
    for (text, word) in [
        ("::text b1\nx\n", "is a heading"),
        ("::text b3\nx\n", "locked"),
        ("::heading b9\n", "nothing with the id"),
        ("::heading b1\n::heading b1\n", "above already"),
    ] {
        let refused = plan(&sample(), &read(text), &[], &in_locale("en"), &mut new_id).expect_err("a fault");
        assert!(refused.message.contains(word) && refused.field.starts_with("line "), "{text:?}: {}", refused.message);
    }
}

#[test]
fn plain_text_is_one_block() {
    let document = read("# A title\n\nSome text\n");
    assert_eq!(document.sections[0].columns[0].blocks.len(), 1);
    let after = written(&[], "# A title\n\nSome text\n", &[], "fr");
    assert_eq!(after[0]["columns"][0]["blocks"][0]["data"], json!({"markdown": {"fr": "# A title\n\nSome text"}}));
}

fn replace(block: Option<&str>, field: Option<&str>, old: &str, new: &str, locale: &str) -> Result<Value, &'static str> {
    let mut tree = sample();
    let of = |text: Option<&str>| text.map(str::to_owned);
    let one = TextEdit { block: of(block), field: of(field), old: old.into(), new: new.into() };
    let change = replaced(&tree, &one, "edits[0]", &in_locale(locale)).map_err(|fault| fault.code)?;
    edit::apply(KINDS[0], &mut tree, &change, &context()).expect("good");
    Ok(tree.into())
}

#[test]
fn a_piece_of_a_text_occurs_once() {
    let after = replace(None, None, "servers", "boats", "en").expect("done");
    assert_eq!(after[0]["columns"][0]["blocks"][1]["data"]["markdown"], "We build\n\n- small\n:: boats.\nmarkdown: no");
    let after = replace(Some("i1"), Some("answer"), "Oui", "Bien sûr", "fr").expect("done");
    assert_eq!(after[1]["columns"][0]["blocks"][0]["data"]["items"][0]["answer"], json!({"en": "Yes", "fr": "Bien sûr"}));
    let after = replace(Some("i1"), Some("question"), "", "Gratuit ?", "fr").expect("done");
    assert_eq!(after[1]["columns"][0]["blocks"][0]["data"]["items"][0]["question"], json!({"en": "Free?", "fr": "Gratuit ?"}));
    for (block, field, old, locale, code) in [
        (None, None, "s", "en", "ambiguous"),
        (None, None, "About", "fr", "not_found"),
        (Some("b1"), Some("markdown"), "About", "en", "not_found"),
        (Some("b1"), None, "", "en", "required"),
        (Some("b9"), None, "x", "en", "not_found"),
        (Some("b3"), None, "x", "en", "not_found"),
    ] {
        assert_eq!(replace(block, field, old, "new", locale), Err(code), "{old}");
    }
}

#[test]
fn an_operation_loses_no_item() {
    let mut tree = sample();
    let data = json!({"items": [{"id": "i2", "answer": "Because"}, {"question": "New", "answer": "N"}]});
    let update = Operation { op: "update".into(), block: Some("b4".into()), data: data.as_object().cloned(), ..Operation::default() };
    let change = operation(&tree, &update, "ops[0]", &in_locale("en")).expect("good");
    edit::apply(KINDS[0], &mut tree, &change, &context()).expect("good");
    let items = tree[1]["columns"][0]["blocks"][0]["data"]["items"].as_array().expect("items").clone();
    assert_eq!((items.len(), &items[0]), (3, &sample()[1]["columns"][0]["blocks"][0]["data"]["items"][0]));
    assert_eq!((&items[1]["question"], &items[1]["answer"]), (&json!({"en": "Why?"}), &json!("Because")));
    let gone = Operation { op: "delete".into(), block: Some("i1".into()), ..Operation::default() };
    let change = operation(&tree, &gone, "ops[0]", &in_locale("en")).expect("good");
    edit::apply(KINDS[0], &mut tree, &change, &context()).expect("good");
    assert_eq!(tree[1]["columns"][0]["blocks"][0]["data"]["items"].as_array().map(Vec::len), Some(2));
    let section = Operation { op: "move".into(), block: Some("s2".into()), before: Some("s1".into()), ..Operation::default() };
    let moved = operation(&tree, &section, "ops[0]", &in_locale("en"));
    assert!(matches!(moved, Ok(Edit::MoveSection { .. })), "{moved:?}");
}

proptest! {
    #[test]
    fn any_tree_comes_back_unchanged(tree in round_tests::tree(), locale in prop::sample::select(vec!["en", "fr", "nl"])) {
        let tree = tree.as_array().cloned().unwrap_or_default();
        let text = text_of(&tree, locale);
        prop_assert_eq!(steps(&tree, &text, &[], locale), [], "{}", text);
    }

    #[test]
    fn any_text_is_read_back(text in "[ -~\n\r\\\\:%é\u{2028}-]{0,60}", kind in prop::sample::select(vec!["text", "quote", "code", "callout"])) {
        let field = match kind { "quote" => "text", "code" => "code", _ => "markdown" };
        let faq = json!({"id": "f", "type": "faq", "data": {"items": [{"id": "i", "question": "Q", "answer": {"en": text}}]}});
        let own = json!({"id": "b", "type": kind, "data": {field: text, "cite": {"en": "Me"}, "title": {"en": "T"}}});
        let tree = [json!({"id": "s", "columns": [{"id": "c", "blocks": [own, faq]}]})];
        let document = text_of(&tree, "en");
        prop_assert_eq!(steps(&tree, &document, &[], "en"), [], "{}", document);
    }

    #[test]
    fn never_panics(text in "(::|%%|- |  |[a-z]{1,7}|[=:\"\\\\\\[{\n ]|heading|faq|text|section|column|locked|question: ){0,40}") {
        if let Ok(document) = parse(&text) {
            let mut made = 0;
            let mut new_id = || { made += 1; format!("n{made}") };
            let tree = sample();
            if let Ok(steps) = plan(&tree, &document, &[], &in_locale("fr"), &mut new_id) {
                let (mut after, context) = (tree, Context { complete: false, ..context() });
                let _ = steps.iter().try_for_each(|step| edit::apply(KINDS[0], &mut after, &step.edit, &context).map(drop));
            }
        }
    }
}
