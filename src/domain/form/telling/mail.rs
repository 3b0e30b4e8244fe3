//! E-mails about a submission, and what became of them.

use serde_json::Value;

use crate::domain::{
    account::delivery::{DeliveryState, FormEmail},
    id::DeliveryId,
    time::Instant,
};

use super::super::{
    definition::Definition,
    field::{Field, Input},
    submission::Submission,
};

/// Most characters of an answer in an e-mail, and most answers: the console shows all.
const LONGEST: usize = 4_000;
const MOST: usize = 100;
/// What an answer ends with that was cut.
const CUT: char = '…';

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Its id.
    pub id: DeliveryId,
    /// Which it is.
    pub kind: FormEmail,
    /// To whom.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// How far it is.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next, while it waits.
    pub due_at: Instant,
    /// Why the last try has failed.
    pub reason: Option<String>,
    /// When it was sent or given up.
    pub ended_at: Option<Instant>,
    /// When it was queued first.
    pub created_at: Instant,
}

/// An answer in words: those of a choice are its label's.
pub fn words(field: Option<&Field>, value: &Value, (yes, no): (&str, &str)) -> String {
    let choices = match field.map(|field| &field.input) {
        Some(Input::One(choices) | Input::Some(choices)) => choices.as_slice(),
        _ => &[],
    };
    match value {
        Value::Array(all) => all.iter().map(|one| words(field, one, (yes, no))).collect::<Vec<_>>().join(", "),
        Value::Bool(flag) => if *flag { yes } else { no }.to_owned(),
        Value::String(text) => choices.iter().find(|choice| choice.value == *text).map_or(text, |choice| &choice.label).clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// The answers as lines of text: the question, and below it what was answered.
pub fn lines(definition: &Definition, sent: &Submission, yes_no: (&str, &str)) -> String {
    let mut text = String::new();
    for (name, value) in sent.data.iter().take(MOST) {
        let field = definition.fields.iter().find(|field| field.name == *name);
        let question = field.map_or(name.as_str(), |field| &field.label);
        let answer = words(field, value, yes_no);
        let answer = match answer.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}{CUT}", &answer[..end]),
            None => answer,
        };
        text.extend([question, "\n  ", &answer.replace('\n', "\n  "), "\n\n"]);
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn answers_are_told_in_words_and_cut_where_they_are_long() {
        let field = Field {
            id: "a".into(),
            name: "a".into(),
            label: "Which".into(),
            is_required: false,
            input: Input::Some(vec![crate::domain::form::field::Choice { value: "r".into(), label: "Red".into() }]),
            conditions: Vec::new(),
        };
        let told = |value: Value| words(Some(&field), &value, ("yes", "no"));
        assert_eq!((told(json!(["r", "x"])), told(json!(true)), told(json!(4))), ("Red, x".into(), "yes".into(), "4".into()));
    }
}
