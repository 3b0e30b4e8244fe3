//! Entries that stand below each other, as their list in memory compares them.

use std::borrow::Cow;

use serde_json::Value;

use crate::domain::{
    content::{Column, Entry, Field, FieldType},
    listing::in_memory::Listable,
    spec::Operand,
};

impl Listable for Entry {
    fn words(&self) -> Cow<'_, str> {
        self.search.as_str().into()
    }

    fn values(&self, name: &str) -> Vec<Operand> {
        let has_name = |field: &&Field| match field.holds {
            FieldType::References { one, .. } => one == name,
            _ => field.name == name,
        };
        let Some(field) = self.kind.fields.iter().find(has_name) else { return Vec::new() };
        let moment = match field.column {
            Some(Column::CreatedAt) => Some(self.created_at),
            Some(Column::UpdatedAt) => Some(self.updated_at),
            Some(Column::PublishedAt) => self.published_at,
            Some(Column::PublishDate) => self.publish_date,
            Some(Column::ScheduledAt) => self.scheduled_at,
            Some(Column::Status) => return vec![Operand::Text(self.told_status().word().to_owned())],
            Some(column) => return operands(self.value(column)),
            None => return self.members().ok().and_then(|mut all| all.remove(field.name)).map_or_else(Vec::new, operands),
        };
        moment.map(Operand::Instant).into_iter().collect()
    }

    fn id(&self) -> Cow<'_, str> {
        self.id.to_string().into()
    }
}

/// What a value is compared by: each of a list of them. A text in several languages has none.
fn operands(value: Value) -> Vec<Operand> {
    match value {
        Value::String(text) => vec![Operand::Text(text)],
        Value::Bool(flag) => vec![Operand::Bool(flag)],
        Value::Number(number) => number.as_i64().map(Operand::Int).into_iter().collect(),
        Value::Array(all) => all.into_iter().flat_map(operands).collect(),
        Value::Null | Value::Object(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::{content::KINDS, listing::Listing, spec::Holds, time::Instant};

    /// A value of each field that a list may offer.
    fn filled(field: &Field) -> Value {
        match field.holds {
            FieldType::Bool => json!(true),
            FieldType::Integer { .. } => json!(3),
            FieldType::Word(words) => json!(words[0]),
            FieldType::Status | FieldType::PlainStatus => json!("published"),
            FieldType::References { .. } => json!(["0190f4a2-0000-7000-8000-000000000001"]),
            FieldType::Id | FieldType::Reference(_) | FieldType::App(_) => json!("0190f4a2-0000-7000-8000-000000000001"),
            FieldType::Instant => json!("2026-01-01T00:00:00.000Z"),
            _ => json!("words"),
        }
    }

    /// A value as a request names it, and another that such a field may hold.
    fn on_the_wire(holds: Holds, value: &Operand) -> (String, &'static str) {
        match value {
            Operand::Text(text) if let Holds::Word(words) = holds => {
                (text.clone(), words.iter().find(|word| *word != text).expect("two words"))
            }
            Operand::Bool(flag) => (flag.to_string(), "false"),
            Operand::Int(number) => (number.to_string(), "7"),
            Operand::Instant(at) => (at.to_string(), "2001-01-01T00:00:00.000Z"),
            Operand::Text(text) if text.parse::<uuid::Uuid>().is_ok() => (text.clone(), "0190f4a2-0000-7000-8000-00000000ffff"),
            Operand::Text(text) => (text.clone(), "another"),
        }
    }

    #[test]
    fn whatever_the_list_of_any_kind_offers_is_compared() {
        for kind in KINDS {
            let mut entry = Entry { published_at: Some(Instant::from_seconds(1)), ..Entry::blank(kind) };
            let mut members = serde_json::Map::new();
            for field in kind.fields {
                if let Some(column) = field.column {
                    entry.set(column, filled(field));
                } else {
                    members.insert(field.name.to_owned(), filled(field));
                }
            }
            entry.fields = Value::Object(members).to_string();
            for field in kind.listing.fields {
                let values = entry.values(field.name);
                assert!(!values.is_empty(), "{} {}", kind.content_type, field.name);
                if field.filter {
                    // As a request asks for it, and for another.
                    let asked =
                        |value: &str| Listing::parse(&kind.listing, &[], &[(field.name.to_owned(), value.to_owned())]).expect("a list");
                    let (same, other) = on_the_wire(field.holds, &values[0]);
                    assert!(asked(&same).shows(&entry) && !asked(other).shows(&entry), "{} {}", kind.content_type, field.name);
                }
                assert_eq!(matches!(values[0], Operand::Instant(_)), field.holds == Holds::Instant, "{} {}", kind.content_type, field.name);
            }
        }
    }
}
