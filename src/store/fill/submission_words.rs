//! Step 50: what visitors have sent until then is found by its words.

use serde_json::{Map, Value};

use crate::{
    domain::search::words::joined,
    store::{engine::Session, error::StoreError},
};

use super::rows::each;

statements! {
    SENT = "SELECT id, form_id, data FROM submissions WHERE id > $1 ORDER BY id LIMIT 500";
}

/// Indexes them all.
pub fn fill(session: &mut dyn Session) -> Result<(), StoreError> {
    each(session, &SENT, |session, id, row| {
        let (form, data): (String, String) = (row.take("submissions", "form_id")?, row.take("submissions", "data")?);
        let answers: Map<String, Value> = serde_json::from_str(&data).map_err(|_| StoreError::Shape("submissions", "data"))?;
        session.index_sent(id, Some((&form, &joined(&words(&answers)))))
    })
}

/// The texts of answers, one to a line.
fn words(answers: &Map<String, Value>) -> String {
    let mut lines = Vec::new();
    answers.values().for_each(|value| gather(value, &mut lines));
    lines.join("\n")
}

fn gather(value: &Value, lines: &mut Vec<String>) {
    match value {
        Value::String(text) => lines.push(text.clone()),
        Value::Number(number) => lines.push(number.to_string()),
        Value::Array(items) => items.iter().for_each(|item| gather(item, lines)),
        Value::Null | Value::Bool(_) | Value::Object(_) => {}
    }
}
