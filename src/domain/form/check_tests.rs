//! What is taken of what visitors send, and what is refused.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{check::check, definition::Definition, rule::Wrong, schema::schema, sent::Sent};
use crate::domain::content::Locales;

const LOCALES: Locales<'static> = Locales { default: "en", enabled: &[] };

fn form(blocks: &Value) -> Definition {
    let content = json!([{"id": "s", "columns": [{"id": "c", "blocks": blocks}]}]).to_string();
    Definition::read(&content, "en", &LOCALES).expect("a form")
}

/// A form of one field.
fn one(kind: &str, mut data: Value) -> Definition {
    data["label"] = json!("It");
    data["name"] = json!("it");
    form(&json!([{"id": "b", "type": format!("{kind}Field"), "data": data}]))
}

fn members(of: Value) -> Map<String, Value> {
    of.as_object().expect("an object").clone()
}

fn sent(definition: &Definition, body: Value) -> Result<Value, Vec<Wrong>> {
    check(definition, &Sent::of_json(members(body))).map(Value::Object)
}

fn codes(found: Result<Value, Vec<Wrong>>) -> Vec<(String, &'static str)> {
    found.expect_err("something wrong").into_iter().map(|wrong| (wrong.name, wrong.rule.code())).collect()
}

#[test]
fn each_field_takes_what_it_asks_for() {
    let choice = json!({"options": [{"id": "1", "label": "A", "value": "a"}, {"id": "2", "label": "B"}]});
    for (kind, data, given, kept) in [
        ("text", json!({}), json!("  Ann\t Bell "), json!("Ann Bell")),
        ("text", json!({"pattern": "[A-Z]{2}\\d+"}), json!("AB12"), json!("AB12")),
        ("textarea", json!({}), json!("a\r\nb\u{0}\u{202e}"), json!("a\nb")),
        ("email", json!({}), json!("ann@example.org"), json!("ann@example.org")),
        ("phone", json!({}), json!("+41 (44) 123-45.67"), json!("+41 (44) 123-45.67")),
        ("url", json!({}), json!("https://example.org/é"), json!("https://example.org/é")),
        ("number", json!({"min": 1, "max": 3, "step": 0.5}), json!("2,5"), json!(2.5)),
        ("number", json!({}), json!(12), json!(12)),
        ("number", json!({"step": 0.1}), json!(0.3), json!(0.3)),
        ("date", json!({"earliest": "2026-01-01"}), json!("2026-01-01"), json!("2026-01-01")),
        ("time", json!({"latest": "18:00"}), json!("17:30:00"), json!("17:30")),
        ("select", choice.clone(), json!("a"), json!("a")),
        ("radio", choice.clone(), json!("2"), json!("2")),
        ("checkboxes", choice, json!(["2", "a", "2"]), json!(["2", "a"])),
        ("checkbox", json!({}), json!(true), json!(true)),
        ("checkbox", json!({}), Value::Null, json!(false)),
        ("consent", json!({"required": true}), json!("on"), json!(true)),
        ("rating", json!({"scale": 10}), json!(10), json!(10)),
        ("hidden", json!({"value": "spring"}), Value::Null, json!("spring")),
    ] {
        let found = sent(&one(kind, data.clone()), json!({ "it": given }));
        assert_eq!(found, Ok(json!({ "it": kept })), "{kind} {data}");
    }
}

#[test]
fn what_breaks_a_rule_is_told_with_the_question() {
    let choice = json!({"options": [{"id": "1", "label": "A", "value": "a"}]});
    for (kind, data, given, code) in [
        ("text", json!({"required": true}), json!(" \u{200b}\u{0} "), "required"),
        ("text", json!({"minLength": 3}), json!("éé"), "too_short"),
        ("text", json!({"maxLength": 3}), json!("éééé"), "too_long"),
        ("text", json!({}), json!("x".repeat(1_001)), "too_long"),
        ("text", json!({"pattern": "[0-9]{5}"}), json!("123456"), "pattern"),
        ("email", json!({}), json!("ann"), "no_email"),
        ("phone", json!({}), json!("call me"), "no_phone"),
        ("phone", json!({}), json!("1".repeat(21)), "no_phone"),
        ("url", json!({}), json!("javascript:alert(1)"), "no_url"),
        ("number", json!({}), json!("1e999"), "no_number"),
        ("number", json!({}), json!("NaN"), "no_number"),
        ("number", json!({"min": 2}), json!(1), "too_small"),
        ("number", json!({"max": 2}), json!(3), "too_great"),
        ("number", json!({"min": 1, "step": 2}), json!(4), "step"),
        ("date", json!({}), json!("2026-02-30"), "no_day"),
        ("date", json!({"earliest": "2026-01-02"}), json!("2026-01-01"), "too_early"),
        ("time", json!({"latest": "18:00"}), json!("18:01"), "too_late"),
        ("time", json!({}), json!("25:00"), "no_time"),
        ("select", choice.clone(), json!("A"), "not_offered"),
        ("checkboxes", choice, json!(["a", "b"]), "not_offered"),
        ("checkbox", json!({"required": true}), json!(false), "required"),
        ("consent", json!({"required": true}), json!("no"), "consent_required"),
        ("rating", json!({}), json!(6), "not_offered"),
        ("hidden", json!({}), json!("x".repeat(501)), "too_long"),
        ("text", json!({}), json!({"a": 1}), "wrong_type"),
        ("text", json!({}), json!([["a"]]), "wrong_type"),
    ] {
        let found = sent(&one(kind, data.clone()), json!({ "it": given })).expect_err(kind);
        assert_eq!((found.len(), found[0].rule.code()), (1, code), "{kind} {data}");
        let fault = found[0].fault();
        assert!(fault.field == "it" && fault.message.starts_with("It ") && fault.message.ends_with('.'), "{}", fault.message);
    }
}

#[test]
fn what_is_hidden_is_not_required_and_dropped() {
    let condition = |field: &str, is: &str, value: &str| json!({"id": "x", "field": field, "is": is, "value": value});
    let definition = form(&json!([
        {"id": "1", "type": "selectField", "data": {"label": "Subject", "name": "subject", "options": [
            {"id": "o", "label": "Order", "value": "order"}, {"id": "p", "label": "Press", "value": "press"}]}},
        {"id": "2", "type": "textField", "data": {"label": "Number", "name": "number", "required": true,
            "showIf": [condition("subject", "equals", "order")]}},
        {"id": "3", "type": "textField", "data": {"label": "Why", "name": "why", "required": true, "showIf": [condition("number", "filled", "")]}},
        {"id": "4", "type": "textField", "data": {"label": "Free", "name": "free", "showIf": [condition("later", "filled", "")]}},
        {"id": "5", "type": "textField", "data": {"label": "Later", "name": "later", "showIf": [condition("subject", "differs", "order")]}},
    ]));
    let press = json!({"subject": "press", "number": "12", "why": "because", "free": "a", "later": "b"});
    assert_eq!(sent(&definition, press), Ok(json!({"subject": "press", "free": "a", "later": "b"})), "one condition hides the next");
    assert_eq!(codes(sent(&definition, json!({"subject": "order"}))), [("number".to_owned(), "required")]);
    assert_eq!(codes(sent(&definition, json!({"subject": "order", "number": "1"}))), [("why".to_owned(), "required")]);
    let order = json!({"subject": "order", "number": "1", "why": "so", "later": "dropped"});
    assert_eq!(sent(&definition, order), Ok(json!({"subject": "order", "number": "1", "why": "so"})));
    let tags = form(&json!([
        {"id": "1", "type": "textField", "data": {"label": "A", "name": "a"}},
        {"id": "2", "type": "textField", "data": {"label": "B", "name": "b", "required": true, "showIf": [condition("a", "contains", "STRASSE")]}},
        {"id": "3", "type": "textField", "data": {"label": "C", "name": "c", "required": true, "showIf": [condition("a", "empty", "")]}},
    ]));
    assert_eq!(codes(sent(&tags, json!({"a": "Hauptstraße 1"}))), [("b".to_owned(), "required")]);
    assert_eq!(codes(sent(&tags, json!({}))), [("c".to_owned(), "required")]);
}

#[test]
fn what_nobody_asked_for_is_refused_in_json_and_left_out_of_a_form() {
    let definition = one("text", json!({}));
    assert_eq!(codes(sent(&definition, json!({"it": "a", "other": 1}))), [("other".to_owned(), "unknown_field")]);
    let pairs = [("it", "a"), ("submit", "Send"), ("it", "b")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(check(&definition, &Sent::of_pairs(pairs)).map(Value::Object), Ok(json!({"it": "a"})));
    let many: Map<_, _> = (0..10_000).map(|n| (format!("field-{n}-{}", "x".repeat(200)), json!([[n]]))).collect();
    let told = check(&definition, &Sent::of_json(many)).expect_err("refused");
    assert_eq!(told.len(), 100, "each by its name, and not all of them");
    assert!(told.iter().all(|wrong| wrong.rule.code() == "unknown_field" && wrong.name.len() <= 60));
}

#[test]
fn the_schema_says_what_the_check_says() {
    let definition = form(&json!([
        {"id": "1", "type": "textField", "data": {"label": "A", "name": "a", "required": true, "maxLength": 9, "pattern": "x+"}},
        {"id": "2", "type": "numberField", "data": {"label": "B", "name": "b", "min": 1, "step": 2}},
        {"id": "3", "type": "radioField", "data": {"label": "C", "name": "c", "required": true, "options": [{"id": "o", "label": "O"}],
            "showIf": [{"id": "x", "field": "a", "is": "filled"}]}},
    ]));
    let schema = schema(&definition);
    assert_eq!((&schema["required"], &schema["additionalProperties"]), (&json!(["a"]), &json!(false)));
    let a = json!({"type": "string", "minLength": 0, "maxLength": 9, "pattern": "^(?:x+)$", "title": "A"});
    assert_eq!(schema["properties"]["a"], a);
    assert_eq!(schema["properties"]["b"], json!({"type": "number", "minimum": 1.0, "title": "B"}));
    assert_eq!(schema["properties"]["c"], json!({"type": "string", "enum": ["o"], "title": "C"}));
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(|n| json!(n)),
        any::<String>().prop_map(Value::from)
    ];
    leaf.prop_recursive(2, 8, 4, |inner| prop::collection::vec(inner, 0..4).prop_map(Value::from))
}

proptest! {
    #[test]
    fn whatever_is_sent_is_kept_as_it_can_be_sent_again_or_refused(kind in prop::sample::select(vec!["text", "textarea", "email", "phone", "url",
        "number", "date", "time", "select", "radio", "checkboxes", "checkbox", "consent", "rating", "hidden"]), given in any_value()) {
        let definition = one(kind, json!({"options": [{"id": "a", "label": "A"}], "pattern": "(a*)*b?"}));
        if let Ok(kept) = sent(&definition, json!({ "it": given })) {
            prop_assert_eq!(sent(&definition, kept.clone()), Ok(kept));
        }
    }
}
