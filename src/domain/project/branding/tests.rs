//! What a branding takes and refuses, and the stylesheet that it becomes.

use serde_json::json;

use super::{
    css::stylesheet,
    field::{self, FIELDS, Holds},
    *,
};
use crate::domain::Error;

fn look(change: Value) -> Result<Look> {
    let (mut look, mut faults) = (Look::default(), Faults::default());
    look.change(change.as_object().expect("an object"), &mut faults);
    faults.into_result().map(|()| look)
}

fn faults(change: Value) -> Vec<(String, &'static str)> {
    match look(change) {
        Err(Error::Invalid(faults)) => faults.0.into_iter().map(|fault| (fault.field, fault.code)).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_field_has_its_rule_and_null_takes_it_back() {
    for (name, wrong, code) in [
        ("colorPrimary", json!("red"), "malformed"),
        ("colorPrimary", json!("#fff"), "malformed"),
        ("colorPrimary", json!(7), "wrong_type"),
        ("borderRadius", json!(41), "out_of_range"),
        ("borderRadius", json!(-1), "out_of_range"),
        ("borderRadius", json!("6"), "wrong_type"),
        ("fontScale", json!(1.51), "out_of_range"),
        ("buttonStyle", json!("round"), "unknown"),
        ("fontBody", json!("Comic Sans MS\"; }"), "unknown"),
        ("logoUrl", json!("javascript:alert(1)"), "malformed"),
        ("logoUrl", json!("//evil.example/a.svg"), "malformed"),
        ("logoUrl", json!("file:7"), "malformed"),
        ("voiceDesignBrief", json!("a".repeat(5001)), "too_long"),
        ("voiceDesignBrief", json!("a\u{0}"), "control_character"),
        ("colour", json!("#000000"), "unknown_field"),
    ] {
        assert_eq!(faults(json!({ name: wrong })), [(name.to_owned(), code)], "{wrong}");
    }
    let set = look(json!({"colorPrimary": "#AABBCC", "fontScale": 1.1, "borderRadius": 6.0, "buttonStyle": "pill", "logoUrl": "/a.svg"}));
    let mut set = set.expect("a look");
    assert_eq!(set.values()["colorPrimary"], "#aabbcc");
    assert_eq!(set.values()["borderRadius"], json!(6));
    let mut none = Faults::default();
    set.change(json!({"colorPrimary": null, "fontScale": null, "logoUrl": ""}).as_object().expect("an object"), &mut none);
    assert_eq!(set.values().keys().collect::<Vec<_>>(), ["borderRadius", "buttonStyle"]);
    assert!(none.0.is_empty());
    assert_eq!((set.effective()["colorPrimary"].clone(), set.effective().get("logoUrl")), (json!("#1f5fae"), None));
}

#[test]
fn every_usual_value_passes_its_own_check() {
    let usual: Map<String, Value> = FIELDS.iter().filter_map(|field| Some((field.name.to_owned(), field.usual()?))).collect();
    assert_eq!(look(Value::Object(usual.clone())).expect("no fault").effective(), usual);
    for field in FIELDS {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        if let Some(usual) = field.usual() {
            assert_eq!(field.parse(&text(&usual)), usual, "{}", field.name);
        }
        let types = |is_body| field.schema(is_body)["type"].as_array().map_or(1, Vec::len);
        assert_eq!((types(false), types(true)), (1, 2), "{}", field.name);
        assert_eq!(field.parse("  "), Value::Null);
    }
}

#[test]
fn what_is_usual_is_easy_to_read() {
    assert_eq!(Look::default().warnings(), []);
    let pale = look(json!({"colorPrimary": "#c9772b", "paperLight": "#202020"})).expect("a look");
    let warned: Vec<_> = pale.warnings().iter().map(|it| (it.field.name, it.on.name, (it.ratio * 10.0).round())).collect();
    assert_eq!(warned, [("colorPrimary", "backgroundLight", 34.0), ("paperLight", "backgroundLight", 10.0)]);
}

#[test]
fn a_stylesheet_holds_properties_and_nothing_that_was_typed() {
    let css = stylesheet(&Look::default(), "/static/0");
    for line in ["--brand-ground: light-dark(#ffffff, #14161b);", "--brand-ink: light-dark(#1d2129, #e7e9ee);", "--brand-scale: 1;"] {
        assert!(css.contains(line), "{css}");
    }
    assert!(!css.contains("@font-face") && css.starts_with(":root {\n") && css.ends_with("}\n"));
    // In the dark a colour is as light as it must be, and still the same elsewhere.
    assert!(css.contains("--brand-primary: light-dark(#1f5fae, #"), "{css}");
    let all = json!({
        "fontBody": "inter", "fontHeading": "serif", "buttonStyle": "pill", "inputStyle": "standard", "cardStyle": "elevated",
        "shadowIntensity": "strong", "logoUrl": "https://example.org/logo.svg", "voiceDesignBrief": "</style>", "fontScale": 1.15,
    });
    let css = stylesheet(&look(all).expect("a look"), "/static/0");
    assert_eq!(css.matches("@font-face").count(), 2);
    assert!(css.contains("url(\"/static/0/fonts/inter-latin.woff2\")") && css.contains("--brand-button-radius: 99rem;"));
    assert!(css.contains("--brand-heading: Charter") && css.contains("--brand-scale: 1.15;"));
    assert!(!css.contains("example.org") && !css.contains("style>"), "{css}");
}

#[test]
fn whatever_was_stored_no_declaration_is_broken_out_of() {
    // Values that never passed a check, as from a file that was written past the program.
    let wild = FIELDS.iter().map(|field| (field.name.to_owned(), json!("x; } body { display: none")));
    let css = stylesheet(&Look::stored(wild.collect()), "/static/0");
    assert!(!css.contains("display") && css.matches('{').count() == 1, "{css}");
    assert!(matches!(field::PRIMARY.holds, Holds::Color(_)));
}
