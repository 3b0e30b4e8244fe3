//! Lines of content: escaped where they would be taken for something else.

use crate::domain::{content::Field, error::Fault};

use super::shape::labels_of;

/// A fault of a line, counted from 1.
pub(super) fn fault(line: usize, what: impl std::fmt::Display) -> Fault {
    Fault::new(format!("line {line}"), "malformed", format!("Line {line}: {what}"))
}

/// What begins a line of a document that is no content.
pub(super) fn is_sign(line: &str) -> bool {
    line.starts_with("::") || line.starts_with("%%") || line.starts_with('\\')
}

/// The field whose name a line begins with, and what stands behind it.
pub(super) fn label(fields: impl Iterator<Item = &'static Field>, line: &str) -> Option<(&'static Field, &str)> {
    let (name, rest) = line.split_once(':')?;
    let field = { fields }.find(|field| field.name == name)?;
    Some((field, rest.strip_prefix(' ').unwrap_or(rest)))
}

/// A text below its block, each line escaped that needs it.
pub(super) fn escaped(text: &str, fields: &'static [Field], out: &mut String) {
    for (at, line) in text.split('\n').enumerate() {
        let is_indented = at == 0 && line.starts_with(char::is_whitespace);
        if is_sign(line) || is_indented || label(labels_of(fields), line).is_some() {
            out.push('\\');
        }
        out.push_str(line);
        out.push('\n');
    }
}

/// A text behind its name; the lines after the first are indented by two more blanks than the name.
pub(super) fn labelled(indent: &str, name: &str, text: &str, out: &mut String) {
    let mut lines = text.split('\n');
    out.push_str(&format!("{indent}{name}: {}\n", lines.next().unwrap_or_default()));
    for line in lines {
        if line.is_empty() {
            out.push('\n');
        } else {
            out.push_str(&format!("{indent}  {line}\n"));
        }
    }
}

/// A text for the reader alone.
pub(super) fn remark(indent: &str, name: &str, text: &str, out: &mut String) {
    let mut lines = text.split('\n');
    out.push_str(&format!("{indent}%% {name}: {}\n", lines.next().unwrap_or_default()));
    lines.for_each(|line| out.push_str(&format!("{indent}%%   {line}\n")));
}
