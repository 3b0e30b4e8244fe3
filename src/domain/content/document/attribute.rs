//! Attributes: what a block holds beside text, as `name=value` on its line.

use serde_json::Value;

use crate::domain::{
    content::{Field, FieldType},
    error::Fault,
};

/// Whether a text may stand without quotes.
fn is_bare(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_./:#@%?&+~,=".contains(&byte))
}

/// Whether a text without quotes would be taken for something else.
fn is_other(field: &Field, text: &str) -> bool {
    matches!(field.holds, FieldType::Bool | FieldType::Integer { .. } | FieldType::Number) && serde_json::from_str::<Value>(text).is_ok()
}

/// A value as it stands behind `=`.
pub(super) fn token(field: &Field, value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) if is_bare(text) && !is_other(field, text) => text.clone(),
        other => other.to_string(),
    }
}

/// Whether two values look the same.
pub(super) fn looks_same(field: &Field, one: &Value, other: &Value) -> bool {
    token(field, one) == token(field, other)
}

/// Takes one word, `name=value` or not, off the front of what stands on a line: its name and the raw value behind `=`.
///
/// # Errors
/// The fault of the line: a quoted value that does not end.
pub(super) fn next<'l>(rest: &mut &'l str, line: usize) -> Result<Option<(&'l str, Option<&'l str>)>, Fault> {
    let text = rest.trim_start();
    if text.is_empty() {
        *rest = text;
        return Ok(None);
    }
    let stop = text.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(text.len());
    let name = &text[..stop];
    let Some(behind) = text[stop..].strip_prefix('=') else {
        *rest = &text[stop..];
        return Ok(Some((name, None)));
    };
    let length = match behind.as_bytes().first() {
        Some(b'"' | b'[' | b'{') => {
            let mut values = serde_json::Deserializer::from_str(behind).into_iter::<Value>();
            let good = matches!(values.next(), Some(Ok(_)));
            let end = values.byte_offset();
            if !good || behind[end..].starts_with(|c: char| !c.is_whitespace()) {
                return Err(super::line::fault(line, format!("the value of {name} does not end as JSON does.")));
            }
            end
        }
        _ => behind.find(char::is_whitespace).unwrap_or(behind.len()),
    };
    *rest = &behind[length..];
    Ok(Some((name, Some(&behind[..length]))))
}

/// The value that stands behind `=`; none at all takes the field away.
pub(super) fn value(field: Option<&Field>, raw: &str) -> Value {
    if raw.is_empty() {
        return Value::Null;
    }
    let typed = field.is_none_or(|field| matches!(field.holds, FieldType::Bool | FieldType::Integer { .. } | FieldType::Number));
    let is_json = raw.starts_with(['"', '[', '{']) || typed;
    let read = if is_json { serde_json::from_str(raw).ok() } else { None };
    read.unwrap_or_else(|| Value::String(raw.to_owned()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const LEVEL: Field = Field::new("level", FieldType::Integer { min: 1, max: 6 });
    const LINK: Field = Field::new("link", FieldType::Href);

    #[test]
    fn what_is_written_is_read_back() {
        for (field, kept) in [
            (LEVEL, json!(2)),
            (LEVEL, json!("2")),
            (LEVEL, json!("x y")),
            (LEVEL, json!(true)),
            (LEVEL, json!(null)),
            (LINK, json!("/a/b?c=d#e")),
            (LINK, json!("true")),
            (LINK, json!("\"[{ \u{e9}\n")),
            (LINK, json!(["a b", {"c": 1.5}])),
        ] {
            let line = format!(" {}={} z", field.name, token(&field, &kept));
            let mut rest = line.as_str();
            let (name, raw) = next(&mut rest, 1).expect("good").expect("a word");
            assert_eq!((name, value(Some(&field), raw.unwrap_or_default()), rest), (field.name, kept, " z"));
        }
    }

    #[test]
    fn a_value_ends() {
        for text in ["a=\"b", "a=[1]b", "a={"] {
            let mut rest = text;
            assert_eq!(next(&mut rest, 3).map_err(|fault| fault.field), Err("line 3".to_owned()), "{text}");
        }
        let (mut blank, mut word) = (" ", "abc d");
        assert_eq!((next(&mut blank, 1), next(&mut word, 1)), (Ok(None), Ok(Some(("abc", None)))));
    }
}
