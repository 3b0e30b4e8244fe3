//! The form of a block or of a section: its inputs by the descriptors of its fields, what stands in them, and what was typed.

use serde_json::{Map, Value, json};

use crate::{
    domain::content::{Field, FieldType},
    http::console::{
        base::{chrome::Chrome, form::Form},
        content::inputs::{self, Input, text_in},
    },
};

/// What one member of the group `visibility` is in a form: whether something is hidden there. In the content it says whether it is shown.
const HIDDEN_IN: &str = "visibility";

/// The languages of a form: the one that is written in, and another one beside it.
#[derive(Debug, Clone, Default)]
pub struct Tags {
    pub main: String,
    pub beside: Option<String>,
    pub default: String,
}

impl Tags {
    /// The name of the input of each language.
    pub fn names(&self, name: &str) -> impl Iterator<Item = (&str, String)> {
        let beside = self.beside.as_deref().map(|tag| (tag, format!("{name}.{tag}")));
        std::iter::once((self.main.as_str(), name.to_owned())).chain(beside)
    }
}

/// A part of a form.
pub enum Piece {
    /// One input.
    Input(Input),
    /// Objects of the same fields.
    Items(Items),
}

impl Piece {
    /// Its input, if it is one.
    pub const fn input(&self) -> Option<&Input> {
        if let Self::Input(one) = self { Some(one) } else { None }
    }

    /// Its objects, if it is several.
    pub const fn items(&self) -> Option<&Items> {
        if let Self::Items(all) = self { Some(all) } else { None }
    }

    /// The name of its input, or what those of its items begin with.
    pub fn name(&self) -> &str {
        match self {
            Self::Input(input) => &input.name,
            Self::Items(items) => &items.name,
        }
    }
}

/// Objects of the same fields, one below the other.
pub struct Items {
    pub name: String,
    pub label: String,
    pub rows: Vec<Row>,
    pub is_full: bool,
}

/// One of them.
pub struct Row {
    /// The name that its inputs begin with: `data.items.0`.
    pub name: String,
    pub number: usize,
    pub id: String,
    pub inputs: Vec<Input>,
}

/// What a field may name, also what it names already: pairs of value and words.
pub type Others<'a> = &'a dyn Fn(FieldType, &str) -> Vec<(String, String)>;

/// The inputs of these fields, whose names begin with `prefix`; `words` is what the keys of their words begin with.
pub fn pieces(c: &Chrome, (prefix, words): (&str, &str), fields: &'static [Field], form: &Form, others: Others<'_>) -> Vec<Piece> {
    let input = |prefix: &str, field: &'static Field| {
        let key = format!("{words}-{}", field.name.to_lowercase());
        let name = format!("{prefix}.{}", field.name);
        let others = others(field.holds, form.text(&name));
        Input::called(c, (name, field), &key, others)
    };
    let mut all = Vec::new();
    for field in fields {
        match field.holds {
            FieldType::Items { fields, max } => {
                let name = format!("{prefix}.{}", field.name);
                let rows: Vec<_> = numbers(form, &name)
                    .map(|number| {
                        let name = format!("{name}.{number}");
                        let inputs = fields.iter().map(|field| input(&name, field)).collect();
                        Row { id: form.text(&format!("{name}.id")).to_owned(), name, number, inputs }
                    })
                    .collect();
                let label = c.t(&format!("{words}-{}", field.name.to_lowercase())).to_string();
                all.push(Piece::Items(Items { name, label, is_full: rows.len() >= max, rows }));
            }
            FieldType::Group(members) => {
                let prefix = format!("{prefix}.{}", field.name);
                all.extend(members.iter().map(|member| Piece::Input(input(&prefix, member))));
            }
            _ => all.push(Piece::Input(input(prefix, field))),
        }
    }
    all
}

/// The numbers of the items that a form has, from 0.
fn numbers<'f>(form: &'f Form, name: &'f str) -> impl Iterator<Item = usize> + 'f {
    (0..).take_while(move |number| !form.all(&format!("{name}.{number}.id")).is_empty())
}

/// The form with what is stored in these fields.
pub fn fill(mut form: Form, prefix: &str, fields: &[Field], stored: &Map<String, Value>, tags: &Tags) -> Form {
    for field in fields {
        let name = format!("{prefix}.{}", field.name);
        let value = stored.get(field.name).unwrap_or(&Value::Null);
        match (field.holds, value) {
            (FieldType::Items { fields, .. }, Value::Array(items)) => {
                for (number, item) in items.iter().filter_map(Value::as_object).enumerate() {
                    let name = format!("{name}.{number}");
                    form = form.and(&format!("{name}.id"), item.get("id").and_then(Value::as_str).unwrap_or_default());
                    form = fill(form, &name, fields, item, tags);
                }
            }
            (FieldType::Group(members), Value::Object(group)) if field.name == HIDDEN_IN => {
                let hidden = members.iter().filter(|member| group.get(member.name) == Some(&Value::Bool(false)));
                form = hidden.fold(form, |form, member| form.and(&format!("{name}.{}", member.name), "on"));
            }
            (FieldType::Group(members), Value::Object(group)) => form = fill(form, &name, members, group, tags),
            _ if field.localized() => {
                form = tags.names(&name).fold(form, |form, (tag, name)| form.and(&name, text_in(value, tag, &tags.default)));
            }
            (FieldType::Tags | FieldType::Origins, Value::Array(all)) => {
                form = form.and(&name, all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "));
            }
            (_, Value::Bool(flag)) => form = form.and(&name, if *flag { "on" } else { "" }),
            (_, Value::Number(number)) => form = form.and(&name, number.to_string()),
            (_, Value::String(text)) => form = form.and(&name, text.as_str()),
            _ => {}
        }
    }
    form
}

/// What was typed into these fields, as data of a block or as styles; null takes a field away.
pub fn read(form: &Form, prefix: &str, fields: &[Field], tags: &Tags) -> Map<String, Value> {
    let mut typed = Map::new();
    for field in fields {
        let name = format!("{prefix}.{}", field.name);
        let value = match field.holds {
            FieldType::Items { fields, .. } => {
                numbers(form, &name).map(|number| item(form, &format!("{name}.{number}"), fields, tags)).collect()
            }
            FieldType::Group(members) if field.name == HIDDEN_IN => {
                let shown = |member: &Field| if form.ticked(&format!("{name}.{}", member.name)) { json!(false) } else { Value::Null };
                members.iter().map(|member| (member.name.to_owned(), shown(member))).collect::<Map<_, _>>().into()
            }
            FieldType::Group(members) => read(form, &name, members, tags).into(),
            _ if field.localized() => {
                let sent = tags.names(&name).filter(|(_, name)| !form.all(name).is_empty());
                let texts = sent.map(|(tag, name)| (tag.to_owned(), text(form, &name, field)));
                Value::Object(texts.collect())
            }
            FieldType::Bool if field.nullable => {
                if form.ticked(&name) {
                    json!(true)
                } else {
                    Value::Null
                }
            }
            FieldType::Integer { .. } => number(form, &name),
            FieldType::Number => fraction(form, &name),
            _ => text(form, &name, field),
        };
        typed.insert(field.name.to_owned(), value);
    }
    typed
}

fn item(form: &Form, name: &str, fields: &[Field], tags: &Tags) -> Value {
    let mut item = read(form, name, fields, tags);
    if let Some(id) = form.optional(&format!("{name}.id")) {
        item.insert("id".to_owned(), id.into());
    }
    item.into()
}

/// A text as it was typed, where its blanks count; null where there is nothing.
fn text(form: &Form, name: &str, field: &Field) -> Value {
    let long = matches!(field.holds, FieldType::Block { .. } | FieldType::LocalizedBlock { .. });
    match inputs::value(form, name, field) {
        Value::String(text) if text.is_empty() => Value::Null,
        Value::String(_) if long => form.raw(name).trim_end().into(),
        value => value,
    }
}

/// A number; what is none is left to the check, which says so.
fn number(form: &Form, name: &str) -> Value {
    let typed = form.text(name);
    if typed.is_empty() { Value::Null } else { typed.parse::<i64>().map_or_else(|_| typed.into(), Value::from) }
}

/// A number with a fraction, the same way; a comma parts it, too.
fn fraction(form: &Form, name: &str) -> Value {
    let typed = form.text(name);
    let number = typed.replace(',', ".").parse::<f64>().ok().and_then(serde_json::Number::from_f64);
    if typed.is_empty() { Value::Null } else { number.map_or_else(|| typed.into(), Value::Number) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::content::blocks::{self, BLOCKS, styles::STYLES},
        service::i18n::Lang,
    };

    fn tags() -> Tags {
        Tags { main: "en".into(), beside: Some("fr".into()), default: "en".into() }
    }

    fn object(value: Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn every_block_has_words_for_itself_and_its_fields() {
        let lacks = |key: &str| Lang::ALL.iter().any(|lang| !lang.has(key));
        let check = |words: &str, fields: &[Field]| {
            for field in fields {
                let key = format!("{words}-{}", field.name.to_lowercase());
                let members = match field.holds {
                    FieldType::Items { fields, .. } | FieldType::Group(fields) => fields,
                    _ => &[],
                };
                let names = members.iter().map(|member| format!("{words}-{}", member.name.to_lowercase()));
                let named = std::iter::once(key).filter(|_| !matches!(field.holds, FieldType::Group(_)));
                let missing: Vec<_> = named.chain(names).filter(|key| lacks(key)).collect();
                assert_eq!(missing, Vec::<String>::new());
                let FieldType::Word(all) = field.holds else { continue };
                let own = |word: &str| format!("{words}-{}-{word}", field.name.to_lowercase());
                let missing: Vec<_> = all.iter().filter(|word| lacks(&own(word)) && lacks(&format!("block-word-{word}"))).collect();
                assert_eq!(missing, Vec::<&&str>::new(), "{words} {}", field.name);
            }
        };
        for block in BLOCKS {
            assert!(!lacks(&format!("block-{}", block.name.to_lowercase())), "there are no words for {block:?}");
            check("block-field", block.fields);
        }
        check("style", STYLES);
    }

    #[test]
    fn what_is_stored_comes_back_as_it_was_filled_in() {
        for block in BLOCKS {
            let stored = object(serde_json::from_str(block.example).expect("JSON"));
            let form = fill(Form::default(), "data", block.fields, &stored, &tags());
            let typed = read(&form, "data", block.fields, &tags());
            let again = fill(Form::default(), "data", block.fields, &typed, &tags());
            assert_eq!(read(&again, "data", block.fields, &tags()), typed, "{block:?}");
        }
        let faq = blocks::of_type("faq").expect("a block");
        let stored = object(json!({"items": [{"id": "1", "question": {"en": "Who?", "fr": "Qui ?"}, "answer": "I"}]}));
        let typed = read(&fill(Form::default(), "data", faq.fields, &stored, &tags()), "data", faq.fields, &tags());
        let item = json!({"id": "1", "question": {"en": "Who?", "fr": "Qui ?"}, "answer": {"en": "I", "fr": null}});
        assert_eq!(Value::from(typed), json!({"items": [item]}));
    }

    #[test]
    fn a_tick_hides_what_is_shown() {
        let stored = object(json!({"visibility": {"phone": false, "tablet": true}, "width": "wide"}));
        let form = fill(Form::default(), "styles", STYLES, &stored, &tags());
        assert!(form.ticked("styles.visibility.phone") && !form.ticked("styles.visibility.tablet"));
        let typed = read(&form, "styles", STYLES, &tags());
        assert_eq!(
            (&typed["visibility"], &typed["width"], &typed["align"]),
            (&json!({"phone": false, "tablet": null, "desktop": null}), &json!("wide"), &Value::Null)
        );
    }
}
