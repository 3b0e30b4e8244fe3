//! A field of a form as its line says it: the question, what it takes, and when it is asked.

use serde_json::Value;

use crate::{
    domain::{
        content::tree::parts::id,
        form::{
            definition::Definition,
            field::{Condition, Field, Input},
        },
    },
    http::console::base::chrome::Chrome,
};

/// What stands on the line of a field.
pub(in crate::http::console) struct FieldLine {
    pub title: String,
    pub text: String,
    pub is_required: bool,
}

/// The line of a block; none of one that asks nothing.
pub(in crate::http::console) fn of(c: &Chrome, block: &Value, definition: &Definition) -> Option<FieldLine> {
    let field = definition.of_block(id(block))?;
    let word = c.word("block", block["type"].as_str().unwrap_or_default()).to_string();
    // A field that nobody has given a question has its name instead, which may be nothing but its id.
    let is_named = field.label != field.id;
    let title = if is_named { field.label.clone() } else { word.clone() };
    let conditions = field.conditions.iter().map(|condition| shown_if(c, condition, definition));
    let parts: Vec<_> = is_named.then_some(word).into_iter().chain(limit(c, field, &block["data"])).chain(conditions).collect();
    Some(FieldLine { title, text: parts.join(" · "), is_required: field.is_required })
}

/// The bound that people are told first, if there is one.
fn limit(c: &Chrome, field: &Field, data: &Value) -> Option<String> {
    let between = |from: Option<String>, to: Option<String>| match (from, to) {
        (Some(from), Some(to)) => Some(c.t("form-row-between").s("from", from).s("to", to).to_string()),
        (Some(from), None) => Some(c.t("form-row-from").s("from", from).to_string()),
        (None, Some(to)) => Some(c.t("form-row-to").s("to", to).to_string()),
        (None, None) => None,
    };
    let text = |end: &String| Some(end.clone()).filter(|end| !end.is_empty());
    match &field.input {
        Input::Text { .. } => data["maxLength"].as_u64().map(|most| c.t("form-row-characters").n("n", most).to_string()),
        Input::Number { min, max, .. } => between(min.map(|min| min.to_string()), max.map(|max| max.to_string())),
        Input::Date(earliest, latest) | Input::Time(earliest, latest) => between(text(earliest), text(latest)),
        Input::One(choices) | Input::Some(choices) => Some(c.t("form-row-choices").n("n", choices.len()).to_string()),
        Input::Rating(most) => between(Some("1".to_owned()), Some(most.to_string())),
        Input::Hidden(value) => text(value),
        Input::Files(taken) => Some(c.t("form-row-megabytes").n("n", taken.megabytes).to_string()),
        Input::Email | Input::Phone | Input::Url | Input::Checkbox | Input::Consent(_) => None,
    }
}

/// A condition in words: the question that it names, and the words of the choice that it is compared with.
fn shown_if(c: &Chrome, condition: &Condition, definition: &Definition) -> String {
    let named = definition.fields.iter().find(|field| field.name == condition.field);
    let question = named.map_or(condition.field.as_str(), |field| &field.label);
    let choices = match named.map(|field| &field.input) {
        Some(Input::One(choices) | Input::Some(choices)) => choices.as_slice(),
        _ => &[],
    };
    let value = choices.iter().find(|choice| choice.value == condition.value).map_or(condition.value.as_str(), |choice| &choice.label);
    c.word("form-row-if", &condition.is).s("field", question).s("value", value).to_string()
}
