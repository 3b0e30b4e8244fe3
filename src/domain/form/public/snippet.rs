//! What people paste to have a form on a page of theirs: each way, ready with its real address.

use serde_json::{Map, Value, json};

use crate::domain::{
    content::render::html::escape,
    form::{
        definition::Definition,
        field::{Choice, Field, Input},
    },
};

/// The ways, by the words that name them.
pub const WAYS: [&str; 4] = ["script", "frame", "plain", "json"];

/// A form as others reach it.
#[derive(Debug, Clone, Copy)]
pub struct Reached<'a> {
    /// Where the server is; no `/` at the end.
    pub base: &'a str,
    /// The form's own address there.
    pub path: &'a str,
    /// Its id.
    pub id: &'a str,
    /// What it is called.
    pub name: &'a str,
}

impl Reached<'_> {
    /// What is pasted for a way, in the order of [`WAYS`].
    pub fn snippets(&self, definition: &Definition) -> [String; 4] {
        let (base, path, id, name) = (self.base, self.path, self.id, escaped(self.name));
        [
            format!(
                "<script src=\"{base}/form.v1.js\" data-form=\"{id}\" data-title=\"{name}\" async></script>\n<noscript><a href=\"{base}{path}\">{name}</a></noscript>"
            ),
            format!(
                "<iframe src=\"{base}{path}?frame\" title=\"{name}\" style=\"width: 100%; height: 40rem; border: 0\" loading=\"lazy\"></iframe>\n\
                 <script src=\"{base}/form.v1.js\" async></script>"
            ),
            plain(definition, &format!("{base}{path}")),
            format!(
                "curl {base}{path} \\\n  -H 'Content-Type: application/json' \\\n  -d '{}'",
                Value::from(example(definition)).to_string().replace('\'', "'\\''")
            ),
        ]
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    escape(&mut out, text);
    out
}

/// A form by hand, with an input for each field.
fn plain(definition: &Definition, action: &str) -> String {
    let inputs = definition.fields.iter().map(input).collect::<String>();
    let coded = if definition.fields.iter().any(Field::is_file) { " enctype=\"multipart/form-data\"" } else { "" };
    format!("<form method=\"post\" accept-charset=\"utf-8\"{coded} action=\"{action}\">\n{inputs}  <button>Send</button>\n</form>")
}

fn input(field: &Field) -> String {
    let (name, label) = (escaped(&field.name), escaped(&field.label));
    let required = if field.is_required && field.conditions.is_empty() { " required" } else { "" };
    let line = |kind: &str| format!("  <label>{label} <input type=\"{kind}\" name=\"{name}\"{required}></label>\n");
    match &field.input {
        Input::Text { is_long, min, max, .. } => {
            let fewest = if *min > 0 { format!(" minlength=\"{min}\"") } else { String::new() };
            let held = format!("name=\"{name}\"{fewest} maxlength=\"{max}\"{required}");
            let drawn = if *is_long { format!("<textarea {held}></textarea>") } else { format!("<input type=\"text\" {held}>") };
            format!("  <label>{label} {drawn}</label>\n")
        }
        Input::Email => line("email"),
        Input::Phone => line("tel"),
        Input::Url => line("url"),
        Input::Number { .. } => line("number").replace("type=\"number\"", "type=\"number\" step=\"any\""),
        Input::Rating(scale) => line("number").replace("type=\"number\"", &format!("type=\"number\" min=\"1\" max=\"{scale}\"")),
        Input::Date(..) => line("date"),
        Input::Time(..) => line("time"),
        Input::One(choices) => {
            let options = choices.iter().map(|one| format!("<option value=\"{}\">{}</option>", escaped(&one.value), escaped(&one.label)));
            format!("  <label>{label} <select name=\"{name}\"{required}>{}</select></label>\n", options.collect::<String>())
        }
        Input::Some(choices) => {
            let tick = |one: &Choice| {
                format!(
                    "    <label><input type=\"checkbox\" name=\"{name}\" value=\"{}\"> {}</label>\n",
                    escaped(&one.value),
                    escaped(&one.label)
                )
            };
            format!("  <fieldset>\n    <legend>{label}</legend>\n{}  </fieldset>\n", choices.iter().map(tick).collect::<String>())
        }
        Input::Checkbox | Input::Consent(_) => {
            format!("  <label><input type=\"checkbox\" name=\"{name}\" value=\"on\"{required}> {label}</label>\n")
        }
        Input::Hidden(value) => format!("  <input type=\"hidden\" name=\"{name}\" value=\"{}\">\n", escaped(value)),
        Input::Files(taken) => {
            line("file").replace("type=\"file\"", if taken.most > 1 { "type=\"file\" multiple" } else { "type=\"file\"" })
        }
    }
}

/// Answers that a program may send, to what is required; to all, if nothing is.
pub fn example(definition: &Definition) -> Map<String, Value> {
    let is_any_required = definition.fields.iter().any(|field| field.is_required);
    let wanted = definition.fields.iter().filter(|field| field.is_required || !is_any_required);
    wanted.filter_map(|field| Some((field.name.clone(), answer(field)?))).collect()
}

fn answer(field: &Field) -> Option<Value> {
    let or = |bound: &str, usual: &str| json!(if bound.is_empty() { usual } else { bound });
    Some(match &field.input {
        Input::Text { min, max, .. } => {
            let text: String = field.label.chars().take(*max).collect();
            let missing = min.saturating_sub(text.chars().count());
            json!(text + &".".repeat(missing))
        }
        Input::Email => json!("ann@example.org"),
        Input::Phone => json!("+41 44 123 45 67"),
        Input::Url => json!("https://example.org"),
        Input::Number { min, max, .. } => json!(min.or(*max).unwrap_or(1.0)),
        Input::Date(earliest, _) => or(earliest, "2026-03-31"),
        Input::Time(earliest, _) => or(earliest, "14:30"),
        Input::One(choices) => json!(choices.first()?.value),
        Input::Some(choices) => json!([choices.first()?.value]),
        Input::Checkbox | Input::Consent(_) => json!(true),
        Input::Rating(scale) => json!(scale),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        content::Locales,
        form::{check::check, sent::Sent},
    };

    const LOCALES: Locales<'static> = Locales { default: "en", enabled: &[] };

    fn asked(blocks: &Value) -> Definition {
        let tree = json!([{"id": "s", "columns": [{"id": "c", "blocks": blocks}]}]);
        Definition::read(&tree.to_string(), "en", &LOCALES).expect("a form")
    }

    fn all() -> Definition {
        let options = json!([{"id": "a", "label": "Tea & <milk>", "value": "it's tea"}]);
        let block = |id: &str, kind: &str, mut data: Value| {
            data["label"] = json!(format!("The \"{id}\""));
            data["required"] = json!(true);
            json!({"id": id, "type": kind, "data": data})
        };
        asked(&json!([
            block("text", "textField", json!({"minLength": 30})),
            block("long", "textareaField", json!({"maxLength": 5})),
            block("mail", "emailField", json!({})),
            block("phone", "phoneField", json!({})),
            block("site", "urlField", json!({})),
            block("many", "numberField", json!({"min": 3})),
            block("day", "dateField", json!({"earliest": "2030-01-01"})),
            block("time", "timeField", json!({})),
            block("one", "selectField", json!({"options": options})),
            block("some", "checkboxesField", json!({"options": options})),
            block("tick", "checkboxField", json!({})),
            block("consent", "consentField", json!({})),
            block("mark", "ratingField", json!({"scale": 7})),
            block("from", "hiddenField", json!({"value": "<here>"})),
        ]))
    }

    #[test]
    fn what_a_program_is_told_to_send_is_good() {
        let definition = all();
        let answers = check(&definition, &Sent::of_json(example(&definition))).expect("good answers");
        assert_eq!(answers.len(), definition.fields.len(), "the hidden one has a value of its own");
        let optional = asked(&json!([{"id": "a", "type": "textField", "data": {"label": "A"}}]));
        assert_eq!(Value::from(example(&optional)), json!({"a": "A"}));
    }

    #[test]
    fn each_way_names_the_address_and_breaks_out_of_nothing() {
        let reached = Reached { base: "https://stele.example", path: "/f/7", id: "7", name: "Tea \"&\" <more>" };
        let [script, frame, plain, json] = reached.snippets(&all());
        assert!(script.starts_with(
            "<script src=\"https://stele.example/form.v1.js\" data-form=\"7\" data-title=\"Tea &quot;&amp;&quot; &lt;more&gt;\" async>"
        ));
        assert!(frame.contains("src=\"https://stele.example/f/7?frame\"") && frame.ends_with("form.v1.js\" async></script>"), "{frame}");
        assert!(plain.starts_with("<form method=\"post\" accept-charset=\"utf-8\" action=\"https://stele.example/f/7\">"), "{plain}");
        let short =
            asked(&json!([{"id": "a", "type": "textareaField", "data": {"label": "A", "name": "a", "minLength": 10, "maxLength": 90}}]));
        let [_, _, plain_short, _] = reached.snippets(&short);
        assert!(plain_short.contains("<textarea name=\"a\" minlength=\"10\" maxlength=\"90\"></textarea>"), "{plain_short}");
        for name in ["text", "long", "mail", "phone", "site", "many", "day", "time", "one", "some", "tick", "consent", "mark", "from"] {
            assert_eq!(plain.matches(&format!("name=\"{name}\"")).count(), 1, "{name} in {plain}");
        }
        assert!(!plain.contains("enctype"), "{plain}");
        let files = asked(&json!([{"id": "a", "type": "fileField", "data": {"label": "A", "name": "a", "maxFiles": 3}}]));
        let [_, _, plain_files, _] = reached.snippets(&files);
        assert!(
            plain_files.contains("enctype=\"multipart/form-data\" action=") && plain_files.contains("type=\"file\" multiple name=\"a\""),
            "{plain_files}"
        );
        assert!(plain.contains(">Tea &amp; &lt;milk&gt;</option>"), "{plain}");
        assert!(plain.contains("value=\"&lt;here&gt;\"") && plain.contains("<legend>The &quot;some&quot;</legend>"), "{plain}");
        assert!(json.contains("it'\\''s tea") && json.ends_with("}'"), "{json}");
    }
}
