//! The place of a value in a body, as faults name it: `content[0].columns[1]`.

use std::fmt;

use crate::domain::error::Fault;

/// Most characters of one key in a fault; a caller's key may be as long as the body.
const KEY_SHOWN: usize = 64;

/// A place. It borrows its parent, so that walking a large tree makes no strings until something is wrong.
#[derive(Debug, Clone, Copy)]
pub(super) struct Path<'a> {
    up: Option<&'a Self>,
    step: Step<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

impl<'a> Path<'a> {
    /// A field of the body itself.
    pub(super) const fn root(name: &'a str) -> Self {
        Self { up: None, step: Step::Key(name) }
    }

    /// A member of the object here.
    pub(super) const fn key<'b>(&'b self, name: &'b str) -> Path<'b>
    where
        'a: 'b,
    {
        Path { up: Some(self), step: Step::Key(name) }
    }

    /// An item of the array here.
    pub(super) const fn at<'b>(&'b self, index: usize) -> Path<'b>
    where
        'a: 'b,
    {
        Path { up: Some(self), step: Step::Index(index) }
    }

    /// A fault here; `rule` follows the place in its sentence: "must be text".
    pub(super) fn fault(&self, code: &'static str, rule: impl fmt::Display) -> Fault {
        Fault::new(self.to_string(), code, format!("{self} {rule}."))
    }

    /// A value of the wrong type; `what` says what it must be.
    pub(super) fn wrong_type(&self, what: &str) -> Fault {
        self.fault("wrong_type", format_args!("must be {what}"))
    }

    /// A field that there is not.
    pub(super) fn unknown(&self) -> Fault {
        self.fault("unknown_field", "is not a field here")
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(up) = self.up {
            up.fmt(out)?;
        }
        match self.step {
            Step::Index(index) => write!(out, "[{index}]"),
            Step::Key(name) => {
                let shown = name.char_indices().nth(KEY_SHOWN).map_or(name, |(end, _)| &name[..end]);
                if self.up.is_some() {
                    out.write_str(".")?;
                }
                out.write_str(shown)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_as_a_caller_writes_it() {
        let content = Path::root("content");
        let section = content.at(0);
        let column = section.key("columns");
        assert_eq!(column.at(12).key("blocks").to_string(), "content[0].columns[12].blocks");
        let long = "é".repeat(1000);
        assert_eq!(Path::root(&long).to_string(), "é".repeat(KEY_SHOWN));
    }
}
