//! Submissions as a table: which columns it has, and what stands in them.

use std::collections::HashSet;

use serde_json::Value;

use super::{definition::Definition, submission::Submission, telling::mail::words};

/// The columns before the answers, and behind them.
const FIRST: [&str; 6] = ["id", "createdAt", "mark", "locale", "formVersion", "note"];
const LAST: [&str; 5] = ["ip", "userAgent", "referer", "tags", "source"];

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A text.
    Text(String),
    /// A number, and how it is written.
    Number(f64, String),
}

/// The columns of the answers to a form: those of the fields that it has, and of those that it had.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    names: Vec<String>,
    heads: Vec<String>,
    known: HashSet<String>,
}

impl Columns {
    /// Those of the fields that a form has. Each is called as its question is; two that are called the same, by their names as well.
    pub fn of(definition: &Definition) -> Self {
        let mut columns = Self::default();
        for field in &definition.fields {
            let same = definition.fields.iter().filter(|other| other.label == field.label).count();
            let head =
                if same > 1 && field.label != field.name { format!("{} ({})", field.label, field.name) } else { field.label.clone() };
            columns.push(&field.name, head);
        }
        columns
    }

    /// Adds those that a submission has besides: it answers an older form.
    pub fn add(&mut self, sent: &Submission) {
        sent.data.keys().for_each(|name| {
            if !self.known.contains(name) {
                self.push(name, name.clone());
            }
        });
    }

    fn push(&mut self, name: &str, head: String) {
        self.known.insert(name.to_owned());
        self.names.push(name.to_owned());
        self.heads.push(head);
    }

    /// What the columns are called.
    pub fn head(&self) -> Vec<Cell> {
        let fixed = |names: &'static [&str]| names.iter().map(|name| Cell::Text((*name).to_owned()));
        fixed(&FIRST).chain(self.heads.iter().cloned().map(Cell::Text)).chain(fixed(&LAST)).collect()
    }

    /// The row of a submission.
    pub fn row(&self, sent: &Submission) -> Vec<Cell> {
        let text = |text: &Option<String>| Cell::Text(text.clone().unwrap_or_default());
        let of = &sent.metadata;
        let version = Cell::Number(precise(sent.form_version), sent.form_version.to_string());
        let first = [sent.id.to_string(), sent.created_at.to_string(), sent.mark.word().to_owned(), sent.locale.clone()].map(Cell::Text);
        let answers = self.names.iter().map(|name| sent.data.get(name).map_or_else(|| Cell::Text(String::new()), answer));
        let last = [text(&of.ip), text(&of.user_agent), text(&of.referer), Cell::Text(of.tags.join(", ")), text(&of.source)];
        first.into_iter().chain([version, text(&sent.note)]).chain(answers).chain(last).collect()
    }
}

#[expect(clippy::cast_precision_loss, reason = "no form has so many versions")]
const fn precise(version: i64) -> f64 {
    version as f64
}

fn answer(value: &Value) -> Cell {
    match value.as_f64() {
        Some(number) => Cell::Number(number, value.to_string()),
        None => Cell::Text(words(None, value, ("true", "false"))),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_are_numbers_and_all_else_is_text() {
        assert_eq!(answer(&json!(-5)), Cell::Number(-5.0, "-5".into()));
        assert_eq!(answer(&json!(["a", "b"])), Cell::Text("a, b".into()));
        assert_eq!((answer(&json!(true)), answer(&json!("=1+1"))), (Cell::Text("true".into()), Cell::Text("=1+1".into())));
    }
}
