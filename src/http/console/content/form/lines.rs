//! What is typed into an open field of a form in a shorter way than it is stored: its choices one on each line, and no name.

use serde_json::Value;

use crate::{
    domain::{content::tree::parts, text},
    http::console::{base::form::Form, content::inputs::text_in},
};

/// The input of the choices, and what their items are called.
pub(in crate::http::console) const CHOICES: &str = "data.options";
/// The inputs of the question and of the name of its answer.
const LABEL: &str = "data.label";
const NAME: &str = "data.name";
/// Most characters of what is stored of a choice.
const VALUE_MAX: usize = 200;

/// The form with the choices as items, and with a name where somebody has gone on without giving one. `tree` is what the page showed.
pub(in crate::http::console) fn expanded(form: Form, tree: &[Value], locale: &str, default: &str) -> Form {
    let open = form.text("open").to_owned();
    let Some(block) = parts::find_block(tree, &open).and_then(|spot| parts::block(tree, &spot)) else { return form };
    let form = if form.all(CHOICES).is_empty() { form } else { with_choices(form, block, default) };
    // While somebody types, what is kept meanwhile is half a question.
    let goes_on = form.all("do") != [""];
    let wants_name = goes_on && locale == default && !form.all(NAME).is_empty() && form.text(NAME).is_empty();
    if wants_name { with_name(form, tree, &open) } else { form }
}

fn with_choices(form: Form, block: &Value, default: &str) -> Form {
    let stored: Vec<_> = block["data"]["options"].as_array().into_iter().flatten().collect();
    let mut lines: Vec<String> = Vec::new();
    for line in form.raw(CHOICES).lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")) {
        if !line.is_empty() && !lines.contains(&line) {
            lines.push(line);
        }
    }
    let kept = same(&lines, &stored, default);
    let form = form.without(CHOICES);
    lines.iter().zip(kept).enumerate().fold(form, |form, (number, (line, option))| {
        let text = |name: &str| option.and_then(|option| option[name].as_str()).unwrap_or_default();
        let value = if option.is_some() { text("value").to_owned() } else { line.chars().take(VALUE_MAX).collect() };
        let input = |name: &str| format!("{CHOICES}.{number}.{name}");
        form.and(&input("id"), text("id")).and(&input("label"), line.as_str()).and(&input("value"), value)
    })
}

/// Which choice each line is: the one with its words, else the one that stood there; what is stored of it stays as it is.
fn same<'v>(lines: &[String], stored: &[&'v Value], default: &str) -> Vec<Option<&'v Value>> {
    let words: Vec<_> = stored.iter().map(|option| text_in(&option["label"], default, default)).collect();
    lines
        .iter()
        .enumerate()
        .map(|(number, line)| {
            let at = words.iter().position(|words| words == line);
            let renamed = || Some(number).filter(|at| words.get(*at).is_some_and(|words| !lines.contains(words)));
            at.or_else(renamed).and_then(|at| stored.get(at).copied())
        })
        .collect()
}

/// The form with a name made of the question, unless another field has that one.
fn with_name(form: Form, tree: &[Value], open: &str) -> Form {
    let name = text::slug_from(form.text(LABEL), "");
    let blocks = tree.iter().flat_map(parts::columns).flat_map(parts::blocks);
    let is_taken = blocks.filter(|block| parts::id(block) != open).any(|block| block["data"]["name"] == name.as_str());
    if name.is_empty() || is_taken { form } else { form.without(NAME).and(NAME, name) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn tree() -> Vec<Value> {
        let options = json!([
            {"id": "a", "label": {"en": "Novels", "fr": "Romans"}, "value": "novels"}, {"id": "b", "label": "Maps", "value": "maps"}, {"id": "c", "label": "Essays"},
        ]);
        let blocks = json!([{"id": "x", "type": "selectField", "data": {"options": options}}, {"id": "y", "type": "textField", "data": {"name": "town"}}]);
        vec![json!({"id": "s", "columns": [{"id": "c", "blocks": blocks}]})]
    }

    fn typed(lines: &str) -> Vec<String> {
        let form = expanded(Form::default().and("open", "x").and(CHOICES, lines), &tree(), "en", "en");
        let item = |n: usize| ["id", "label", "value"].map(|name| form.text(&format!("{CHOICES}.{n}.{name}")).to_owned()).join("|");
        (0..).take_while(|n| !form.all(&format!("{CHOICES}.{n}.id")).is_empty()).map(item).collect()
    }

    #[test]
    fn a_choice_stays_itself_when_its_words_or_its_place_change() {
        assert_eq!(typed("Novels\nMaps\nEssays"), ["a|Novels|novels", "b|Maps|maps", "c|Essays|"]);
        assert_eq!(typed("Essays\n\n  Maps "), ["c|Essays|", "b|Maps|maps"]);
        assert_eq!(typed("Novels\nCharts\nEssays"), ["a|Novels|novels", "b|Charts|maps", "c|Essays|"]);
        assert_eq!(typed("Novels\nMaps\nMaps\nEssays\nPoems"), ["a|Novels|novels", "b|Maps|maps", "c|Essays|", "|Poems|Poems"]);
        assert!(typed(" \n").is_empty());
    }

    #[test]
    fn a_field_without_a_name_gets_one_when_somebody_goes_on() {
        let form = |label: &str, pressed: Option<&str>| {
            let form = Form::default().and("open", "x").and(LABEL, label).and(NAME, "");
            pressed.map_or(form.clone(), |pressed| form.and("do", pressed))
        };
        let name = |form: Form, locale: &str| expanded(form, &tree(), locale, "en").text(NAME).to_owned();
        assert_eq!(name(form("Où habitez-vous ?", Some("close")), "en"), "ou-habitez-vous");
        assert_eq!(name(form("Subject", None), "en"), "subject");
        assert_eq!(name(form("Subj", Some("")), "en"), "", "somebody is typing");
        assert_eq!(name(form("Town", Some("close")), "en"), "", "another field has it");
        assert_eq!(name(form("Sujet", Some("close")), "fr"), "", "names are made of the default language");
    }
}
